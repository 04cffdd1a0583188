// SPDX-License-Identifier: EUPL-1.2
// OpenAPI 3.1 of this daemon, made from the descriptions of its entities and the routes it serves.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge::host::api {

struct RouteDoc {
    std::string method, pattern, needs, owner;
    std::vector<std::string> query = {}; // fields it reads
};

/// "/x?from&to": the pattern "/x" of a handler that reads these fields of the query and no others. Without a '?' nothing is said
/// of the query and nothing is refused.
struct DeclaredRoute {
    std::string pattern;
    std::optional<std::vector<std::string>> query;
};
DeclaredRoute read_declared(std::string const& text);

/// Whether the general API serves the kind: neither the host's own business nor a plugin's.
bool is_general(boost::json::object const& description);

boost::json::object openapi(std::vector<boost::json::object> const& descriptions, std::vector<RouteDoc> const& routes, std::string const& server_url);

} // namespace kogge::host::api
