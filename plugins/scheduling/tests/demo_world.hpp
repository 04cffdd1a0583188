// SPDX-License-Identifier: EUPL-1.2
// The sample scenario as the host and logistics would import it.
#pragma once

#include "house.hpp"

#include <string>

namespace kogge::scheduling::test {

/// Path of the demo scenario: the environment's KOGGE_SCENARIO, else config/demo/demo.json.
std::string demo_path();
json::value read_json(std::string const& path);
/// tests/data/expected.json
json::value const& expected();

ChangeSet demo_changes(json::object const& document);

/// A house with the demo in it.
struct Demo : House {
    Demo();
    /// As `kogge item move it-15 +30`.
    ChangeSet move(std::string const& item, Minutes by) const;
};

} // namespace kogge::scheduling::test
