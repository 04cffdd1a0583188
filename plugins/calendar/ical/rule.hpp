// SPDX-License-Identifier: EUPL-1.2
// RECUR (RFC 5545 §3.3.10): a rule as it is written. What it yields is rule_walk.hpp's.
#pragma once

#include "ical/values.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kogge::calendar::ical {

enum class Frequency { secondly, minutely, hourly, daily, weekly, monthly, yearly };

struct ByDay {
    int nth = 0; // 0: each
    unsigned day = 0; // 0 is Sunday
    friend auto operator<=>(ByDay const&, ByDay const&) = default;
};

/// Numbers are sorted, without doubles; negative ones count from the end.
struct Rule {
    Frequency frequency = Frequency::yearly;
    std::int64_t interval = 1;
    std::optional<std::int64_t> count;
    std::optional<Stamp> until;
    std::vector<int> seconds, minutes, hours; // BYSECOND …; second 60 is read as 59
    std::vector<ByDay> days;
    std::vector<int> month_days, year_days, weeks, months, positions;
    unsigned week_start = 1; // 0 is Sunday

    bool below_a_day() const { return frequency < Frequency::daily; }
};

/// Refuses what RFC 5545 does not allow together, and other calendars than the Gregorian (RSCALE, RFC 7529), by name.
Result<Rule> read_rule(std::string_view text);

} // namespace kogge::calendar::ical
