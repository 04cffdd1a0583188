// SPDX-License-Identifier: EUPL-1.2
#include "ical/values.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar::ical;
using namespace std::chrono_literals;

namespace {

std::string stamp(std::string_view text) {
    auto const out = read_stamp(text);
    return out ? to_text(out.value()) : "no: " + out.error().message;
}
std::string duration(std::string_view text) {
    auto const out = read_duration(text);
    return out ? to_text(out.value()) : "no: " + out.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ical_values)

BOOST_AUTO_TEST_CASE(stamps) {
    for (auto const* same : {"20270421", "20270421T072400", "20270421T052400Z", "00010101T000000", "99991231T235959Z"})
        BOOST_TEST(stamp(same) == same);
    BOOST_TEST(stamp(" 20270421t072460z ") == "20270421T072459Z");
    BOOST_TEST(stamp("20270230") == "no: '20270230' is not a DATE; write it as 20270421");
    for (auto const* wrong : {"", "2027042", "2027-04-21", "00000101", "20270421T", "20270421T24000", "20270421T240000", "20270421T0724", "20270421T072400+0200", "20271301"})
        BOOST_TEST(stamp(wrong).starts_with("no: "), wrong);
}

BOOST_AUTO_TEST_CASE(durations) {
    BOOST_TEST(duration("P15DT5H0M20S") == "P15DT5H20S");
    BOOST_TEST(duration("P7W") == "P49D");
    BOOST_TEST(duration("-PT15M") == "-PT15M");
    BOOST_TEST(duration("+PT0S") == "PT0S");
    BOOST_TEST(duration("-P1DT1S") == "-P1DT1S");
    for (auto const* wrong : {"", "P", "PT", "P1", "PT1D", "1D", "P1H", "P9999999999D", "P-1D", "P1DT"})
        BOOST_TEST(duration(wrong).starts_with("no: "), wrong);
}

BOOST_AUTO_TEST_CASE(periods_offsets_and_the_rest) {
    auto const period = read_period("20270421T070000Z/PT1H").value();
    BOOST_TEST(to_text(period.begin) == "20270421T070000Z");
    BOOST_TEST((period.length.time == 1h));
    BOOST_TEST(to_text(*read_period("20270421T070000Z/20270421T080000Z").value().end) == "20270421T080000Z");
    for (auto const* wrong : {"20270421T070000Z", "20270421T070000Z/20270421T060000Z", "20270421T070000Z/20270421T080000", "/", "20270421/P1D"})
        BOOST_TEST(!read_period(wrong).has_value(), wrong);
    BOOST_TEST((read_utc_offset("+0200").value() == 2h));
    BOOST_TEST((read_utc_offset("-001730").value() == -(17min + 30s)));
    for (auto const* wrong : {"0200", "+2", "+02:00", "+9900", ""})
        BOOST_TEST(!read_utc_offset(wrong).has_value(), wrong);
    BOOST_TEST(read_text(R"(a\, b\; c\\ d\n\N e\x)") == "a, b; c\\ d\n\n ex");
    BOOST_TEST(split_list(R"(a,b\,c,)") == (std::vector<std::string_view>{"a", R"(b\,c)", ""}), boost::test_tools::per_element());
    BOOST_TEST(read_address(" MAILTO: Bea@Example.ORG ") == "mailto:bea@example.org");
    BOOST_TEST(read_address("urn:uuid:A-B") == "urn:uuid:A-B");
    BOOST_TEST((read_geo("53.55;9.99").value() == std::pair(53.55, 9.99)));
    BOOST_TEST((read_geo("53.55\\;-9.99").value() == std::pair(53.55, -9.99)));
    for (auto const* wrong : {"53.55", "91;0", "0;181", "nan;0", ";"})
        BOOST_TEST(!read_geo(wrong).has_value(), wrong);
    BOOST_TEST(read_integer("-12").value() == -12);
    BOOST_TEST(!read_integer("12345678901").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
