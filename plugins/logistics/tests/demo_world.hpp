// SPDX-License-Identifier: EUPL-1.2
// The sample scenario as the host and logistics import it.
#pragma once

#include "house.hpp"

#include <string>

namespace kogge::logistics::test {

/// Path of the demo scenario: the environment's KOGGE_SCENARIO, else config/demo/demo.json.
std::string demo_path();
json::value read_json(std::string const& path);
/// tests/data/expected.json
json::value expected();

/// A house with the demo in it.
struct Demo : House {
    Demo();
};

// ---- findings as lines a test compares: "block_release WHEELCHAIR lg-19" ---------------------------------------------
std::string lines(std::vector<Finding> const& findings);
std::string lines(std::map<std::string, Finding> const& findings);

template <class T>
ChangeSet change(char const* id, json::object fields) {
    ChangeSet out;
    out.update(Id<T>(id), 1, std::move(fields));
    return out;
}

} // namespace kogge::logistics::test
