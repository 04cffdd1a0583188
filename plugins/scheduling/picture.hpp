// SPDX-License-Identifier: EUPL-1.2
// Scheduling's picture of the world: mirrors of what it reads, and the timeline that follows them entry by entry. The
// order in which entities arrive does not matter.
#pragma once

#include "busy.hpp"
#include "entities.hpp"
#include "timeline.hpp"
#include "views.hpp"

#include <kogge/roster.hpp>
#include <kogge/world.hpp>

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kogge::scheduling {

/// People as a planner calls them: whole tracks as such, the others by name.
struct Company {
    std::vector<std::string> tracks; // their codes
    std::string names;

    /// "track A", "deelgroepen A, B, Sanne Kraaijenhof"
    std::string in(std::string_view language) const;
};

class Picture {
  public:
    Mirror<City> cities;
    Mirror<Venue> venues;
    Mirror<Visit> visits;
    Mirror<Track> tracks;
    Mirror<Person> persons;
    Roster roster;
    Mirror<ProgrammeItem> items;
    Mirror<Leg> legs;
    Mirror<Vehicle> vehicles;
    Mirror<Assignment> assignments;
    Mirror<BusyTime> busy_times;
    Mirror<PublicHoliday> holidays;
    Mirror<BlockedWeekday> weekdays;
    Timeline timeline{roster};
    BusyIndex busy;
    World world{&cities, &venues, &visits, &tracks, &persons, &roster.delegates, &roster.participations, &items, &legs, &vehicles, &assignments, &busy_times, &holidays, &weekdays};

    Picture();
    Picture(Picture const&) = delete;

    /// Sorted; empty for a leg.
    People interpreters_of(EntryId const& id) const;
    /// The active entries that claim a person in `span`, as one who takes part or as an interpreter; in order of time.
    std::vector<Entry const*> entries_at(Id<Person> const& person, Interval const& span) const;
    /// As people read it: the item's title, "Rathaus → Handelskammer" of a leg.
    std::string title_of(EntryId const& id) const;
    std::string name_of(Id<Person> const& person) const;
    std::string name_of(Id<Venue> const& venue) const;
    std::string name_of(Id<Vehicle> const& vehicle) const;
    Company company(Id<Visit> const& visit, People const& people) const;
    /// The zone of the clock a programme's entry begins on; the visit's for an entry that is not there.
    Zone zone_of(EntryId const& id, Id<Visit> const& visit) const;

  private:
    void follow_roster();
    void refresh(Id<ProgrammeItem> const& item);

    std::unordered_map<Id<ProgrammeItem>, std::set<Id<Participation>>> participations_of_;
    std::unordered_map<Id<ProgrammeItem>, std::set<Id<Assignment>>> assignments_of_;
    std::unordered_map<Id<Person>, std::set<Id<Assignment>>> assignments_for_;
};

Entry entry_of(Leg const& leg);

} // namespace kogge::scheduling
