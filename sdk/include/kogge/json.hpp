// SPDX-License-Identifier: EUPL-1.2
// Described structs to JSON and back, and their description as a document. Shapes: an id, an enumerator, a day
// ("2027-04-21") and a local time (RFC 9557) are strings; an absent optional is null; everything else is as one expects.
// Reading is lenient about what it does not know, so that a view of an entity names only the fields it needs; that
// nothing unknown is ever stored is the host's job, from the description.
#pragma once

#include <kogge/id.hpp>
#include <kogge/result.hpp>
#include <kogge/time.hpp>
#include <kogge/values.hpp>

#include <boost/describe.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace kogge {

namespace json = boost::json;

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_id_type = false;
template <class T>
inline constexpr bool is_id_type<Id<T>> = true;
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;
using TextMap = std::map<std::string, std::string>;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
void each_member(auto&& visit) {
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { visit(member.name, member.pointer); });
}

} // namespace detail

// ---- writing -------------------------------------------------------------------------------------------------------

template <class T>
json::value to_json(T const& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_floating_point_v<T> || std::is_same_v<T, json::value>)
        return value;
    else if constexpr (std::is_integral_v<T>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_convertible_v<T const&, std::string_view>)
        return json::string(std::string_view(value));
    else if constexpr (std::is_enum_v<T>)
        return json::string(boost::describe::enum_to_string(value, "?"));
    else if constexpr (detail::is_id_type<T>)
        return json::string(value.str());
    else if constexpr (std::is_same_v<T, LocalTime> || std::is_same_v<T, Day> || std::is_same_v<T, Instant>)
        return json::string(to_text(value));
    else if constexpr (detail::is_optional<T>)
        return value ? to_json(*value) : json::value(nullptr);
    else if constexpr (detail::is_vector<T>) {
        json::array out;
        out.reserve(value.size());
        for (auto const& item : value)
            out.push_back(to_json(item));
        return out;
    } else if constexpr (std::is_same_v<T, detail::TextMap>) {
        json::object out;
        for (auto const& [name, text] : value)
            out[name] = text;
        return out;
    } else {
        static_assert(detail::Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        json::object out;
        detail::each_member<T>([&](char const* name, auto pointer) { out[name] = to_json(value.*pointer); });
        return out;
    }
}

// ---- reading -------------------------------------------------------------------------------------------------------

namespace detail {

inline Error wrong_type(std::string_view wanted, json::value const& got, std::string const& path) {
    return invalid("expected " + std::string(wanted) + ", got " + json::serialize(got).substr(0, 60), path);
}

template <class E>
std::string enum_names() {
    std::string out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto e) { out += (out.empty() ? "" : ", ") + std::string(e.name); });
    return out;
}

template <class T>
Result<T> read_string(json::value const& value, std::string const& path) {
    auto const* text = value.if_string();
    if (!text)
        return wrong_type("a string", value, path);
    std::string_view const view(text->data(), text->size());
    if constexpr (std::is_same_v<T, std::string>)
        return std::string(view);
    else if constexpr (is_id_type<T>)
        return is_id(view) ? Result<T>(T(std::string(view))) : Result<T>(wrong_type("an id", value, path));
    else if constexpr (std::is_enum_v<T>) {
        T out{};
        if (!boost::describe::enum_from_string(std::string(view).c_str(), out))
            return wrong_type("one of " + enum_names<T>(), value, path);
        return out;
    } else {
        Result<T> parsed = [&]() -> Result<T> {
            if constexpr (std::is_same_v<T, Day>)
                return parse_day(view);
            else
                return parse_local_time(view);
        }();
        if (!parsed)
            return invalid(parsed.error().message, path);
        return parsed;
    }
}

} // namespace detail

