// SPDX-License-Identifier: EUPL-1.2
// What scheduling reads of other plugins' entities: agreed names, no shared header. Legs are logistics', interpreter
// assignments are translation's; a house without them simply has none.
#pragma once

#include <kogge/model/people.hpp>
#include <kogge/model/place.hpp>
#include <kogge/model/programme.hpp>
#include <kogge/model/visit.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::scheduling {

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
    std::optional<Id<Leg>> fallback_of;
    std::optional<int> min_change_minutes;
};
BOOST_DESCRIBE_STRUCT(Leg, (), (id, visit, mode, status, departs, arrives, from, to, vehicle, service, tracks, extra_passengers,
                                without, fallback_of, min_change_minutes))

/// A fallback waits for its leg to fail, a cancelled leg carries nobody: neither takes part in anything.
inline bool runs(Leg const& leg) { return leg.status != "fallback" && leg.status != "cancelled"; }
inline Interval span_of(Leg const& leg) { return {instant_of(leg.departs), instant_of(leg.arrives)}; }

/// An interpreter at work in an item: told when it moves, but no part of the roster.
struct Assignment {
    static constexpr std::string_view kind = "interpreter_assignment";
    Id<Assignment> id;
    Id<Visit> visit;
    Id<ProgrammeItem> item;
    Id<Person> person;
};
BOOST_DESCRIBE_STRUCT(Assignment, (), (id, visit, item, person))

/// A stretch of a person's time that a calendar of their own takes (calendar's; a house without it has none).
struct BusyTime {
    static constexpr std::string_view kind = "busy_time";
    Id<BusyTime> id;
    Id<Person> person;
    LocalTime starts, ends;
    bool tentative = false;
    std::optional<std::string> title; // only where its owner lets the office see it
};
BOOST_DESCRIBE_STRUCT(BusyTime, (), (id, person, starts, ends, tentative, title))
inline Interval span_of(BusyTime const& time) { return {instant_of(time.starts), instant_of(time.ends)}; }

} // namespace kogge::scheduling
