// SPDX-License-Identifier: EUPL-1.2
#include "api/access.hpp"

#include "api/answer.hpp"
#include "api/basic.hpp"
#include "identity/secret.hpp"

namespace kogge::host::api {

namespace {

constexpr char const* basic_challenge = R"(Basic realm="Kogge", charset="UTF-8")"; // RFC 7617

/// Nobody, somebody, or (busy) a name that was tried too often.
Result<std::optional<Caller>> find_caller(Identity& identity, http::Request const& request, bool basic) {
    if (auto const header = request.header("Authorization")) {
        constexpr std::string_view bearer = "Bearer ";
        if (header->size() > bearer.size() && http::same_name(header->substr(0, bearer.size()), bearer))
            return identity.by_api_token(header->substr(bearer.size()));
        auto const credentials = basic ? read_basic(*header) : std::nullopt;
        if (!credentials)
            return std::optional<Caller>(); // an unknown scheme is not silently replaced by the cookie
        auto caller = identity.by_password(credentials->name, credentials->password);
        if (!caller && caller.error().code == ErrorCode::busy)
            return caller.error();
        if (!caller)
            return std::optional<Caller>();
        caller.value().by_basic = true;
        return std::optional(std::move(caller).value());
    }
    if (auto const cookie = cookie_of(request, session_cookie); !cookie.empty())
        return identity.by_cookie(cookie);
    return std::optional<Caller>();
}

bool changes_something(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

/// A browser that once was asked for a password sends it from any page; such a page is told of by Fetch Metadata.
bool from_another_site(http::Request const& request) {
    auto const site = request.header("Sec-Fetch-Site").value_or("none");
    return site != "none" && site != "same-origin";
}

http::Response refuse(int status, std::string_view title, std::string_view detail) { return http::problem(status, title, detail); }

http::Response nobody(bool basic) {
    auto response = refuse(401, "not signed in", basic ? "send your name with your password or an app password by HTTP Basic" : "sign in, or send an API token as Authorization: Bearer");
    response.set("WWW-Authenticate", basic ? basic_challenge : "Bearer");
    return response;
}

http::Response too_often(Error const& error) {
    auto response = refuse(429, "too many tries", error.message);
    response.set("Retry-After", "60");
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

std::optional<http::Response> authorise(Identity& identity, http::Request& request, http::Route const& route) {
    if (request.identity.has_value())
        return std::nullopt; // an in-process caller: the command line on a stopped daemon's data
    if (route.needs == "feed") {
        auto caller = identity.by_feed_token(request.param("token"));
        if (!caller)
            return refuse(404, "no such calendar", "this link is wrong or was revoked; ask the protocol office for a new one");
        request.identity = std::move(*caller);
        return std::nullopt;
    }
    auto found = find_caller(identity, request, route.basic);
    if (!found)
        return too_often(found.error());
    auto const& caller = found.value();
    if (caller)
        request.identity = *caller;
    if (route.needs == "public")
        return std::nullopt;
    if (!caller)
        return nobody(route.basic);
    if (caller->by_cookie && changes_something(request.method)) {
        auto const sent = request.header("X-CSRF-Token").value_or("");
        if (!same_secret(sent, caller->csrf))
            return refuse(403, "not allowed", "the X-CSRF-Token header is missing or wrong; GET /api/v1/session tells it");
    }
    if (caller->by_basic && changes_something(request.method) && from_another_site(request))
        return refuse(403, "not allowed", "a page of another site may not change anything here with your password");
    if (route.needs != "signed_in" && !caller->may(route.needs))
        return refuse(403, "not allowed", "this needs the right '" + route.needs + "', which " + caller->name + " does not have");
    return std::nullopt;
}

} // namespace kogge::host::api
