// SPDX-License-Identifier: EUPL-1.2
// OpenAPI 3.1 of this daemon, made from the descriptions of its entities and the routes it serves.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace kogge::host::api {

struct RouteDoc {
    std::string method, pattern, needs, owner;
};

boost::json::object openapi(std::vector<boost::json::object> const& descriptions, std::vector<RouteDoc> const& routes, std::string const& server_url);

} // namespace kogge::host::api
