// SPDX-License-Identifier: EUPL-1.2
// Values of fields, strictly by their description: what is not exactly right is refused with its place.
#pragma once

#include "store/catalogue.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace kogge::host::store {

constexpr std::size_t longest_string = 100'000; // bytes
constexpr std::size_t longest_list = 10'000;    // items, or entries of a map

/// The value in its one canonical form (times and days as this house writes them), or what is wrong; `at` is its JSON pointer.
Result<json::value> read_value(Field const& field, json::value const& value, std::string const& at);

/// A reference inside a value.
struct Reference {
    std::string_view kind, id; // of the target
    std::string at;            // JSON pointer below the entity's fields: "/tracks/2"
    Field const* field;        // of the entity, not of what is nested in it
};
/// Every reference of `fields`, those inside lists and objects too.
void each_reference(EntityType const& type, json::object const& fields, std::function<void(Reference const&)> const& tell);

/// A part of a JSON pointer, escaped (RFC 6901) and not longer than a message can bear.
std::string pointer_part(std::string_view name);

} // namespace kogge::host::store