template <class T>
Result<T> from_json(json::value const& value, std::string const& path = {}) {
    if constexpr (std::is_same_v<T, json::value>)
        return value;
    else if constexpr (std::is_same_v<T, bool>)
        return value.is_bool() ? Result<T>(value.get_bool()) : Result<T>(detail::wrong_type("true or false", value, path));
    else if constexpr (std::is_integral_v<T>) {
        boost::system::error_code ec;
        auto const number = value.to_number<T>(ec);
        return ec ? Result<T>(detail::wrong_type("a whole number", value, path)) : Result<T>(number);
    } else if constexpr (std::is_floating_point_v<T>) {
        boost::system::error_code ec;
        auto const number = value.to_number<T>(ec);
        return ec ? Result<T>(detail::wrong_type("a number", value, path)) : Result<T>(number);
    } else if constexpr (detail::is_optional<T>) {
        if (value.is_null())
            return T{};
        KOGGE_TRY(auto inner, from_json<typename T::value_type>(value, path));
        return T(std::move(inner));
    } else if constexpr (detail::is_vector<T>) {
        auto const* array = value.if_array();
        if (!array)
            return detail::wrong_type("a list", value, path);
        T out;
        out.reserve(array->size());
        for (std::size_t i = 0; i < array->size(); ++i) {
            KOGGE_TRY(auto item, from_json<typename T::value_type>((*array)[i], path + "/" + std::to_string(i)));
            out.push_back(std::move(item));
        }
        return out;
    } else if constexpr (std::is_same_v<T, detail::TextMap>) {
        auto const* object = value.if_object();
        if (!object)
            return detail::wrong_type("an object", value, path);
        T out;
        for (auto const& [name, text] : *object) {
            KOGGE_TRY(out[std::string(name)], from_json<std::string>(text, path + "/" + std::string(name)));
        }
        return out;
    } else if constexpr (detail::Described<T>) {
        auto const* object = value.if_object();
        if (!object)
            return detail::wrong_type("an object", value, path);
        T out;
        std::optional<Error> error;
        detail::each_member<T>([&](char const* name, auto pointer) {
            auto const* member = error ? nullptr : object->if_contains(name);
            if (!member)
                return;
            using Member = std::remove_cvref_t<decltype(out.*pointer)>;
            if constexpr (detail::is_id_type<Member>)
                if (member->is_null() || (member->is_string() && member->get_string().empty()))
                    return;
            auto read = from_json<Member>(*member, path + "/" + name);
            if (read)
                out.*pointer = std::move(read).value();
            else
                error = std::move(read).error();
        });
        if (error)
            return *error;
        return out;
    } else
        return detail::read_string<T>(value, path);
}

/// The first member of `object` that T does not have. Views are read leniently; what a caller asks for is not: a misspelt
/// member must not pass for a default.
template <class T>
std::optional<std::string> unknown_member(json::object const& object) {
    for (auto const& member : object) {
        bool known = false;
        detail::each_member<T>([&](std::string_view name, auto) { known = known || name == std::string_view(member.key()); });
        if (!known)
            return std::string(member.key());
    }
    return std::nullopt;
}

/// Parses text that may be hostile: nesting is bounded, and the error says where.
inline Result<json::value> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = 64;
    boost::system::error_code ec;
    json::stream_parser parser({}, options);
    auto const read = parser.write_some(text.data(), text.size(), ec);
    if (!ec && read < text.size())
        parser.write_some(text.data() + read, text.size() - read, ec);
    if (!ec)
        parser.finish(ec);
    if (ec)
        return invalid("not JSON at byte " + std::to_string(read) + ": " + ec.message());
    return parser.release();
}

// ---- describing ----------------------------------------------------------------------------------------------------

