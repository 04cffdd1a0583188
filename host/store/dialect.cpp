// SPDX-License-Identifier: EUPL-1.2
#include "store/dialect.hpp"

#include <kogge/id.hpp>

namespace kogge::host::store {

namespace {

Dialect sqlite(std::string const& file) {
    Dialect d;
    // Quotes inside the name would end it for SOCI's reader of connection strings; Dialect::of refuses them.
    d.connection = "dbname=\"" + file + "\"";
    d.after_connect = {"PRAGMA busy_timeout=5000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                       "PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY"};
    return d;
}

/// One cache shared by the connections of this process that use the name; it lives as long as one of them. Its locks are by
/// table and know no waiting, so readers may see what the lane has not committed yet: good enough for a house that forgets
/// everything anyway.
Dialect sqlite_in_memory(std::string const& name) {
    auto d = sqlite("file:kogge-" + name + "?mode=memory&cache=shared");
    d.in_memory = true;
    d.after_connect = {"PRAGMA read_uncommitted=1", "PRAGMA foreign_keys=ON"};
    return d;
}

/// The URL with a parameter it does not name itself. SOCI takes a string without any `=` for a single option and spoils it,
/// so that at least one is always there.
std::string with_parameter(std::string url, std::string const& name, std::string const& value) {
    if (url.find(name + "=") != url.npos) return url;
    return url + (url.find('?') == url.npos ? "?" : "&") + name + "=" + value;
}

Dialect postgresql(std::string const& url) {
    Dialect d;
    d.postgres = true;
    d.connection = with_parameter(with_parameter(url, "application_name", "kogge"), "connect_timeout", "5");
    d.begin = "BEGIN";
    d.after_connect = {"SET client_min_messages = warning", "SET client_encoding = 'UTF8'",
                       "SET standard_conforming_strings = on"};
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
    if (constexpr std::string_view memory = "sqlite::memory:"; view.starts_with(memory)) {
        auto const name = view.substr(memory.size());
        if (!name.empty() && !is_id(name)) return invalid("a store in memory is named with A-Z a-z 0-9 . _ ~ -, or not at all");
        return sqlite_in_memory(name.empty() ? make_uuid() : std::string(name));
    }
    if (view.starts_with("sqlite:///")) {
        auto const file = std::string(view.substr(9));
        if (file.size() < 2 || file.find('"') != file.npos)
            return invalid("the store's url names no usable file; write sqlite:///var/lib/kogge/kogge.db");
        return sqlite(file);
    }
    if (view.starts_with("postgresql://") || view.starts_with("postgres://")) {
        if (view.find_first_of(" \t\n'\"\\") != view.npos)
            return invalid("the store's url holds a blank, a quote or a backslash; write it in percent form, %20 for a blank");
        return postgresql(url);
    }
    return invalid("the store's url is of no known kind; use sqlite:///path/kogge.db or postgresql://user@host/database");
}

} // namespace kogge::host::store
