// SPDX-License-Identifier: EUPL-1.2
#include "api/plugin_route.hpp"

#include "api/answer.hpp"
#include "api/doubled_member.hpp"

#include <kogge/json.hpp>

namespace kogge::host::api {

namespace {

std::string object_of(http::Fields const& fields) {
    json::object out;
    for (auto const& [name, value] : fields)
        out[name] = value;
    return json::serialize(out);
}

/// As sdk/include/kogge/host.hpp's Request::caller() has it.
std::string user_of(Caller const& caller) {
    if (caller.id.empty())
        return {};
    json::array rights;
    for (auto const& right : caller.rights)
        rights.emplace_back(right);
    json::object out{{"id", caller.id}, {"name", caller.name}, {"roles", json::array{to_json(caller.role)}}, {"rights", std::move(rights)}};
    if (caller.feed)
        out["feed"] = {{"scope", caller.feed->scope}, {"visit", to_json(caller.feed->visit)}, {"id", caller.feed->subject}, {"language", caller.feed->language}};
    return json::serialize(out);
}

} // namespace

http::Response ask_plugin(plugins::RouteHandler const& run, http::Request const& request, bool feed) {
    if (request.header("Content-Type").value_or("").find("json") != std::string_view::npos)
        if (auto const twice = doubled_member(request.body))
            return problem(invalid("a member stands twice in one object; leave one of them out", *twice));
    // What a link shows was settled when it was made; and each other spelling of it would be kept in the cache on its own.
    if (feed && !request.query_fields.empty())
        return problem(invalid("a calendar link takes no ?" + request.query_fields.front().first.substr(0, 80) + "=; make another link", request.query_fields.front().first.substr(0, 80)));
    auto answer = run({request.method, request.target, object_of(request.params), object_of(request.query_fields), user_of(caller_of(request)),
                       language_of(request), request.body});
    http::Response response;
    response.status = answer.status;
    response.headers = std::move(answer.headers);
    response.body = std::move(answer.body);
    if (feed || request.query("lang"))
        response.depends_on = std::move(answer.depends);
    return response;
}

} // namespace kogge::host::api
