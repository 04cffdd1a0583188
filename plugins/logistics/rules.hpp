// SPDX-License-Identifier: EUPL-1.2
// The rules about vehicles, changes, rooms and ways in (FIELD §3 e11). Each looks only where a focus points.
#pragma once

#include "focus.hpp"

#include <kogge/host.hpp>

namespace kogge::logistics {

/// All findings in the focus of `scope`, and who is to be told of a change.
void check(Picture const& picture, Scope const& scope, Findings& out, Told& told);

/// The findings about one accommodation, for the rooming list.
void check_rooms(Picture const& picture, Id<Accommodation> const& stay, Findings& out);

/// The requests for a room in an accommodation, of those who come.
std::vector<RoomRequest const*> requests_in(Picture const& picture, Accommodation const& stay);

} // namespace kogge::logistics
