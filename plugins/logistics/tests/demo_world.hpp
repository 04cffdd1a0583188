// SPDX-License-Identifier: EUPL-1.2
// The sample scenario as the daemon keeps it: tests/data/demo_export.json, which tests/http/golden.py compares with an import.
#pragma once

#include "house.hpp"

namespace kogge::logistics::test {

inline std::string const repository = std::string(KOGGE_SOURCE_DIR "/../../");
inline std::string const demo_path = repository + "config/demo/demo.json";
inline json::value const& expected() {
    static auto const golden = testing::read_json(repository + "tests/data/expected.json");
    return golden;
}

/// A house with the demo in it.
struct Demo : House {
    Demo() { commit_export(testing::read_json(repository + "tests/data/demo_export.json")); }
};

// ---- findings as lines a test compares: "block_release WHEELCHAIR lg-19" ---------------------------------------------
inline std::string lines(std::vector<Finding> const& findings) {
    std::string out;
    for (auto const& finding : findings)
        out += std::string(boost::describe::enum_to_string(finding.level, "?")) + " " + finding.code + " " + finding.subject + "\n";
    return out;
}
inline std::string lines(std::map<std::string, Finding> const& findings) {
    std::vector<Finding> list;
    for (auto const& [key, finding] : findings)
        list.push_back(finding);
    return lines(list);
}

template <class T>
ChangeSet change(char const* id, json::object fields) {
    ChangeSet out;
    out.update(Id<T>(id), 1, std::move(fields));
    return out;
}

} // namespace kogge::logistics::test
