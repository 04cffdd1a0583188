// SPDX-License-Identifier: EUPL-1.2
// `kogge serve`: a house with a server in front, until a signal ends it.
#pragma once

#include "daemon/config.hpp"

namespace kogge::host {

/// Takes the data folder, opens the house, listens, tells systemd and leaves the run note; returns after SIGTERM or
/// SIGINT, once running requests have finished. The error says what kept it from serving.
Result<void> serve(Config const& config);

} // namespace kogge::host
