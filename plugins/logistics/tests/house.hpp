// SPDX-License-Identifier: EUPL-1.2
// The SDK's house without a daemon, over this plugin's rules.
#pragma once

#include "../rules.hpp"

#include <kogge/testing/house.hpp>

namespace kogge::logistics::test {

using testing::Preview;
using House = testing::House<Picture, check>;

} // namespace kogge::logistics::test
