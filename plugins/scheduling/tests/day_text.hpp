// SPDX-License-Identifier: EUPL-1.2
// A day written as people write it:
//   08:40 rail  leer > bremen        10:01
//   14:00 item  plenary fixed_end    15:00 AB
// Time, what (rail, flight: by timetable; any other leg: when its people are there; item), a name, for an item its timing
// if it is not flexible, the end, and for whom: one letter a person, everybody ("A") when left out. "change=12" after it
// sets a leg's minimum change.
#pragma once

#include "../propagate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kogge::scheduling::test {

struct DayText {
    std::vector<Stop> stops;
    std::vector<std::string> labels; // "rail leer > bremen", by number of the stop's id
};

DayText parse_day_text(std::string_view text);
EntryId find(DayText const& day, std::string_view name);

/// "08:40-10:31 rail leer > bremen\n…", then "late for plenary: AB 20 min\n…"
std::string to_text(DayText const& day, Shifted const& shifted);

} // namespace kogge::scheduling::test
