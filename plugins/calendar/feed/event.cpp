// SPDX-License-Identifier: EUPL-1.2
#include "feed/event.hpp"

#include "ical/lines.hpp"
#include "feed/words.hpp"
#include "ical/zones.hpp"

#include <algorithm>
#include <cmath>

namespace kogge::calendar {

namespace {

char const* status_text(EventStatus status) {
    switch (status) {
        case EventStatus::tentative: return "TENTATIVE";
        case EventStatus::cancelled: return "CANCELLED";
        case EventStatus::confirmed: break;
    }
    return "CONFIRMED";
}

/// Degrees with six decimals, whatever the locale: 0.1 m, and all that libical keeps.
std::string degrees(double value) {
    auto const micro = std::llround(value * 1e6);
    auto const size = std::llabs(micro);
    char out[32];
    std::snprintf(out, sizeof out, "%s%lld.%06lld", micro < 0 ? "-" : "", size / 1'000'000, size % 1'000'000);
    return out;
}

bool on_earth(GeoPoint const& point) { return std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180; }

std::string join(std::vector<std::string> const& lines, char const* between) {
    std::string out;
    for (auto const& line : lines)
        out += (out.empty() ? "" : between) + line;
    return out;
}

std::string name_and_address(Venue const& venue) {
    return venue.address && !venue.address->empty() ? venue.name + ", " + *venue.address : venue.name;
}

/// Puts together what an item or a leg says.
class Telling {
  public:
    Telling(Picture const& picture, Shown const& shown, std::string const& language) : picture_(picture), shown_(shown), language_(language) {
        event_.language = language_of_words(language);
        event_.uid = shown.entry.id + (shown.item ? "@item.kogge" : "@leg.kogge");
        // An entity begins as revision 1, an event as sequence 0. Deleting is one revision more.
        event_.sequence = std::max<std::int64_t>(0, shown.rev - 1);
        event_.revised = std::chrono::floor<std::chrono::seconds>(
            std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(std::max(shown.revised_us, neighbours_of(picture, shown).newest_us))));
        event_.starts = shown.starts();
        event_.ends = shown.ends();
    }

    Event item(std::vector<Text> const& texts, Text const& visit_title) {
        auto const& item = *shown_.item;
        event_.summary = texts.front();
        event_.category = kind_word(item.item_kind, language_);
        status(item.status == ItemStatus::cancelled ? EventStatus::cancelled
               : item.status == ItemStatus::proposed ? EventStatus::tentative
                                                     : EventStatus::confirmed);
        if (item.venue)
            place(*item.venue);
        if (texts.size() > 1)
            say(texts[1].text);
        if (item.dress_code)
            say(Word::dress_code, *item.dress_code);
        if (item.interpretation)
            say(Word::interpretation, std::string(mode_word(item.interpretation->mode, language_)) + ", " + item.interpretation->from + "–" + item.interpretation->to);
        close(visit_title);
        return std::move(event_);
    }

    Event leg(Text const& visit_title) {
        auto const& leg = *shown_.leg;
        auto const mode = transport_word(leg.mode, language_);
        auto const way = name(leg.from) + " → " + name(leg.to);
        event_.summary = {mode + ": " + way, event_.language};
        event_.category = word(Word::travel, language_);
        status(leg.status == "cancelled" ? EventStatus::cancelled : EventStatus::confirmed);
        place(leg.from);
        say(mode + ": " + way);
        if (leg.status == "delayed")
            say(word(Word::delayed, language_));
        if (leg.service)
            say(Word::service, *leg.service);
        if (leg.vehicle)
            if (auto const* vehicle = picture_.vehicles.find(*leg.vehicle); vehicle && vehicle->name)
                say(Word::vehicle, *vehicle->name);
        close(visit_title);
        return std::move(event_);
    }

