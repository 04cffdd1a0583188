// SPDX-License-Identifier: EUPL-1.2
// SQLite by its own C API, for bench_commit: the rows of one commit, read from one file and written to another.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace bench {

struct RawRows {
    struct Table {
        std::string insert;
        std::vector<std::vector<std::string>> rows; // as text; "\1" stands for NULL
    };
    std::vector<Table> tables;
};

class RawWriter {
  public:
    explicit RawWriter(std::string const& file);
    ~RawWriter();
    RawWriter(RawWriter&&) noexcept;

    /// The programme items whose id begins with `prefix`, their links and log entries.
    RawRows rows_of(std::string const& file, std::string const& prefix) const;
    /// All of them and the counter in one transaction, with statements prepared once.
    void write(RawRows const& rows);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace bench
