// SPDX-License-Identifier: EUPL-1.2
#include "store/schema.hpp"

namespace kogge::host::store {

std::string sql_type(Dialect const& dialect, Storage storage) {
    return storage == Storage::integer ? "BIGINT" : storage == Storage::real ? "DOUBLE PRECISION" : dialect.text;
}

std::vector<std::string> system_tables(Dialect const& dialect) {
    auto const& text = dialect.text;
    return {
        "CREATE TABLE IF NOT EXISTS kogge_meta (name " + text + " PRIMARY KEY, value " + text + " NOT NULL)",
        "CREATE TABLE IF NOT EXISTS kogge_counter (id BIGINT PRIMARY KEY, seq BIGINT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS kogge_kinds (kind " + text + " PRIMARY KEY, description " + text + " NOT NULL, columns "
            + text + " NOT NULL)",
        "CREATE TABLE IF NOT EXISTS kogge_log (seq " + dialect.log_key + " PRIMARY KEY, change_set " + text
            + " NOT NULL, at_us BIGINT NOT NULL, actor " + text + " NOT NULL, reason " + text + " NOT NULL, entity " + text
            + " NOT NULL, id " + text + " NOT NULL, visit " + text + ", rev BIGINT NOT NULL, op " + text
            + " NOT NULL, before_fields " + text + ", after_fields " + text + ")",
        "CREATE INDEX IF NOT EXISTS kogge_log_entity ON kogge_log (id, entity, seq)",
        "CREATE INDEX IF NOT EXISTS kogge_log_visit ON kogge_log (visit, seq)",
        "CREATE INDEX IF NOT EXISTS kogge_log_change_set ON kogge_log (change_set)",
        "CREATE TABLE IF NOT EXISTS kogge_links (target " + text + " NOT NULL, kind " + text + " NOT NULL, field " + text
            + " NOT NULL, source " + text + " NOT NULL, PRIMARY KEY (target, kind, field, source))",
        "CREATE TABLE IF NOT EXISTS kogge_access (at_us BIGINT NOT NULL, actor " + text + " NOT NULL, entity " + text
            + " NOT NULL, id " + text + " NOT NULL)",
        "CREATE INDEX IF NOT EXISTS kogge_access_entity ON kogge_access (entity, id)",
        "CREATE TABLE IF NOT EXISTS kogge_uses (subject " + text + " NOT NULL, day BIGINT NOT NULL, at BIGINT NOT NULL, client " + text
            + " NOT NULL, times BIGINT NOT NULL, PRIMARY KEY (subject, day))",
    };
}

std::string create_table(Dialect const& dialect, EntityType const& type) {
    std::string out = "CREATE TABLE " + sql_name(type.kind) + " (id " + dialect.text
                      + " PRIMARY KEY, rev BIGINT NOT NULL, updated_us BIGINT NOT NULL";
    for (auto const& column : columns_of(type)) out += ", " + sql_name(column.name) + " " + sql_type(dialect, column.storage);
    return out + ")";
}

std::vector<std::string> create_indexes(EntityType const& type) {
    std::vector<std::string> out;
    auto const add = [&](std::string const& name, std::string const& columns) {
        out.push_back("CREATE INDEX IF NOT EXISTS " + sql_name(type.kind + "_" + name) + " ON " + sql_name(type.kind) + " ("
                      + columns + ")");
    };
    std::string together;
    for (auto const& name : type.unique) together += (together.empty() ? "" : ", ") + sql_name(name);
    if (!together.empty()) add("unique", together);
    for (auto const& field : type.fields)
        if (field.name == "visit" && field.type == FieldType::id)
            add("visit", "visit, id"); // a page of a visit in one go
        else if (!field.ref.empty() && !field.sensitive && (type.unique.empty() || type.unique.front() != field.name))
            add(field.name, sql_name(field.name));
    return out;
}

} // namespace kogge::host::store
