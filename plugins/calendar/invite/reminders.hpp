// SPDX-License-Identifier: EUPL-1.2
// What answers leave for staff to do, as findings.
#pragma once

#include "invite/ledger.hpp"

#include <kogge/findings.hpp>

namespace kogge::calendar {

/// `name`: of whoever is invited.
void remind(Invitation const& invitation, std::string const& name, Findings& out);

} // namespace kogge::calendar
