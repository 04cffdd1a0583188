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
#include <boost/json/serializer.hpp>
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

/// Where in a document we are: a chain on the stack, written out as a JSON pointer only when something is wrong there.
struct Place {
    Place const* up = nullptr;
    std::string_view name = {};

    std::string pointer() const {
        if (!up)
            return std::string(name);
        auto out = up->pointer() + "/";
        for (char const c : name)
            out += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
        return out;
    }
};

/// Says what was expected at `place` and what is there instead, of which the first 60 bytes will do. Returns false.
[[gnu::noinline, gnu::cold]] inline bool wrong(Error& error, std::string_view wanted, json::value const& got, Place const& place) {
    json::serializer serializer;
    serializer.reset(&got);
    char buffer[60];
    std::string text(serializer.read(buffer, sizeof buffer));
    if (!serializer.done()) {
        while (!text.empty() && (text.back() & 0xc0) == 0x80)
            text.pop_back();
        if (!text.empty() && (text.back() & 0x80))
            text.pop_back(); // the first byte of a character that was cut
        text += "…";
    }
    error = invalid("expected " + std::string(wanted) + ", got " + text, place.pointer());
    return false;
}

template <class E>
std::string enum_names() {
    std::string out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto e) { out += (out.empty() ? "" : ", ") + std::string(e.name); });
    return out;
}

inline bool read_text(json::value const& value, std::string& out, Place const& place, Error& error) {
    auto const* text = value.if_string();
    if (!text)
        return wrong(error, "a string", value, place);
    out.assign(text->data(), text->size());
    return true;
}
inline bool read_id(json::value const& value, std::string& out, Place const& place, Error& error) {
    return read_text(value, out, place, error) && (is_id(out) || wrong(error, "an id", value, place));
}
template <class Number>
bool read_number(json::value const& value, Number& out, Place const& place, Error& error) {
    boost::system::error_code ec;
    auto const number = value.to_number<Number>(ec);
    if (ec)
        return wrong(error, std::is_integral_v<Number> ? "a whole number" : "a number", value, place);
    out = number;
    return true;
}
template <class T>
bool take_parsed(Result<T> parsed, T& out, Place const& place, Error& error) {
    if (parsed)
        out = std::move(parsed).value();
    else
        error = invalid(std::move(parsed).error().message, place.pointer());
    return parsed.has_value();
}
inline bool absent_id(json::value const& value) { return value.is_null() || (value.is_string() && value.get_string().empty()); }

template <class T>
bool read(json::value const& value, T& out, Place const& place, Error& error);

template <class T>
bool read_list(json::array const& array, T& out, Place const& place, Error& error) {
    out.clear();
    out.reserve(array.size());
    for (auto const& element : array) {
        auto const index = std::to_string(out.size());
        typename T::value_type item{};
        if (!read(element, item, Place{&place, index}, error))
            return false;
        out.push_back(std::move(item));
    }
    return true;
}

inline bool read_map(json::object const& object, TextMap& out, Place const& place, Error& error) {
    out.clear();
    for (auto const& [name, text] : object)
        if (!read_text(text, out[std::string(name)], Place{&place, name}, error))
            return false;
    return true;
}

/// A member that is not there keeps its default.
template <class T>
bool read_members(json::object const& object, T& out, Place const& place, Error& error) {
    bool good = true;
    each_member<T>([&](char const* name, auto pointer) {
        auto const* member = good ? object.if_contains(name) : nullptr;
        if (!member)
            return;
        if constexpr (is_id_type<std::remove_cvref_t<decltype(out.*pointer)>>)
            if (absent_id(*member))
                return;
        good = read(*member, out.*pointer, Place{&place, name}, error);
    });
    return good;
}

/// Fills `out`; false with `error` set when the document does not fit.
template <class T>
bool read(json::value const& value, T& out, Place const& place, Error& error) {
    if constexpr (std::is_same_v<T, json::value>)
        return out = value, true;
    else if constexpr (std::is_same_v<T, bool>)
        return value.is_bool() ? (out = value.get_bool(), true) : wrong(error, "true or false", value, place);
    else if constexpr (std::is_arithmetic_v<T>)
        return read_number(value, out, place, error);
    else if constexpr (std::is_same_v<T, std::string>)
        return read_text(value, out, place, error);
    else if constexpr (is_id_type<T>) {
        std::string text;
        return read_id(value, text, place, error) && (out = T(std::move(text)), true);
    } else if constexpr (std::is_enum_v<T>) {
        auto const* text = value.if_string();
        bool const whole = text && std::string_view(text->c_str()).size() == text->size(); // no zero byte within
        return (whole && boost::describe::enum_from_string(text->c_str(), out)) || wrong(error, "one of " + enum_names<T>(), value, place);
    } else if constexpr (std::is_same_v<T, Day> || std::is_same_v<T, LocalTime>) {
        std::string text;
        if (!read_text(value, text, place, error))
            return false;
        if constexpr (std::is_same_v<T, Day>)
            return take_parsed(parse_day(text), out, place, error);
        else
            return take_parsed(parse_local_time(text), out, place, error);
    } else if constexpr (is_optional<T>)
        return value.is_null() ? (out.reset(), true) : read(value, out.emplace(), place, error);
    else if constexpr (is_vector<T>)
        return value.is_array() ? read_list(value.get_array(), out, place, error) : wrong(error, "a list", value, place);
    else if constexpr (std::is_same_v<T, TextMap>)
        return value.is_object() ? read_map(value.get_object(), out, place, error) : wrong(error, "an object", value, place);
    else {
        static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        return value.is_object() ? read_members(value.get_object(), out, place, error) : wrong(error, "an object", value, place);
    }
}

} // namespace detail

/// `path` is where the document stands in a larger one: "/changes/3/fields".
template <class T>
Result<T> from_json(json::value const& value, std::string_view path = {}) {
    T out{};
    Error error;
    if (!detail::read(value, out, detail::Place{nullptr, path}, error))
        return error;
    return out;
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
    auto const read = parser.write(text.data(), text.size(), ec); // all of it: what follows the value is an error
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
    bool own = false;                     // its plugin's own business (a user's private calendar): no list, log, event,
                                          // export, check or other plugin sees it, and nobody but its plugin changes it
};
BOOST_DESCRIBE_STRUCT(EntityOptions, (), (per_visit, retain_days, sensitive, cascade, unique, title, internal, own))

namespace detail {

template <class T>
json::object describe_type();
template <class C, class M>
json::object describe_field(M C::*);

template <class T>
[[gnu::cold]] json::object describe_type() {
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
[[gnu::cold]] json::object describe_field(M C::*) {
    auto out = describe_type<M>();
    add_ref(out, static_cast<M const*>(nullptr));
    return out;
}

} // namespace detail

/// {"kind","fields":[{"name","type","ref"?,"optional"?,"values"?,"items"?,"fields"?,"default"}],…options}
template <class T>
[[gnu::cold]] json::object describe(std::string_view kind, EntityOptions const& options = {}) {
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
