// SPDX-License-Identifier: EUPL-1.2
// The independent judge of the conflict index: the same rules, read off the entities by brute force. Shares no code with
// the timeline, the focus or the rules.
#pragma once

#include "../picture.hpp"

#include <map>
#include <string>

namespace kogge::scheduling::test {

/// Every finding about people, places and spans of the whole world: its key, and whom it concerns (for OVERLAP and
/// NO_TRANSPORT) as Picture::who words it.
std::map<std::string, std::string> judge_everything(Picture const& picture);

} // namespace kogge::scheduling::test
