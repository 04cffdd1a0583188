// SPDX-License-Identifier: EUPL-1.2
// A visit's timeline as the desk draws it: entries and the rows they belong to (GET …/timeline).
#pragma once

#include "picture.hpp"

#include <kogge/json.hpp>

namespace kogge::scheduling {

/// The document of host/README.md. Fallback and cancelled entries are in it, with their status.
json::value timeline_view(Picture const& picture, Id<Visit> const& visit);

} // namespace kogge::scheduling
