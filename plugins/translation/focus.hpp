// SPDX-License-Identifier: EUPL-1.2
// Where to look. A change is judged by comparing what the rules find before and after it; that only tells the truth when
// both times they look at the same places. A focus names those places from both versions of what is touched.
#pragma once

#include "picture.hpp"

#include <kogge/host.hpp>

#include <map>
#include <set>
#include <vector>

namespace kogge::translation {

struct Focus {
    std::set<Id<Person>> people;                        // interpreters whose assignments to look at
    std::set<Id<Visit>> whole;                          // visits in which somebody may be short at any time
    std::map<Id<Visit>, std::vector<Interval>> windows; // of the others: apart, and no need reaches across their ends
};

/// The places of a change in the world as it now is, or everything a question for standing findings asks for.
Focus focus_of(Picture const& picture, Scope const& scope);

} // namespace kogge::translation
