// SPDX-License-Identifier: EUPL-1.2
#include "cli/shift.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::host::cli;

namespace {

Span span(std::string_view starts, std::string_view ends) {
    return {parse_local_time(starts).value(), parse_local_time(ends).value()};
}
std::string moved_text(Span const& span, std::string_view by) {
    auto const after = moved(span, parse_shift(by).value());
    return after ? to_text(after.value()) : after.error().message;
}

Span const lunch = span("2027-04-22T14:00:00[Europe/Berlin]", "2027-04-22T15:10:00[Europe/Berlin]");
Span const night = span("2027-10-30T20:00:00[Europe/Berlin]", "2027-10-31T02:30:00+01:00[Europe/Berlin]");

} // namespace

BOOST_AUTO_TEST_SUITE(shift_test)

BOOST_AUTO_TEST_CASE(start_and_end_move_together) {
    BOOST_TEST(moved_text(lunch, "+30") == "2027-04-22 14:30–15:40 Europe/Berlin");
    BOOST_TEST(moved_text(lunch, "-15") == "2027-04-22 13:45–14:55 Europe/Berlin");
    BOOST_TEST(moved_text(lunch, "+1:30") == "2027-04-22 15:30–16:40 Europe/Berlin");
    BOOST_TEST(moved_text(lunch, "14:30") == "2027-04-22 14:30–15:40 Europe/Berlin");
    BOOST_TEST(moved_text(lunch, "09:05") == "2027-04-22 09:05–10:15 Europe/Berlin");
    BOOST_TEST(moved_text(lunch, "2027-04-23T23:30") == "2027-04-23 23:30–2027-04-24 00:40 Europe/Berlin");
}

BOOST_AUTO_TEST_CASE(a_night_with_the_clock_change_in_it_keeps_its_450_minutes) {
    auto const later = moved(night, parse_shift("+30").value()).value();
    BOOST_TEST((instant_of(later.ends) - instant_of(later.starts) == Minutes(450)));
    BOOST_TEST(to_text(later) == "2027-10-30 20:30–2027-10-31 03:00 Europe/Berlin");
    BOOST_TEST(moved_text(night, "-60") == "2027-10-30 19:00–2027-10-31 02:30 Europe/Berlin"); // the first 02:30
    BOOST_TEST(!moved(night, parse_shift("-60").value()).value().ends.second);
    BOOST_TEST(moved_text(night, "2027-10-29T20:00") == "2027-10-29 20:00–2027-10-30 03:30 Europe/Berlin");
}

BOOST_AUTO_TEST_CASE(a_time_that_the_clocks_skip_is_refused) {
    auto const early = span("2027-03-28T01:00:00[Europe/Berlin]", "2027-03-28T01:30:00[Europe/Berlin]");
    BOOST_TEST(moved_text(early, "02:30") == "02:30 does not exist on 2027-03-28 in Europe/Berlin: the clocks skip it");
    BOOST_TEST(moved_text(early, "+60") == "2027-03-28 03:00–03:30 Europe/Berlin");
}

BOOST_AUTO_TEST_CASE(two_zones_stay_two_zones) {
    auto const flight = span("2027-04-22T10:00:00[Europe/Amsterdam]", "2027-04-22T10:15:00[Europe/London]");
    BOOST_TEST(moved_text(flight, "+30") == "2027-04-22 10:30 Europe/Amsterdam–10:45 Europe/London");
}

BOOST_AUTO_TEST_CASE(what_says_nowhere_to_move_is_refused_with_what_does) {
    for (auto const* text : {"", "+", "-", "30", "+0", "-0:00", "+abc", "+1:60", "24:00", "14:60", "1430", "half past two",
                             "+999999", "++30", "2027-02-30T10:00", "2027-04-22T", "2027-04-22", "14:30:00"})
        BOOST_TEST(!parse_shift(text), text);
    BOOST_TEST(parse_shift("30").error().message.find("+30") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
