// SPDX-License-Identifier: EUPL-1.2
// Visits that live: a house in which things are made, moved, cancelled, deleted, taken back and made up again, at random.
#pragma once

#include "house.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace kogge::calendar::test {

class History : public House {
  public:
    explicit History(unsigned seed);
    /// One change set.
    void change();
    /// All feeds worth watching.
    std::vector<FeedSpec> specs() const;
    /// What a feed is to show, by its rows alone: UID to start and summary.
    std::map<std::string, std::string> programme(FeedSpec const& spec) const;
    std::string const& last() const { return last_; }

  private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
    bool chance(int percent) { return pick(100) < percent; }
    template <class T>
    T const& pick(std::vector<T> const& list) { return list[std::size_t(pick(int(list.size())))]; }
    template <class T>
    std::vector<Id<T>> ids(Mirror<T> const& mirror) const;
    template <class T>
    void update(ChangeSet& changes, Id<T> const& id, json::object fields);
    LocalTime some_time();
    std::vector<Id<Track>> some_tracks(Id<Visit> const& visit);
    ProgrammeItem some_item();
    Leg some_leg();
    void item(ChangeSet& changes);
    void leg(ChangeSet& changes);
    void people(ChangeSet& changes);
    void neighbours(ChangeSet& changes);
    bool concerned(FeedSpec const& spec, ProgrammeItem const& item) const;
    bool concerned(FeedSpec const& spec, Leg const& leg) const;
    bool off(Id<Visit> const& visit) const;

    std::mt19937 random_;
    int made_ = 0;
    std::vector<std::string> sets_; // not yet undone, oldest first
    std::string last_;              // what the last change did
};

} // namespace kogge::calendar::test
