// SPDX-License-Identifier: EUPL-1.2
#include "store/rows.hpp"

#include "store/validate.hpp"

#include <kogge/time.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace kogge::host::store {

namespace {

constexpr std::size_t fixed_columns = 3; // id, rev, updated_us

bool kept_as_json(FieldType type) {
    return type == FieldType::text || type == FieldType::money || type == FieldType::list || type == FieldType::map
           || type == FieldType::object;
}

json::value value_of(Field const& field, Cell const& cell) {
    if (cell.null) return nullptr;
    if (field.type == FieldType::boolean) return cell.integer != 0;
    if (cell.storage == Storage::integer) return static_cast<std::int64_t>(cell.integer);
    if (cell.storage == Storage::real) return cell.real;
    return kept_as_json(field.type) ? json::parse(cell.text) : json::value(cell.text);
}

bool refers(Field const& field) {
    if (field.type == FieldType::list) return refers(field.items.front());
    return field.type == FieldType::object ? std::any_of(field.fields.begin(), field.fields.end(), refers) : !field.ref.empty();
}

void targets_of(Field const& field, std::set<std::string>& out) {
    if (!field.ref.empty()) out.insert(field.ref);
    for (auto const& inner : field.fields) targets_of(inner, out);
    for (auto const& inner : field.items) targets_of(inner, out);
}

/// (field, "kind/id") of the references that no column of their own shows.
std::set<std::pair<std::string, std::string>> links_of(EntityType const& type, json::object const* document) {
    std::set<std::pair<std::string, std::string>> out;
    if (document)
        each_reference(type, *document, [&](Reference const& reference) {
            if (reference.field->type != FieldType::id)
                out.emplace(reference.field->name, std::string(reference.kind) + "/" + std::string(reference.id));
        });
    return out;
}

} // namespace

Storage storage_of(Field const& field) {
    if (field.sensitive) return Storage::text;
    switch (field.type) {
    case FieldType::integer:
    case FieldType::boolean: return Storage::integer;
    case FieldType::number: return Storage::real;
    default: return Storage::text;
    }
}

std::vector<Column> columns_of(EntityType const& type) {
    std::vector<Column> out;
    for (auto const& field : type.fields) {
        out.push_back({&field, field.name, storage_of(field)});
        if (field.type == FieldType::local_time && !field.sensitive)
            out.push_back({&field, field.name + "_utc", Storage::integer, true});
    }
    return out;
}

Table::Table(EntityType const& entity_type) : type(&entity_type), columns(columns_of(entity_type)), shape("tii") {
    auto const name = sql_name(type->kind);
    std::string names = "id, rev, updated_us", places = "?, ?, ?", sets = "rev = ?, updated_us = ?";
    for (auto const& column : columns) {
        names += ", " + sql_name(column.name);
        places += ", ?";
        sets += ", " + sql_name(column.name) + " = ?";
        shape += static_cast<char>(column.storage);
    }
    insert = "INSERT INTO " + name + " (" + names + ") VALUES (" + places + ")";
    update = "UPDATE " + name + " SET " + sets + " WHERE id = ? AND rev = ?";
    remove = "DELETE FROM " + name + " WHERE id = ? AND rev = ?";
    select = "SELECT " + names + " FROM " + name;
}

Rows::Rows(Catalogue const& catalogue, Cipher const& cipher) : catalogue_(catalogue), cipher_(cipher) {
    for (auto const& type : catalogue.types()) tables_.emplace(type.kind, Table(type));
    for (auto const& [kind, table] : tables_)
        for (auto const& field : table.type->fields) {
            std::set<std::string> targets;
            if (!field.sensitive && refers(field)) targets_of(field, targets);
            auto const& cascade = table.type->cascade;
            bool const cascades = std::find(cascade.begin(), cascade.end(), field.name) != cascade.end();
            for (auto const& target : targets)
                inbound_[target].push_back({&table, &field, cascades, field.type != FieldType::id});
        }
}

Table const* Rows::table(std::string_view kind) const {
    auto const found = tables_.find(kind);
    return found == tables_.end() ? nullptr : &found->second;
}

std::vector<Inbound> const& Rows::inbound(std::string_view kind) const {
    static std::vector<Inbound> const none;
    auto const found = inbound_.find(kind);
    return found == inbound_.end() ? none : found->second;
}

