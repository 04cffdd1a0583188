// SPDX-License-Identifier: EUPL-1.2
// What went wrong with a calendar elsewhere, said to the person who can do something about it, in the house's languages.
#pragma once

#include "foreign/entities.hpp"

#include <string>
#include <string_view>

namespace kogge::calendar::foreign {

/// One sentence, or two: what happened and the way out. Empty for LookError::none.
std::string look_text(LookError error, std::string_view detail, std::string_view language);

} // namespace kogge::calendar::foreign
