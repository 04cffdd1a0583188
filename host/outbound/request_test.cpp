// SPDX-License-Identifier: EUPL-1.2
#include "outbound/request.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::host::outbound;
using namespace std::chrono_literals;

namespace {

Result<Request> read(std::string const& text) {
    Limits const limits{1000, 30s, 5};
    return read_request(boost::json::parse(text).as_object(), limits);
}

} // namespace

BOOST_AUTO_TEST_CASE(only_addresses_of_the_web_are_fetched) {
    for (auto const* text : {
             "", "calendar.example.org/a.ics", "//example.org/a", "/etc/passwd", "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org:25/x",
             "dict://example.org:11211/stat", "ldap://example.org", "smb://example.org/x", "webcal://example.org/a.ics", "javascript:alert(1)", "data:text/plain,x",
             "http://", "https://user@example.org/", "https://user:secret@example.org/", "https://example.org:99999/", "https://example.org:port/",
             "https://exa mple.org/", "https://example.org/\r\nHost: evil", "https://example.org/\t", "http://[::1", "http://[fe80::1%25eth0/", "https://example.org/a b",
         })
        BOOST_TEST(!parse_url(text), "'" << text << "' was taken as " << (parse_url(text) ? parse_url(text).value().text : ""));
    BOOST_TEST(!parse_url("https://example.org/" + std::string(5000, 'a')));
}

BOOST_AUTO_TEST_CASE(an_address_is_taken_apart_as_it_will_be_asked) {
    auto const url = parse_url("HTTPS://Calendar.Example.ORG/a.ics?x=1#part").value();
    BOOST_TEST(url.scheme == "https");
    BOOST_TEST(url.host == "calendar.example.org");
    BOOST_TEST(url.port == "443");
    BOOST_TEST(url.text == "https://Calendar.Example.ORG/a.ics?x=1");
    BOOST_TEST(url.same_origin(parse_url("https://calendar.example.org:443/b").value()));
    BOOST_TEST(!url.same_origin(parse_url("https://calendar.example.org:8443/").value()));
    BOOST_TEST(!url.same_origin(parse_url("http://calendar.example.org/").value()));
}

BOOST_AUTO_TEST_CASE(what_a_wish_asks_for_is_cut_to_the_limits) {
    auto const plain = read(R"({"url":"https://example.org/"})").value();
    BOOST_TEST(plain.method == "GET");
    BOOST_TEST(plain.max_bytes == 1000u);
    BOOST_TEST(plain.timeout.count() == 30'000);
    auto const modest = read(R"({"url":"https://example.org/","max_bytes":10,"timeout_s":2,"method":"REPORT","body":"<x/>","headers":{"Depth":"1"},"user":"a","password":"b:c"})").value();
    BOOST_TEST(modest.max_bytes == 10u);
    BOOST_TEST(modest.timeout.count() == 2000);
    auto const greedy = read(R"({"url":"https://example.org/","max_bytes":9000000000,"timeout_s":99999999})").value();
    BOOST_TEST(greedy.max_bytes == 1000u);
    BOOST_TEST(greedy.timeout.count() == 30'000);
}

BOOST_AUTO_TEST_CASE(a_wish_that_would_smuggle_is_refused) {
    for (auto const* text : {
             R"({"url":"https://example.org/","method":"CONNECT"})", R"({"url":"https://example.org/","method":"TRACE"})", R"({"url":"https://example.org/","method":"GET / HTTP/1.1\r\nX"})",
             R"({"url":"https://example.org/","method":"get"})", R"({"url":"https://example.org/","headers":{"X\r\nY":"1"}})", R"({"url":"https://example.org/","headers":{"X":"1\r\nHost: b"}})",
             R"({"url":"https://example.org/","headers":{"":"1"}})", R"({"url":"https://example.org/","headers":{"Host":"b"}})", R"({"url":"https://example.org/","headers":{"transfer-encoding":"chunked"}})",
             R"({"url":"https://example.org/","headers":{"Content-Length":"3"}})", R"({"url":"https://example.org/","user":"a:b"})", R"({"url":"https://example.org/","user":"a\n","password":""})",
             R"({"url":"https://example.org/","max_bytes":0})", R"({"url":"https://example.org/","timeout_s":-1})", R"({"url":"https://example.org/","proxy":"http://x"})", R"({})",
         })
        BOOST_TEST(!read(text), text << " was taken");
}

BOOST_AUTO_TEST_CASE(a_redirect_is_resolved_against_where_it_came_from) {
    auto const from = parse_url("https://example.org/a/b.ics?x=1").value();
    auto const to = [&](std::string const& text) { return parse_url(text, &from) ? parse_url(text, &from).value().text : std::string("refused"); };
    BOOST_TEST(to("c.ics") == "https://example.org/a/c.ics");
    BOOST_TEST(to("/c.ics") == "https://example.org/c.ics");
    BOOST_TEST(to("//other.example/c") == "https://other.example/c");
    BOOST_TEST(to("http://other.example/") == "http://other.example/");
    BOOST_TEST(to("ftp://example.org/c") == "refused");
    BOOST_TEST(to("/gr\xfcn") == "refused");
    BOOST_TEST(to("//user:secret@example.org/") == "refused");
}
