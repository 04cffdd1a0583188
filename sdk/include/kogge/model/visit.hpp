// SPDX-License-Identifier: EUPL-1.2
// The visit, who travels in which part of it, and what still has to be done for it.
#pragma once

#include <kogge/id.hpp>
#include <kogge/time.hpp>
#include <kogge/values.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge {

struct City;
struct Organisation;
struct Person;
struct Affiliation;
struct ProgrammeItem;

enum class Direction { incoming, outgoing };
BOOST_DESCRIBE_ENUM(Direction, incoming, outgoing)

enum class VisitKind { trade_mission, working_visit, courtesy_visit, return_visit, state_visit, advance_visit, other };
BOOST_DESCRIBE_ENUM(VisitKind, trade_mission, working_visit, courtesy_visit, return_visit, state_visit, advance_visit, other)

enum class VisitStatus { requested, proposed, confirmed, running, closed, declined, cancelled };
BOOST_DESCRIBE_ENUM(VisitStatus, requested, proposed, confirmed, running, closed, declined, cancelled)

/// What a visit is about: hydrogen and energy, urban development …
struct Theme {
    Id<Theme> id;
    Text name;
};
BOOST_DESCRIBE_STRUCT(Theme, (), (id, name))

/// A delegation coming or going. Its zone is the one its programme is told in; items and legs carry their own.
struct Visit {
    Id<Visit> id;
    Text title;
    Direction direction = Direction::outgoing;
    VisitKind kind_of_visit = VisitKind::working_visit;
    VisitStatus status = VisitStatus::requested;
    std::optional<Id<City>> partner_city;
    LocalTime starts;
    LocalTime ends;
    std::vector<std::string> languages;
    std::vector<Id<Theme>> themes;
    std::optional<Id<Visit>> reciprocates;
    std::optional<Money> budget;
    std::optional<std::string> case_number;
};
BOOST_DESCRIBE_STRUCT(Visit, (), (id, title, direction, kind_of_visit, status, partner_city, starts, ends, languages, themes,
                                  reciprocates, budget, case_number))

/// A part of the delegation with a programme of its own; tracks split and meet again.
struct Track {
    Id<Track> id;
    Id<Visit> visit;
    std::string code; // A, B, C, S: what the run sheet prints
    Text name;
};
BOOST_DESCRIBE_STRUCT(Track, (), (id, visit, code, name))

enum class Side { guest, host };
BOOST_DESCRIBE_ENUM(Side, guest, host)

/// One organisation's people on one side of a visit.
struct Delegation {
    Id<Delegation> id;
    Id<Visit> visit;
    Side side = Side::guest;
    Id<Organisation> organisation;
};
BOOST_DESCRIBE_STRUCT(Delegation, (), (id, visit, side, organisation))

enum class DelegateRole { delegate, head_of_delegation, deputy_head, mission_lead, press_officer, liaison, accompanying, counterpart };
BOOST_DESCRIBE_ENUM(DelegateRole, delegate, head_of_delegation, deputy_head, mission_lead, press_officer, liaison, accompanying, counterpart)

enum class DelegateStatus { invited, confirmed, declined, cancelled };
BOOST_DESCRIBE_ENUM(DelegateStatus, invited, confirmed, declined, cancelled)

/// A person's place in a visit. Who has a track takes part in what the track does; who has none (a counterpart of the
/// other side) takes part only where a participation says so.
struct Delegate {
    Id<Delegate> id;
    Id<Visit> visit;
    Id<Delegation> delegation;
    Id<Person> person;
    std::optional<Id<Affiliation>> affiliation; // the office relevant to this visit
    DelegateRole role = DelegateRole::delegate;
    std::optional<Id<Track>> track;
    DelegateStatus status = DelegateStatus::invited;
};
BOOST_DESCRIBE_STRUCT(Delegate, (), (id, visit, delegation, person, affiliation, role, track, status))

enum class TaskStatus { open, done, dropped };
BOOST_DESCRIBE_ENUM(TaskStatus, open, done, dropped)

struct Task {
    Id<Task> id;
    Id<Visit> visit;
    std::string title;
    std::optional<Id<Person>> owner;
    std::optional<int> offset_days; // days after the visit's first day; negative before it
    std::optional<Day> due;
    TaskStatus status = TaskStatus::open;
};
BOOST_DESCRIBE_STRUCT(Task, (), (id, visit, title, owner, offset_days, due, status))

/// A paper of a visit; the bytes live where `location` says.
struct Document {
    Id<Document> id;
    std::optional<Id<Visit>> visit;
    std::optional<Id<ProgrammeItem>> item;
    std::string title;
    std::string document_kind;
    std::optional<std::string> language;
    std::optional<std::string> media_type;
    std::optional<std::string> location;
};
BOOST_DESCRIBE_STRUCT(Document, (), (id, visit, item, title, document_kind, language, media_type, location))

} // namespace kogge
