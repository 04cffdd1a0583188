// SPDX-License-Identifier: EUPL-1.2
// How a calendar client that knows only a host name finds the calendars: RFC 6764 §5 and §6.
#include "api/route.hpp"
#include "api/routes.hpp"

#include <array>

namespace kogge::host::api {

namespace {

constexpr char const* calendars = "/dav/"; // where a plugin serves them

Result<http::Response> redirect(House& house, http::Request const&) {
    if (!house.router().find("PROPFIND", calendars).route)
        return Error{ErrorCode::not_found, "nobody serves calendars here; the plugin calendar is not running", {}};
    http::Response response{.status = 301};
    response.set("Location", calendars).set("Cache-Control", "public, max-age=3600");
    return response;
}

/// Clients that begin at the root look for this header before they ask anything else.
Result<http::Response> options(House& house, http::Request const&) {
    http::Response response{.status = 204};
    response.set("Allow", "GET, HEAD, OPTIONS, PROPFIND");
    if (house.router().find("PROPFIND", calendars).route)
        response.set("DAV", "1, 2, 3, access-control, calendar-access");
    return response;
}

} // namespace

void add_discovery_routes(House& house) {
    auto const add = adder(house);
    static constexpr std::array methods{"GET", "PROPFIND", "PROPPATCH", "REPORT", "OPTIONS", "POST"};
    for (auto const* name : {"/.well-known/caldav", "/.well-known/carddav", "/dav"})
        for (auto const* method : methods)
            add(method, name, "public", redirect);
    add("PROPFIND", "/", "public", redirect);
    add("OPTIONS", "/", "public", options);
}

} // namespace kogge::host::api
