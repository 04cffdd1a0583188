// SPDX-License-Identifier: EUPL-1.2
#include "feed/feed.hpp"

#include "ical/lines.hpp"
#include "feed/words.hpp"
#include "ical/zones.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

using std::chrono::days;

constexpr char const* house_zone = "Europe/Amsterdam"; // of a feed in which nothing is left that has one
constexpr std::size_t longest_checked = 64 << 10;      // octets of an event: libical takes seconds over one very long line
constexpr std::size_t most_checked = 500;              // events at once: each is 9 KiB of libical's tree

std::string_view base_of(std::string_view language) { return language.substr(0, language.find('-')); }

/// A feed being put together: everything of it but the drawing of events.
class Sheet {
  public:
    Sheet(Picture const& picture, Audience const& audience, FeedSpec const& spec, Settings const& settings)
        : picture_(picture), audience_(audience), spec_(spec), settings_(settings), entries_(audience.entries()) {}

    Result<void> add_graves(Graves& graves, Instant now) {
        visits_ = audience_.visits(entries_);
        for (auto const& visit : visits_) {
            KOGGE_TRY(auto const list, graves.of(visit));
            for (auto const* grave : list)
                if (now - grave->deleted <= days(settings_.cancelled_days) && audience_.sees(*grave))
                    entries_.push_back(shown(*grave));
        }
        return boost::outcome_v2::success();
    }

    /// Leaves out what is long past, where the feed would otherwise grow for ever, and puts the rest in order.
    void arrange(Instant now) {
        now_ = now;
        if (!audience_.visit() && settings_.past_days > 0) {
            auto const oldest = std::chrono::floor<days>(now) - days(settings_.past_days);
            std::erase_if(entries_, [&](Shown const& one) { return instant_of(one.ends()) < oldest; });
        }
        std::vector<std::pair<Instant, Shown>> timed;
        timed.reserve(entries_.size());
        for (auto& one : entries_)
            timed.emplace_back(instant_of(one.starts()), std::move(one));
        std::sort(timed.begin(), timed.end(), [](auto const& a, auto const& b) { return std::tie(a.first, a.second.entry) < std::tie(b.first, b.second.entry); });
        entries_.clear();
        for (auto& [begin, one] : timed)
            entries_.push_back(std::move(one));
    }

