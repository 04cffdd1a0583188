// SPDX-License-Identifier: EUPL-1.2
// Whose time is taken outside the programme: what came in from people's own calendars, by person and in order of time.
#pragma once

#include "views.hpp"

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace kogge::scheduling {

class BusyIndex {
  public:
    struct Taken {
        Interval span;
        BusyTime const* time;
        friend bool operator<(Taken const& a, Taken const& b) {
            return std::tie(a.span.begin, a.span.end, a.time->id) < std::tie(b.span.begin, b.span.end, b.time->id);
        }
    };

    /// `time` stays where it is until erase() is told of it. Empty stretches take nobody's time.
    void insert(BusyTime const& time);
    void erase(BusyTime const& time);
    /// What takes a moment of `span` from `person`; in order of time.
    std::vector<Taken> within(Id<Person> const& person, Interval const& span) const;

  private:
    /// The longest stretch says how far back one must look for what is still going on.
    struct Lane {
        std::set<Taken> taken;
        std::map<std::chrono::seconds, int> lengths;
    };
    std::unordered_map<Id<Person>, Lane> lanes_;
};

} // namespace kogge::scheduling
