// SPDX-License-Identifier: EUPL-1.2
#include "csv.hpp"

namespace kogge::logistics {

std::string csv_cell(std::string_view text) {
    std::string safe(text);
    // Spreadsheets look past leading blanks, so we do, too.
    auto const first = text.find_first_not_of(" \n");
    if (first != text.npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos)
        safe.insert(safe.begin(), '\'');
    if (safe.find_first_of(",\"\r\n") == safe.npos) return safe;
    std::string quoted = "\"";
    for (char const c : safe) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string csv_row(std::vector<std::string> const& cells) {
    std::string out;
    for (auto const& cell : cells) out += (&cell == &cells.front() ? "" : ",") + csv_cell(cell);
    return out + "\r\n";
}

} // namespace kogge::logistics
