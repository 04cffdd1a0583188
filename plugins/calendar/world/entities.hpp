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
};
BOOST_DESCRIBE_STRUCT(Vehicle, (), (id, name))

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
};
BOOST_DESCRIBE_STRUCT(Leg, (), (id, visit, mode, status, departs, arrives, from, to, vehicle, service, tracks, extra_passengers, without))

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

} // namespace kogge::calendar
