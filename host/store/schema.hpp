// SPDX-License-Identifier: EUPL-1.2
// The tables: the house's own, and one per kind; and how those of an older description become those of a newer one.
#pragma once

#include "store/rows.hpp"
#include "store/store.hpp"

namespace kogge::host::store {

/// Brings the database to the descriptions of `options`, with a backup first when something stored is touched. An
/// incompatible description is refused; then nothing was changed.
Result<void> migrate(Session& session, Options const& options, Rows const& rows);

/// SQL that makes the house's own tables.
std::vector<std::string> system_tables(Dialect const& dialect);
std::string create_table(Dialect const& dialect, EntityType const& type);
std::vector<std::string> create_indexes(EntityType const& type);
std::string sql_type(Dialect const& dialect, Storage storage);

} // namespace kogge::host::store
