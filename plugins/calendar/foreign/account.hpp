// SPDX-License-Identifier: EUPL-1.2
// A CalDAV account (RFC 4791, 5397, 6764, 6578), read: from an address to its calendars, and of these what changed since the
// last look: by sync-collection, else by getctag, else everything in the window. Never more requests than the limits say.
#pragma once

#include "foreign/look.hpp"

namespace kogge::calendar::foreign {

void look_at_account(Ask ask, Target target, Reading reading, LookLimits limits, Account& account, LookDone done);

} // namespace kogge::calendar::foreign
