// SPDX-License-Identifier: EUPL-1.2
#include "ical/lines.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <vector>

using namespace kogge::calendar;

namespace {

std::string folded(std::string_view line) {
    std::string out;
    put_line(out, line);
    return out;
}

/// RFC 5545 §3.1, read by its letter: CRLF and one blank are nothing.
std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != text.npos; at = text.find("\r\n ", at))
        text.erase(at, 3);
    return text.substr(0, text.size() - 2);
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\\' && i + 1 < text.size())
            out += text[++i] == 'n' ? '\n' : text[i];
        else
            out += text[i];
    return out;
}

std::vector<std::string> physical_lines(std::string const& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find("\r\n", at);
        BOOST_REQUIRE(end != text.npos);
        out.push_back(text.substr(at, end - at));
        at = end + 2;
    }
    return out;
}

bool starts_inside_a_character(std::string const& line, std::size_t at) { return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xc0u) == 0x80u; }

/// Letters of one to four octets, and what has a meaning in iCalendar.
std::string any_text(std::mt19937& random) {
    static std::vector<std::string> const pieces{"a", "Z", "7", " ", ",", ";", ":", "\\", "\n", "\"", "ß", "é", "ij", "→", "–", "漢", "🚆", "👩‍🚀", "\\n", "=", "^"};
    std::string out;
    for (auto n = random() % 300; n > 0; --n)
        out += pieces[random() % pieces.size()];
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(lines)

BOOST_AUTO_TEST_CASE(a_line_of_75_octets_stays_one) {
    std::string const line(75, 'x');
    BOOST_TEST(folded(line) == line + "\r\n");
    BOOST_TEST(folded(line + "y") == line + "\r\n y\r\n");
}

BOOST_AUTO_TEST_CASE(a_fold_never_cuts_a_character) {
    std::string const x74(74, 'x'), x72(72, 'x'), x71(71, 'x');
    BOOST_TEST(folded(x74 + "üz") == x74 + "\r\n üz\r\n");
    BOOST_TEST(folded(x72 + "🚆") == x72 + "\r\n 🚆\r\n");
    BOOST_TEST(folded(x71 + "🚆") == x71 + "🚆\r\n");
}

BOOST_AUTO_TEST_CASE(what_has_a_meaning_is_escaped) {
    BOOST_TEST(escape("Kaffee, Tee; C:\\Temp\nzweite Zeile") == "Kaffee\\, Tee\\; C:\\\\Temp\\nzweite Zeile");
    BOOST_TEST(escape("\r\n") == "\\n");
    BOOST_TEST(escape("old\rmac") == "old\\nmac");
    BOOST_TEST(escape(std::string("be\0ll\a\x7f tab\t", 13)) == "bell tab\t");
}

BOOST_AUTO_TEST_CASE(whatever_is_written_is_read_back) {
    std::mt19937 random(545);
    for (int round = 0; round < 3000; ++round) {
        auto const text = any_text(random);
        std::string out;
        Lines(out).text("DESCRIPTION", text, "nl");
        for (auto const& line : physical_lines(out)) {
            BOOST_REQUIRE(line.size() <= longest_line);
            BOOST_REQUIRE(!starts_inside_a_character(line, line.starts_with(' ') ? 1 : 0));
            BOOST_REQUIRE(line.find('\n') == line.npos);
        }
        auto const back = unfolded(out);
        BOOST_REQUIRE(back.starts_with("DESCRIPTION;LANGUAGE=nl:"));
        BOOST_REQUIRE(unescaped(back.substr(back.find(':') + 1)) == text);
    }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_still_end) {
    std::string const odd(1000, '\x80');
    auto const out = folded(odd);
    BOOST_TEST(unfolded(out) == odd);
    for (auto const& line : physical_lines(out))
        BOOST_TEST(line.size() <= longest_line);
}

BOOST_AUTO_TEST_CASE(nobody_writes_a_parameter_through_a_language) {
    std::string out;
    Lines(out).text("SUMMARY", "x", "nl;X=1:evil\r\nATTENDEE");
    BOOST_TEST(out == "SUMMARY:x\r\n");
    BOOST_TEST(is_language("sr-Latn-RS"));
    BOOST_TEST(!is_language(""));
}

BOOST_AUTO_TEST_CASE(a_link_with_a_line_end_is_no_link) {
    std::string out;
    Lines(out).uri("URL", "https://x/\r\nATTENDEE:y").uri("URL", "");
    BOOST_TEST(out == "");
    Lines(out).uri("URL", "https://x/?a=1,2;b");
    BOOST_TEST(out == "URL:https://x/?a=1,2;b\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
