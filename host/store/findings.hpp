// SPDX-License-Identifier: EUPL-1.2
// What the checks said of a change set, weighed: brought, cured or only shifted by it, and what that means for it.
#pragma once

#include "store/change_set.hpp"
#include "store/store.hpp"

namespace kogge::host::store {

/// Each finding once by its key, with `key` set; what is no finding becomes a CHECK_FAILED.
json::array keyed(json::array&& findings, std::vector<std::string> const& failed);

/// Fills introduced, shifted, resolved and affected, and sets the verdict: refused, needs_confirmation or would_commit.
void weigh(Checked&& checked, ChangeSetRequest const& request, Outcome& outcome);

} // namespace kogge::host::store
