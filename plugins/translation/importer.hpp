// SPDX-License-Identifier: EUPL-1.2
// What of a scenario document is translation's: interpreters, and of every text the languages that are not its source.
#pragma once

#include <kogge/host.hpp>

namespace kogge::translation {

Result<Imported> import_texts_and_interpreters(json::object const& document);

} // namespace kogge::translation
