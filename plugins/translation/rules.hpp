// SPDX-License-Identifier: EUPL-1.2
// The rules about interpreters (FIELD §3 e6, e11). Each looks only where a focus points.
#pragma once

#include "focus.hpp"

namespace kogge::translation {

/// All findings in the focus of `scope`, and who is to be told of a change.
void check_interpreters(Picture const& picture, Scope const& scope, Findings& out, Told& told);

} // namespace kogge::translation
