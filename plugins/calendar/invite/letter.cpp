// SPDX-License-Identifier: EUPL-1.2
#include "invite/letter.hpp"

#include "feed/words.hpp"
#include "invite/phrases.hpp"
#include "invite/token.hpp"

#include <algorithm>
#include <array>

namespace kogge::calendar {

namespace {

constexpr std::size_t longest_local_part = 64; // RFC 5321 §4.5.3.1.1
constexpr std::array<std::string_view, 3> languages{"nl", "de", "en"};

std::string country_language(std::string_view country) {
    return country == "NL" ? "nl" : country == "DE" || country == "AT" ? "de" : "en";
}

std::string status_of(Said const& said, std::string_view language) {
    if (said.delayed)
        return say(Phrase::delayed, language);
    return say(said.tentative ? Phrase::tentative : Phrase::confirmed, language);
}

std::string or_none(std::string const& text, std::string_view language) { return text.empty() ? say(Phrase::nothing, language) : text; }

/// "rail RE 1" as people say it.
std::string connection_text(std::string const& stored, std::string const& language) {
    auto const space = std::min(stored.find(' '), stored.size());
    return transport_word(stored.substr(0, space), language) + stored.substr(space);
}

std::string block(Said const& said, std::string const& language) {
    auto out = "  " + said.read_title;
    out += "\n  " + span_text(said.starts, said.ends, language) + "\n";
    auto const line = [&](Phrase label, std::string const& text) {
        if (!text.empty())
            out += "  " + say(label, language) + ": " + text + "\n";
    };
    line(Phrase::where, said.place);
    line(Phrase::to, said.to);
    line(Phrase::dress_code, said.dress_code);
    line(Phrase::interpretation, interpretation_text(said.interpretation, language));
    if (said.tentative || said.delayed)
        line(Phrase::status, status_of(said, language));
    return out;
}

std::string changes(Said const& before, Said const& now, std::string const& language) {
    std::string out;
    for (auto const& one : differences(before, now, language))
        out += "  - " + one.label + ": " + one.before + " → " + one.now + "\n";
    return out;
}

std::string domain_of(std::string const& address) { return address.substr(address.find('@') + 1); }

std::string fresh_message_id(std::string const& office) { return make_token() + "@" + domain_of(office); }

std::string about(EntryId const& entry) { return entity_of(entry) + ":" + entry.id; }

/// An entry that is withdrawn, drawn from what was told: what is gone need not exist any more.
Event withdrawn_event(Due const& due, std::string const& language) {
    Event out;
    out.uid = uid_of(due.entry);
    out.starts = due.now.starts;
    out.ends = due.now.ends;
    out.status = EventStatus::cancelled;
    out.summary = {due.now.read_title, language};
    out.location = due.now.place;
    out.language = language;
    return out;
}

} // namespace

std::string language_of(Guest const& guest) {
    auto const home = country_language(guest.country.value_or(""));
    std::string best;
    auto const level = [&](std::string_view language) {
        for (auto const& skill : guest.languages)
            if (skill.language.starts_with(language))
                return int(skill.level);
        return -1;
    };
    for (auto const language : languages)
        if (best.empty() || level(language) > level(best) || (level(language) == level(best) && language == home))
            best = language;
    return level(best) < 0 ? home : best;
}

std::string name_of(Guest const& guest) {
    std::string out = guest.academic_prefix.value_or("");
    for (auto const* part : {&guest.given_name, &guest.family_name})
        if (!part->empty())
            out += (out.empty() ? "" : " ") + *part;
    return out;
}

bool is_address(std::string_view text) {
    auto const at = text.find('@');
    if (at == text.npos || at == 0 || at > 64 || at + 1 == text.size() || text.size() > 254 || text.find('@', at + 1) != text.npos)
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '<' && c != '>' && c != ',' && c != ';' && c != '"' && c != '\\'; });
}

std::string interpretation_text(std::string const& stored, std::string const& language) {
    auto const space = stored.find(' ');
    InterpretationMode mode{};
    if (space == std::string::npos || !boost::describe::enum_from_string(stored.substr(0, space).c_str(), mode))
        return stored;
    return mode_word(mode, language) + stored.substr(space);
}

std::vector<Contrast> differences(Said const& before, Said const& now, std::string const& language) {
    std::vector<Contrast> out;
    auto const look = [&](Phrase label, std::string const& old, std::string const& fresh) {
        if (old != fresh)
            out.push_back({say(label, language), or_none(old, language), or_none(fresh, language)});
    };
    look(Phrase::when, span_text(before.starts, before.ends, language), span_text(now.starts, now.ends, language));
    look(Phrase::where, before.place, now.place);
    look(Phrase::to, before.to, now.to);
    if (before.title != now.title)
        look(Phrase::title, before.read_title, now.read_title);
    look(Phrase::status, status_of(before, language), status_of(now, language));
    look(Phrase::dress_code, before.dress_code, now.dress_code);
    look(Phrase::interpretation, interpretation_text(before.interpretation, language), interpretation_text(now.interpretation, language));
    look(Phrase::connection, connection_text(before.connection, language), connection_text(now.connection, language));
    look(Phrase::note, before.note, now.note);
    return out;
}

