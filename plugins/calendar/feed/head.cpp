// SPDX-License-Identifier: EUPL-1.2
// What stands before the events of a feed: what the calendar is called, how often to look, and the zones its events speak of.
#include "feed/sheet.hpp"

#include "feed/words.hpp"
#include "ical/lines.hpp"

namespace kogge::calendar {

namespace {

constexpr char const* house_zone = "Europe/Amsterdam"; // of a feed in which nothing is left that has one

/// A duration of RFC 5545 §3.3.6.
std::string duration(int minutes) {
    return "PT" + (minutes % 60 ? std::to_string(minutes).append("M") : std::to_string(minutes / 60).append("H"));
}

} // namespace

std::string Sheet::head(Instant now) const {
    std::string out;
    Lines lines(out);
    lines.raw("BEGIN", "VCALENDAR").raw("VERSION", "2.0").raw("PRODID", "-//Kogge//Calendar 1//EN").raw("CALSCALE", "GREGORIAN").raw("METHOD", "PUBLISH");
    auto const& language = audience_.spec().language;
    auto const title = name();
    auto const refresh = duration(shop_.settings.refresh_minutes);
    lines.text("NAME", title).text("X-WR-CALNAME", title); // no LANGUAGE: a name and a title may be in two
    lines.text("DESCRIPTION", word(Word::kept_by, language), language_of_words(language)).text("X-WR-CALDESC", word(Word::kept_by, language));
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION", refresh).raw("X-PUBLISHED-TTL", refresh).raw("X-WR-TIMEZONE", zone().name());
    if (auto const name = color(); !name.empty())
        lines.raw("COLOR", name).raw("X-APPLE-CALENDAR-COLOR", hex_of(name));
    return out + zones(now);
}

std::string Sheet::name() const {
    auto const own = own_name();
    if (!audience_.visit())
        return own;
    auto const title = titles_.at(*audience_.visit()).text;
    return own.empty() ? title : own + " · " + title;
}

std::string Sheet::own_name() const {
    auto const& spec = audience_.spec();
    auto const said = [&](Word what) { return std::string(word(what, spec.language)); };
    switch (spec.scope) {
    case FeedScope::visit: break;
    case FeedScope::track: {
        auto const* track = shop_.picture.tracks.find(Id<Track>(spec.id));
        // "Deelprogramma A" is no name but a word and a letter, and that we can say ourselves.
        bool const generic = !track_name_.empty() && track_name_.text == std::string(word(Word::track, track_name_.language)).append(" ").append(track->code);
        return track_name_.empty() || generic ? said(Word::track) + " " + track->code : track_name_.text;
    }
    case FeedScope::vehicle: return vehicle_name(*shop_.picture.vehicles.find(Id<Vehicle>(spec.id)), spec.language);
    case FeedScope::venue: return shop_.picture.venues.find(Id<Venue>(spec.id))->name;
    case FeedScope::person: return person();
    case FeedScope::interpreter: return said(Word::interpreter) + ": " + person();
    case FeedScope::driver: return said(Word::driver) + ": " + person();
    case FeedScope::office: return said(Word::office);
    }
    return {};
}

std::string Sheet::person() const {
    auto const& name = *shop_.picture.people.find(Id<PersonName>(audience_.spec().id));
    return name.given_name.empty() ? name.family_name : name.given_name + " " + name.family_name;
}

std::string Sheet::color() const {
    if (auto const* track = audience_.spec().scope == FeedScope::track ? shop_.picture.tracks.find(Id<Track>(audience_.spec().id)) : nullptr)
        return color_of(*track);
    return audience_.visit() ? color_of(*shop_.picture.visits.find(*audience_.visit())) : "";
}

/// The zone a client shows the calendar in unless it knows better.
Zone Sheet::zone() const {
    if (audience_.visit())
        return shop_.picture.visits.find(*audience_.visit())->starts.zone;
    return Zone::parse(zone_years_.empty() ? house_zone : zone_years_.begin()->first.first).value();
}

std::string Sheet::zones(Instant now) const {
    ZonesUsed used;
    for (auto const& [zone, count] : zone_years_)
        used.use(Zone::parse(zone.first).value(), {zone.second.first, zone.second.second});
    if (used.empty()) { // a calendar holds at least one component (RFC 5545 §3.4)
        auto const* visit = audience_.visit() ? shop_.picture.visits.find(*audience_.visit()) : nullptr;
        auto const here = local_of(now, zone());
        used.use(zone(), visit ? years_of(visit->starts, visit->ends) : years_of(here, here));
    }
    std::string out;
    for (auto const& [id, one] : used.list())
        out += vtimezone(one.first, one.second);
    return out;
}

} // namespace kogge::calendar
