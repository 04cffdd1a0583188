// SPDX-License-Identifier: EUPL-1.2
// What staff may do with a wish of somebody invited, as a change set for them to look at and post: take the proposed time or
// say no to it, let the substitute come or not.
#pragma once

#include "invite/letter.hpp"

namespace kogge::calendar {

enum class WishKind { counter, substitute };
BOOST_DESCRIBE_ENUM(WishKind, counter, substitute)

// POST /api/v1/visits/{visit}/invitations/{invitation}/decision
struct Decision {
    WishKind about = WishKind::counter;
    bool accept = false;
    std::string comment;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (about, accept, comment))

Result<ChangeSet> decide(Row<Invitation> const& invitation, Decision const& decision, Picture const& picture, Ledger const& ledger, Writer const& writer, Instant now);

} // namespace kogge::calendar
