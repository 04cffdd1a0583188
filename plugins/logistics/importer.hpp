// SPDX-License-Identifier: EUPL-1.2
// The parts of a scenario document that are logistics': vehicles, legs, accommodation, and of people what they need.
#pragma once

#include <kogge/host.hpp>

namespace kogge::logistics {

Result<Imported> import_logistics(json::object const& document);

} // namespace kogge::logistics
