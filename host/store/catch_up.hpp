// SPDX-License-Identifier: EUPL-1.2
// Commits of another daemon on the same database, made again from the log and the tables as they stand.
#pragma once

#include "store/publisher.hpp"

#include <utility>
#include <vector>

namespace kogge::host::store {

/// The commits with entries after `from` up to `to`, which must be the newest.
std::vector<std::pair<Batch, Commit>> replay(Session& session, Rows const& rows, std::int64_t from, std::int64_t to);

} // namespace kogge::host::store
