// SPDX-License-Identifier: EUPL-1.2
#include "store/validate.hpp"

#include <kogge/id.hpp>
#include <kogge/time.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace kogge::host::store {

namespace {

Error wrong(Field const& field, std::string_view wanted, json::value const& got, std::string const& at) {
    auto const shown = field.sensitive ? std::string("something else") : json::serialize(got).substr(0, 60);
    return invalid((field.name.empty() ? std::string("an item") : field.name) + " is " + std::string(wanted) + ", not " + shown,
                   at);
}

/// PostgreSQL cuts text at a NUL, and nothing a person types holds one.
Result<void> good_string(std::string_view text, std::string const& at) {
    if (text.size() > longest_string)
        return invalid(
            "a text of " + std::to_string(text.size()) + " bytes is too long; at most " + std::to_string(longest_string), at);
    if (text.find('\0') != text.npos) return invalid("a text must not contain the character U+0000; leave it out", at);
    return boost::outcome_v2::success();
}

bool is_language(std::string_view text) {
    return text.size() >= 2 && text.size() <= 35
           && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || c == '-'; });
}

Result<json::value> read_integer(Field const& field, json::value const& value, std::string const& at) {
    std::int64_t number = 0;
    if (value.is_int64())
        number = value.get_int64();
    else if (value.is_uint64() && value.get_uint64() <= std::uint64_t(std::numeric_limits<std::int64_t>::max()))
        number = static_cast<std::int64_t>(value.get_uint64());
    else
        return wrong(field, "a whole number", value, at);
    if (number < field.minimum || number > field.maximum)
        return wrong(field, "a whole number from " + std::to_string(field.minimum) + " to " + std::to_string(field.maximum),
                     value, at);
    return number;
}

Result<json::value> read_number(Field const& field, json::value const& value, std::string const& at) {
    boost::system::error_code ec;
    auto const number = value.is_number() ? value.to_number<double>(ec) : std::numeric_limits<double>::quiet_NaN();
    if (ec || !std::isfinite(number)) return wrong(field, "a number", value, at);
    return number;
}

/// {"name": …} with exactly these members.
Result<json::object const*> members(Field const& field, json::value const& value, std::string_view wanted,
                                    std::initializer_list<std::string_view> names, std::string const& at) {
    auto const* object = value.if_object();
    if (!object) return wrong(field, wanted, value, at);
    for (auto const& [name, member] : *object)
        if (std::find(names.begin(), names.end(), std::string_view(name)) == names.end())
            return invalid("'" + std::string(name).substr(0, 40) + "' is unknown here; " + field.name + " is "
                               + std::string(wanted),
                           at + pointer_part(name));
    return object;
}

Result<json::value> read_text(Field const& field, json::value const& value, std::string const& at) {
    constexpr std::string_view wanted = R"({"text":"…","language":"nl"})";
    KOGGE_TRY(auto const* object, members(field, value, wanted, {"text", "language"}, at));
    auto const* text = object->if_contains("text");
    auto const* language = object->if_contains("language");
    if (!text || !text->is_string()) return wrong(field, wanted, value, at + "/text");
    KOGGE_TRY(good_string(text->get_string(), at + "/text"));
    if (language && (!language->is_string() || !is_language(language->get_string())))
        return invalid("the language of " + field.name + " is a tag such as nl, de or en", at + "/language");
    return json::object{{"text", *text}, {"language", language ? *language : json::value("nl")}};
}

Result<json::value> read_money(Field const& field, json::value const& value, std::string const& at) {
    constexpr std::string_view wanted = R"({"minor":5000,"currency":"EUR"})";
    KOGGE_TRY(auto const* object, members(field, value, wanted, {"minor", "currency"}, at));
    auto const* minor = object->if_contains("minor");
    auto const* currency = object->if_contains("currency");
    if (!minor || !currency || !currency->is_string()) return wrong(field, wanted, value, at);
    KOGGE_TRY(auto amount, read_integer(field, *minor, at + "/minor"));
    std::string_view const code(currency->get_string());
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        return invalid("a currency is three capital letters (ISO 4217), such as EUR", at + "/currency");
    return json::object{{"minor", std::move(amount)}, {"currency", code}};
}

Result<json::value> read_list(Field const& field, json::value const& value, std::string const& at) {
    auto const* list = value.if_array();
    if (!list) return wrong(field, "a list", value, at);
    if (list->size() > longest_list)
        return invalid(field.name + " has " + std::to_string(list->size()) + " items; at most " + std::to_string(longest_list),
                       at);
    json::array out;
    out.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        KOGGE_TRY(auto item, read_value(field.items.front(), (*list)[i], at + "/" + std::to_string(i)));
        out.push_back(std::move(item));
    }
    return out;
}

