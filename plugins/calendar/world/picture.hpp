// SPDX-License-Identifier: EUPL-1.2
// What calendar knows of the world: the entities a feed shows, in step with the store, and which entry is where.
#pragma once

#include "world/entities.hpp"

#include <kogge/roster.hpp>

#include <compare>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kogge::calendar {

/// What can be an event of a feed.
struct EntryId {
    enum class Kind { item, leg };
    Kind kind = Kind::item;
    std::string id;
    friend auto operator<=>(EntryId const&, EntryId const&) = default;
};
inline EntryId entry_of(Id<ProgrammeItem> const& id) { return {EntryId::Kind::item, id.str()}; }
inline EntryId entry_of(Id<Leg> const& id) { return {EntryId::Kind::leg, id.str()}; }
inline std::string const& entity_of(EntryId const& entry) {
    return entry.kind == EntryId::Kind::item ? kind_of<ProgrammeItem>() : kind_of<Leg>();
}

class Picture {
  public:
    Mirror<Visit> visits;
    Mirror<Track> tracks;
    Mirror<Venue> venues;
    Mirror<PersonName> people;
    Mirror<ProgrammeItem> items;
    Mirror<Leg> legs;
    Mirror<Vehicle> vehicles;
    Mirror<Assignment> assignments;
    Roster roster;
    World world{&visits, &tracks, &venues, &people, &items, &legs, &vehicles, &assignments, &roster.delegates, &roster.participations};

    Picture();

    using Entries = std::set<EntryId>;
    Entries const& entries_of(Id<Visit> const& visit) const;
    /// Legs of a vehicle, in all visits.
    std::set<Id<Leg>> const& legs_of(Id<Vehicle> const& vehicle) const;
    /// Items an interpreter is assigned to, in all visits.
    std::set<Id<ProgrammeItem>> items_of(Id<Person> const& interpreter) const;

    bool exists(EntryId const& entry) const;
    /// Entries that went since the last call, by visit: the change log knows, or is about to know, of their deletion.
    std::map<Id<Visit>, Entries> take_gone() { return std::exchange(gone_, {}); }

  private:
    template <class T>
    void index(Mirror<T>& mirror);

    std::unordered_map<Id<Visit>, Entries> by_visit_;
    std::unordered_map<Id<Vehicle>, std::set<Id<Leg>>> by_vehicle_;
    std::unordered_map<Id<Person>, std::set<Id<Assignment>>> by_interpreter_;
    std::map<Id<Visit>, Entries> gone_;
};

} // namespace kogge::calendar
