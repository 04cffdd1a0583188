// SPDX-License-Identifier: EUPL-1.2
// The rules about texts: what has become stale, and what cannot be a translation.
#pragma once

#include "picture.hpp"

#include <kogge/host.hpp>

namespace kogge::translation {

/// TRANSLATION_STALE (note) for each text with a translation of what it said earlier. For a change, translations that say
/// of nothing, in no language or of no text are refused as well.
void check_texts(Picture const& picture, Scope const& scope, Findings& out);

} // namespace kogge::translation
