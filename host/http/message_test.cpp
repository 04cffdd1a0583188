// SPDX-License-Identifier: EUPL-1.2
#include "http/message.hpp"
#include "http/wire.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace kogge::host::http;

namespace {

/// "path|name=value|…", or "!" and what is wrong.
std::string parsed(std::string_view target) {
    Request request;
    if (auto const wrong = parse_target(target, request)) return "!" + *wrong;
    auto text = request.path;
    for (auto const& [name, value] : request.query_fields) text.append("|").append(name).append("=").append(value);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(message)

BOOST_AUTO_TEST_CASE(targets_are_decoded) {
    BOOST_TEST(parsed("/") == "/");
    BOOST_TEST(parsed("/a%20b/%C3%BC?x=1&x=%26+y&z") == "/a b/ü|x=1|x=& y|z=");
    BOOST_TEST(parsed("/a+b?") == "/a+b");
    BOOST_TEST(parsed("http://host:80/x?y=1") == "/x|y=1");
    BOOST_TEST(parsed("HTTP://host") == "/");
    BOOST_TEST(parsed("/a..b/...") == "/a..b/...");
}

BOOST_AUTO_TEST_CASE(bad_targets_are_refused) {
    for (auto const* target : {"", "x", "*", "/%", "/%2", "/%zz", "/%00", "/%0a", "/%2F", "/a%2fb", "/..", "/a/../b", "/./a", "/%2e%2E/etc", "/a/.", "/%ff",
                               "/%C0%AF", "/a#b", "/\xC3\xBC", "/a?x=%", "/a?x=%00", "/a?%ff=1", "/a b"})
        BOOST_TEST(parsed(target).starts_with('!'), target);
}

BOOST_AUTO_TEST_CASE(headers_ignore_case_and_query_does_not) {
    Request request;
    request.headers = {{"If-None-Match", "a"}};
    request.query_fields = {{"X", "1"}};
    BOOST_TEST(request.header("if-none-match").value_or("") == "a");
    BOOST_TEST(!request.header("if-match"));
    BOOST_TEST(!request.query("x"));
    BOOST_TEST(request.query("X").value_or("") == "1");
}

BOOST_AUTO_TEST_CASE(a_problem_is_valid_json_whatever_it_quotes) {
    auto const response = problem(400, "", "bad \"x\"\n\x01 \xff \xC3\xBC", R"("field":"x")");
    BOOST_TEST(response.body == "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"bad \\\"x\\\"\\n\\u0001 \\ufffd \xC3\xBC\",\"field\":\"x\"}\n");
    BOOST_TEST(response.header("content-type").value_or("") == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(a_header_cannot_break_the_framing) {
    for (auto const* value : {"a\r\nX: y", "a\n", "a\r"}) BOOST_CHECK_THROW(serialize_head(Response{}.set("X", value), 0), std::invalid_argument);
    BOOST_CHECK_THROW(serialize_head(Response{}.set("X y", "1"), 0), std::invalid_argument);
    auto const head = serialize_head(Response{}.set("Content-Length", "99").set("connection", "x").set("A", "b"), 3);
    BOOST_TEST(head == "HTTP/1.1 200 OK\r\nA: b\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 3\r\n");
}

BOOST_AUTO_TEST_CASE(dates_survive_the_round_trip) {
    BOOST_TEST(http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
    BOOST_TEST(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").value_or(0) == 784111777);
    for (auto const* bad : {"", "Mon, 06 Nov 1994 08:49:37 GMT", "Thu, 31 Feb 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 0x:49:37 GMT"})
        BOOST_TEST(!parse_http_date(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()
