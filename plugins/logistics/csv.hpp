// SPDX-License-Identifier: EUPL-1.2
// Lists for a spreadsheet: RFC 4180, and no cell that a spreadsheet would take for a formula.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kogge::logistics {

/// A name that begins with = + - @, a tab or a carriage return gets an apostrophe before it: text, whatever it says.
std::string csv_cell(std::string_view text);
std::string csv_row(std::vector<std::string> const& cells);

} // namespace kogge::logistics
