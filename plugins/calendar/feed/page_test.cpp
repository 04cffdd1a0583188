// SPDX-License-Identifier: EUPL-1.2
#include "feed/page.hpp"

#include "feed/qr.hpp"

#include <boost/test/unit_test.hpp>

#include <qrencode.h>

#include <cstdio>
#include <memory>

using namespace kogge::calendar;

namespace {

std::string page(std::string language, std::string name = "Ada · Reis") {
    return link_page({std::move(name), "https://kogge.example.org", "secret-token_1", std::move(language), 45}).value();
}

bool has(std::string const& text, std::string_view what) { return text.find(what) != text.npos; }

} // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(each_program_gets_its_own_way_in) {
    auto const text = page("en");
    BOOST_TEST(has(text, R"(href="webcal://kogge.example.org/feeds/secret-token_1.ics")"));
    BOOST_TEST(has(text, R"(href="https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fkogge.example.org%2Ffeeds%2Fsecret-token_1.ics")"));
    BOOST_TEST(has(text, R"(href="https://outlook.office.com/calendar/0/addfromweb?url=https%3A%2F%2Fkogge.example.org%2Ffeeds%2Fsecret-token_1.ics&amp;name=Ada%20%C2%B7%20Reis")"));
    BOOST_TEST(has(text, "<code>https://kogge.example.org/feeds/secret-token_1.ics</code>"));
    BOOST_TEST(has(text, "not more often than every 45 minutes"));
    for (auto const* program : {"iPhone", "Outlook on the web", "Outlook for Windows", "Google Calendar", "Thunderbird", "ICSx⁵"})
        BOOST_TEST(has(text, program));
}

BOOST_AUTO_TEST_CASE(three_languages_and_links_to_the_others) {
    BOOST_TEST(has(page("nl"), "<html lang=\"nl\">"));
    BOOST_TEST(has(page("nl"), "Abonneer één keer"));
    BOOST_TEST(has(page("de"), "Einmal abonnieren"));
    for (auto const* language : {"nl", "de", "en"}) {
        auto const text = page(language);
        for (auto const* other : {"nl", "de", "en"})
            BOOST_TEST(has(text, std::string("href=\"/calendar/secret-token_1/") + other + "\""));
        BOOST_TEST(has(text, std::string(language) + "\" aria-current=\"page\""));
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_fetched_and_nothing_runs) {
    auto const text = page("nl", "<script>alert(1)</script>\" onload=\"x");
    for (auto const* what : {"<script", "<link", "<iframe", "<img", "src=", "url(", "@import", " onload=\"x"})
        BOOST_TEST(!has(text, what), what);
    BOOST_TEST(has(text, "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x"));
    BOOST_TEST(has(text, "name=\"referrer\" content=\"no-referrer\""));
}

BOOST_AUTO_TEST_CASE(the_code_is_drawn_as_the_library_made_it) {
    std::string const address = "https://kogge.example.org/calendar/secret-token_1";
    auto const svg = qr_svg(address, "a \"b\"").value();
    BOOST_TEST(has(svg, "aria-label=\"a &quot;b&quot;\""));
    std::unique_ptr<QRcode, void (*)(QRcode*)> const code(QRcode_encodeString8bit(address.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    std::string drawn(std::size_t(code->width * code->width), '.'), meant = drawn;
    for (int i = 0; i < code->width * code->width; ++i)
        if (code->data[i] & 1)
            meant[std::size_t(i)] = '#';
    for (auto at = svg.find('M'); at != svg.npos; at = svg.find('M', at + 1)) {
        int x = 0, y = 0, length = 0;
        BOOST_REQUIRE(std::sscanf(svg.c_str() + at, "M%d %dh%d", &x, &y, &length) == 3);
        for (int i = 0; i < length; ++i)
            drawn.at(std::size_t((y - 4) * code->width + x - 4 + i)) = '#';
    }
    BOOST_TEST(drawn == meant);
    BOOST_TEST(!qr_svg(std::string(5000, 'x'), "too long"));
}

BOOST_AUTO_TEST_SUITE_END()