    /// All texts of the feed in one question to whoever translates.
    void translate(Translate const& translate) {
        std::vector<TextKey> keys;
        std::vector<Text*> places;
        texts_.resize(entries_.size());
        auto const want = [&](TextKey const& key, Text& place) {
            place = *key.source;
            if (base_of(key.source->language) != base_of(spec_.language) && !key.source->empty()) {
                keys.push_back(key);
                places.push_back(&place);
            }
        };
        for (auto const& id : visits_)
            if (auto const* visit = picture_.visits.find(id))
                want({kind_of<Visit>(), id.str(), "title", &visit->title}, titles_[id]);
        if (auto const* track = spec_.scope == FeedScope::track ? picture_.tracks.find(Id<Track>(spec_.id)) : nullptr)
            want({kind_of<Track>(), spec_.id, "name", &track->name}, track_name_);
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            auto const own = texts_of(entries_[i]);
            texts_[i].resize(own.size());
            for (std::size_t k = 0; k < own.size(); ++k)
                want(own[k], texts_[i][k]);
        }
        if (keys.empty())
            return;
        auto found = translate(spec_.language, keys);
        for (std::size_t i = 0; i < std::min(found.size(), places.size()); ++i)
            *places[i] = std::move(found[i]);
    }

    std::vector<Shown> const& entries() const { return entries_; }
    /// What the entry says, its visit's title last.
    std::vector<Text> texts(std::size_t entry) {
        auto out = std::move(texts_[entry]);
        out.push_back(titles_[entries_[entry].visit()]);
        return out;
    }

    std::string head() const {
        std::string out;
        out.reserve(2048);
        Lines lines(out);
        lines.raw("BEGIN", "VCALENDAR").raw("VERSION", "2.0").raw("PRODID", "-//Kogge//Calendar 1//EN").raw("CALSCALE", "GREGORIAN").raw("METHOD", "PUBLISH");
        auto const title = name();
        auto const refresh = "PT" + (settings_.refresh_minutes % 60 ? std::to_string(settings_.refresh_minutes) + "M" : std::to_string(settings_.refresh_minutes / 60) + "H");
        lines.text("NAME", title).text("X-WR-CALNAME", title); // no LANGUAGE: a name and a title may be in two
        lines.raw("REFRESH-INTERVAL;VALUE=DURATION", refresh).raw("X-PUBLISHED-TTL", refresh).raw("X-WR-TIMEZONE", zone().name());
        for (auto const& [id, used] : zones())
            out += vtimezone(used.first, used.second);
        return out;
    }

    std::set<std::string> tags() const { return audience_.tags(entries_); }

  private:
    static Shown shown(Grave const& grave) {
        Shown out{grave.entry, std::get_if<ProgrammeItem>(&grave.last), std::get_if<Leg>(&grave.last), grave.rev, 0, true};
        out.revised_us = std::chrono::microseconds(grave.deleted.time_since_epoch()).count();
        return out;
    }

    std::string name() const {
        auto own = [&]() -> std::string {
            std::string const said = spec_.language;
            switch (spec_.scope) {
            case FeedScope::visit: break;
            case FeedScope::track: {
                auto const* track = picture_.tracks.find(Id<Track>(spec_.id));
                return track_name_.empty() ? std::string(word(Word::track, said)) + " " + track->code : track_name_.text;
            }
            case FeedScope::vehicle: {
                auto const* vehicle = picture_.vehicles.find(Id<Vehicle>(spec_.id));
                return std::string(word(Word::vehicle, said)) + " " + (vehicle->name ? *vehicle->name : spec_.id);
            }
            case FeedScope::person: return person();
            case FeedScope::interpreter: return std::string(word(Word::interpreter, said)) + ": " + person();
            }
            return {};
        }();
        if (!audience_.visit())
            return own;
        auto const title = titles_.at(*audience_.visit()).text;
        return own.empty() ? title : own + " · " + title;
    }
    std::string person() const {
        auto const& name = *picture_.people.find(Id<PersonName>(spec_.id));
        return name.given_name.empty() ? name.family_name : name.given_name + " " + name.family_name;
    }

    /// The zone a client shows the calendar in unless it knows better.
    Zone zone() const {
        if (audience_.visit())
            return picture_.visits.find(*audience_.visit())->starts.zone;
        return entries_.empty() ? Zone::parse(house_zone).value() : entries_.front().starts().zone;
    }
    std::map<std::string, std::pair<Zone, Years>> zones() const {
        ZonesUsed used;
        for (auto const& one : entries_) {
            auto const years = years_of(one.starts(), one.ends());
            used.use(one.starts(), years);
            used.use(one.ends(), years);
        }
        if (used.empty()) { // a calendar holds at least one component (RFC 5545 §3.4)
            auto const* visit = audience_.visit() ? picture_.visits.find(*audience_.visit()) : nullptr;
            used.use(zone(), visit ? years_of(visit->starts, visit->ends) : years_of(local_of(now_, zone()), local_of(now_, zone())));
        }
        return used.list();
    }

    Picture const& picture_;
    Audience const& audience_;
    FeedSpec const& spec_;
    Settings const& settings_;
    Instant now_{};
    std::vector<Shown> entries_;
    std::set<Id<Visit>> visits_;
    std::vector<std::vector<Text>> texts_;
    std::map<Id<Visit>, Text> titles_;
    Text track_name_;
};

/// What the reader makes of events, one by one; an error when it does not read them at all.
Result<std::vector<ReadEvent>> read_back(Reader const& reader, std::vector<Event const*> const& events, std::string const& bytes) {
    ZonesUsed used;
    for (auto const* event : events) {
        auto const years = years_of(event->starts, event->ends);
        used.use(event->starts, years);
        used.use(event->ends, years);
    }
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kogge//Check//EN\r\n";
    for (auto const& [id, zone] : used.list())
        text += vtimezone(zone.first, zone.second);
    KOGGE_TRY(auto calendar, reader(text + bytes + "END:VCALENDAR\r\n"));
    if (calendar.events.size() != events.size())
        return invalid("read as " + std::to_string(calendar.events.size()) + " events");
    return std::move(calendar.events);
}

