// SPDX-License-Identifier: EUPL-1.2
// The rules about a relation (FIELD §3 e11): agreements that run out around a visit, and who visits whom.
#pragma once

#include "picture.hpp"

#include <kogge/host.hpp>

namespace kogge::relations {

/// How near its end an agreement has to be to a visit to be worth a word, before and after its first day.
inline constexpr std::chrono::days usual_notice{180};

/// All findings around what `scope` names, and who is to be told of a change.
void check(Picture const& picture, Scope const& scope, std::chrono::days notice, Findings& out, Told& told);

/// Visits that were or will be: asked for only, declined and cancelled ones do not count.
struct Balance {
    int incoming = 0, outgoing = 0;
    Visit const* last = nullptr; // the one that starts last
};
Balance balance_of(Picture const& picture, Id<City> const& city);

} // namespace kogge::relations
