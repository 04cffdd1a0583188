// SPDX-License-Identifier: EUPL-1.2
// The interpreters of a visit as documents: what is needed, who there is, and the proposal that brings them together.
#pragma once

#include "picture.hpp"

#include <string>

namespace kogge::translation {

/// {"needs":[{"item","needed","mode","from","to","starts","ends","assigned":[person…]}],
///  "pool":[{"person","name","pairs","modes","day_limit_minutes"}],"minutes":{person:{day:n}}}: minutes of all visits
/// together, of those in the pool or at work here, on the days on which they work.
json::value interpreters_view(Picture const& picture, Id<Visit> const& visit);

/// {"assignments":[{"item","person"}],"open":[{"item","missing"}],"change_set":{…}}: the caller posts the change set.
json::value assign_view(Picture const& picture, Id<Visit> const& visit, std::string const& language);

} // namespace kogge::translation
