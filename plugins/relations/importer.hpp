// SPDX-License-Identifier: EUPL-1.2
// The sections of a scenario document that are relations': agreement, outcome.
#pragma once

#include <kogge/host.hpp>

namespace kogge::relations {

Result<Imported> import_relations(json::object const& document);

} // namespace kogge::relations
