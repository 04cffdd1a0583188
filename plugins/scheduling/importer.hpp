// SPDX-License-Identifier: EUPL-1.2
// The sections of a scenario document that are scheduling's: public_holiday, blocked_weekday.
#pragma once

#include <kogge/change.hpp>
#include <kogge/result.hpp>

namespace kogge::scheduling {

Result<ChangeSet> import_days(json::object const& document);

} // namespace kogge::scheduling
