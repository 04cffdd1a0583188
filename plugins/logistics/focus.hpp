// SPDX-License-Identifier: EUPL-1.2
// Where to look. A change is judged by comparing what the rules find before and after it; that only tells the truth when
// both times they look at the same places. A focus names those places from both versions of what is touched.
#pragma once

#include "picture.hpp"

#include <kogge/host.hpp>

#include <set>

namespace kogge::logistics {

struct Focus {
    std::set<LegId> legs;              // their own times and speed, their vehicle's other drives, the changes to and from them
    std::set<Run> runs;                // seats and wheelchair places of a drive
    std::set<Id<ProgrammeItem>> items; // who cannot get in
    std::set<Id<Accommodation>> stays; // rooms
    std::set<Id<Vehicle>> vehicles;
};

/// The places of a change in the world as it now is, or everything a question for standing findings asks for.
Focus focus_of(Picture const& picture, Scope const& scope);

} // namespace kogge::logistics
