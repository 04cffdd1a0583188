// SPDX-License-Identifier: EUPL-1.2
// The sample scenario as the daemon keeps it: tests/data/demo_export.json, which tests/http/golden.py compares with an import.
#pragma once

#include "house.hpp"

namespace kogge::translation::test {

inline std::string const repository = std::string(KOGGE_SOURCE_DIR "/../../");
inline std::string const demo_path = repository + "config/demo/demo.json";
inline json::value const& expected() {
    static auto const golden = testing::read_json(repository + "tests/data/expected.json");
    return golden;
}

/// A house with the demo in it.
struct Demo : House {
    Demo() { commit_export(testing::read_json(repository + "tests/data/demo_export.json")); }
    static inline Id<Visit> const hamburg{"visit-hh-2027"};
    /// As `kogge item move it-15 +30`.
    ChangeSet move(std::string const& id, Minutes by) const {
        auto const& row = *picture.items.row(Id<ProgrammeItem>(id));
        ChangeSet out("move");
        out.update(row.value.id, row.rev, {{"starts", to_text(row.value.starts + by)}, {"ends", to_text(row.value.ends + by)}});
        return out;
    }
    /// Somebody for nl-de in every mode.
    static Interpreter fourth() {
        using enum InterpretationMode;
        return {Id<Interpreter>("p-i04"), Id<Person>("p-i04"), {"de-nl"}, {consecutive, simultaneous, whispered, liaison}, 360, {}};
    }
};

} // namespace kogge::translation::test
