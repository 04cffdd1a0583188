// SPDX-License-Identifier: EUPL-1.2
#include "random_world.hpp"

#include <algorithm>

namespace kogge::logistics::test {

namespace {

constexpr Minutes step{5};

Zone zone(char const* name) { return Zone::parse(name).value(); }

template <class E>
json::value word(E value) {
    return to_json(value);
}

} // namespace

/// Two days around the change of the clocks, in two zones.
LocalTime RandomWorld::moment() {
    auto const day = Day(std::chrono::year(2027) / 10 / 30);
    auto const begin = instant_of({std::chrono::local_seconds(day) + std::chrono::hours(8), zone("Europe/Amsterdam")});
    return local_of(begin + step * below(24 * 12), zone(chance(80) ? "Europe/Amsterdam" : "Europe/London"));
}

std::vector<Id<Track>> RandomWorld::some_tracks(Id<Visit> const& of) {
    std::vector<Id<Track>> out;
    for (int n = below(3); n >= 0; --n)
        if (chance(70)) out.push_back(track(of));
    return out;
}

Venue RandomWorld::random_venue(std::string const& id) {
    Venue out;
    out.id = Id<Venue>(id);
    out.name = "Place " + id;
    if (chance(80)) out.location = GeoPoint{53.5 + below(40) * 0.01, 10.0 + below(40) * 0.01};
    out.step_free = chance(50);
    return out;
}

Vehicle RandomWorld::random_vehicle(std::string const& id) {
    Vehicle out;
    out.id = Id<Vehicle>(id);
    out.vehicle_kind = "coach";
    if (chance(90)) out.seats = below(9) - 1;
    out.wheelchair_places = below(3) - (chance(5) ? 1 : 0);
    return out;
}

TransportLeg RandomWorld::random_leg() {
    TransportLeg out;
    out.id = LegId(fresh("lg"));
    out.visit = visit();
    out.mode =
        std::vector{Mode::rail, Mode::bus, Mode::coach, Mode::minibus, Mode::walk}.at(static_cast<std::size_t>(below(5)));
    out.status = chance(15) ? LegStatus::fallback : chance(10) ? LegStatus::cancelled : LegStatus::planned;
    out.departs = moment();
    out.arrives = local_of(instant_of(out.departs) + step * (chance(95) ? 1 + below(30) : -below(5)), zone("Europe/Amsterdam"));
    out.from = venue();
    out.to = venue();
    if (chance(40)) out.vehicle = vehicle();
    out.tracks = some_tracks(out.visit);
    if (chance(30)) out.extra_passengers = {person(), person()};
    if (chance(30)) out.without = {person()};
    if (chance(20)) out.min_change_minutes = below(30) - 1;
    return out;
}

ProgrammeItem RandomWorld::random_item() {
    ProgrammeItem out;
    out.id = Id<ProgrammeItem>(fresh("it"));
    out.visit = visit();
    out.starts = moment();
    out.ends = out.starts + step;
    out.status = chance(10) ? ItemStatus::cancelled : ItemStatus::confirmed;
    if (chance(90)) out.venue = venue();
    out.tracks = some_tracks(out.visit);
    return out;
}

Accommodation RandomWorld::random_stay(std::string const& id) {
    Accommodation out;
    out.id = Id<Accommodation>(id);
    out.visit = visit();
    out.venue = venue();
    out.check_in = Day(std::chrono::year(2027) / 10 / 30);
    out.check_out = out.check_in + std::chrono::days(below(4));
    if (chance(80)) out.rooms = {below(6), below(3), below(2)};
    return out;
}

PersonCare RandomWorld::random_care(Id<Person> const& of) {
    PersonCare out;
    out.id = Id<PersonCare>(of.str());
    out.person = of;
    if (chance(60)) out.accessibility.push_back(chance(60) ? Access::wheelchair : Access::step_free);
    return out;
}

RoomRequest RandomWorld::random_request(Delegate const& delegate) {
    RoomRequest out;
    out.id = Id<RoomRequest>(delegate.id.str());
    out.visit = delegate.visit;
    out.delegate = delegate.id;
    out.room_type = std::vector{RoomType::single, RoomType::twin, RoomType::accessible, RoomType::none}.at(
        static_cast<std::size_t>(below(4)));
    if (chance(30)) out.accommodation = Id<Accommodation>("ac" + std::to_string(below(4)));
    return out;
}

ChangeSet RandomWorld::everything() {
    ChangeSet out("everything");
    for (int n = 0; n < venues; ++n) out.create(random_venue("place" + std::to_string(n)));
    for (int n = 0; n < vehicles; ++n) out.create(random_vehicle("car" + std::to_string(n)));
    for (int v = 0; v < visits; ++v) {
        Visit made;
        made.id = Id<Visit>("v" + std::to_string(v));
        made.starts = made.ends = moment();
        out.create(made);
        for (int t = 0; t < tracks; ++t)
            out.create(Track{Id<Track>(made.id.str() + "." + std::string(1, static_cast<char>('A' + t))),
                             made.id,
                             std::string(1, static_cast<char>('A' + t)),
                             {}});
        for (int p = 0; p < people; ++p)
            if (chance(60)) {
                Delegate delegate;
                delegate.visit = made.id;
                delegate.person = Id<Person>("p" + std::to_string(p));
                delegate.id = Id<Delegate>(made.id.str() + "." + delegate.person.str());
                delegate.status = chance(85) ? DelegateStatus::confirmed : DelegateStatus::declined;
                if (chance(90)) delegate.track = track(made.id);
                out.create(delegate);
                if (chance(70)) out.create(random_request(delegate));
            }
    }
    for (int n = 0; n < 4; ++n) out.create(random_stay("ac" + std::to_string(n)));
    for (int p = 0; p < people; ++p)
        if (chance(40)) out.create(random_care(Id<Person>("p" + std::to_string(p))));
    for (int n = 0; n < 30; ++n) out.create(random_leg());
    for (int n = 0; n < 10; ++n) out.create(random_item());
    return out;
}

/// The order of a hash map is not random, but the seed's choice in it is good enough; sorted, so that runs agree.
template <class T>
T const* RandomWorld::any(Mirror<T> const& mirror) {
    std::vector<T const*> list;
    for (auto const& [id, row] : mirror.rows()) list.push_back(&row.value);
    std::ranges::sort(list, {}, [](T const* value) { return value->id.str(); });
    return list.empty() ? nullptr : list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
}

ChangeSet RandomWorld::edit(Picture const& picture) {
    ChangeSet out("edit");
    for (int n = chance(25) ? 2 : 1; n > 0; --n) switch (below(8)) {
        case 0:
        case 1:
        case 2:
        case 3: leg_edit(out, picture); break;
        case 4:
        case 5: people_edit(out, picture); break;
        case 6: place_edit(out); break;
        default: room_edit(out, picture);
        }
    return out;
}

void RandomWorld::leg_edit(ChangeSet& out, Picture const& picture) {
    auto const* leg = any(picture.legs);
    auto const what = leg ? below(10) : 0;
    if (what == 0)
        out.create(random_leg());
    else if (what == 1) {
        if (picture.fallbacks_of.of(leg->id).empty()) out.erase(leg->id, 1);
    } else if (what <= 4) {
        auto const by = step * (below(25) - 12);
        out.update(leg->id, 1,
                   {{"departs", to_text(leg->departs + by)}, {"arrives", to_text(leg->arrives + by + step * (below(3) - 1))}});
    } else if (what == 5)
        out.update(leg->id, 1,
                   {{"status", word(chance(60)   ? LegStatus::planned
                                    : chance(50) ? LegStatus::cancelled
                                                 : LegStatus::fallback)}});
    else if (what == 6)
        out.update(leg->id, 1, {{"vehicle", chance(20) ? json::value() : json::value(vehicle().str())}});
    else if (what == 7) { // onto the drive of another leg
        auto const* other = any(picture.legs);
        out.update(leg->id, 1,
                   {{"vehicle", other->vehicle ? json::value(other->vehicle->str()) : json::value()},
                    {"departs", to_text(other->departs)},
                    {"arrives", to_text(other->arrives)},
                    {"from", other->from.str()},
                    {"to", other->to.str()}});
    } else if (what == 8) { // right after another leg
        auto const* other = any(picture.legs);
        out.update(leg->id, 1,
                   {{"from", other->to.str()},
                    {"vehicle", nullptr},
                    {"mode", "rail"},
                    {"departs", to_text(other->arrives + step * below(5))},
                    {"arrives", to_text(other->arrives + step * (6 + below(20)))},
                    {"tracks", to_json(other->tracks)}});
    } else
        out.update(
            leg->id, 1,
            {{"tracks", to_json(some_tracks(leg->visit))},
             {"without", to_json(std::vector{person()})},
             {"extra_passengers", to_json(std::vector{person()})},
             {"fallback_of", chance(60) ? json::value() : json::value((chance(20) ? leg : any(picture.legs))->id.str())}});
}

void RandomWorld::people_edit(ChangeSet& out, Picture const& picture) {
    auto const* delegate = any(picture.roster.delegates);
    auto const* item = any(picture.items);
    switch (below(6)) {
    case 0:
        out.update(delegate->id, 1, {{"track", chance(20) ? json::value() : json::value(track(delegate->visit).str())}});
        return;
    case 1: out.update(delegate->id, 1, {{"status", chance(60) ? "confirmed" : "declined"}}); return;
    case 2: {
        auto const of = person();
        auto const care = random_care(of);
        if (!picture.cares.find(care.id))
            out.create(care);
        else if (chance(30))
            out.erase(care.id, 1);
        else
            out.update(care.id, 1, {{"accessibility", to_json(care.accessibility)}});
        return;
    }
    case 3: {
        auto const who = person();
        for (auto const& [id, row] : picture.roster.participations.rows()) // a person is named once in an item
            if (row.value.item == item->id && row.value.person == who) {
                out.erase(id, 1);
                return;
            }
        out.create(Participation{Id<Participation>(fresh("pa")),
                                 item->visit,
                                 item->id,
                                 who,
                                 chance(50) ? Presence::included : Presence::excluded,
                                 "guest",
                                 {}});
        return;
    }
    case 4:
        out.update(item->id, 1,
                   {{"venue", chance(20) ? json::value() : json::value(venue().str())},
                    {"tracks", to_json(some_tracks(item->visit))}});
        return;
    default: out.update(item->id, 1, {{"status", chance(70) ? "confirmed" : "cancelled"}});
    }
}

void RandomWorld::place_edit(ChangeSet& out) {
    auto const place = random_venue(venue().str());
    auto const car = random_vehicle(vehicle().str());
    if (chance(50))
        out.update(place.id, 1, {{"location", to_json(place.location)}, {"step_free", place.step_free}});
    else
        out.update(car.id, 1, {{"seats", to_json(car.seats)}, {"wheelchair_places", car.wheelchair_places}});
}

void RandomWorld::room_edit(ChangeSet& out, Picture const& picture) {
    auto const* delegate = any(picture.roster.delegates);
    auto const request = random_request(*delegate);
    auto const stay = random_stay("ac" + std::to_string(below(4)));
    auto const fields = [](auto const& value) {
        auto document = to_json(value).as_object();
        document.erase("id");
        return document;
    };
    if (chance(40))
        out.update(stay.id, 1, fields(stay));
    else if (!picture.room_requests.find(request.id))
        out.create(request);
    else if (chance(20))
        out.erase(request.id, 1);
    else
        out.update(request.id, 1, fields(request));
}

} // namespace kogge::logistics::test
