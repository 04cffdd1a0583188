// SPDX-License-Identifier: EUPL-1.2
// What staff see of invitations: who was told what by which mail, what they answered, and what would be written now.
#pragma once

#include "invite/letter.hpp"

#include <kogge/json.hpp>

namespace kogge::calendar {

/// Everybody of a visit, or only those an entry concerns: what they were told, and what they are still to be told.
json::value overview(Picture const& picture, Ledger const& ledger, Id<Visit> const& visit, std::optional<EntryId> const& only, Instant now, std::string const& language);

/// Why somebody cannot be written to; empty when they can.
std::string hindrance(Guest const* guest);

/// One person's letters, as a preview.
json::value preview(Guest const& guest, std::vector<Letter> const& letters, std::vector<Due> const& dues);

} // namespace kogge::calendar
