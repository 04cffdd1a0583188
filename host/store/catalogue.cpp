// SPDX-License-Identifier: EUPL-1.2
#include "store/catalogue.hpp"

#include <algorithm>
#include <set>

namespace kogge::host::store {

namespace {

constexpr std::size_t longest_name = 48; // PostgreSQL cuts names at 63 bytes, and indexes add a word of their own

/// Names become tables and columns, so they are what needs no thought there.
bool is_name(std::string_view text) {
    if (text.empty() || text.size() > longest_name || text.front() < 'a' || text.front() > 'z') return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::string text_of(json::object const& object, char const* name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool flag_of(json::object const& object, char const* name) {
    auto const* value = object.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

Result<std::vector<std::string>> names_of(json::object const& object, char const* name, std::string const& what) {
    std::vector<std::string> out;
    auto const* value = object.if_contains(name);
    if (!value || value->is_null()) return out;
    if (!value->is_array()) return invalid(what + ": '" + name + "' is a list of names");
    for (auto const& item : value->get_array()) {
        if (!item.is_string()) return invalid(what + ": '" + name + "' is a list of names");
        out.emplace_back(item.get_string());
    }
    return out;
}

Result<FieldType> type_named(std::string const& name, std::string const& what) {
    static std::map<std::string, FieldType> const types{
        {"string", FieldType::string},    {"integer", FieldType::integer}, {"number", FieldType::number},
        {"boolean", FieldType::boolean},  {"id", FieldType::id},           {"local_time", FieldType::local_time},
        {"day", FieldType::day},          {"text", FieldType::text},       {"money", FieldType::money},
        {"enum", FieldType::enumeration}, {"list", FieldType::list},       {"map", FieldType::map},
        {"object", FieldType::object}};
    auto const found = types.find(name);
    if (found == types.end())
        return invalid(what + " has the unknown type '" + name.substr(0, 40) + "'; use one of sdk/include/kogge/json.hpp");
    return found->second;
}

/// What stands in when a creation leaves the field out and its description names nothing.
json::value zero(Field const& field) {
    if (field.optional) return nullptr;
    switch (field.type) {
    case FieldType::string: return "";
    case FieldType::integer: return std::max<std::int64_t>(field.minimum, 0);
    case FieldType::number: return 0.0;
    case FieldType::boolean: return false;
    case FieldType::text: return {{"text", ""}, {"language", "nl"}};
    case FieldType::money: return {{"minor", 0}, {"currency", "EUR"}};
    case FieldType::enumeration: return json::string(field.values.front());
    case FieldType::list: return json::array();
    case FieldType::map: return json::object();
    case FieldType::object: {
        json::object out;
        for (auto const& inner : field.fields) out[inner.name] = zero(inner);
        return out;
    }
    case FieldType::id:
    case FieldType::local_time:
    case FieldType::day: return nullptr;
    }
    return nullptr;
}

Result<Field> read_field(json::object const& document, std::string const& what);

Result<void> read_inner(json::object const& document, Field& field, std::string const& what) {
    if (field.type == FieldType::enumeration) {
        KOGGE_TRY(field.values, names_of(document, "values", what));
        if (field.values.empty()) return invalid(what + " is an enum without values");
    }
    if (field.type == FieldType::list) {
        auto const* items = document.if_contains("items");
        if (!items || !items->is_object()) return invalid(what + " is a list and does not say of what; add \"items\"");
        KOGGE_TRY(auto item, read_field(items->get_object(), what + "'s items"));
        field.items.push_back(std::move(item));
    }
    if (field.type == FieldType::object) {
        auto const* fields = document.if_contains("fields");
        if (!fields || !fields->is_array()) return invalid(what + " is an object without \"fields\"");
        for (auto const& inner : fields->get_array()) {
            if (!inner.is_object()) return invalid(what + " has a field that is no object");
            KOGGE_TRY(auto one, read_field(inner.get_object(), what + "." + text_of(inner.get_object(), "name")));
            field.fields.push_back(std::move(one));
        }
    }
    return boost::outcome_v2::success();
}

Result<Field> read_field(json::object const& document, std::string const& what) {
    Field field;
    field.name = text_of(document, "name");
    KOGGE_TRY(field.type, type_named(text_of(document, "type"), what));
    field.optional = flag_of(document, "optional");
    field.sensitive = flag_of(document, "sensitive");
    field.ref = text_of(document, "ref");
    for (auto const& [name, bound] : {std::pair{"minimum", &field.minimum}, std::pair{"maximum", &field.maximum}})
        if (auto const* value = document.if_contains(name); value && value->is_int64()) *bound = value->get_int64();
    KOGGE_TRY(read_inner(document, field, what));
    auto const* fallback = document.if_contains("default");
    field.fallback = field.required() || !fallback ? zero(field) : *fallback;
    return field;
}

/// What the options of a description may and may not say of its fields.
Result<void> fits(EntityType const& type) {
    auto const* visit = type.field("visit");
    if (type.per_visit && (!visit || visit->type != FieldType::id || visit->ref != "visit"))
        return invalid(type.kind + " is per_visit and has no field 'visit' that refers to a visit");
    for (auto const& name : type.cascade)
        if (auto const* field = type.field(name); !field || field->ref.empty())
            return invalid(type.kind + ": cascade names '" + name + "', which is no reference of it");
    for (auto const& name : type.unique)
        if (auto const* field = type.field(name); !field || field->sensitive)
            return invalid(type.kind + ": unique names '" + name + "', which is no field of it or is sensitive");
    for (auto const& field : type.fields)
        if (field.sensitive && field.type == FieldType::id)
            return invalid(type.kind + "." + field.name
                           + " is sensitive and a reference; what is encrypted cannot be found by its target");
    return boost::outcome_v2::success();
}

Result<EntityType> read_type(json::object const& document) {
    EntityType type;
    type.kind = text_of(document, "kind");
    if (!is_name(type.kind) || type.kind.starts_with("kogge_"))
        return invalid("'" + type.kind.substr(0, 80)
                       + "' cannot name an entity; use a-z, 0-9 and _, at most 48, not beginning with kogge_");
    auto const* fields = document.if_contains("fields");
    if (!fields || !fields->is_array()) return invalid("the description of " + type.kind + " has no \"fields\"");
    static std::set<std::string> const taken{"id", "rev", "updated", "updated_us"};
    std::set<std::string> seen;
    KOGGE_TRY(auto const sensitive, names_of(document, "sensitive", type.kind));
    for (auto const& one : fields->get_array()) {
        auto const name = one.is_object() ? text_of(one.get_object(), "name") : std::string();
        if (!is_name(name) || taken.contains(name) || name.ends_with("_utc") || !seen.insert(name).second)
            return invalid(type.kind + " has a field '" + name.substr(0, 80) + "', which cannot name one (or is there twice)");
        KOGGE_TRY(auto field, read_field(one.get_object(), type.kind + "." + name));
        field.sensitive = field.sensitive || std::find(sensitive.begin(), sensitive.end(), name) != sensitive.end();
        type.fields.push_back(std::move(field));
    }
    for (auto const& name : sensitive)
        if (!type.field(name)) return invalid(type.kind + ": sensitive names '" + name + "', which is no field of it");
    type.per_visit = flag_of(document, "per_visit");
    type.internal = flag_of(document, "internal") || flag_of(document, "own");
    if (auto const* days = document.if_contains("retain_days"); days && days->is_int64())
        type.retain_days = static_cast<int>(days->get_int64());
    KOGGE_TRY(type.cascade, names_of(document, "cascade", type.kind));
    KOGGE_TRY(type.unique, names_of(document, "unique", type.kind));
    type.title = text_of(document, "title");
    KOGGE_TRY(fits(type));
    return type;
}

} // namespace

Field const* EntityType::field(std::string_view name) const {
    auto const found = std::find_if(fields.begin(), fields.end(), [&](Field const& f) { return f.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

bool EntityType::has_sensitive() const {
    return std::any_of(fields.begin(), fields.end(), [](Field const& f) { return f.sensitive; });
}

std::string EntityType::a() const {
    return (std::string_view("aeiou").find(kind.front()) == std::string_view::npos ? "a " : "an ") + kind;
}

Result<Catalogue> Catalogue::read(std::vector<json::object> const& descriptions) {
    Catalogue out;
    for (auto const& description : descriptions) {
        KOGGE_TRY(auto type, read_type(description));
        if (!out.by_kind_.emplace(type.kind, out.types_.size()).second)
            return invalid("the entity '" + type.kind + "' is described twice; give one of them another name");
        out.types_.push_back(std::move(type));
    }
    return out;
}

EntityType const* Catalogue::find(std::string_view kind) const {
    auto const found = by_kind_.find(kind);
    return found == by_kind_.end() ? nullptr : &types_[found->second];
}

} // namespace kogge::host::store
