// SPDX-License-Identifier: EUPL-1.2
// When more interpreters are needed at once than are booked.
#pragma once

#include "pool.hpp"

namespace kogge::translation {

/// A stretch of time in which the same items need interpreters and not all places can be filled.
struct Shortage {
    Interval span;
    std::vector<Need const*> needs; // in order of beginning
    int needed = 0;
    int booked = 0; // people
    int able = 0;   // places these people can fill: fewer than booked where modes or languages do not fit
    int nth = 1;    // the same items may be short again after a third has come and gone
};

/// A sweep over the moments at which a need begins or ends. In order of time.
std::vector<Shortage> shortages(std::vector<Need const*> const& needs, std::vector<Interpreter const*> const& pool);

} // namespace kogge::translation
