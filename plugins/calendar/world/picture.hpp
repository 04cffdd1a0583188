// SPDX-License-Identifier: EUPL-1.2
// What calendar knows of the world: the entities a feed shows, in step with the store, which entry is where, and which
// entries something has happened to.
#pragma once

#include "world/entities.hpp"
#include "world/journal.hpp"

#include <kogge/roster.hpp>

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace kogge::calendar {

class Picture {
  public:
    Mirror<Visit> visits;
    Mirror<Track> tracks;
    Mirror<Venue> venues;
    Mirror<PersonName> people;
    Mirror<ProgrammeItem> items;
    Mirror<Leg> legs;
    Mirror<Task> tasks;
    Mirror<Vehicle> vehicles;
    Mirror<Assignment> assignments;
    Mirror<Translation> translations;
    Mirror<CalendarName> names;
    Roster roster;
    World world{&visits, &tracks, &venues, &people, &items, &legs, &tasks, &vehicles, &assignments, &translations, &names, &roster.delegates, &roster.participations};

    Picture();

    using Entries = std::set<EntryId>;
    /// Items and legs.
    Entries const& entries_of(Id<Visit> const& visit) const;
    Entries const& tasks_of(Id<Visit> const& visit) const;
    /// Items at a venue, and legs to and from it, in all visits.
    Entries const& entries_at(Id<Venue> const& venue) const;
    /// Legs of a vehicle, in all visits.
    std::set<Id<Leg>> const& legs_of(Id<Vehicle> const& vehicle) const;
    std::set<Id<Leg>> const& legs_driven_by(Id<Person> const& driver) const;
    /// Items an interpreter is assigned to, in all visits.
    std::set<Id<ProgrammeItem>> items_of(Id<Person> const& interpreter) const;
    bool interprets(Id<ProgrammeItem> const& item, Id<Person> const& person) const;

    bool exists(EntryId const& entry) const;

    Journal const& journal() const { return journal_; }

  private:
    template <class T, class Places>
    void index(Mirror<T>& mirror, std::unordered_map<Id<Visit>, Entries>& by_visit, Places places);
    void watch_neighbours();

    std::unordered_map<Id<Visit>, Entries> by_visit_, tasks_;
    std::unordered_map<Id<Venue>, Entries> by_venue_;
    std::unordered_map<Id<Vehicle>, std::set<Id<Leg>>> by_vehicle_;
    std::unordered_map<Id<Person>, std::set<Id<Leg>>> by_driver_;
    std::unordered_map<Id<Person>, std::set<Id<Assignment>>> by_interpreter_;
    Journal journal_;
};

} // namespace kogge::calendar
