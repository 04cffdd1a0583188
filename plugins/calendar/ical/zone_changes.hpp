// SPDX-License-Identifier: EUPL-1.2
// A VTIMEZONE worked out into the moments its clocks change. For foreign_zone.cpp.
#pragma once

#include "ical/values.hpp"

#include <string>
#include <vector>

namespace kogge::calendar::ical {

struct ZoneChanges {
    struct Change {
        Instant at;
        std::chrono::seconds offset; // from then on
        Wall from{}; // wall clocks from here on have it: what is skipped, and the first pass of what comes twice, do not
    };
    std::string name;
    std::chrono::seconds first{}; // offset before the first change
    std::vector<Change> list; // by `at`; `from` rises, too

    std::chrono::seconds offset_at(Instant at) const;
    std::chrono::seconds offset_at(Wall wall) const;
};

Result<ZoneChanges> read_changes(Component const& vtimezone);

} // namespace kogge::calendar::ical
