// SPDX-License-Identifier: EUPL-1.2
#include "random_world.hpp"

#include <algorithm>

namespace kogge::scheduling::test {

namespace {

constexpr std::chrono::minutes quarter{15};
constexpr int quarters_of_a_day = 48; // 08:00 to 20:00

Zone amsterdam() {
    static Zone const zone = Zone::parse("Europe/Amsterdam").value();
    return zone;
}

json::object times(char const* begin_field, LocalTime const& begin, char const* end_field, LocalTime const& end) {
    return {{begin_field, to_text(begin)}, {end_field, to_text(end)}};
}

} // namespace

/// Visits overlap each other by a day when crowded, so that a person in two of them can be in two places.
Instant RandomWorld::first_day(int v) const {
    auto const day = Day(std::chrono::year(2027) / 3 / 27) + std::chrono::days(size_.crowded ? v : v % 300); // clocks change on 28 March
    return instant_of({std::chrono::local_seconds(day) + std::chrono::hours(8), amsterdam()});
}

LocalTime RandomWorld::moment(int v) {
    return local_of(first_day(v) + std::chrono::days(below(size_.days)) + quarter * below(quarters_of_a_day), amsterdam());
}

/// A visit's entries name tracks of that visit and of no other: the store sees to that.
std::vector<Id<Track>> RandomWorld::some_tracks(int v) {
    std::vector<Id<Track>> out;
    for (int t = 0; t < size_.tracks; ++t)
        if (chance(45))
            out.push_back(track(v, t));
    return out;
}

Venue RandomWorld::random_venue(int n) {
    Venue out;
    out.id = venue(n);
    out.name = "Place " + std::to_string(n);
    if (chance(80))
        out.location = GeoPoint{53.5 + below(40) * 0.0005, 10.0 + below(40) * 0.0005};
    if (chance(60))
        out.capacity = 1 + below(size_.people);
    return out;
}

Delegate RandomWorld::random_delegate(int v, int p) {
    Delegate out;
    out.visit = Id<Visit>(visit_id(v));
    // The last third travels with the next visit, too.
    out.person = p * 3 >= size_.people * 2 ? person((v + 1) % size_.visits, size_.people - 1 - p) : person(v, p);
    out.id = Id<Delegate>(out.visit.str() + "." + out.person.str());
    if (chance(90))
        out.track = track(v, size_.crowded ? below(size_.tracks) : p % size_.tracks);
    out.status = size_.crowded && chance(10) ? DelegateStatus::declined : DelegateStatus::confirmed;
    return out;
}

ProgrammeItem RandomWorld::random_item(int v, int nth) {
    ProgrammeItem out;
    out.id = Id<ProgrammeItem>(fresh("it"));
    out.visit = Id<Visit>(visit_id(v));
    out.title = {"Item " + out.id.str(), "nl"};
    out.status = ItemStatus::confirmed;
    out.tracks = some_tracks(v);
    out.starts = moment(v);
    out.ends = out.starts + quarter * (1 + below(6));
    if (!size_.crowded) {
        out.starts = local_of(first_day(v) + std::chrono::days(nth / 12) + std::chrono::hours(nth % 12), amsterdam());
        out.ends = out.starts + quarter * 4;
        out.tracks = {track(v, nth % size_.tracks), track(v, (nth + 1) % size_.tracks)};
    }
    if (chance(90))
        out.venue = venue(size_.crowded ? below(size_.venues) : v % size_.venues);
    return out;
}

Leg RandomWorld::random_leg(int v, int nth) {
    Leg out;
    out.id = Id<Leg>(fresh("lg"));
    out.visit = Id<Visit>(visit_id(v));
    out.mode = chance(50) ? "walk" : "coach";
    out.status = chance(20) ? "fallback" : chance(10) ? "cancelled" : "planned";
    out.from = venue(below(size_.venues));
    out.to = venue(below(size_.venues));
    out.departs = size_.crowded ? moment(v) : local_of(first_day(v) + std::chrono::days(nth) + std::chrono::hours(13), amsterdam());
    out.arrives = out.departs + std::chrono::minutes(5) * (1 + below(6));
    out.tracks = some_tracks(v);
    if (chance(30))
        out.extra_passengers = {person(v, below(size_.people))};
    if (chance(30))
        out.without = {person(v, below(size_.people))};
    return out;
}

BusyTime RandomWorld::random_busy(int v) {
    BusyTime out;
    out.id = Id<BusyTime>(fresh("bt"));
    out.person = person(v, below(size_.people));
    out.starts = moment(v);
    out.ends = out.starts + quarter * below(9); // some take no time at all
    out.tentative = chance(30);
    return out;
}

ChangeSet RandomWorld::everything() {
    ChangeSet out("everything");
    for (int n = 0; n < size_.venues; ++n)
        out.create(random_venue(n));
    for (int v = 0; v < size_.visits; ++v) {
        Visit visit;
        visit.id = Id<Visit>(visit_id(v));
        visit.starts = local_of(first_day(v), amsterdam());
        visit.ends = visit.starts + std::chrono::days(size_.crowded ? size_.days : 1 + size_.items / 12);
        out.create(visit);
        for (int t = 0; t < size_.tracks; ++t)
            out.create(Track{track(v, t), visit.id, std::string(1, static_cast<char>('A' + t)), {}});
        for (int p = 0; p < size_.people; ++p)
            out.create(random_delegate(v, p));
        std::vector<Id<ProgrammeItem>> items;
        for (int i = 0; i < size_.items; ++i) {
            auto const item = random_item(v, i);
            items.push_back(item.id);
            out.create(item);
        }
        for (int i = 0; i < size_.legs; ++i)
            out.create(random_leg(v, i));
        for (int i = 0; i < size_.named && !items.empty(); ++i) {
            auto const& item = items[static_cast<std::size_t>(below(static_cast<int>(items.size())))];
            out.create(Participation{Id<Participation>(fresh("pa")), visit.id, item, person(v, below(size_.people)),
                                     chance(50) ? Presence::included : Presence::excluded, "guest", {}});
        }
        for (int i = 0; i < size_.busy; ++i)
            out.create(random_busy(v));
    }
    return out;
}

/// The order of a hash map is not random, but the seed's choice in it is good enough; sorted, so that runs agree.
template <class T>
T const* RandomWorld::any(Mirror<T> const& mirror) {
    if (mirror.rows().empty())
        return nullptr;
    std::vector<T const*> list;
    for (auto const& [id, row] : mirror.rows())
        list.push_back(&row.value);
    std::ranges::sort(list, {}, [](T const* value) { return value->id.str(); });
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
}

ChangeSet RandomWorld::edit(Picture const& picture) {
    ChangeSet out("edit");
    auto const kind = below(12);
    if (kind >= 10)
        presence_edit(out, picture);
    else if (kind < 5)
        item_edit(out, picture);
    else if (kind < 7)
        leg_edit(out, picture);
    else
        other_edit(out, picture);
    if (chance(15)) // several things at once
        out.create(random_item(below(size_.visits), 0));
    return out;
}

void RandomWorld::item_edit(ChangeSet& out, Picture const& picture) {
    auto const v = below(size_.visits);
    auto const* item = any(picture.items);
    auto const what = below(8);
    if (!item || what == 0) {
        out.create(random_item(v, 0));
        return;
    }
    json::object fields;
    if (what == 1) {
        for (auto const& [id, row] : picture.roster.participations.rows())
            if (row.value.item == item->id)
                out.erase(id, row.rev);
        for (auto const& [id, row] : picture.assignments.rows())
            if (row.value.item == item->id)
                out.erase(id, row.rev);
        out.erase(item->id, 1);
        return;
    }
    if (what <= 4) {
        auto const by = quarter * (below(17) - 8);
        fields = times("starts", item->starts + by, "ends", item->ends + by);
    } else if (what == 5)
        fields = {{"ends", to_text(item->ends + quarter * (below(9) - 4))}};
    else if (what == 6)
        fields = {{"tracks", to_json(some_tracks(number_of(item->visit)))}, {"status", chance(30) ? "cancelled" : "confirmed"}};
    else
        fields = {{"venue", chance(20) ? json::value() : json::value(venue(below(size_.venues)).str())}, {"visit", visit_id(v)}, {"tracks", to_json(some_tracks(v))}};
    out.update(item->id, 1, std::move(fields));
}

void RandomWorld::leg_edit(ChangeSet& out, Picture const& picture) {
    auto const v = below(size_.visits);
    auto const* leg = any(picture.legs);
    auto const what = below(6);
    if (!leg || what == 0)
        out.create(random_leg(v, 0));
    else if (what == 1)
        out.erase(leg->id, 1);
    else if (what == 2) {
        auto const by = quarter * (below(17) - 8);
        out.update(leg->id, 1, times("departs", leg->departs + by, "arrives", leg->arrives + by));
    } else if (what == 3)
        out.update(leg->id, 1, {{"status", chance(50) ? "planned" : "fallback"}, {"mode", chance(50) ? "walk" : "bus"}});
    else if (what == 4)
        out.update(leg->id, 1, {{"from", venue(below(size_.venues)).str()}, {"to", venue(below(size_.venues)).str()}});
    else
        out.update(leg->id, 1, {{"tracks", to_json(some_tracks(number_of(leg->visit)))}, {"without", to_json(std::vector{person(v, below(size_.people))})}});
}

void RandomWorld::presence_edit(ChangeSet& out, Picture const& picture) {
    auto const v = below(size_.visits);
    auto const* busy = any(picture.busy_times);
    auto const* assignment = any(picture.assignments);
    auto const what = below(7);
    if (what == 0 || !busy)
        out.create(random_busy(v));
    else if (what == 1)
        out.erase(busy->id, 1);
    else if (what == 2)
        out.update(busy->id, 1, {{"person", person(v, below(size_.people)).str()}});
    else if (what == 3) {
        auto const by = quarter * (below(17) - 8);
        out.update(busy->id, 1, times("starts", busy->starts + by, "ends", busy->ends + by));
    } else if (what == 4 && assignment)
        out.erase(assignment->id, 1);
    else if (auto const* item = any(picture.items); item && what == 5)
        out.create(Assignment{Id<Assignment>(fresh("as")), item->visit, item->id, person(v, below(size_.people))});
    else if (item && assignment)
        out.update(assignment->id, 1, {{"item", item->id.str()}, {"person", person(v, below(size_.people)).str()}});
}

Participation RandomWorld::random_participation(Picture const& picture) {
    auto const* item = any(picture.items);
    auto const v = below(size_.visits);
    return {Id<Participation>(fresh("pa")), item->visit, item->id, person(v, below(size_.people)), chance(50) ? Presence::included : Presence::excluded, "guest", {}};
}

void RandomWorld::other_edit(ChangeSet& out, Picture const& picture) {
    auto const v = below(size_.visits);
    auto const* participation = any(picture.roster.participations);
    auto const* delegate = any(picture.roster.delegates);
    switch (below(7)) {
    case 0:
    case 1: {
        if (picture.items.rows().empty())
            return;
        auto fresh_one = random_participation(picture);
        for (auto const& [id, row] : picture.roster.participations.rows()) // a person is named once in an item
            if (row.value.item == fresh_one.item && row.value.person == fresh_one.person)
                return;
        out.create(fresh_one);
        return;
    }
    case 2:
        if (participation)
            out.erase(participation->id, 1);
        return;
    case 3:
        if (participation)
            out.update(participation->id, 1, {{"presence", participation->presence == Presence::included ? "excluded" : "included"}});
        return;
    case 4: {
        if (!delegate)
            return;
        auto const of = number_of(delegate->visit);
        out.update(delegate->id, 1, {{"track", chance(20) ? json::value() : json::value(track(of, below(size_.tracks)).str())}, {"status", chance(20) ? "declined" : "confirmed"}});
        return;
    }
    case 5: {
        auto const place = random_venue(below(size_.venues));
        out.update(place.id, 1, {{"location", to_json(place.location)}, {"capacity", to_json(place.capacity)}});
        return;
    }
    default: {
        auto const* visit = picture.visits.find(Id<Visit>(visit_id(v)));
        out.update(visit->id, 1, {{"ends", to_text(visit->ends + quarter * (below(33) - 16))}});
    }
    }
}

} // namespace kogge::scheduling::test
