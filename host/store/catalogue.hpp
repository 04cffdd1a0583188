// SPDX-License-Identifier: EUPL-1.2
// The kinds of a house, read from their descriptions (kogge::describe), and how a document is checked against one.
#pragma once

#include <kogge/result.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::store {

namespace json = boost::json;

enum class FieldType { string, integer, number, boolean, id, local_time, day, text, money, enumeration, list, map, object };

struct Field {
    std::string name;
    FieldType type = FieldType::string;
    bool optional = false;
    bool sensitive = false;
    std::string ref; // the kind an id points to; empty: none
    std::int64_t minimum = -9'007'199'254'740'991,
                 maximum = 9'007'199'254'740'991; // of an integer: what every reader of JSON can hold
    std::vector<std::string> values;              // of an enumeration
    std::vector<Field> fields;                    // of an object
    std::vector<Field> items;                     // of a list: exactly one
    json::value fallback;                         // what a creation that leaves it out gets

    /// A creation must name it: nothing stands in for a reference or a moment.
    bool required() const {
        return !optional && (type == FieldType::id || type == FieldType::local_time || type == FieldType::day);
    }
};

struct EntityType {
    std::string kind;
    std::vector<Field> fields; // without id
    bool per_visit = false;
    bool internal = false; // the host's or one plugin's own: nothing general serves it
    std::optional<int> retain_days;
    std::vector<std::string> cascade, unique;
    std::string title;

    Field const* field(std::string_view name) const;
    bool has_sensitive() const;
    /// "a programme_item", for sentences.
    std::string a() const;
};

class Catalogue {
  public:
    static Result<Catalogue> read(std::vector<json::object> const& descriptions);
    EntityType const* find(std::string_view kind) const;
    std::vector<EntityType> const& types() const { return types_; }

  private:
    std::vector<EntityType> types_;
    std::map<std::string, std::size_t, std::less<>> by_kind_;
};

} // namespace kogge::host::store
