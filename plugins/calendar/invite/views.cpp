// SPDX-License-Identifier: EUPL-1.2
#include "invite/views.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

std::string title_of(Said const& said) {
    if (!said.read_title.empty())
        return said.read_title;
    return said.title.empty() ? said.connection + ": " + said.place + " → " + said.to : said.title.text;
}

json::array differences_of(Said const& before, Said const& now, std::string const& language) {
    json::array out;
    for (auto& one : differences(before, now, language))
        out.push_back({{"label", std::move(one.label)}, {"before", std::move(one.before)}, {"now", std::move(one.now)}});
    return out;
}

json::value mail_of(Ledger const& ledger, std::string const& id) {
    auto const* mail = ledger.mails.find(Id<SentMail>(id));
    if (!mail)
        return nullptr;
    return {{"id", id}, {"state", to_json(mail->state)}, {"sent_at", to_json(mail->sent_at)}, {"error", to_json(mail->error)}};
}

/// Both may be null, not together.
json::object entry_of(Ledger const& ledger, Row<Invitation> const* told, Due const* due, std::string const& language) {
    auto const entry = due ? due->entry : calendar::entry_of(told->value);
    auto const& said = due ? due->now : told->value.said;
    json::object out{{"entity", entity_of(entry)}, {"id", entry.id}, {"title", title_of(said)}, {"starts", to_text(said.starts)}, {"ends", to_text(said.ends)}};
    out["due"] = due ? json::value(boost::describe::enum_to_string(due->news, "")) : json::value();
    if (due && due->news == News::update)
        out["changes"] = differences_of(told->value.said, due->now, language);
    if (!told) {
        out["state"] = "not_told";
        return out;
    }
    auto const& invitation = told->value;
    auto const* mail = ledger.mails.find(Id<SentMail>(invitation.mail));
    out["state"] = invitation.withdrawn ? "withdrawn" : "told";
    out["current"] = !due && mail && mail->state == MailState::sent; // they have been sent what is true now
    out["invitation"] = invitation.id.str();
    out["sequence"] = invitation.sequence;
    out["told_at"] = to_text(invitation.told_at);
    out["mail"] = mail_of(ledger, invitation.mail);
    out["answer"] = to_json(invitation.answer);
    out["answered_at"] = to_json(invitation.answered_at);
    out["answered_by"] = invitation.answered_by;
    out["comment"] = invitation.comment;
    out["substitute"] = to_json(invitation.substitute);
    out["counter"] = to_json(invitation.counter);
    return out;
}

json::array entries_of(Ledger const& ledger, Ledger::Rows const& told, std::vector<Due> const& dues, std::optional<EntryId> const& only, std::string const& language) {
    std::vector<std::pair<Instant, json::object>> timed;
    auto const add = [&](Row<Invitation> const* row, Due const* due) {
        auto const entry = due ? due->entry : calendar::entry_of(row->value);
        if (!only || *only == entry)
            timed.emplace_back(instant_of(due ? due->now.starts : row->value.said.starts), entry_of(ledger, row, due, language));
    };
    for (auto const& due : dues)
        add(due.told, &due);
    for (auto const& [entry, row] : told)
        if (std::none_of(dues.begin(), dues.end(), [&](Due const& due) { return due.told == row; }))
            add(row, nullptr);
    std::stable_sort(timed.begin(), timed.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    json::array out;
    for (auto& [at, entry] : timed)
        out.push_back(std::move(entry));
    return out;
}

} // namespace

std::string hindrance(Guest const* guest) {
    if (!guest)
        return "this person is not in the address book any more";
    auto const address = guest->email.value_or("");
    if (address.empty())
        return "no mail address; give one, or tell them yourself";
    return is_address(address) ? std::string() : "'" + address + "' is no mail address; write it as name@example.org";
}

json::value overview(Picture const& picture, Ledger const& ledger, Id<Visit> const& visit, std::optional<EntryId> const& only, Instant now, std::string const& language) {
    auto const* inviting = ledger.inviting.find(Id<Inviting>(visit.str()));
    json::array people;
    std::map<std::string, int> counts{{"accepted", 0}, {"tentative", 0}, {"declined", 0}, {"substitute", 0}, {"none", 0}, {"due", 0}, {"current", 0}};
    for (auto const& person : people_of(picture, ledger, visit)) {
        auto const told = ledger.of(visit, person);
        auto const dues = due(picture, ledger, visit, person, now);
        auto entries = entries_of(ledger, told, dues, only, language);
        if (entries.empty())
            continue;
        for (auto const& entry : entries) {
            auto const& object = entry.get_object();
            if (auto const* answer = object.if_contains("answer"); answer && object.at("state") == "told")
                ++counts[std::string(answer->get_string())];
            counts["due"] += !object.at("due").is_null();
            if (auto const* current = object.if_contains("current"))
                counts["current"] += current->get_bool();
        }
        auto const* guest = ledger.guests.find(person);
        people.push_back({{"person", person.str()}, {"name", guest ? name_of(*guest) : person.str()}, {"address", guest ? to_json(guest->email) : json::value()},
                          {"language", guest ? json::value(language_of(*guest)) : json::value()}, {"problem", hindrance(guest)}, {"entries", std::move(entries)}});
    }
    json::object totals;
    for (auto const& [name, count] : counts)
        totals[name] = count;
    return {{"on", inviting && inviting->on}, {"since", inviting ? json::value(to_text(inviting->since)) : json::value()}, {"people", std::move(people)}, {"counts", std::move(totals)}};
}

json::value preview(Guest const& guest, std::vector<Letter> const& letters, std::vector<Due> const& dues) {
    json::array mails;
    for (auto const& letter : letters) {
        json::array entries;
        for (auto const i : letter.dues)
            entries.push_back({{"entity", entity_of(dues[i].entry)}, {"id", dues[i].entry.id}, {"news", boost::describe::enum_to_string(dues[i].news, "")}, {"title", dues[i].now.read_title}});
        mails.push_back({{"to", letter.mail.to}, {"subject", letter.mail.subject}, {"text", letter.mail.text}, {"entries", std::move(entries)}});
    }
    return {{"person", guest.id.str()}, {"name", name_of(guest)}, {"address", to_json(guest.email)}, {"language", language_of(guest)}, {"problem", hindrance(&guest)}, {"mails", std::move(mails)}};
}

} // namespace kogge::calendar
