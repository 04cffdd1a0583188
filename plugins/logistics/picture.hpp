// SPDX-License-Identifier: EUPL-1.2
// Logistics' picture of the world: mirrors of what it reads, and the indexes that follow them. The order in which
// entities arrive does not matter.
#pragma once

#include "entities.hpp"
#include "index.hpp"
#include "travel.hpp"

#include <kogge/roster.hpp>
#include <kogge/world.hpp>

#include <compare>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace kogge::logistics {

using People = Roster::People; // sorted, each once
using LegId = Id<TransportLeg>;

/// One drive of a vehicle. Legs that agree in all of this share it: two tracks on one coach.
struct Run {
    Id<Vehicle> vehicle;
    Instant departs, arrives;
    Id<Venue> from, to;
    friend auto operator<=>(Run const&, Run const&) = default;
};
/// Nothing for a leg that does not run, or has no vehicle of ours.
std::optional<Run> run_of(TransportLeg const& leg);

class Picture {
  public:
    Mirror<Venue> venues;
    Mirror<Visit> visits;
    Mirror<Person> persons;
    Mirror<Organisation> organisations;
    Mirror<Delegation> delegations;
    Roster roster;
    Mirror<ProgrammeItem> items;
    Mirror<TransportLeg> legs;
    Mirror<Vehicle> vehicles;
    Mirror<Accommodation> accommodations;
    Mirror<RoomRequest> room_requests;
    Mirror<PersonCare> cares;
    World world{
        &venues, &visits,   &persons,        &organisations, &delegations, &roster.delegates, &roster.participations, &items,
        &legs,   &vehicles, &accommodations, &room_requests, &cares};
    Limits limits;

    // Who belongs to what.
    Index<Id<Visit>, LegId> legs_of_visit;
    Index<Id<Track>, LegId> legs_of_track;
    Index<Id<Venue>, LegId> legs_of_venue;
    Index<Id<Person>, LegId> legs_with_extra;
    Index<LegId, LegId> fallbacks_of;
    Index<Id<Visit>, Id<ProgrammeItem>> items_of_visit;
    Index<Id<Track>, Id<ProgrammeItem>> items_of_track;
    Index<Id<Venue>, Id<ProgrammeItem>> items_of_venue;
    Index<Id<Visit>, Id<Accommodation>> stays_of_visit;
    Index<Id<Visit>, Id<RoomRequest>> requests_of_visit;
    Index<Id<Person>, Id<Delegate>> delegates_of_person;
    Index<Id<Person>, Id<Participation>> participations_of_person;
    Index<Id<Person>, Id<PersonCare>> cares_of_person;
    // Of the legs that run:
    std::map<Run, std::set<LegId>> shared_runs;
    Spans<Id<Vehicle>, LegId> drives;
    using Stop = std::tuple<Id<Visit>, Id<Venue>, Instant, LegId>;
    std::set<Stop> departures, arrivals;

    Picture();
    Picture(Picture const&) = delete;

    People people_of(TransportLeg const& leg) const;
    /// Who comes in a wheelchair or takes no stairs, of some people.
    People with(Access need, People const& people) const;

    /// As people read them; the id where there is no name.
    std::string name_of(Id<Person> const& person) const;
    std::string name_of(Id<Venue> const& venue) const;
    std::string name_of(Id<Vehicle> const& vehicle) const;
    /// "Berend Oosterwijk, Anna Vos +3"
    std::string names_of(People const& people) const;
    /// The organisation a person comes for in a visit; empty for a guest of single items.
    std::string organisation_of(Id<Visit> const& visit, Id<Person> const& person) const;

  private:
    void follow_people();
    void follow_stays();
    void file(TransportLeg const& leg, bool in);
    void file(ProgrammeItem const& item, bool in);
};

} // namespace kogge::logistics
