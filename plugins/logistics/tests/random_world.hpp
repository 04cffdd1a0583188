// SPDX-License-Identifier: EUPL-1.2
// Worlds nobody would plan, for the property test. The same seed gives the same world and the same edits.
#pragma once

#include "house.hpp"

#include <random>
#include <string>
#include <vector>

namespace kogge::logistics::test {

class RandomWorld {
  public:
    explicit RandomWorld(std::uint64_t seed) : random_(seed) {}

    ChangeSet everything();
    /// A few changes that hang together as an edit at a desk or an import would.
    ChangeSet edit(Picture const& picture);

  private:
    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    template <class T>
    T const* any(Mirror<T> const& mirror);
    std::string fresh(char const* prefix) { return prefix + std::to_string(next_id_++); }

    Id<Visit> visit() { return Id<Visit>("v" + std::to_string(below(visits))); }
    Id<Track> track(Id<Visit> const& visit) {
        return Id<Track>(visit.str() + "." + std::string(1, static_cast<char>('A' + below(tracks))));
    }
    std::vector<Id<Track>> some_tracks(Id<Visit> const& visit);
    Id<Person> person() { return Id<Person>("p" + std::to_string(below(people))); }
    Id<Venue> venue() { return Id<Venue>("place" + std::to_string(below(venues))); }
    Id<Vehicle> vehicle() { return Id<Vehicle>("car" + std::to_string(below(vehicles))); }
    LocalTime moment();

    Venue random_venue(std::string const& id);
    Vehicle random_vehicle(std::string const& id);
    TransportLeg random_leg();
    ProgrammeItem random_item();
    Accommodation random_stay(std::string const& id);
    PersonCare random_care(Id<Person> const& person);
    RoomRequest random_request(Delegate const& delegate);

    void leg_edit(ChangeSet& out, Picture const& picture);
    void people_edit(ChangeSet& out, Picture const& picture);
    void place_edit(ChangeSet& out);
    void room_edit(ChangeSet& out, Picture const& picture);

    static constexpr int visits = 3, tracks = 3, people = 14, venues = 5, vehicles = 3;
    std::mt19937_64 random_;
    int next_id_ = 0;
};

} // namespace kogge::logistics::test
