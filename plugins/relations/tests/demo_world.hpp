// SPDX-License-Identifier: EUPL-1.2
// The sample scenario as the host and relations import it.
#pragma once

#include "house.hpp"

#include <string>

namespace kogge::relations::test {

/// Path of the demo scenario: the environment's KOGGE_SCENARIO, else config/demo/demo.json.
std::string demo_path();
json::value read_json(std::string const& path);
/// tests/data/expected.json
json::value expected();

/// A house with the demo in it.
struct Demo : House {
    Demo();
};

} // namespace kogge::relations::test
