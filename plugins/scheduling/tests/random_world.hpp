// SPDX-License-Identifier: EUPL-1.2
// Worlds nobody would plan: crowded ones for the property test, large ones for the benchmark. The same seed gives the
// same world and the same edits.
#pragma once

#include "house.hpp"

#include <random>
#include <string>
#include <vector>

namespace kogge::scheduling::test {

struct Size {
    int visits = 3;
    int days = 2;
    int tracks = 3;       // of a visit
    int people = 9;       // of a visit; some are in the next visit, too
    int items = 12;       // of a visit
    int legs = 6;         // of a visit
    int named = 6;        // participations of a visit
    int busy = 6;         // stretches of a visit's people in calendars of their own
    int venues = 5;
    bool crowded = true;  // at random over the days, on top of each other; else one after the other, as a planner does it
};

class RandomWorld {
  public:
    RandomWorld(Size size, std::uint64_t seed) : size_(size), random_(seed) {}

    ChangeSet everything();
    /// One to three changes that hang together as an edit at a desk or an import would.
    ChangeSet edit(Picture const& picture);

  private:
    int below(int n) { return n < 1 ? 0 : static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    template <class T>
    T const* any(Mirror<T> const& mirror);
    std::string visit_id(int v) const { return "v" + std::to_string(v); }
    static int number_of(Id<Visit> const& visit) { return std::stoi(visit.str().substr(1)); }
    Id<Track> track(int v, int t) const { return Id<Track>(visit_id(v) + "." + std::string(1, static_cast<char>('A' + t))); }
    Id<Person> person(int v, int p) const { return Id<Person>("p" + std::to_string(v) + "-" + std::to_string(p)); }
    Id<Venue> venue(int n) const { return Id<Venue>("place" + std::to_string(n)); }
    std::string fresh(char const* prefix) { return prefix + std::to_string(next_id_++); }

    Instant first_day(int v) const;
    LocalTime moment(int v);
    std::vector<Id<Track>> some_tracks(int v);
    Venue random_venue(int n);
    Delegate random_delegate(int v, int p);
    ProgrammeItem random_item(int v, int nth);
    Leg random_leg(int v, int nth);
    void leg_edit(ChangeSet& out, Picture const& picture);
    Participation random_participation(Picture const& picture);
    void item_edit(ChangeSet& out, Picture const& picture);
    BusyTime random_busy(int v);
    void presence_edit(ChangeSet& out, Picture const& picture);
    void other_edit(ChangeSet& out, Picture const& picture);

    Size size_;
    std::mt19937_64 random_;
    int next_id_ = 0;
};

} // namespace kogge::scheduling::test
