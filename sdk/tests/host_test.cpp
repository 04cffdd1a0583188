// SPDX-License-Identifier: EUPL-1.2
// The C++ side of abi.h against a daemon that is older or fails: tables that end earlier, requests with fewer members.
#include <kogge/host.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;

namespace {

kg_str str(std::string_view text) { return {text.data(), text.size()}; }

/// A daemon that grants one table of HTTP and remembers what it was asked for.
struct OldDaemon {
    explicit OldDaemon(std::uint32_t size) {
        http.size = size;
        http.route = [](kg_host const*, kg_str, kg_str pattern, kg_str, kg_http_fn, void*) -> kg_status { return asked.assign(pattern.p, pattern.n), KG_OK; };
        http.serve = [](kg_host const*, kg_str route, kg_http_fn, void*) -> kg_status { return asked.assign(route.p, route.n), KG_OK; };
        raw.size = sizeof raw;
        raw.host_data = this;
        raw.service = [](kg_host const* self, char const* id) -> void const* {
            return std::string_view(id) == KG_HTTP ? &static_cast<OldDaemon*>(self->host_data)->http : nullptr;
        };
        raw.set_error = [](kg_host const*, kg_str) {};
        raw.last_error = [](kg_host const*) -> kg_str { return {}; };
    }
    kg_http http{};
    kg_host raw{};
    static inline std::string asked;
};

std::string thrown(std::function<void()> const& work) {
    try {
        work();
    } catch (std::runtime_error const& e) {
        return e.what();
    }
    return "nothing";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_request_of_a_daemon_without_headers_has_none) {
    kg_http_request raw{};
    raw.size = offsetof(kg_http_request, headers);
    raw.headers = str("what lies behind the end");
    BOOST_TEST(!Request(raw).header("depth"));
    raw.size = sizeof raw;
    raw.headers = str(R"({"depth":"1","if-match":"\"a\", \"b\""})");
    BOOST_TEST(Request(raw).header("Depth").value_or("") == "1");
    BOOST_TEST(Request(raw).header("IF-MATCH").value_or("") == R"("a", "b")");
    BOOST_TEST(!Request(raw).header("if"));
}

BOOST_AUTO_TEST_CASE(a_plugin_uses_what_an_older_daemon_has_and_says_what_it_lacks) {
    OldDaemon old(offsetof(kg_http, serve));
    Host host(&old.raw);
    auto const handler = [](Request const&) -> Result<Response> { return Response{}; };
    host.route("GET", "/api/v1/x", "read", handler);
    BOOST_TEST(OldDaemon::asked == "/api/v1/x");
    BOOST_TEST(thrown([&] { host.serve({.methods = {"PUT"}, .pattern = "/dav", .needs = "read"}, handler); }) ==
               "this daemon's kogge.http/1 is older than this plugin needs; install a newer Kogge");
    BOOST_TEST(thrown([&] { host.wake("look"); }) == "the service kogge.jobs/1 is not granted; ask for it in kogge-plugin.json");
}

BOOST_AUTO_TEST_CASE(a_route_for_other_clients_is_asked_for_as_the_contract_spells_it) {
    OldDaemon daemon(sizeof(kg_http));
    Host host(&daemon.raw);
    host.serve({.methods = {"PROPFIND", "PUT"}, .pattern = "/dav/{path*}", .needs = "read", .basic = true, .max_body = 1000}, [](Request const&) -> Result<Response> { return Response{}; });
    BOOST_TEST(OldDaemon::asked == R"({"methods":["PROPFIND","PUT"],"pattern":"/dav/{path*}","needs":"read","basic":true,"max_body":1000})");
}

BOOST_AUTO_TEST_CASE(an_answer_to_a_fetch_is_read_as_the_contract_spells_it) {
    auto const good = detail::fetched_of(json::parse(R"({"status":200,"url":"https://x/","headers":{"etag":"1"}})").as_object(), "body").value();
    BOOST_TEST(good.status == 200);
    BOOST_TEST(good.body == "body");
    BOOST_TEST(good.header("etag").value_or("") == "1");
    auto const late = detail::fetched_of(json::parse(R"({"error":"x did not answer","code":"timeout"})").as_object(), "");
    BOOST_TEST(int(late.error().code) == int(ErrorCode::timeout));
    BOOST_TEST(late.error().message == "x did not answer");
}
