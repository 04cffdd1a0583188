// SPDX-License-Identifier: EUPL-1.2
// Who interprets what: fills the open places of a visit as far as modes, languages, time and daily limits go.
#pragma once

#include "entities.hpp"
#include "need.hpp"

#include <map>
#include <utility>
#include <vector>

namespace kogge::translation {

/// An item with open places: `need.needed` of them.
struct Job {
    Need need;
    std::map<Day, int> minutes;
    std::vector<Id<Person>> taken; // who is there already
};

/// Somebody of the pool with the work they already have, in this visit or another.
struct Hand {
    Interpreter const* interpreter = nullptr;
    std::vector<Interval> busy;
    std::map<Day, int> minutes;
};

struct Plan {
    std::vector<std::pair<Id<ProgrammeItem>, Id<Person>>> places; // in order of time
    std::map<Id<ProgrammeItem>, int> open;                        // places nobody is left for
    bool proven = true;                                           // no plan fills more places
};

/// The same input gives the same plan, whatever its order. As many places are filled as can be; among equal choices
/// the one with the fewest minutes that day goes first. Days are planned each by itself by branch and bound, which
/// proves its plan best within milliseconds for pools and days as they occur; where `steps` do not suffice the best plan
/// found is topped up until nobody fits anywhere any more, and `proven` is false.
Plan assign(std::vector<Job> jobs, std::vector<Hand> hands, int steps = 50'000);

} // namespace kogge::translation