/// How `seen` differs from what was meant; empty when it does not.
std::string difference(Event const& event, ReadEvent const& seen) {
    auto const begins = instant_of(event.starts), ends = std::max(begins, instant_of(event.ends));
    if (seen.uid != event.uid || seen.sequence != event.sequence)
        return "read as " + seen.uid + ", sequence " + std::to_string(seen.sequence);
    if (seen.begins != begins || seen.ends != ends)
        return to_text(begins) + "/" + to_text(ends) + " is read as " + to_text(seen.begins) + "/" + to_text(seen.ends);
    return {};
}

} // namespace

Feeds::Drawn const& Feeds::draw(Shown const& shown, std::vector<Text> texts, std::string const& language, std::vector<Fresh>& fresh) {
    auto const neighbours = neighbours_of(picture_, shown);
    auto& kept = kept_[{shown.entry, language}];
    // The moment counts, too: a commit that fails is taken back, and the next one has its revision again.
    if (kept.rev == shown.rev && kept.revised_us == shown.revised_us && kept.neighbours == neighbours && kept.texts == texts)
        return kept;
    kept_bytes_ -= kept.bytes.size();
    auto const own = std::vector<Text>(texts.begin(), texts.end() - 1);
    auto event = event_of(picture_, shown, own, texts.back(), language, settings_.link);
    kept = {shown.rev, shown.revised_us, neighbours, std::move(texts), to_ical(event), {}};
    kept_bytes_ += kept.bytes.size();
    ++drawn_;
    fresh.push_back({&kept, std::move(event)});
    return kept;
}

/// Many at once, because the zones cost libical ten times what an event does; one by one where that does not go well.
void Feeds::check(std::vector<Fresh> const& fresh) {
    if (fresh.empty())
        return;
    if (fresh.size() > most_checked) {
        auto const middle = fresh.begin() + std::ptrdiff_t(fresh.size() / 2);
        check({fresh.begin(), middle});
        return check({middle, fresh.end()});
    }
    std::vector<Event const*> events;
    std::string bytes;
    for (auto const& one : fresh) {
        events.push_back(&one.event);
        bytes += one.drawn->bytes;
    }
    auto const seen = read_back(reader_, events, bytes);
    if (!seen && fresh.size() > 1) {
        for (auto const& one : fresh)
            check({one});
        return;
    }
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        auto& drawn = *fresh[i].drawn;
        auto const why = seen ? difference(fresh[i].event, seen.value()[i]) : seen.error().message;
        if (why.empty())
            continue;
        drawn.why = fresh[i].event.uid + ": " + why;
        kept_bytes_ -= drawn.bytes.size();
        drawn.bytes.clear();
    }
}

Result<Feed> Feeds::render(FeedSpec const& spec, Instant now) {
    KOGGE_TRY(auto const audience, Audience::of(picture_, spec));
    if (kept_bytes_ > (std::size_t(settings_.cache_mb) << 20)) {
        kept_.clear();
        kept_bytes_ = 0;
    }
    Sheet sheet(picture_, audience, spec, settings_);
    KOGGE_TRY(sheet.add_graves(graves_, now));
    sheet.arrange(now);
    sheet.translate(translate_);
    Feed out;
    out.bytes = sheet.head();
    std::vector<Drawn const*> events;
    std::vector<Fresh> fresh;
    for (std::size_t i = 0; i < sheet.entries().size(); ++i)
        events.push_back(&draw(sheet.entries()[i], sheet.texts(i), spec.language, fresh));
    if (settings_.self_check) {
        std::erase_if(fresh, [](Fresh const& one) { return one.drawn->bytes.size() > longest_checked; });
        check(fresh);
    }
    for (auto const* drawn : events) {
        out.bytes += drawn->bytes;
        if (!drawn->why.empty())
            out.unreadable.push_back(drawn->why);
    }
    out.bytes += "END:VCALENDAR\r\n";
    auto const tags = sheet.tags();
    out.tags.assign(tags.begin(), tags.end());
    return out;
}

} // namespace kogge::calendar
