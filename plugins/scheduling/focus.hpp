// SPDX-License-Identifier: EUPL-1.2
// Where to look. A change is judged by comparing what the rules find before and after it; that only tells the truth when
// both times they look at the same places. A focus names those places from both versions of what is touched.
#pragma once

#include "picture.hpp"

#include <kogge/host.hpp>

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace kogge::scheduling {

struct Focus {
    std::set<EntryId> entries;                       // their own times, places and clashes, and whether their people are free
    std::set<std::pair<EntryId, Id<Person>>> presences; // whether this one person is free for that entry
    std::map<Id<Visit>, std::set<Instant>> seams;    // moments around which somebody's next entry may be another one
    std::set<Id<Visit>> whole;                       // visits where it may be another one at any time
    std::set<Id<Visit>> holidays;                    // visits whose days to compare with the holidays
};

/// The places of a change in the world as it now is, or everything a question for standing findings asks for.
Focus focus_of(Picture const& picture, Scope const& scope);

} // namespace kogge::scheduling