Cell Rows::cell(EntityType const& type, std::string_view id, Column const& column, json::value const& value) const {
    if (value.is_null()) return Cell(column.storage);
    if (column.utc) {
        auto const time = parse_local_time(value.as_string());
        return time ? Cell(static_cast<long long>(instant_of(time.value()).time_since_epoch().count()))
                    : Cell(Storage::integer);
    }
    if (column.field->sensitive) return cipher_.seal(json::serialize(value), place_of(type, id, *column.field));
    switch (column.storage) {
    case Storage::integer: return value.is_bool() ? Cell(value.get_bool() ? 1LL : 0LL) : Cell(value.as_int64());
    case Storage::real: return value.to_number<double>();
    case Storage::text: break;
    }
    return kept_as_json(column.field->type) ? Cell(json::serialize(value)) : Cell(std::string_view(value.as_string()));
}

std::vector<Cell> Rows::cells(Table const& table, json::object const& document) const {
    std::vector<Cell> out;
    out.reserve(table.columns.size() + fixed_columns + 2);
    auto const id = text_of(document, "id");
    out.emplace_back(number_of(document, "rev"));
    out.emplace_back(number_of(document, "updated_us"));
    for (auto const& column : table.columns) out.push_back(cell(*table.type, id, column, document.at(column.field->name)));
    return out;
}

json::object Rows::document(Table const& table, Cells row, bool sensitive) const {
    json::object out;
    out.reserve(table.type->fields.size() + fixed_columns);
    out["id"] = row[0].text;
    out["rev"] = std::int64_t(row[1].integer);
    out["updated_us"] = std::int64_t(row[2].integer);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        auto const& column = table.columns[i];
        auto const& cell = row[i + fixed_columns];
        if (column.utc || (column.field->sensitive && !sensitive)) continue;
        if (column.field->sensitive && !cell.null)
            out[column.name] = json::parse(cipher_.open(cell.text, place_of(*table.type, row[0].text, *column.field)).value());
        else
            out[column.name] = value_of(*column.field, cell);
    }
    return out;
}

std::optional<json::object> Rows::load(Session& session, Table const& table, std::string_view id, bool sensitive) const {
    std::optional<json::object> out;
    session.query(table.select + " WHERE id = ?", {id}, table.shape, [&](Cells row) { out = document(table, row, sensitive); });
    return out;
}

void Rows::each(Session& session, Table const& table, int limit,
                std::function<void(std::vector<json::object>&&)> const& page) const {
    std::string after;
    for (;;) {
        std::vector<json::object> documents;
        session.query(table.select + " WHERE id > ? ORDER BY id LIMIT ?", {after, limit}, table.shape,
                      [&](Cells row) { documents.push_back(document(table, row, true)); });
        if (documents.empty()) return;
        after = text_of(documents.back(), "id");
        page(std::move(documents));
    }
}

void Rows::insert(Session& session, Table const& table, json::object const& document) const {
    auto values = cells(table, document);
    values.insert(values.begin(), Cell(text_of(document, "id")));
    session.execute(table.insert, values);
    links(session, *table.type, nullptr, &document);
}

void Rows::update(Session& session, Table const& table, json::object const& before, json::object const& after) const {
    auto values = cells(table, after);
    values.emplace_back(text_of(before, "id"));
    values.emplace_back(number_of(before, "rev"));
    if (session.execute(table.update, values) != 1)
        throw DatabaseError(Trouble::other, "a row of " + table.type->kind + " is not at the revision it was read at");
    links(session, *table.type, &before, &after);
}

void Rows::remove(Session& session, Table const& table, json::object const& before) const {
    if (session.execute(table.remove, {text_of(before, "id"), number_of(before, "rev")}) != 1)
        throw DatabaseError(Trouble::other, "a row of " + table.type->kind + " is not at the revision it was read at");
    links(session, *table.type, &before, nullptr);
}

void Rows::links(Session& session, EntityType const& type, json::object const* before, json::object const* after) const {
    auto const old_links = links_of(type, before);
    auto const new_links = links_of(type, after);
    auto const id = text_of(before ? *before : *after, "id");
    for (auto const& link : old_links)
        if (!new_links.contains(link))
            session.execute("DELETE FROM kogge_links WHERE target = ? AND kind = ? AND field = ? AND source = ?",
                            {link.second, type.kind, link.first, id});
    for (auto const& link : new_links)
        if (!old_links.contains(link))
            session.execute("INSERT INTO kogge_links (target, kind, field, source) VALUES (?, ?, ?, ?)",
                            {link.second, type.kind, link.first, id});
}

std::string_view text_of(json::object const& document, std::string_view name) {
    auto const* value = document.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::int64_t number_of(json::object const& document, std::string_view name) {
    auto const* value = document.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

std::string visit_of(EntityType const& type, json::object const& document) {
    return std::string(text_of(document, type.kind == "visit" ? "id" : "visit"));
}

std::string place_of(EntityType const& type, std::string_view id, Field const& field) {
    return type.kind + "/" + std::string(id) + "/" + field.name;
}

} // namespace kogge::host::store