/// Whom a letter goes to, and all it says in their language.
struct Writer::Reader {
    Guest const& guest;
    Id<Visit> visit;
    std::string language;
    std::string visit_title;
    std::vector<Event> events; // of the dues, in their order
};

OutgoingMail Writer::mail_to(Guest const& guest, std::string const& language, Id<Visit> const& visit) const {
    OutgoingMail mail;
    mail.id = Id<OutgoingMail>::make();
    mail.to = guest.email.value_or("");
    mail.to_name = name_of(guest);
    mail.language = language;
    mail.message_id = fresh_message_id(settings_.office_address);
    mail.reply_to = settings_.office_address;
    mail.visit = visit;
    mail.person = Id<Person>(guest.id.str());
    return mail;
}

std::vector<Letter> Writer::write(Id<Visit> const& visit, Guest const& guest, std::vector<Due>& dues, Instant now) const {
    Reader reader{guest, visit, language_of(guest), {}, {}};
    std::vector<TextKey> keys;
    auto const* stored = picture_.visits.find(visit);
    Text const untitled;
    keys.push_back({kind_of<Visit>(), visit.str(), "title", stored ? &stored->title : &untitled});
    for (auto const& due : dues)
        if (due.shown)
            for (auto& key : texts_of(*due.shown))
                keys.push_back(std::move(key));
    auto const texts = translate_(reader.language, keys);
    reader.visit_title = texts.front().text;
    auto next = texts.begin() + 1;
    for (auto& due : dues) {
        if (!due.shown) {
            reader.events.push_back(withdrawn_event(due, reader.language));
        } else {
            auto const count = std::ptrdiff_t(texts_of(*due.shown).size());
            reader.events.push_back(event_of(picture_, *due.shown, {next, next + count}, texts.front(), reader.language, {})); // no link: guests have no desk
            next += count;
            due.now.read_title = reader.events.back().summary.text;
        }
        auto& event = reader.events.back();
        event.sequence = due.sequence;
        event.revised = std::max(event.revised, now);
    }
    std::vector<Letter> out;
    if (std::ssize(dues) >= settings_.digest_from) {
        std::vector<std::size_t> all(dues.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i;
        out.push_back(letter(reader, dues, std::move(all), true));
    } else
        for (std::size_t i = 0; i < dues.size(); ++i)
            out.push_back(letter(reader, dues, {i}, false));
    return out;
}

Letter Writer::letter(Reader const& reader, std::vector<Due> const& dues, std::vector<std::size_t> which, bool as_digest) const {
    Letter out;
    out.mail = mail_to(reader.guest, reader.language, reader.visit);
    auto const token = make_token();
    out.link = {Id<ReplyLink>(hash_of(token)), reader.visit, Id<Person>(reader.guest.id.str()), {}};
    for (auto const i : which)
        out.link.entries.push_back(about(dues[i].entry));
    // The hash, not the token: the address stands in lists of mails, and who reads them is not to answer by the page.
    auto const local = settings_.office_address.substr(0, settings_.office_address.find('@')) + "+" + out.link.id.str();
    if (settings_.plus_address && local.size() <= longest_local_part)
        out.mail.reply_to = local + "@" + domain_of(settings_.office_address);
    auto const url = settings_.public_url.empty() ? std::string() : settings_.public_url + "/reply/" + token;
    if (as_digest)
        digest(reader, dues, which, url, out.mail);
    else
        single(reader, dues[which.front()], reader.events[which.front()], url, out.mail);
    out.dues = std::move(which);
    return out;
}

void Writer::single(Reader const& reader, Due const& due, Event const& event, std::string const& url, OutgoingMail& mail) const {
    auto const& language = reader.language;
    auto const subject = due.news == News::invite ? Phrase::subject_invited : due.news == News::update ? Phrase::subject_changed : Phrase::subject_withdrawn;
    auto const intro = due.news == News::invite ? Phrase::invited : due.news == News::update ? Phrase::changed : Phrase::withdrawn;
    mail.subject = say(subject, language, {{"title", due.now.read_title}, {"when", short_time(due.now.starts, language)}});
    mail.about = about(due.entry);
    auto text = say(Phrase::salutation, language, {{"name", mail.to_name}});
    text += "\n\n" + say(intro, language) + "\n\n" + block(due.now, language);
    if (due.news == News::update)
        text += "\n" + say(Phrase::what_changed, language) + "\n" + changes(due.told->value.said, due.now, language);
    if (due.news != News::withdraw) {
        text += "\n" + say(Phrase::please_answer, language) + " " + say(Phrase::answer_in_calendar, language) + "\n";
        if (!url.empty())
            text += say(Phrase::answer_here, language, {{"url", url}}) + "\n";
    }
    text += "\n" + say(Phrase::local_times, language) + "\n\n" + reader.visit_title + "\n" + settings_.office_name + "\n";
    mail.text = std::move(text);
    Party const office{settings_.office_name, settings_.office_address}, guest{mail.to_name, mail.to};
    if (due.news == News::withdraw) {
        mail.parts.push_back({"text/calendar; method=CANCEL; charset=utf-8", "", cancel(event, office, guest)});
        return;
    }
    auto const answer = due.told && !due.moved ? due.told->value.answer : Answer::none;
    mail.parts.push_back({"text/calendar; method=REQUEST; charset=utf-8", "", request(event, office, guest, answer)});
}

void Writer::digest(Reader const& reader, std::vector<Due> const& dues, std::vector<std::size_t> const& which, std::string const& url, OutgoingMail& mail) const {
    auto const& language = reader.language;
    auto const count = std::to_string(which.size());
    bool const first = std::all_of(which.begin(), which.end(), [&](auto i) { return !dues[i].told; });
    mail.subject = say(Phrase::subject_digest, language, {{"visit", reader.visit_title}, {"count", count}});
    mail.about = kind_of<Visit>() + ":" + reader.visit.str();
    auto text = say(Phrase::salutation, language, {{"name", mail.to_name}});
    text += "\n\n" + say(first ? Phrase::digest_first : Phrase::digest_changed, language, {{"count", count}}) + "\n";
    std::vector<Event> events;
    for (auto const& [news, heading] : {std::pair{News::withdraw, Phrase::gone}, {News::update, Phrase::now_different}, {News::invite, Phrase::new_here}}) {
        bool headed = first;
        for (auto const i : which) {
            if (dues[i].news != news)
                continue;
            if (!headed)
                text += "\n" + say(heading, language) + "\n";
            headed = true;
            text += "\n" + block(dues[i].now, language);
            if (news == News::update)
                text += changes(dues[i].told->value.said, dues[i].now, language);
            events.push_back(reader.events[i]);
        }
    }
    text += "\n" + say(Phrase::please_answer, language) + "\n";
    if (!url.empty())
        text += say(Phrase::answer_here, language, {{"url", url}}) + "\n";
    text += "\n" + say(Phrase::local_times, language) + "\n\n" + reader.visit_title + "\n" + settings_.office_name + "\n";
    mail.text = std::move(text);
    mail.parts.push_back({"text/calendar; method=PUBLISH; charset=utf-8", "programme.ics", publish(events, {settings_.office_name, settings_.office_address})});
}

OutgoingMail Writer::decline(Invitation const& invitation, Guest const& guest, std::string const& comment, Instant now) const {
    auto const language = language_of(guest);
    auto mail = mail_to(guest, language, invitation.visit);
    auto const& said = invitation.said;
    mail.subject = say(Phrase::subject_declined_counter, language, {{"title", said.read_title}, {"when", short_time(said.starts, language)}});
    mail.about = about(calendar::entry_of(invitation));
    mail.text = say(Phrase::salutation, language, {{"name", mail.to_name}});
    mail.text += "\n\n" + say(Phrase::counter_declined, language) + "\n\n" + block(said, language);
    if (!comment.empty())
        mail.text += "\n" + comment + "\n";
    mail.text += "\n" + say(Phrase::local_times, language) + "\n\n" + settings_.office_name + "\n";
    Party const office{settings_.office_name, settings_.office_address}, party{mail.to_name, mail.to};
    mail.parts.push_back({"text/calendar; method=DECLINECOUNTER; charset=utf-8", "",
                          decline_counter(calendar::entry_of(invitation), invitation.counter->sequence, office, party, comment, now)});
    return mail;
}

ChangeSet told(std::vector<Letter> const& letters, std::vector<Due> const& dues, Guest const& guest, Id<Visit> const& visit, Instant now) {
    ChangeSet out("tell " + name_of(guest) + " what is new");
    for (auto const& letter : letters) {
        out.create(letter.mail);
        out.create(letter.link);
        for (auto const i : letter.dues) {
            auto const& due = dues[i];
            Invitation next = due.told ? due.told->value : Invitation{};
            next.withdrawn = due.news == News::withdraw;
            next.said = due.now;
            next.sequence = due.sequence;
            next.told_at = local_of(now, Zone());
            next.mail = letter.mail.id.str();
            next.address = letter.mail.to;
            if (!due.told || due.moved) {
                next.asked = due.sequence;
                next.answer = Answer::none;
                next.answered_at.reset();
                next.answered_by.clear();
            }
            if (due.told) {
                auto fields = to_json(next).as_object();
                fields.erase("id");
                out.update(next.id, due.told->rev, std::move(fields));
                continue;
            }
            next.id = Id<Invitation>::make();
            next.visit = visit;
            next.person = Id<Person>(guest.id.str());
            next.entity = entity_of(due.entry);
            next.entry = due.entry.id;
            out.create(next);
        }
    }
    return out;
}

} // namespace kogge::calendar
