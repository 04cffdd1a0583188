// SPDX-License-Identifier: EUPL-1.2
#include "ical/foreign_zone.hpp"

#include "ical/recur.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar::ical;

namespace {

std::string observance(char const* kind, char const* start, char const* from, char const* to, std::string_view more = {}) {
    return std::string("BEGIN:") + kind + "\nDTSTART:" + start + "\nTZOFFSETFROM:" + from + "\nTZOFFSETTO:" + to + "\n" + std::string(more) + "END:" + kind + "\n";
}
std::string vtimezone(std::string_view tzid, std::string_view body) {
    return "BEGIN:VTIMEZONE\nTZID:" + std::string(tzid) + "\n" + std::string(body) + "END:VTIMEZONE\n";
}
/// As Outlook writes it: rules from 1601.
std::string western_europe(std::string_view tzid) {
    return vtimezone(tzid, observance("STANDARD", "16010101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n") +
                               observance("DAYLIGHT", "16010101T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n"));
}
Component object(std::string const& lines) {
    auto parsed = parse_object("BEGIN:VCALENDAR\n" + lines + "END:VCALENDAR\n");
    BOOST_REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
    return std::move(parsed).value();
}
/// An event at 09:00 on 1 July 2027 with the TZID: what its clock is called, and the moment.
std::string read(std::string const& tzid, std::string const& zones = {}, std::string const& more = {}) {
    auto const quoted = tzid.find_first_of(":;,") == std::string::npos ? tzid : "\"" + tzid + "\"";
    auto const in = object(more + zones + "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=" + quoted + ":20270701T090000\nEND:VEVENT\n");
    ZoneBook const book(in, Zone::parse("Asia/Tokyo").value());
    auto const& property = in.components.back().properties.back();
    auto const clock = book.clock(read_stamp(property.value()).value(), property);
    auto out = clock.name() + " " + to_text(clock.at(read_stamp("20270701T090000").value().wall)).substr(11, 5);
    for (auto const& remark : book.remarks())
        out += " | " + remark;
    return out;
}

Wall wall(std::string_view text) { return read_stamp(text).value().wall; }

} // namespace

BOOST_AUTO_TEST_SUITE(ical_foreign_zone)

BOOST_AUTO_TEST_CASE(names_of_the_database_with_and_without_a_prefix) {
    for (auto const* name : {"Europe/Berlin", "/freeassociation.sourceforge.net/Europe/Berlin", "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
                             "/citadel.org/20210210_1/Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin", "/softwarestudio.org/Olson_20011030_5/Europe/Berlin",
                             "Europe/Berlin ", " europe/berlin"})
        BOOST_TEST(read(name) == "Europe/Berlin 07:00", name);
    BOOST_TEST(read("/citadel.org/20210210_1/America/Argentina/Buenos_Aires") == "America/Argentina/Buenos_Aires 12:00");
    BOOST_TEST(read("UTC") == "UTC 09:00");
    BOOST_TEST(read("tzone://Microsoft/Utc") == "UTC 09:00");
}

BOOST_AUTO_TEST_CASE(the_database_wins_over_a_vtimezone_of_its_name) {
    // Made before the rules changed, or simply wrong: half of the generators on the web.
    BOOST_TEST(read("Europe/Berlin", vtimezone("Europe/Berlin", observance("STANDARD", "19700101T000000", "-0500", "-0500"))) == "Europe/Berlin 07:00");
}

