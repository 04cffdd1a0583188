// SPDX-License-Identifier: EUPL-1.2
// The rules about people, places and time (FIELD §3 e11). Each looks only where a focus points; the rest of the world
// costs it nothing.
#pragma once

#include "focus.hpp"

namespace kogge::scheduling {

/// All findings in the focus of `scope`, and who is to be told of a change.
void check(Picture const& picture, Scope const& scope, Findings& out, Told& told);

/// Whole minutes a walk between two venues takes: 4.5 km/h over 1.3 times the crow's distance, rounded to the nearest
/// minute because programmes are planned in whole minutes. Nothing when a place is not on the map.
std::optional<Minutes> walking_time(Picture const& picture, Id<Venue> const& from, Id<Venue> const& to);

} // namespace kogge::scheduling
