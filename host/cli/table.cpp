// SPDX-License-Identifier: EUPL-1.2
#include "cli/table.hpp"

#include "cli/text.hpp"

#include <algorithm>

namespace kogge::host::cli {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 20; // of a last column that breaks

std::string without_trailing_spaces(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

} // namespace

Table& Table::row(std::vector<std::string> cells) {
    cells.resize(head_.size());
    for (auto& cell : cells) cell = printable(cell);
    rows_.push_back(std::move(cells));
    return *this;
}

std::string Table::text(std::size_t width, std::string const& bold, std::string const& plain) const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < head_.size(); ++i) {
        widths.push_back(columns(head_[i]));
        for (auto const& row : rows_) widths.back() = std::max(widths.back(), columns(row[i]));
    }
    std::size_t indent = 0;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) indent += widths[i] + gap;
    auto const last = width == 0 ? 0 : std::max(width > indent ? width - indent : 0, narrowest);

    std::string out;
    auto const line = [&](std::vector<std::string> const& cells, std::string const& before, std::string const& after) {
        std::string first;
        for (std::size_t i = 0; i + 1 < cells.size(); ++i) first += padded(cells[i], widths[i] + gap);
        auto const pieces = wrapped(cells.back(), last);
        out += before + without_trailing_spaces(first + pieces.front()) + after + "\n";
        for (std::size_t i = 1; i < pieces.size(); ++i) out += std::string(indent, ' ') + pieces[i] + "\n";
    };
    line(head_, bold, plain);
    for (auto const& row : rows_) line(row, "", "");
    return out;
}

} // namespace kogge::host::cli
