// SPDX-License-Identifier: EUPL-1.2
#include "http/router.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

using namespace kogge::host::http;

namespace {

Route route(std::string method, std::string pattern, std::string owner = "core") {
    return {std::move(method), std::move(pattern), "public", [](Request const&) { return Response{}; }, 1024, std::move(owner)};
}

/// "GET /a/{x} x=1", or "404", or "405 GET, …"
std::string lookup(Router const& router, std::string_view method, std::string_view path) {
    auto const found = router.find(method, path);
    if (!found.route) return found.allow.empty() ? "404" : "405 " + found.allow;
    auto text = found.route->method + ' ' + found.route->pattern;
    for (auto const& [name, value] : found.params) text.append(" ").append(name).append("=").append(value);
    return text;
}

struct Routes {
    Routes() {
        for (auto const* pattern : {"/", "/visits", "/visits/new", "/visits/{visit}", "/visits/{visit}/manifest", "/feeds/{token}.ics", "/feeds/{token}",
                                    "/desk/{file*}", "/desk/about", "/trailing/"})
            BOOST_REQUIRE(!router.add(route("GET", pattern)));
        BOOST_REQUIRE(!router.add(route("DELETE", "/visits/{id}")));
        BOOST_REQUIRE(!router.add(route("PROPFIND", "/desk/{path*}")));
    }
    Router router;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(router, Routes)

BOOST_AUTO_TEST_CASE(literals_win_over_parameters_and_parameters_over_the_rest) {
    BOOST_TEST(lookup(router, "GET", "/") == "GET /");
    BOOST_TEST(lookup(router, "GET", "/visits/new") == "GET /visits/new");
    BOOST_TEST(lookup(router, "GET", "/visits/42") == "GET /visits/{visit} visit=42");
    BOOST_TEST(lookup(router, "GET", "/feeds/abc.ics") == "GET /feeds/{token}.ics token=abc");
    BOOST_TEST(lookup(router, "GET", "/feeds/.ics") == "GET /feeds/{token} token=.ics");
    BOOST_TEST(lookup(router, "GET", "/desk/about") == "GET /desk/about");
    BOOST_TEST(lookup(router, "GET", "/desk/a/b.js") == "GET /desk/{file*} file=a/b.js");
    BOOST_TEST(lookup(router, "GET", "/desk/") == "GET /desk/{file*} file=");
}

BOOST_AUTO_TEST_CASE(a_branch_without_the_method_or_the_rest_is_left_again) {
    BOOST_TEST(lookup(router, "DELETE", "/visits/new") == "DELETE /visits/{id} id=new");
    BOOST_TEST(lookup(router, "GET", "/visits/new/manifest") == "GET /visits/{visit}/manifest visit=new");
    BOOST_TEST(lookup(router, "PROPFIND", "/desk/about") == "PROPFIND /desk/{path*} path=about");
}

BOOST_AUTO_TEST_CASE(unknown_is_404_and_known_with_another_method_405) {
    for (auto const* path : {"/nope", "/visits/", "/visits/1/", "/visits//manifest", "/feeds/", "/trailing", "", "visits"})
        BOOST_TEST(lookup(router, "GET", path) == "404");
    BOOST_TEST(lookup(router, "POST", "/visits/new") == "405 DELETE, GET, HEAD, OPTIONS");
    BOOST_TEST(lookup(router, "OPTIONS", "/visits") == "405 GET, HEAD, OPTIONS");
}

BOOST_AUTO_TEST_CASE(head_falls_back_on_get) {
    BOOST_TEST(lookup(router, "HEAD", "/visits") == "GET /visits");
    BOOST_TEST(!router.add(route("HEAD", "/visits")));
    BOOST_TEST(lookup(router, "HEAD", "/visits") == "HEAD /visits");
}

BOOST_AUTO_TEST_CASE(a_route_taken_twice_names_both) {
    BOOST_TEST(router.add(route("GET", "/visits/{id}", "logistics")).value_or("") ==
               "route GET /visits/{id} (logistics) is already taken by GET /visits/{visit} (core)");
    BOOST_TEST(!router.add(route("PUT", "/visits/{id}", "logistics")));
}

BOOST_AUTO_TEST_CASE(a_route_without_a_scope_is_refused) {
    auto bare = route("GET", "/bare");
    bare.needs.clear();
    BOOST_TEST(router.add(bare).value_or("").find("scope") != std::string::npos);
    BOOST_TEST(lookup(router, "GET", "/bare") == "404");
}

BOOST_AUTO_TEST_CASE(bad_patterns_are_refused) {
    for (auto const* pattern : {"", "x", "/{", "/}", "/{}", "/{a}{b}", "/{*}", "/{a*}/b", "/x{a*}", "/{a}/{a}"})
        BOOST_TEST(router.add(route("GET", pattern)).has_value(), pattern);
}

BOOST_AUTO_TEST_CASE(routes_come_while_others_look_up) {
    std::atomic<bool> missed = false, done = false;
    std::thread reader([&] {
        while (!done)
            if (lookup(router, "GET", "/visits/7") != "GET /visits/{visit} visit=7") missed = true;
    });
    for (int i = 0; i < 500; ++i) BOOST_REQUIRE(!router.add(route("GET", "/late/" + std::to_string(i) + "/{x}")));
    done = true;
    reader.join();
    BOOST_TEST(!missed);
    BOOST_TEST(lookup(router, "GET", "/late/499/y") == "GET /late/499/{x} x=y");
}

BOOST_AUTO_TEST_SUITE_END()
