// SPDX-License-Identifier: EUPL-1.2
#include "feed/event.hpp"

#include "feed/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kogge::calendar {

namespace {

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

/// Where people meet from afar, when a text says so: the address of a service that does nothing else.
std::string conference_in(std::string_view text) {
    static constexpr std::array<std::string_view, 9> services{"teams.microsoft.com", "teams.live.com", "zoom.us", "meet.google.com", "webex.com",
                                                              "meet.jit.si", "whereby.com", "bigbluebutton.org", "gotomeet.me"};
    for (auto at = text.find("https://"); at != text.npos; at = text.find("https://", at + 8)) {
        auto const url = text.substr(at, text.find_first_of(" \t\r\n<>\"", at) - at);
        auto const host = url.substr(8, url.find_first_of("/?#:", 8) - 8);
        for (auto const service : services)
            if (host == service || (host.ends_with(service) && host[host.size() - service.size() - 1] == '.'))
                return std::string(url.substr(0, url.find_last_not_of(".,;)") + 1));
    }
    return {};
}

char const* uid_domain(EntryId::Kind kind) {
    switch (kind) {
    case EntryId::Kind::item: return "@item.kogge";
    case EntryId::Kind::leg: return "@leg.kogge";
    case EntryId::Kind::task: return "@task.kogge";
    case EntryId::Kind::visit: break;
    }
    return "@visit.kogge";
}

/// Puts together what an entry says.
class Telling {
  public:
    Telling(Picture const& picture, Shown const& shown, std::string const& language) : picture_(picture), shown_(shown), language_(language) {
        event_.language = language_of_words(language);
        auto const* made = shown.item ? picture.names.find(Id<CalendarName>(shown.entry.id)) : nullptr; // by a calendar program
        event_.uid = made ? made->uid : shown.entry.id + uid_domain(shown.entry.kind);
        // An entity begins as revision 1, an event as sequence 0. Deleting is one revision more.
        event_.sequence = std::max<std::int64_t>(0, shown.rev - 1);
        event_.revised = std::chrono::floor<std::chrono::seconds>(
            std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(std::max(shown.revised_us, neighbours_of(picture, shown).newest_us))));
        event_.starts = shown.starts();
        event_.ends = shown.ends();
        event_.days = shown.days;
    }

    Event tell(std::vector<Text> const& texts, Text const& visit_title) {
        auto const kind = shown_.entry.kind;
        if (kind == EntryId::Kind::item)
            item(texts, visit_title);
        else if (kind == EntryId::Kind::leg)
            leg(visit_title);
        else if (kind == EntryId::Kind::task)
            task(visit_title);
        else
            banner(visit_title);
        color();
        return std::move(event_);
    }

  private:
    void item(std::vector<Text> const& texts, Text const& visit_title) {
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
        if (item.note)
            event_.conference = conference_in(item.note->text);
        if (item.dress_code)
            say(Word::dress_code, *item.dress_code);
        if (item.interpretation)
            say(Word::interpretation, std::string(mode_word(item.interpretation->mode, language_)) + ", " + item.interpretation->from + "–" + item.interpretation->to);
        close(visit_title);
    }

    void leg(Text const& visit_title) {
        auto const& leg = *shown_.leg;
        auto const mode = transport_word(leg.mode, language_);
        auto const way = name(leg.from) + " → " + name(leg.to);
        event_.summary = {mode + ": " + way, event_.language};
        event_.category = word(Word::travel, language_);
        status(leg.status == "cancelled" ? EventStatus::cancelled : EventStatus::confirmed);
        place(leg.from);
        spot(leg.to);
        say(mode + ": " + way);
        if (leg.status == "delayed")
            say(word(Word::delayed, language_));
        if (leg.service)
            say(Word::service, *leg.service);
        if (auto const* vehicle = leg.vehicle ? picture_.vehicles.find(*leg.vehicle) : nullptr; vehicle && vehicle->name)
            say(Word::vehicle, *vehicle->name);
        close(visit_title);
    }

    /// An event of a day, not a VTODO: of the five usual clients only Thunderbird shows a subscribed VTODO at all.
    void task(Text const& visit_title) {
        auto const& task = *shown_.task;
        event_.summary = {(task.status == TaskStatus::done ? "✓ " : std::string(word(Word::task, language_)) + ": ") + task.title, {}};
        event_.category = word(Word::task, language_);
        event_.busy = false;
        event_.internal = true;
        status(task.status == TaskStatus::dropped ? EventStatus::cancelled : EventStatus::confirmed);
        close(visit_title);
    }

