// SPDX-License-Identifier: EUPL-1.2
// The independent judge: the same rules, read off the entities by brute force. Shares no code with the indexes, the focus
// or the rules.
#pragma once

#include "../picture.hpp"

#include <map>
#include <string>

namespace kogge::logistics::test {

/// Every finding of the whole world: its key, and its level with what it counts.
std::map<std::string, std::string> judge_everything(Picture const& picture);

} // namespace kogge::logistics::test
