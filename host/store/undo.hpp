// SPDX-License-Identifier: EUPL-1.2
// The change set that takes another one back, computed from the log.
#pragma once

#include "store/log.hpp"

namespace kogge::host::store {

/// {"reason","changes"} based on the revisions of now; an error of code conflict says who has changed what since.
Result<json::object> undo(Session& session, Rows const& rows, std::int64_t seq);

} // namespace kogge::host::store