    void banner(Text const& visit_title) {
        auto const& visit = *shown_.banner;
        event_.summary = visit_title;
        event_.category = word(Word::visit, language_);
        event_.busy = false;
        status(visit.status == VisitStatus::requested || visit.status == VisitStatus::proposed ? EventStatus::tentative : EventStatus::confirmed);
    }

    void status(EventStatus own) {
        auto const* visit = picture_.visits.find(shown_.visit());
        bool const off = visit && (visit->status == VisitStatus::cancelled || visit->status == VisitStatus::declined);
        event_.status = off || shown_.gone ? EventStatus::cancelled : own;
    }
    /// Its track's colour when it is of one track, else its visit's.
    void color() {
        auto const tracks = shown_.tracks();
        if (auto const* track = tracks.size() == 1 ? picture_.tracks.find(tracks.front()) : nullptr)
            event_.color = color_of(*track);
        else if (auto const* visit = picture_.visits.find(shown_.visit()))
            event_.color = color_of(*visit);
    }
    void place(Id<Venue> const& id) {
        auto const* venue = picture_.venues.find(id);
        if (!venue)
            return;
        event_.location = name_and_address(*venue);
        if (venue->location && on_earth(*venue->location))
            event_.geo = venue->location;
        spot(id);
    }
    void spot(Id<Venue> const& id) {
        auto const* venue = picture_.venues.find(id);
        if (!venue || (!event_.spots.empty() && event_.spots.front().uid.starts_with(id.str() + "@")))
            return;
        event_.spots.push_back({id.str() + "@venue.kogge", venue->name, venue->address.value_or(""), {}});
        if (venue->location && on_earth(*venue->location))
            event_.spots.back().point = venue->location;
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

LocalTime Shown::starts() const {
    if (days)
        return {std::chrono::local_seconds(days->first), Zone(), false};
    return item ? item->starts : leg->departs;
}

LocalTime Shown::ends() const {
    if (days)
        return {std::chrono::local_seconds(days->second), Zone(), false};
    return item ? item->ends : leg->arrives;
}

Id<Visit> const& Shown::visit() const { return item ? item->visit : leg ? leg->visit : task ? task->visit : banner->id; }

std::vector<Id<Track>> Shown::tracks() const { return item ? item->tracks : leg ? leg->tracks : std::vector<Id<Track>>(); }

std::vector<Id<Venue>> Shown::venues() const {
    if (leg)
        return {leg->from, leg->to};
    return item && item->venue ? std::vector{*item->venue} : std::vector<Id<Venue>>();
}

Shown shown(ProgrammeItem const& item, std::int64_t rev, std::int64_t revised_us) {
    Shown out{.entry = entry_of(item.id), .rev = rev, .revised_us = revised_us};
    out.item = &item;
    return out;
}

Shown shown(Leg const& leg, std::int64_t rev, std::int64_t revised_us) {
    Shown out{.entry = entry_of(leg.id), .rev = rev, .revised_us = revised_us};
    out.leg = &leg;
    return out;
}

Shown shown(Visit const& visit, std::int64_t rev, std::int64_t revised_us) {
    Shown out{.entry = entry_of(visit.id), .rev = rev, .revised_us = revised_us};
    out.banner = &visit;
    auto const first = day_of(visit.starts);
    auto const last = day_of({visit.ends.wall - std::chrono::seconds(1), visit.ends.zone, false}); // until midnight is not the day after
    out.days = Days(first, std::max(first, last) + std::chrono::days(1));
    return out;
}

std::optional<Shown> shown(Task const& task, Picture const& picture, std::int64_t rev, std::int64_t revised_us) {
    Shown out{.entry = entry_of(task.id), .rev = rev, .revised_us = revised_us};
    out.task = &task;
    auto day = task.due;
    if (auto const* visit = picture.visits.find(task.visit); !day && task.offset_days && visit)
        day = day_of(visit->starts) + std::chrono::days(*task.offset_days);
    if (!day)
        return std::nullopt;
    out.days = Days(*day, *day + std::chrono::days(1));
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
    auto event = Telling(picture, shown, language).tell(texts, visit_title);
    event.link = fill(fill(link, "{visit}", shown.visit().str()), "{id}", shown.entry.id);
    return event;
}

std::string vehicle_name(Vehicle const& vehicle, std::string_view language) {
    if (vehicle.name && !vehicle.name->empty())
        return *vehicle.name;
    auto out = vehicle.vehicle_kind.empty() ? std::string(word(Word::vehicle, language)) : transport_word(vehicle.vehicle_kind, language);
    if (vehicle.seats)
        out.append(", ").append(std::to_string(*vehicle.seats)).append(" ").append(word(Word::seats, language));
    return out;
}

} // namespace kogge::calendar
