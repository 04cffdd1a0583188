// SPDX-License-Identifier: EUPL-1.2
// A consistent copy of everything: of SQLite a database file, of PostgreSQL a script for psql.
#pragma once

#include "store/session.hpp"

#include <kogge/result.hpp>

#include <filesystem>

namespace kogge::host::store {

/// `to` must not exist. Others may write meanwhile.
Result<void> copy_sqlite(Session& session, std::filesystem::path const& to);
/// Tables and rows as SQL: `createdb kogge && psql -d kogge -f FILE` brings them back.
Result<void> write_script(Session& session, std::filesystem::path const& to);

} // namespace kogge::host::store
