// SPDX-License-Identifier: EUPL-1.2
// What calendar reads of other plugins' entities: agreed names, no shared header. Legs and vehicles are logistics',
// interpreter assignments are translation's; a house without them simply has none.
#pragma once

#include <kogge/model/people.hpp>
#include <kogge/model/place.hpp>
#include <kogge/model/programme.hpp>
#include <kogge/model/visit.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar {

/// As much of a person as the name of their calendar needs. Nothing else of anybody is in a feed.
struct PersonName {
    static constexpr std::string_view kind = "person";
    Id<PersonName> id;
    std::string given_name;
    std::string family_name;
};
BOOST_DESCRIBE_STRUCT(PersonName, (), (id, given_name, family_name))

struct Vehicle {
    static constexpr std::string_view kind = "vehicle";
    Id<Vehicle> id;
    std::optional<std::string> name;
    std::string vehicle_kind; // coach, minibus, car …
    std::optional<int> seats;
};
BOOST_DESCRIBE_STRUCT(Vehicle, (), (id, name, vehicle_kind, seats))

/// One movement of people between two venues; each time is the wall clock of its own venue.
struct Leg {
    static constexpr std::string_view kind = "transport_leg";
    Id<Leg> id;
    Id<Visit> visit;
    std::string mode;   // rail bus coach minibus car motorcade boat bike walk flight taxi
    std::string status; // planned fallback active delayed cancelled done
    LocalTime departs, arrives;
    Id<Venue> from, to;
    std::optional<Id<Vehicle>> vehicle;
    std::optional<std::string> service;
    std::vector<Id<Track>> tracks;
    std::vector<Id<Person>> extra_passengers, without;
    std::optional<Id<Person>> driver;
};
BOOST_DESCRIBE_STRUCT(Leg, (), (id, visit, mode, status, departs, arrives, from, to, vehicle, service, tracks, extra_passengers, without, driver))

/// A fallback waits for its leg to fail: nobody is to look at it before. A cancelled leg stays to be seen as cancelled.
inline bool shown(Leg const& leg) { return leg.status != "fallback"; }

inline bool holds(std::vector<Id<Person>> const& list, Id<Person> const& person) {
    return std::find(list.begin(), list.end(), person) != list.end();
}

/// An interpreter at work in an item.
struct Assignment {
    static constexpr std::string_view kind = "interpreter_assignment";
    Id<Assignment> id;
    Id<Visit> visit;
    Id<ProgrammeItem> item;
    Id<Person> person;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (id, visit, item, person))

/// That a text has been translated: the texts themselves come from whoever translates.
struct Translation {
    static constexpr std::string_view kind = "translation";
    Id<Translation> id;
    std::string entity, subject; // kind and id of what the text is of
};
BOOST_DESCRIBE_STRUCT(Translation, (), (id, entity, subject))

/// The UID and the resource under which a calendar program made an item: they are what its events are called for ever, in
/// every feed and for every reader (RFC 5545 §3.8.4.7), and still when it is gone. Its id is the item's; an item without one
/// was not made there.
struct CalendarName {
    static constexpr std::string_view kind = "calendar_name";
    Id<CalendarName> id;
    Id<Visit> visit;
    std::string uid, resource;
};
BOOST_DESCRIBE_STRUCT(CalendarName, (), (id, visit, uid, resource))

} // namespace kogge::calendar