Result<json::value> read_map(Field const& field, json::value const& value, std::string const& at) {
    auto const* map = value.if_object();
    if (!map || map->size() > longest_list) return wrong(field, "an object of texts, of at most 10000 entries", value, at);
    for (auto const& [name, text] : *map) {
        if (!text.is_string()) return wrong(field, "an object of texts", text, at + pointer_part(name));
        KOGGE_TRY(good_string(name, at));
        KOGGE_TRY(good_string(text.get_string(), at + pointer_part(name)));
    }
    return value;
}

Result<json::value> read_object(Field const& field, json::value const& value, std::string const& at) {
    auto const* object = value.if_object();
    if (!object) return wrong(field, "an object", value, at);
    for (auto const& [name, member] : *object)
        if (std::none_of(field.fields.begin(), field.fields.end(),
                         [&](Field const& f) { return f.name == std::string_view(name); }))
            return invalid("'" + std::string(name).substr(0, 40) + "' is no member of " + field.name, at + pointer_part(name));
    json::object out;
    for (auto const& inner : field.fields) {
        auto const* member = object->if_contains(inner.name);
        if (!member && inner.required())
            return invalid(inner.name + " is missing in " + field.name, at + pointer_part(inner.name));
        KOGGE_TRY(auto read, read_value(inner, member ? *member : inner.fallback, at + pointer_part(inner.name)));
        out[inner.name] = std::move(read);
    }
    return out;
}

Result<json::value> read_word(Field const& field, json::value const& value, std::string const& at) {
    if (!value.is_string()) return wrong(field, field.type == FieldType::id ? "an id" : "a string", value, at);
    std::string_view const text(value.get_string());
    KOGGE_TRY(good_string(text, at));
    auto const placed = [&](Error error) {
        return invalid(field.sensitive ? field.name + " is not written as it should be" : error.message, at);
    };
    switch (field.type) {
    case FieldType::id:
        if (!is_id(text)) return wrong(field, "an id (1 to 64 of A-Z a-z 0-9 . _ ~ -)", value, at);
        return value;
    case FieldType::day: {
        auto const day = parse_day(text);
        return day ? Result<json::value>(json::value(to_text(day.value()))) : placed(day.error());
    }
    case FieldType::local_time: {
        auto const time = parse_local_time(text);
        return time ? Result<json::value>(json::value(to_text(time.value()))) : placed(time.error());
    }
    case FieldType::enumeration: {
        if (std::find(field.values.begin(), field.values.end(), text) != field.values.end()) return value;
        std::string names;
        for (auto const& name : field.values) names += (names.empty() ? "" : ", ") + name;
        return wrong(field, "one of " + names, value, at);
    }
    default: return value;
    }
}

void references_in(Field const& field, json::value const& value, Field const* top, std::string const& at,
                   std::function<void(Reference const&)> const& tell) {
    if (value.is_null()) return;
    if (field.type == FieldType::id && !field.ref.empty() && value.is_string())
        tell({field.ref, std::string_view(value.get_string()), at, top});
    else if (field.type == FieldType::list && value.is_array())
        for (std::size_t i = 0; i < value.get_array().size(); ++i)
            references_in(field.items.front(), value.get_array()[i], top, at + "/" + std::to_string(i), tell);
    else if (field.type == FieldType::object && value.is_object())
        for (auto const& inner : field.fields)
            if (auto const* member = value.get_object().if_contains(inner.name))
                references_in(inner, *member, top, at + "/" + inner.name, tell);
}

bool may_refer(Field const& field) {
    if (field.type == FieldType::id) return !field.ref.empty();
    if (field.type == FieldType::list) return may_refer(field.items.front());
    return std::any_of(field.fields.begin(), field.fields.end(), may_refer);
}

} // namespace

Result<json::value> read_value(Field const& field, json::value const& value, std::string const& at) {
    if (value.is_null()) {
        if (field.optional) return value;
        return invalid((field.name.empty() ? std::string("an item") : field.name) + " cannot be empty", at);
    }
    switch (field.type) {
    case FieldType::integer: return read_integer(field, value, at);
    case FieldType::number: return read_number(field, value, at);
    case FieldType::boolean: return value.is_bool() ? Result<json::value>(value) : wrong(field, "true or false", value, at);
    case FieldType::text: return read_text(field, value, at);
    case FieldType::money: return read_money(field, value, at);
    case FieldType::list: return read_list(field, value, at);
    case FieldType::map: return read_map(field, value, at);
    case FieldType::object: return read_object(field, value, at);
    default: return read_word(field, value, at);
    }
}

void each_reference(EntityType const& type, json::object const& fields, std::function<void(Reference const&)> const& tell) {
    for (auto const& field : type.fields)
        if (may_refer(field))
            if (auto const* value = fields.if_contains(field.name))
                references_in(field, *value, &field, "/" + field.name, tell);
}

std::string pointer_part(std::string_view name) {
    std::string out = "/";
    for (char const c : name.substr(0, 60)) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

} // namespace kogge::host::store
