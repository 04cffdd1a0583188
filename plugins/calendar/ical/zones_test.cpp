// SPDX-License-Identifier: EUPL-1.2
#include "ical/zones.hpp"

#include "ical/reader.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace kogge;
using namespace kogge::calendar;

namespace {

Zone zone(char const* name) { return Zone::parse(name).value(); }
LocalTime at(char const* text) { return parse_local_time(text).value(); }
std::string as_property(LocalTime const& time) {
    auto const out = stamp(time);
    return out.parameters + ":" + out.value;
}

/// Asks libical for the offset of wall-clock times all through the years, and the tz database for the same.
void compare(char const* name, Years years) {
    auto const text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + vtimezone(zone(name), years) + "END:VCALENDAR\r\n";
    auto const first = std::chrono::local_days(std::chrono::year(years.first) / 1 / 1);
    auto const last = std::chrono::local_days(std::chrono::year(years.last + 1) / 1 / 1);
    std::vector<LocalTime> times;
    std::vector<std::chrono::local_seconds> walls;
    // A step that is no part of a day meets every hour of it, and the hours around every change.
    for (auto wall = std::chrono::local_seconds(first); wall < last; wall += std::chrono::minutes(60 * 19 + 30))
        if (LocalTime const time{wall, zone(name), false}; names_one_moment(time)) {
            times.push_back(time);
            walls.push_back(wall);
        }
    auto const offsets = offsets_by(text, walls);
    BOOST_REQUIRE_MESSAGE(offsets.has_value(), name << ": " << (offsets ? "" : offsets.error().message));
    for (std::size_t i = 0; i < times.size(); ++i)
        if (offsets.value()[i] != offset_of(times[i]))
            BOOST_FAIL(times[i] << ": libical reads " << offsets.value()[i].count() << " s");
    BOOST_TEST(times.size() > std::size_t(400 * (years.last - years.first + 1)));
}

} // namespace

BOOST_AUTO_TEST_SUITE(zones)

BOOST_AUTO_TEST_CASE(one_rule_forward_and_one_back) {
    BOOST_TEST(vtimezone(zone("Europe/Amsterdam"), {2027, 2027}) == "BEGIN:VTIMEZONE\r\n"
                                                                     "TZID:Europe/Amsterdam\r\n"
                                                                     "BEGIN:DAYLIGHT\r\n"
                                                                     "DTSTART:20260329T020000\r\n"
                                                                     "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                                                                     "TZOFFSETFROM:+0100\r\n"
                                                                     "TZOFFSETTO:+0200\r\n"
                                                                     "TZNAME:CEST\r\n"
                                                                     "END:DAYLIGHT\r\n"
                                                                     "BEGIN:STANDARD\r\n"
                                                                     "DTSTART:20261025T030000\r\n"
                                                                     "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                                                                     "TZOFFSETFROM:+0200\r\n"
                                                                     "TZOFFSETTO:+0100\r\n"
                                                                     "TZNAME:CET\r\n"
                                                                     "END:STANDARD\r\n"
                                                                     "END:VTIMEZONE\r\n");
}

BOOST_AUTO_TEST_CASE(a_zone_without_changes_has_one_observance) {
    BOOST_TEST(vtimezone(zone("Asia/Kolkata"), {2027, 2028}) == "BEGIN:VTIMEZONE\r\n"
                                                                "TZID:Asia/Kolkata\r\n"
                                                                "BEGIN:STANDARD\r\n"
                                                                "DTSTART:20260101T053000\r\n"
                                                                "TZOFFSETFROM:+0530\r\n"
                                                                "TZOFFSETTO:+0530\r\n"
                                                                "TZNAME:IST\r\n"
                                                                "END:STANDARD\r\n"
                                                                "END:VTIMEZONE\r\n");
}

BOOST_AUTO_TEST_CASE(it_is_small) {
    BOOST_TEST(vtimezone(zone("Europe/Amsterdam"), {2020, 2036}).size() < 500u);
    BOOST_TEST(vtimezone(zone("Africa/Casablanca"), {2027, 2027}).size() < 1200u); // clocks follow Ramadan: each change by itself
}

BOOST_AUTO_TEST_CASE(the_rules_of_the_years_in_question) {
    for (auto const* name : {"Europe/Amsterdam", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Istanbul", "Europe/Moscow",
                             "Europe/Volgograd", "America/New_York", "America/Sao_Paulo", "America/Santiago", "America/St_Johns", "America/Caracas",
                             "Africa/Casablanca", "Africa/Cairo", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza",
                             "Asia/Pyongyang", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia"})
        for (auto const years : {Years{2026, 2026}, Years{2027, 2029}, Years{2007, 2007}, Years{2010, 2012}, Years{2014, 2019}})
            compare(name, years);
}

BOOST_AUTO_TEST_CASE(a_wall_clock_that_names_one_moment_keeps_its_zone) {
    BOOST_TEST(as_property(at("2027-04-21T07:24:00[Europe/Amsterdam]")) == ";TZID=Europe/Amsterdam:20270421T072400");
    BOOST_TEST(as_property(at("2027-04-21T07:24:00[UTC]")) == ":20270421T072400Z");
}

BOOST_AUTO_TEST_CASE(an_hour_that_comes_twice_is_written_as_the_moment) {
    BOOST_TEST(as_property(at("2027-10-31T02:30:00+02:00[Europe/Amsterdam]")) == ":20271031T003000Z");
    BOOST_TEST(as_property(at("2027-10-31T02:30:00+01:00[Europe/Amsterdam]")) == ":20271031T013000Z");
    BOOST_TEST(as_property(at("2027-10-31T01:59:00[Europe/Amsterdam]")) == ";TZID=Europe/Amsterdam:20271031T015900");
    BOOST_TEST(as_property(at("2027-10-31T03:00:00[Europe/Amsterdam]")) == ";TZID=Europe/Amsterdam:20271031T030000");
}

BOOST_AUTO_TEST_CASE(an_hour_that_is_skipped_is_written_as_the_moment) {
    BOOST_TEST(as_property(at("2027-03-28T02:30:00[Europe/Amsterdam]")) == ":20270328T013000Z");
}

BOOST_AUTO_TEST_CASE(libical_refuses_what_is_wrong) {
    std::string const head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n";
    BOOST_TEST(!read_calendar("no calendar").has_value());
    BOOST_TEST(!read_calendar(head + "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:2027-01-01\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").has_value());
    BOOST_TEST(!read_calendar(head + "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20270101T000000Z\r\nDTSTART;TZID=Europe/Nowhere:20270101T000000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
                    .has_value());
    BOOST_TEST(!read_calendar(head + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
