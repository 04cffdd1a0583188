// SPDX-License-Identifier: EUPL-1.2
#include "store/dialect.hpp"

#include <kogge/id.hpp>

namespace kogge::host::store {

namespace {

Dialect sqlite(std::string const& file) {
    Dialect d;
    // Quotes inside the name would end it for SOCI's reader of connection strings; Dialect::of refuses them.
    d.connection = "dbname=\"" + file + "\"";
    d.after_connect = {"PRAGMA busy_timeout=5000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
                       "PRAGMA temp_store=MEMORY"};
    return d;
}

/// One cache shared by the connections of this process. Its locks are by table and know no waiting, so readers may see
/// what the lane has not committed yet: good enough for a house that forgets everything anyway.
Dialect sqlite_in_memory() {
    auto d = sqlite("file:kogge-" + make_uuid() + "?mode=memory&cache=shared");
    d.in_memory = true;
    d.after_connect = {"PRAGMA read_uncommitted=1", "PRAGMA foreign_keys=ON"};
    return d;
}

Dialect postgresql(std::string const& url) {
    Dialect d;
    d.postgres = true;
    d.connection = url;
    d.begin = "BEGIN";
    d.after_connect = {"SET client_min_messages = warning", "SET client_encoding = 'UTF8'", "SET standard_conforming_strings = on"};
    d.text = "TEXT COLLATE \"C\"";
    d.log_key = "BIGINT";
    d.for_update = " FOR UPDATE";
    d.find = "strpos";
    d.lock_schema = "SELECT pg_advisory_lock(7205759)";
    d.unlock_schema = "SELECT pg_advisory_unlock(7205759)";
    d.table_names = "SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = current_schema()";
    return d;
}

} // namespace

Result<Dialect> Dialect::of(std::string const& url) {
    std::string_view const view(url);
    if (view == "sqlite::memory:")
        return sqlite_in_memory();
    if (view.starts_with("sqlite:///")) {
        auto const file = std::string(view.substr(9));
        if (file.size() < 2 || file.find('"') != file.npos)
            return invalid("the store's url names no usable file; write sqlite:///var/lib/kogge/kogge.db");
        return sqlite(file);
    }
    if (view.starts_with("postgresql://") || view.starts_with("postgres://"))
        return postgresql(url);
    return invalid("the store's url is of no known kind; use sqlite:///path/kogge.db or postgresql://user@host/database");
}

} // namespace kogge::host::store
