// SPDX-License-Identifier: EUPL-1.2
// What logistics owns: how people get from place to place, where they sleep, and what they need on the way.
#pragma once

#include <kogge/id.hpp>
#include <kogge/model/people.hpp>
#include <kogge/model/place.hpp>
#include <kogge/model/programme.hpp>
#include <kogge/model/visit.hpp>
#include <kogge/time.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge::logistics {

struct Vehicle {
    Id<Vehicle> id;
    std::optional<std::string> name; // "coach 1", a number plate
    std::string vehicle_kind;        // coach, minibus, car …
    std::optional<int> seats;        // for passengers; absent: not known yet
    int wheelchair_places = 0;
    std::optional<std::string> operated_by;
};
BOOST_DESCRIBE_STRUCT(Vehicle, (), (id, name, vehicle_kind, seats, wheelchair_places, operated_by))

enum class Mode { rail, bus, coach, minibus, car, motorcade, boat, bike, walk, flight, taxi };
BOOST_DESCRIBE_ENUM(Mode, rail, bus, coach, minibus, car, motorcade, boat, bike, walk, flight, taxi)

/// fallback: waits for its leg to fail. active: a fallback that took over, or a leg under way.
enum class LegStatus { planned, fallback, active, delayed, cancelled, done };
BOOST_DESCRIBE_ENUM(LegStatus, planned, fallback, active, delayed, cancelled, done)

/// One movement of people between two venues. Half-open in time. Two zones, because a leg may cross one.
struct TransportLeg {
    Id<TransportLeg> id;
    Id<Visit> visit;
    Mode mode = Mode::coach;
    LegStatus status = LegStatus::planned;
    LocalTime departs; // wall clock at `from`
    LocalTime arrives; // wall clock at `to`
    Id<Venue> from, to;
    std::optional<Id<Vehicle>> vehicle;
    std::optional<std::string> service; // train or line, as the timetable names it
    std::vector<Id<Track>> tracks;
    std::vector<Id<Person>> extra_passengers; // besides the tracks
    std::vector<Id<Person>> without;          // of the tracks, but not on board
    std::optional<Id<TransportLeg>> fallback_of;
    std::optional<int> min_change_minutes; // to reach this leg from another one; absent: the usual minimum
    std::optional<std::string> note;
    std::optional<Id<Person>> driver;
};
BOOST_DESCRIBE_STRUCT(TransportLeg, (),
                      (id, visit, mode, status, departs, arrives, from, to, vehicle, service, tracks, extra_passengers, without,
                       fallback_of, min_change_minutes, note, driver))

/// A fallback waits and a cancelled leg carries nobody: neither has passengers.
inline bool runs(TransportLeg const& leg) { return leg.status != LegStatus::fallback && leg.status != LegStatus::cancelled; }
inline Interval span_of(TransportLeg const& leg) { return {instant_of(leg.departs), instant_of(leg.arrives)}; }
/// Trains, buses, ferries and flights leave without us. A vehicle of our own waits.
inline bool by_timetable(TransportLeg const& leg) {
    return !leg.vehicle
           && (leg.mode == Mode::rail || leg.mode == Mode::bus || leg.mode == Mode::boat || leg.mode == Mode::flight);
}

/// Rooms of each kind that are booked.
struct Rooms {
    int single = 0;
    int twin = 0; // for two people each
    int accessible = 0;
    friend bool operator==(Rooms const&, Rooms const&) = default;
};
BOOST_DESCRIBE_STRUCT(Rooms, (), (single, twin, accessible))

struct Accommodation {
    Id<Accommodation> id;
    Id<Visit> visit;
    Id<Venue> venue;
    Day check_in{};
    Day check_out{};
    Rooms rooms;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Accommodation, (), (id, visit, venue, check_in, check_out, rooms, note))

/// none: sleeps elsewhere.
enum class RoomType { single, twin, accessible, none };
BOOST_DESCRIBE_ENUM(RoomType, single, twin, accessible, none)

/// What room a delegate asks for, and where they got one.
struct RoomRequest {
    Id<RoomRequest> id;
    Id<Visit> visit;
    Id<Delegate> delegate;
    RoomType room_type = RoomType::single;
    std::optional<Id<Accommodation>> accommodation; // absent: every accommodation of the visit in turn
    std::optional<std::string> room;                // the number the hotel gave; who shares a room shares its number
};
BOOST_DESCRIBE_STRUCT(RoomRequest, (), (id, visit, delegate, room_type, accommodation, room))

enum class Diet {
    vegetarian,
    vegan,
    halal,
    kosher,
    gluten_free,
    lactose_free,
    nut_allergy,
    shellfish_allergy,
    fish_allergy,
    egg_allergy,
    other
};
BOOST_DESCRIBE_ENUM(Diet, vegetarian, vegan, halal, kosher, gluten_free, lactose_free, nut_allergy, shellfish_allergy,
                    fish_allergy, egg_allergy, other)

/// step_free: walks, but takes no stairs.
enum class Access { wheelchair, step_free, hearing_loop, low_vision, assistance_dog, other };
BOOST_DESCRIBE_ENUM(Access, wheelchair, step_free, hearing_loop, low_vision, assistance_dog, other)

/// Care data, given with consent and kept apart from the person: never in a list, a feed or a log, gone two weeks after
/// the visit. Who needs nothing has none.
struct PersonCare {
    Id<PersonCare> id;
    Id<Person> person;
    std::vector<Diet> dietary;
    std::vector<Access> accessibility;
    std::optional<std::string> note; // what the words above do not say
    std::optional<Day> consent;
};
BOOST_DESCRIBE_STRUCT(PersonCare, (), (id, person, dietary, accessibility, note, consent))

} // namespace kogge::logistics
