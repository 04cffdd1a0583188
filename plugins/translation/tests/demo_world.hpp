// SPDX-License-Identifier: EUPL-1.2
// The sample scenario as the host and this plugin import it.
#pragma once

#include "house.hpp"

#include <string>

namespace kogge::translation::test {

/// Path of the demo scenario: the environment's KOGGE_SCENARIO, else config/demo/demo.json.
std::string demo_path();
json::value read_json(std::string const& path);
/// tests/data/expected.json
json::value const& expected();

/// A house with the demo in it.
struct Demo : House {
    Demo();
    static inline Id<Visit> const hamburg{"visit-hh-2027"};
    /// As `kogge item move it-15 +30`.
    ChangeSet move(std::string const& item, Minutes by) const;
    /// Somebody for nl-de in every mode.
    static Interpreter fourth();
};

} // namespace kogge::translation::test
