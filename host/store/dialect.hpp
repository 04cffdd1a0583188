// SPDX-License-Identifier: EUPL-1.2
// Where SQLite and PostgreSQL differ; everything else is one SQL text for both.
#pragma once

#include <kogge/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::store {

struct Dialect {
    bool postgres = false;
    bool in_memory = false;
    std::string connection;                 // as SOCI's backend takes it
    std::string begin = "BEGIN IMMEDIATE";  // a writer's transaction
    std::vector<std::string> after_connect; // what a connection must be told each time it is made
    std::string text = "TEXT";              // compared byte by byte
    std::string log_key = "INTEGER";        // the type of a table's own number
    std::string for_update;                 // after the SELECT that takes the counter
    std::string find = "instr";             // find(haystack, needle) > 0
    std::string lock_schema, unlock_schema; // around a migration, where several daemons may start at once
    std::string table_names = "SELECT name FROM sqlite_master WHERE type = 'table'";

    /// "sqlite:///path/kogge.db", "sqlite::memory:" (with a name behind it: shared in this process) or "postgresql://…".
    static Result<Dialect> of(std::string const& url);
};

/// A name of a table or a column. Kinds and fields are a-z, 0-9 and _ (Catalogue::read), some are words of SQL.
inline std::string sql_name(std::string_view name) { return "\"" + std::string(name) + "\""; }

} // namespace kogge::host::store