  private:
    void status(EventStatus own) {
        auto const* visit = picture_.visits.find(shown_.visit());
        bool const off = visit && (visit->status == VisitStatus::cancelled || visit->status == VisitStatus::declined);
        event_.status = off || shown_.deleted ? EventStatus::cancelled : own;
    }
    void place(Id<Venue> const& id) {
        auto const* venue = picture_.venues.find(id);
        if (!venue)
            return;
        event_.location = name_and_address(*venue);
        if (venue->location && on_earth(*venue->location))
            event_.geo = venue->location;
    }
    std::string name(Id<Venue> const& id) const {
        auto const* venue = picture_.venues.find(id);
        return venue ? venue->name : id.str();
    }
    void say(std::string line) {
        if (!line.empty())
            event_.description.push_back(std::move(line));
    }
    void say(Word what, std::string const& value) {
        if (!value.empty())
            say(std::string(word(what, language_)) + ": " + value);
    }
    void close(Text const& visit_title) {
        std::vector<std::string> codes;
        for (auto const& id : shown_.tracks())
            if (auto const* track = picture_.tracks.find(id))
                codes.push_back(track->code);
        std::sort(codes.begin(), codes.end());
        say(Word::tracks, join(codes, ", "));
        say(visit_title.text);
    }

    Picture const& picture_;
    Shown const& shown_;
    std::string const& language_;
    Event event_;
};

std::string fill(std::string link, std::string_view name, std::string const& value) {
    for (auto at = link.find(name); at != std::string::npos; at = link.find(name, at + value.size()))
        link.replace(at, name.size(), value);
    return link;
}

} // namespace

std::vector<Id<Venue>> Shown::venues() const {
    if (leg)
        return {leg->from, leg->to};
    return item->venue ? std::vector{*item->venue} : std::vector<Id<Venue>>();
}

std::string to_ical(Event const& event) {
    std::string out;
    out.reserve(1024);
    Lines lines(out);
    auto const starts = stamp(event.starts), ends = stamp(event.ends);
    auto const revised = utc(event.revised);
    lines.raw("BEGIN", "VEVENT").raw("UID", event.uid).raw("SEQUENCE", std::to_string(event.sequence)).raw("DTSTAMP", revised).raw("LAST-MODIFIED", revised);
    lines.raw("DTSTART" + starts.parameters, starts.value);
    if (instant_of(event.ends) > instant_of(event.starts)) // without an end: ends when it begins
        lines.raw("DTEND" + ends.parameters, ends.value);
    lines.raw("STATUS", status_text(event.status)).raw("TRANSP", event.status == EventStatus::cancelled ? "TRANSPARENT" : "OPAQUE");
    lines.text("SUMMARY", event.summary.text, event.summary.language);
    if (!event.location.empty())
        lines.text("LOCATION", event.location);
    if (event.geo)
        lines.raw("GEO", degrees(event.geo->latitude) + ";" + degrees(event.geo->longitude));
    if (!event.description.empty())
        lines.text("DESCRIPTION", join(event.description, "\n"), event.language);
    if (!event.category.empty())
        lines.text("CATEGORIES", event.category, event.language);
    lines.uri("URL", event.link).raw("END", "VEVENT");
    return out;
}

std::vector<TextKey> texts_of(Shown const& shown) {
    std::vector<TextKey> out;
    if (shown.item) {
        out.push_back({entity_of(shown.entry), shown.entry.id, "title", &shown.item->title});
        if (shown.item->note && !shown.item->note->empty())
            out.push_back({entity_of(shown.entry), shown.entry.id, "note", &*shown.item->note});
    }
    return out;
}

Neighbours neighbours_of(Picture const& picture, Shown const& shown) {
    Neighbours out;
    auto const look = [&](auto const* row) {
        if (!row)
            return;
        out.revisions += row->rev;
        out.newest_us = std::max(out.newest_us, row->updated_us);
    };
    look(picture.visits.row(shown.visit()));
    for (auto const& track : shown.tracks())
        look(picture.tracks.row(track));
    if (shown.item && shown.item->venue)
        look(picture.venues.row(*shown.item->venue));
    if (shown.leg) {
        look(picture.venues.row(shown.leg->from));
        look(picture.venues.row(shown.leg->to));
        if (shown.leg->vehicle)
            look(picture.vehicles.row(*shown.leg->vehicle));
    }
    return out;
}

Event event_of(Picture const& picture, Shown const& shown, std::vector<Text> const& texts, Text const& visit_title, std::string const& language,
               std::string const& link) {
    Telling telling(picture, shown, language);
    auto event = shown.item ? telling.item(texts, visit_title) : telling.leg(visit_title);
    event.link = fill(fill(link, "{visit}", shown.visit().str()), "{id}", shown.entry.id);
    return event;
}

} // namespace kogge::calendar
