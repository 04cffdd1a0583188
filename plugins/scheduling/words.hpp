// SPDX-License-Identifier: EUPL-1.2
// The few sentences a proposal says by itself, in the three languages of the house. (Findings of the rules get theirs
// from kogge-plugin.json, where the host fills them in.)
#pragma once

#include "propagate.hpp"

#include <map>
#include <string>
#include <string_view>

namespace kogge::scheduling {

/// Why a stop changes. `minutes`: how much later the late leg is.
std::string why_text(Why why, Minutes minutes, std::string_view language);

/// "tracks A, B come 20 min late to …, which does not move."
std::string late_for_text(std::map<std::string, std::string> const& args, std::string_view language);

/// What an item is called until somebody names it.
std::string new_item_title(std::string_view language);

} // namespace kogge::scheduling
