// SPDX-License-Identifier: EUPL-1.2
#include "api/access.hpp"

#include "api/answer.hpp"
#include "identity/secret.hpp"

namespace kogge::host::api {

namespace {

std::optional<Caller> find_caller(Identity const& identity, http::Request const& request) {
    if (auto const header = request.header("Authorization")) {
        constexpr std::string_view bearer = "Bearer ";
        if (header->size() > bearer.size() && http::same_name(header->substr(0, bearer.size()), bearer))
            return identity.by_api_token(header->substr(bearer.size()));
        return std::nullopt; // an unknown scheme is not silently replaced by the cookie
    }
    if (auto const cookie = cookie_of(request, session_cookie); !cookie.empty())
        return identity.by_cookie(cookie);
    return std::nullopt;
}

bool changes_something(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

http::Response refuse(int status, std::string_view title, std::string_view detail) {
    auto response = http::problem(status, title, detail);
    if (status == 401)
        response.set("WWW-Authenticate", "Bearer");
    return response;
}

} // namespace

std::string_view cookie_of(http::Request const& request, std::string_view name) {
    auto rest = request.header("Cookie").value_or("");
    while (!rest.empty()) {
        auto const end = std::min(rest.find(';'), rest.size());
        auto pair = rest.substr(0, end);
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        if (auto const equals = pair.find('='); equals != pair.npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

std::optional<http::Response> authorise(Identity const& identity, http::Request& request, http::Route const& route) {
    if (request.identity.has_value())
        return std::nullopt; // an in-process caller: the command line on a stopped daemon's data
    if (route.needs == "feed") {
        auto caller = identity.by_feed_token(request.param("token"));
        if (!caller)
            return refuse(404, "no such calendar", "this link is wrong or was revoked; ask the protocol office for a new one");
        request.identity = std::move(*caller);
        return std::nullopt;
    }
    auto caller = find_caller(identity, request);
    if (caller)
        request.identity = *caller;
    if (route.needs == "public")
        return std::nullopt;
    if (!caller)
        return refuse(401, "not signed in", "sign in, or send an API token as Authorization: Bearer");
    if (caller->by_cookie && changes_something(request.method)) {
        auto const sent = request.header("X-CSRF-Token").value_or("");
        if (!same_secret(sent, caller->csrf))
            return refuse(403, "not allowed", "the X-CSRF-Token header is missing or wrong; GET /api/v1/session tells it");
    }
    if (route.needs != "signed_in" && !caller->may(route.needs))
        return refuse(403, "not allowed", "this needs the right '" + route.needs + "', which " + caller->name + " does not have");
    return std::nullopt;
}

} // namespace kogge::host::api
