// SPDX-License-Identifier: EUPL-1.2
// The SDK's house without a daemon, over this plugin's rules.
#pragma once

#include "../rules.hpp"

#include <kogge/testing/house.hpp>

namespace kogge::relations::test {

using testing::Preview;

inline void check_with_usual_notice(Picture const& picture, Scope const& scope, Findings& out, Told& told) {
    check(picture, scope, usual_notice, out, told);
}
using House = testing::House<Picture, check_with_usual_notice>;

} // namespace kogge::relations::test
