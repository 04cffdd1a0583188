// SPDX-License-Identifier: EUPL-1.2
// The SDK's house without a daemon, over this plugin's rules.
#pragma once

#include "../rules.hpp"
#include "../text_rules.hpp"

#include <kogge/testing/house.hpp>

namespace kogge::translation::test {

using testing::Preview;

/// As plugin.cpp registers them.
inline void check(Picture const& picture, Scope const& scope, Findings& out, Told& told) {
    check_interpreters(picture, scope, out, told);
    check_texts(picture, scope, out);
}
using House = testing::House<Picture, check>;

} // namespace kogge::translation::test
