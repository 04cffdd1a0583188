// SPDX-License-Identifier: EUPL-1.2
#include "http/dispatch.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace kogge::host::http;

namespace {

struct World {
    Router     router;
    Cache      cache;
    Hooks      hooks;
    Dispatcher dispatcher{router, cache, hooks};
    int        calls = 0;

    void add(std::string pattern, std::string needs, std::function<Response()> make) {
        BOOST_REQUIRE(!router.add({"GET", std::move(pattern), std::move(needs), [this, make](Request const&) { ++calls; return make(); }}));
    }
    Answer ask(std::string target, std::string method = "GET", Fields headers = {}) {
        Request request;
        request.method = std::move(method);
        request.headers = std::move(headers);
        BOOST_REQUIRE(!parse_target(target, request));
        auto const found = dispatcher.route(request);
        if (auto answer = dispatcher.at_once(request, found, true)) return *answer;
        if (auto answer = dispatcher.refused(request, *found.route)) return *answer;
        return dispatcher.handle(request, *found.route);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dispatch, World)

BOOST_AUTO_TEST_CASE(an_unchanged_answer_does_not_reach_the_handler_again) {
    add("/a", "public", [] { auto r = Response::text(200, "x"); r.depends_on = {"visit:1"}; return r; });
    BOOST_TEST(!ask("/a").from_cache);
    BOOST_TEST(ask("/a").from_cache);
    BOOST_TEST(ask("/a", "HEAD").from_cache);
    BOOST_TEST(calls == 1);
    BOOST_TEST(!ask("/a?x=1").from_cache);   // another target
    cache.invalidate(std::vector<std::string>{"visit:1"});
    BOOST_TEST(!ask("/a").from_cache);
    BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_CASE(a_large_answer_is_packed_for_the_first_who_takes_it_packed_without_asking_the_handler_again) {
    add("/a", "public", [] { auto r = Response::text(200, std::string(400'000, 'x')); r.depends_on = {"visit:1"}; return r; });
    Fields const gzip{{"Accept-Encoding", "gzip"}};
    BOOST_TEST(ask("/a").body().size() == 400'000U);   // made plain, nobody waits for the packing
    auto const packed = ask("/a", "GET", gzip);
    BOOST_TEST(packed.body().starts_with("\x1f\x8b"));
    BOOST_TEST(packed.head().find("Content-Encoding: gzip") != packed.head().npos);
    BOOST_TEST(calls == 1);
    BOOST_TEST(ask("/a", "GET", gzip).from_cache);
    BOOST_TEST(ask("/a").body().size() == 400'000U);
    BOOST_TEST(calls == 1);
    cache.invalidate(std::vector<std::string>{"visit:1"});
    BOOST_TEST(ask("/a", "GET", gzip).body().starts_with("\x1f\x8b"));
    BOOST_TEST(calls == 2);
}

BOOST_AUTO_TEST_CASE(an_invalidation_while_the_handler_runs_keeps_its_answer_out) {
    add("/a", "public", [this] {
        cache.invalidate(std::vector<std::string>{"visit:1"});
        auto r = Response::text(200, "old");
        r.depends_on = {"visit:1"};
        return r;
    });
    BOOST_TEST(ask("/a").body() == "old");
    BOOST_TEST(!ask("/a").from_cache);
}

BOOST_AUTO_TEST_CASE(what_is_personal_or_not_a_200_is_never_kept) {
    auto const never = [this](std::string path, auto change) {
        add(path, "public", [change] { auto r = Response::text(200, "x"); r.cacheable = true; change(r); return r; });
        (void)ask(path);
        BOOST_TEST(!ask(path).from_cache, path);
    };
    never("/no-store", [](Response& r) { r.set("Cache-Control", "private, no-store"); });
    never("/cookie", [](Response& r) { r.set("Set-Cookie", "a=b"); });
    never("/404", [](Response& r) { r.status = 404; });
    never("/not-asked-for", [](Response& r) { r.cacheable = false; });
}

BOOST_AUTO_TEST_CASE(permission_is_asked_before_the_cache_answers) {
    bool allowed = true;
    std::string asked;
    hooks.authorise = [&](Request& request, Route const& route) -> std::optional<Response> {
        asked += route.needs + ' ' + std::string(request.param("token")) + ';';
        if (allowed) return std::nullopt;
        return problem(410, "", "revoked");
    };
    add("/feeds/{token}.ics", "feed", [] { auto r = Response::text(200, "x"); r.cacheable = true; return r; });
    BOOST_TEST(ask("/feeds/t.ics").status == 200);
    allowed = false;
    BOOST_TEST(ask("/feeds/t.ics").status == 410);
    BOOST_TEST(asked == "feed t;feed t;");
}

BOOST_AUTO_TEST_CASE(without_a_hook_only_public_routes_answer) {
    add("/open", "public", [] { return Response{}; });
    add("/closed", "visit.read", [] { return Response{}; });
    BOOST_TEST(ask("/open").status == 200);
    BOOST_TEST(ask("/closed").status == 403);
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(an_exception_is_logged_and_not_told) {
    std::string logged, id;
    hooks.on_error = [&](std::string_view incident, Route const*, std::exception_ptr error) {
        id = incident;
        try { std::rethrow_exception(error); } catch (std::exception const& e) { logged = e.what(); }
    };
    add("/boom", "public", []() -> Response { throw std::runtime_error("passport X123"); });
    add("/split", "public", [] { return Response{}.set("X", "a\r\nb"); });
    auto const answer = ask("/boom");
    BOOST_TEST(answer.status == 500);
    BOOST_TEST(logged == "passport X123");
    BOOST_TEST(answer.body().find("passport") == std::string_view::npos);
    BOOST_TEST(answer.body().find(id) != std::string_view::npos);
    BOOST_TEST(ask("/split").status == 500);
}

BOOST_AUTO_TEST_CASE(options_and_405_tell_what_is_possible) {
    add("/a", "public", [] { return Response{}; });
    BOOST_TEST(ask("/a", "OPTIONS").head().find("Allow: GET, HEAD, OPTIONS\r\n") != std::string_view::npos);
    BOOST_TEST(ask("/a", "OPTIONS").status == 204);
    BOOST_TEST(ask("/a", "DELETE").status == 405);
    BOOST_TEST(ask("/b", "OPTIONS").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
