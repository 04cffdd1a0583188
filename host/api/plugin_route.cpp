// SPDX-License-Identifier: EUPL-1.2
#include "api/plugin_route.hpp"

#include "api/answer.hpp"
#include "api/doubled_member.hpp"
#include "daemon/house.hpp"

#include <kogge/json.hpp>

#include <algorithm>

namespace kogge::host::api {

namespace {

/// How the SDK's Response::care crosses the boundary.
constexpr std::string_view care_header = "Kogge-Care";

std::string object_of(http::Fields const& fields) {
    json::object out;
    for (auto const& [name, value] : fields)
        out[name] = value;
    return json::serialize(out);
}

/// As abi.h's kg_http_request has them. What signs a caller in is the host's business.
std::string headers_of(http::Fields const& fields) {
    json::object out;
    for (auto const& [name, value] : fields) {
        std::string key(name);
        for (auto& c : key)
            c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
        if (key == "authorization" || key == "proxy-authorization" || key == "cookie" || key == "x-csrf-token")
            continue;
        auto const [entry, fresh] = out.emplace(key, value);
        if (!fresh)
            entry->value() = std::string(entry->value().as_string()) + ", " + value;
    }
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
    if (caller.person)
        out["person"] = caller.person->str();
    if (auto const& feed = caller.feed) {
        json::object link{{"scope", feed->scope}, {"visit", to_json(feed->visit)}, {"id", feed->subject}, {"language", feed->language},
                          {"detail", to_json(feed->detail)}};
        if (feed->alarms_minutes)
            link["alarms_minutes"] = *feed->alarms_minutes;
        out["feed"] = std::move(link);
    }
    return json::serialize(out);
}

/// A misspelt filter is not a filter, where the plugin said what it reads. ?lang= is the host's, unless the plugin reads it.
Result<void> query_of(PluginRoute const& route, http::Request const& request) {
    if (!route.declared.query)
        return boost::outcome_v2::success();
    auto const& names = *route.declared.query;
    KOGGE_TRY(known_query(request, names));
    return std::find(names.begin(), names.end(), "lang") == names.end() ? spoken_query(request) : boost::outcome_v2::success();
}

} // namespace

http::Response ask_plugin(House& house, PluginRoute const& route, http::Request const& request) {
    bool const feed = route.needs == "feed";
    if (request.header("Content-Type").value_or("").find("json") != std::string_view::npos)
        if (auto const twice = doubled_member(request.body))
            return problem(invalid("a member stands twice in one object; leave one of them out", *twice));
    // What a link shows was settled when it was made; and each other spelling of it would be kept in the cache on its own.
    if (feed && !request.query_fields.empty())
        return problem(invalid("a calendar link takes no ?" + request.query_fields.front().first.substr(0, 80) + "=; make another link", request.query_fields.front().first.substr(0, 80)));
    if (auto const fine = query_of(route, request); !fine)
        return problem(fine.error());
    auto answer = route.run({route.method, request.target, object_of(request.params), object_of(request.query_fields), user_of(caller_of(request)),
                       language_of(request), request.body, headers_of(request.headers)});
    // Bytes may be kept when the address alone decides them; a hit never waits, as verifying a password would.
    bool const keep = feed || (request.query("lang") && !route.basic);
    http::Response response;
    response.status = answer.status;
    response.headers = std::move(answer.headers);
    bool const told = std::erase_if(response.headers, [](auto const& header) { return http::same_name(header.first, care_header); }) > 0;
    if ((told || route.needs == "care") && answer.status < 300)
        house.store().note_read(caller_of(request).id, route.method + " " + route.declared.pattern, std::string(request.param("visit")));
    response.body = std::move(answer.body);
    if (keep)
        response.depends_on = std::move(answer.depends);
    return response;
}

} // namespace kogge::host::api
