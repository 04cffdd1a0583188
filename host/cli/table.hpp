// SPDX-License-Identifier: EUPL-1.2
// Columns for people. On a terminal the last column breaks within its width; into a pipe each row is one line.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kogge::host::cli {

class Table {
  public:
    explicit Table(std::vector<std::string> head) : head_(std::move(head)) {}
    Table& row(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }

    /// With a trailing newline; `width` 0 does not break. `bold` is put around the head: an escape sequence, or nothing.
    std::string text(std::size_t width = 0, std::string const& bold = {}, std::string const& plain = {}) const;

  private:
    std::vector<std::string> head_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace kogge::host::cli