BOOST_AUTO_TEST_CASE(windows_names) {
    BOOST_TEST(read("W. Europe Standard Time") == "Europe/Berlin 07:00");
    BOOST_TEST(read("GMT Standard Time") == "Europe/London 08:00");
    BOOST_TEST(read("GMT Standard Time 1") == "Europe/London 08:00");
    BOOST_TEST(read("Eastern Standard Time") == "America/New_York 13:00");
    BOOST_TEST(read("W. Europe Standard Time", western_europe("W. Europe Standard Time")) == "Europe/Berlin 07:00");
    BOOST_TEST(read("W. Europe Standard Time 2", vtimezone("W. Europe Standard Time 2", observance("STANDARD", "16010101T000000", "+0400", "+0400"))) ==
               "W. Europe Standard Time 2 05:00 | TZID=W. Europe Standard Time 2 is not Europe/Berlin by its own VTIMEZONE, which is followed");
    BOOST_TEST(!windows_zone("No Standard Time"));
    BOOST_TEST(!windows_zone(std::string(10'000, 'x')));
}

BOOST_AUTO_TEST_CASE(a_vtimezone_speaks_for_a_name_nobody_knows) {
    BOOST_TEST(read("Customized Time Zone", western_europe("Customized Time Zone")) == "Customized Time Zone 07:00");
    BOOST_TEST(read("Customized Time Zone ", western_europe("Customized Time Zone")) == "Customized Time Zone 07:00");
    BOOST_TEST(read("Eastern", vtimezone("Eastern", "X-LIC-LOCATION:America/New_York\n" + observance("STANDARD", "19700101T000000", "-0500", "-0500"))) ==
               "America/New_York 13:00");
}

BOOST_AUTO_TEST_CASE(names_that_spell_an_offset) {
    BOOST_TEST(read("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien") == "Europe/Amsterdam 07:00");
    BOOST_TEST(read("(GMT+01.00) Sarajevo / Warsaw / Zagreb") == "Europe/Sarajevo 07:00");
    BOOST_TEST(read("(UTC-05:00) Eastern Time (US & Canada)") == "(UTC-05:00) Eastern Time (US & Canada) 14:00");
    BOOST_TEST(read("(UTC+05:00) Amsterdam") == "(UTC+05:00) Amsterdam 04:00"); // the offset contradicts the place
    BOOST_TEST(read("(UTC) Coordinated Universal Time") == "(UTC) Coordinated Universal Time 09:00");
    BOOST_TEST(read("UTC+2") == "UTC+2 07:00");
    BOOST_TEST(read("GMT-0530") == "GMT-0530 14:30");
    for (auto const* wrong : {"UTC+", "UTC+15", "GMT+123", "(UTC+01:00", "UTC+2x", "UTC+12345678901234567890"})
        BOOST_TEST(read(wrong).starts_with("Asia/Tokyo 00:00 | TZID="), wrong);
}

BOOST_AUTO_TEST_CASE(what_is_unknown_is_local_and_said) {
    BOOST_TEST(read("Mars/Olympus") == "Asia/Tokyo 00:00 | TZID=Mars/Olympus is unknown and has no VTIMEZONE; its times are read as local ones (Asia/Tokyo)");
    BOOST_TEST(read("Mars", vtimezone("Mars", "")) ==
               "Asia/Tokyo 00:00 | the VTIMEZONE of TZID=Mars cannot be used: there is neither STANDARD nor DAYLIGHT in it | TZID=Mars is unknown and has no "
               "VTIMEZONE; its times are read as local ones (Asia/Tokyo)");
    auto const floating = object("X-WR-TIMEZONE:Europe/Berlin\nBEGIN:VEVENT\nDTSTART:20270701T090000\nEND:VEVENT\n");
    BOOST_TEST(ZoneBook(floating, Zone::parse("Asia/Tokyo").value()).clock("").name() == "Europe/Berlin");
    BOOST_TEST(ZoneBook(floating, Zone::parse("Asia/Tokyo").value()).days().name() == "Asia/Tokyo");
}

BOOST_AUTO_TEST_CASE(a_vtimezone_says_the_same_as_the_database_hour_by_hour) {
    auto const zone = Clock(Zone::parse("Europe/Berlin").value());
    auto const text = object(western_europe("X"));
    auto const read = read_vtimezone(text.components[0]).value();
    std::size_t hours = 0;
    for (auto at = wall("20260101T003000"); at < wall("20290101T000000"); at += std::chrono::minutes(30), ++hours) {
        if (read.at(at) != zone.at(at))
            BOOST_FAIL(to_text(Stamp{at}) << ": " << to_text(read.at(at)) << ", and the database has " << to_text(zone.at(at)));
        Instant const moment(at.time_since_epoch());
        if (read.wall(moment) != zone.wall(moment))
            BOOST_FAIL(to_text(moment));
    }
    BOOST_TEST(hours > 50'000u);
}

BOOST_AUTO_TEST_CASE(a_vtimezone_is_worked_out_within_a_budget) {
    auto const why = [](std::string const& body) {
        auto const in = object(vtimezone("X", body));
        auto const read = read_vtimezone(in.components[0]);
        return read ? std::string("read") : read.error().message;
    };
    BOOST_TEST(why(observance("STANDARD", "16010101T000000", "+0100", "+0100", "RRULE:FREQ=SECONDLY\n")) == "the clocks change more than 4000 times");
    BOOST_TEST(why(observance("STANDARD", "16010101T000000", "+0100", "+0100", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n")) == "read");
    BOOST_TEST(why(observance("STANDARD", "19000101T000000", "+0100", "+0100", "RRULE:FREQ=HOURLY;COUNT=2147483647;BYHOUR=3\n")).starts_with("the clocks change more"));
    BOOST_TEST(why("BEGIN:STANDARD\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\n") == "STANDARD has no DTSTART");
    BOOST_TEST(why(observance("STANDARD", "19700101T000000", "+0100", "+1:00")).find("is not a UTC-OFFSET") != std::string::npos);
    BOOST_TEST(why(observance("STANDARD", "19700101T000000", "+0100", "+0000", "RDATE:19800101T000000,19900101T000000\n")) == "read");
}

BOOST_AUTO_TEST_CASE(a_zone_that_stopped_changing) {
    // Turkey stays on +03 since 2016; what repeats at 09:00 stays at 09:00.
    auto const in = object("BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Istanbul:20150901T090000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1;BYMONTH=1,7\nEND:VEVENT\n");
    auto const found = occurrences(series_of(in)[0], {Instant(wall("20160101T000000").time_since_epoch()), Instant(wall("20180101T000000").time_since_epoch())}, ZoneBook(in)).value();
    std::string out;
    for (auto const& o : found.list)
        out += to_text(o.when.begin) + " " + to_text(o.begin) + "; ";
    BOOST_TEST(out == "2016-01-01T07:00:00Z 20160101T090000; 2016-07-01T06:00:00Z 20160701T090000; 2017-01-01T06:00:00Z 20170101T090000; "
                      "2017-07-01T06:00:00Z 20170701T090000; ");
}

BOOST_AUTO_TEST_CASE(a_change_of_the_zone_data_in_2027_moves_moments_and_no_wall_clock) {
    // Central Europe, as the sender knew it, and as it would be if the clocks were not put back in October 2027.
    auto const before = western_europe("House Time");
    auto const after = vtimezone("House Time", observance("STANDARD", "16010101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20261025T010000Z\n") +
                                                   observance("DAYLIGHT", "16010101T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20270328T010000Z\n"));
    auto const event = std::string("BEGIN:VEVENT\nUID:1\nDTSTART;TZID=House Time:20270901T090000\nDTEND;TZID=House Time:20270901T100000\nRRULE:FREQ=MONTHLY;COUNT=4\nEND:VEVENT\n");
    auto const all = [&](std::string const& zone) {
        auto const in = object(zone + event);
        std::string out;
        auto const found = occurrences(series_of(in)[0], whole_time(), ZoneBook(in)).value();
        for (auto const& o : found.list)
            out += to_text(o.begin) + "=" + to_text(o.when.begin).substr(11, 5) + "-" + to_text(o.when.end).substr(11, 5) + " ";
        return out;
    };
    BOOST_TEST(all(before) == "20270901T090000=07:00-08:00 20271001T090000=07:00-08:00 20271101T090000=08:00-09:00 20271201T090000=08:00-09:00 ");
    BOOST_TEST(all(after) == "20270901T090000=07:00-08:00 20271001T090000=07:00-08:00 20271101T090000=07:00-08:00 20271201T090000=07:00-08:00 ");
}

BOOST_AUTO_TEST_SUITE_END()
