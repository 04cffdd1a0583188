// SPDX-License-Identifier: EUPL-1.2
// How the files of this folder add a route: a plain function from House and Request to a Result.
#pragma once

#include "api/answer.hpp"
#include "api/openapi.hpp"
#include "daemon/house.hpp"

#include <kogge/json.hpp>

#include <functional>

namespace kogge::host::api {

using Endpoint = std::function<Result<http::Response>(House&, http::Request const&)>;

/// `pattern` may end in the query fields that the endpoint reads, "/x?from&to"; then others are refused.
inline auto adder(House& house) {
    return [&house](std::string method, std::string pattern, std::string needs, Endpoint endpoint, std::size_t max_body = 1U << 20U) {
        auto handler = [&house, endpoint = std::move(endpoint), query = read_declared(pattern).query, of_api = pattern.starts_with("/api/")](http::Request const& request) {
            auto const fine = query ? known_query(request, *query) : Result<void>(boost::outcome_v2::success());
            if (!fine)
                return problem(fine.error());
            auto const spoken = of_api ? spoken_query(request) : Result<void>(boost::outcome_v2::success());
            if (!spoken)
                return problem(spoken.error());
            auto result = endpoint(house, request);
            return result ? std::move(result).value() : problem(result.error());
        };
        house.add_route({std::move(method), std::move(pattern), std::move(needs), std::move(handler), max_body, "host"});
    };
}

/// The body as a described struct; a member it does not have is an error that names it.
template <class T>
Result<T> read_body(http::Request const& request) {
    KOGGE_TRY(auto const object, body_object(request));
    auto const known = to_json(T{}).as_object();
    for (auto const& [name, value] : object)
        if (!known.contains(name))
            return invalid("there is no member '" + std::string(name) + "' here", "/" + std::string(name));
    return from_json<T>(object);
}

} // namespace kogge::host::api
