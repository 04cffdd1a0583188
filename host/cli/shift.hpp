// SPDX-License-Identifier: EUPL-1.2
// "+30", "-15", "14:30": where an item goes. Pure arithmetic on local times.
#pragma once

#include <kogge/time.hpp>

#include <optional>
#include <string_view>

namespace kogge::host::cli {

/// By so many minutes of elapsed time, or to a wall-clock time on the item's own day, or on another one.
struct Shift {
    std::optional<Minutes> by;
    std::optional<Day> day;
    std::chrono::seconds clock{}; // without `by`
};

/// "+30", "-15", "+1:30" (an hour and a half later), "14:30", "2027-04-22T14:30".
Result<Shift> parse_shift(std::string_view text);

struct Span {
    LocalTime starts;
    LocalTime ends;
};

/// Start and end move together and keep their zones: what lasted 70 minutes lasts 70 minutes, also across a clock change.
/// An error when the wanted wall-clock time is one that the clocks skip.
Result<Span> moved(Span const& span, Shift const& shift);

/// "2027-04-22 14:00–15:10 Europe/Berlin"; the second day and zone are told where they differ.
std::string to_text(Span const& span);

} // namespace kogge::host::cli
