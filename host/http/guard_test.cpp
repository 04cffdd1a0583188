// SPDX-License-Identifier: EUPL-1.2
#include "http/guard.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge::host::http;

BOOST_AUTO_TEST_SUITE(guard)

BOOST_AUTO_TEST_CASE(the_end_of_the_head_is_found_in_any_slicing) {
    std::string const head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    auto const bytes = head + "body";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        HeadScanner scanner(100, 1000);
        for (std::size_t have = step; scanner.size() == 0; have = std::min(have + step, bytes.size()))
            BOOST_REQUIRE(!scanner.scan(std::string_view(bytes).substr(0, have)));
        BOOST_TEST(scanner.size() == head.size());
    }
}

BOOST_AUTO_TEST_CASE(crooked_heads_are_refused) {
    auto const status = [](std::string_view bytes) {
        HeadScanner scanner(20, 60);
        auto const refusal = scanner.scan(bytes);
        return refusal ? refusal->status : 0;
    };
    BOOST_TEST(status("GET / HTTP/1.1\nHost: x\n\n") == 400);
    BOOST_TEST(status("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n") == 400);
    BOOST_TEST(status("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n") == 400);
    BOOST_TEST(status(std::string_view("GET / HTTP/1.1\r\nA: \0\r\n\r\n", 24)) == 400);
    BOOST_TEST(status("GET /12345678901234567890") == 414);
    BOOST_TEST(status("GET / HTTP/1.1\r\nA: " + std::string(60, 'x')) == 431);
    BOOST_TEST(status("GET / HTTP/1.1\r\nA: b") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
