// SPDX-License-Identifier: EUPL-1.2
#include "store/reshape.hpp"

#include "store/log.hpp"
#include "store/schema.hpp"
#include "store/validate.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace kogge::host::store {

namespace {

constexpr char sealed = 's';

Storage storage_kept(char kept) { return kept == sealed ? Storage::text : static_cast<Storage>(kept); }

} // namespace

char kept_as(Field const& field) { return field.sensitive ? sealed : static_cast<char>(storage_of(field)); }

std::vector<Reshape::Value> Reshape::values(Session& session) const {
    std::vector<Value> out;
    auto const storage = stored_ ? storage_kept(*stored_) : storage_of(field_);
    std::string const shape{'t', static_cast<char>(storage)};
    auto const none = storage == Storage::text ? std::string("TEXT") : sql_type(session.dialect(), storage);
    auto const column = stored_ ? sql_name(field_.name) : "CAST(NULL AS " + none + ")";
    session.query("SELECT id, " + column + " FROM " + sql_name(type_.kind), {}, shape, [&](Cells row) {
        out.push_back({row[0].text, row[1]});
    });
    return out;
}

/// What stands in the column, read by what it looks like: the description that wrote it is gone.
json::value Reshape::old_value(std::string_view id, Cell const& cell) const {
    if (cell.null) return nullptr;
    if (stored_ == sealed) return json::parse(rows_.cipher().open(cell.text, place_of(type_, id, field_)).value());
    if (cell.storage == Storage::integer)
        return field_.type == FieldType::boolean ? json::value(cell.integer != 0) : json::value(std::int64_t(cell.integer));
    if (cell.storage == Storage::real) return cell.real;
    switch (field_.type) {
    case FieldType::text:
    case FieldType::money:
    case FieldType::list:
    case FieldType::map:
    case FieldType::object: {
        boost::system::error_code ec;
        auto parsed = json::parse(cell.text, ec);
        return ec ? json::value(cell.text) : parsed;
    }
    default: return json::value(cell.text);
    }
}

Result<json::value> Reshape::new_value(Value const& value) const {
    auto const old = old_value(value.id, value.cell);
    if (old.is_null() && !field_.optional && !field_.required()) return field_.fallback;
    return read_value(field_, old, "");
}

Result<void> Reshape::judge(Session& session) const {
    auto const what = type_.kind + "." + field_.name;
    auto const rows = values(session);
    if (stored_ && storage_kept(*stored_) != storage_of(field_)) {
        if (rows.empty()) return boost::outcome_v2::success();
        return invalid(what + " is kept otherwise than its new description says, and " + std::to_string(rows.size())
                       + " stored values would be lost; give the new field another name");
    }
    std::size_t bad = 0;
    std::string first;
    for (auto const& row : rows)
        if (auto const value = new_value(row); !value && ++bad == 1) first = row.id + ": " + value.error().message;
    if (bad == 0) return boost::outcome_v2::success();
    if (!stored_)
        return invalid(what + " is new and cannot be empty, but " + std::to_string(bad) + " stored " + type_.kind
                       + " would be without; make it optional");
    return invalid(what + ": " + std::to_string(bad) + " stored values do not fit the new description (" + first
                   + "); change them with the previous version first, or give the new field another name");
}

void Reshape::apply(Session& session) const {
    auto const name = sql_name(type_.kind);
    if (stored_ && storage_kept(*stored_) != storage_of(field_)) { // judge() has seen that the table is empty
        for (auto const& index :
             {field_.name, std::string("unique"), std::string("visit")}) // SQLite drops no indexed column; they are made again
            session.run("DROP INDEX IF EXISTS " + sql_name(type_.kind + "_" + index));
        session.run("ALTER TABLE " + name + " DROP COLUMN " + sql_name(field_.name));
        session.run("ALTER TABLE " + name + " ADD COLUMN " + sql_name(field_.name) + " "
                    + sql_type(session.dialect(), storage_of(field_)));
        return;
    }
    auto const rows = values(session);
    if (!stored_)
        session.run("ALTER TABLE " + name + " ADD COLUMN " + sql_name(field_.name) + " "
                    + sql_type(session.dialect(), storage_of(field_)));
    Column const column{&field_, field_.name, storage_of(field_)};
    for (auto const& row : rows) {
        auto const old = old_value(row.id, row.cell);
        auto const value = new_value(row).value();
        if (value == old && (stored_ == sealed) == field_.sensitive) continue;
        session.execute("UPDATE " + name + " SET " + sql_name(field_.name) + " = ? WHERE id = ?",
                        {rows_.cell(type_, row.id, column, value), row.id});
    }
    if (stored_ && (*stored_ == sealed) != field_.sensitive) reseal_log(session);
}

/// What became sensitive is sealed in its history, too; what no longer is, is opened there.
void Reshape::reseal_log(Session& session) const {
    std::vector<Entry> entries = read_entries(session, "entity = ?", {type_.kind}, 2'000'000'000);
    auto const turned = [&](std::string const& id, std::string const& text) {
        if (text.empty()) return Cell(Storage::text);
        auto fields = json::parse(text).as_object();
        if (auto* value = fields.if_contains(field_.name); value && !value->is_null()) {
            auto const place = place_of(type_, id, field_);
            *value = field_.sensitive ? json::value(rows_.cipher().seal(json::serialize(*value), place))
                                      : json::parse(rows_.cipher().open(value->as_string(), place).value());
        }
        return Cell(json::serialize(fields));
    };
    for (auto const& entry : entries)
        session.execute("UPDATE kogge_log SET before_fields = ?, after_fields = ? WHERE seq = ?",
                        {turned(entry.id, entry.before), turned(entry.id, entry.after), entry.seq});
}

} // namespace kogge::host::store