/// What the host needs to know of an entity besides its fields.
struct EntityOptions {
    bool per_visit = false;               // carries a `visit`, is listed and fed by it, and goes with it
    std::optional<int> retain_days = {};  // purge this many days after the visit
    std::vector<std::string> sensitive = {}; // fields encrypted at rest and left out of lists, feeds and logs
    std::vector<std::string> cascade = {};   // references that take this entity with them when their target is deleted
    std::vector<std::string> unique = {};    // fields that together occur once
    std::string title = {};               // the field that names it to people
    bool internal = false;                // the host's own business (users, tokens): not served by the general API
};
BOOST_DESCRIBE_STRUCT(EntityOptions, (), (per_visit, retain_days, sensitive, cascade, unique, title, internal))

namespace detail {

template <class T>
json::object describe_type();
template <class C, class M>
json::object describe_field(M C::*);

template <class T>
json::object describe_type() {
    if constexpr (std::is_same_v<T, bool>)
        return {{"type", "boolean"}};
    else if constexpr (std::is_integral_v<T>) {
        json::object out{{"type", "integer"}};
        if constexpr (sizeof(T) < sizeof(std::int64_t)) // what the struct cannot hold is not stored
            out["minimum"] = std::int64_t(std::numeric_limits<T>::min()), out["maximum"] = std::int64_t(std::numeric_limits<T>::max());
        return out;
    } else if constexpr (std::is_floating_point_v<T>)
        return {{"type", "number"}};
    else if constexpr (std::is_same_v<T, std::string>)
        return {{"type", "string"}};
    else if constexpr (std::is_same_v<T, LocalTime>)
        return {{"type", "local_time"}};
    else if constexpr (std::is_same_v<T, Day>)
        return {{"type", "day"}};
    else if constexpr (std::is_same_v<T, Text>)
        return {{"type", "text"}};
    else if constexpr (std::is_same_v<T, Money>)
        return {{"type", "money"}};
    else if constexpr (std::is_same_v<T, TextMap>)
        return {{"type", "map"}};
    else if constexpr (std::is_enum_v<T>) {
        json::array values;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto e) { values.push_back(e.name); });
        return {{"type", "enum"}, {"values", std::move(values)}};
    } else if constexpr (is_optional<T>) {
        auto out = describe_type<typename T::value_type>();
        out["optional"] = true;
        return out;
    } else if constexpr (is_vector<T>)
        return {{"type", "list"}, {"items", describe_type<typename T::value_type>()}};
    else if constexpr (is_id_type<T>)
        return {{"type", "id"}};
    else {
        static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        json::array fields;
        each_member<T>([&](char const* name, auto pointer) {
            auto field = describe_field(pointer);
            field["name"] = name;
            fields.push_back(std::move(field));
        });
        return {{"type", "object"}, {"fields", std::move(fields)}};
    }
}

template <class Target>
void add_ref(json::object& out, Id<Target> const*) {
    out["ref"] = kind_of<Target>();
}
template <class T>
void add_ref(json::object& out, std::optional<Id<T>> const*) {
    out["ref"] = kind_of<T>();
}
template <class T>
void add_ref(json::object& out, std::vector<Id<T>> const*) {
    out["items"].as_object()["ref"] = kind_of<T>();
}
inline void add_ref(json::object&, void const*) {}

template <class C, class M>
json::object describe_field(M C::*) {
    auto out = describe_type<M>();
    add_ref(out, static_cast<M const*>(nullptr));
    return out;
}

} // namespace detail

/// {"kind","fields":[{"name","type","ref"?,"optional"?,"values"?,"items"?,"fields"?,"default"}],…options}
template <class T>
json::object describe(std::string_view kind, EntityOptions const& options = {}) {
    json::object out = to_json(options).as_object();
    out["kind"] = kind;
    auto const defaults = to_json(T{}).as_object();
    json::array fields;
    detail::each_member<T>([&](char const* name, auto pointer) {
        if (std::string_view(name) == "id")
            return;
        auto field = detail::describe_field(pointer);
        field["name"] = name;
        field["default"] = defaults.at(name);
        fields.push_back(std::move(field));
    });
    out["fields"] = std::move(fields);
    return out;
}

} // namespace kogge
