// SPDX-License-Identifier: EUPL-1.2
#include "ical/busy.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar::ical;

namespace {

Component object(std::string const& lines) {
    auto parsed = parse_object("BEGIN:VCALENDAR\n" + lines + "END:VCALENDAR\n");
    BOOST_REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
    return std::move(parsed).value();
}
std::string event(std::string const& lines) { return "BEGIN:VEVENT\nDTSTART:20270401T090000Z\nDTEND:20270401T100000Z\n" + lines + "END:VEVENT\n"; }
Instant utc(std::string_view text) { return Instant(read_stamp(text).value().wall.time_since_epoch()); }
Interval const day{utc("20270401T000000Z"), utc("20270402T000000Z")};

std::string text(std::vector<BusyPeriod> const& list) {
    std::string out;
    for (auto const& period : list)
        out += (out.empty() ? "" : " ") + to_text(period.when.begin).substr(11, 5) + "-" + to_text(period.when.end).substr(11, 5) + std::string(to_text(period.type).substr(4));
    return out;
}
std::string busy_of(std::string const& lines, Interval when = day) { return text(busy(object(lines), when, ZoneBook()).list); }

bool meets(std::string const& lines, char const* component, char const* from, char const* to) {
    auto const in = object(lines);
    auto const whole = whole_time();
    auto const met = time_range_matches(in, component, {*from ? utc(from) : whole.begin, *to ? utc(to) : whole.end}, ZoneBook(in));
    BOOST_REQUIRE_MESSAGE(met.has_value(), (met ? "" : met.error().message));
    return met.value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(ical_busy)

BOOST_AUTO_TEST_CASE(events_block_as_they_say) {
    BOOST_TEST(busy_of(event("")) == "09:00-10:00");
    BOOST_TEST(busy_of(event("STATUS:TENTATIVE\n")) == "09:00-10:00-TENTATIVE");
    BOOST_TEST(busy_of(event("STATUS:CANCELLED\n")).empty());
    BOOST_TEST(busy_of(event("TRANSP:TRANSPARENT\n")).empty());
    BOOST_TEST(busy_of(event("X-MICROSOFT-CDO-BUSYSTATUS:OOF\n")) == "09:00-10:00-UNAVAILABLE");
    BOOST_TEST(busy_of(event("X-MICROSOFT-CDO-BUSYSTATUS:FREE\n")).empty());
    BOOST_TEST(busy_of(event("RRULE:FREQ=HOURLY;INTERVAL=6;COUNT=9\n")) == "09:00-10:00 15:00-16:00 21:00-22:00");
    BOOST_TEST(busy_of("BEGIN:VEVENT\nDTSTART:20270331T200000Z\nDURATION:PT6H\nEND:VEVENT\n") == "00:00-02:00");
    BOOST_TEST(busy_of("BEGIN:VEVENT\nDTSTART:20270401T090000Z\nEND:VEVENT\n").empty()); // a moment
    BOOST_TEST(busy_of("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270401\nEND:VEVENT\n") == "00:00-00:00");
    auto const broken = busy(object("BEGIN:VEVENT\nDTSTART:never\nEND:VEVENT\n" + event("")), day, ZoneBook());
    BOOST_TEST(text(broken.list) == "09:00-10:00");
    BOOST_TEST(broken.unreadable == (std::vector<std::string>{"line 3: DTSTART: 'never' is not a DATE; write it as 20270421"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(published_busy_time) {
    BOOST_TEST(busy_of("BEGIN:VFREEBUSY\nFREEBUSY:20270401T090000Z/PT1H,20270401T110000Z/20270401T113000Z\nFREEBUSY;FBTYPE=FREE:20270401T120000Z/PT1H\n"
                       "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270401T140000Z/PT1H\nFREEBUSY;FBTYPE=X-ODD:20270401T160000Z/PT1H\nEND:VFREEBUSY\n") ==
               "09:00-10:00 11:00-11:30 14:00-15:00-TENTATIVE 16:00-17:00");
}

BOOST_AUTO_TEST_CASE(availability_closes_what_it_does_not_open) {
    auto const hours = std::string("BEGIN:AVAILABLE\nUID:a\nDTSTART:20270301T090000Z\nDTEND:20270301T170000Z\nRRULE:FREQ=DAILY\nEND:AVAILABLE\n");
    BOOST_TEST(busy_of("BEGIN:VAVAILABILITY\n" + hours + "END:VAVAILABILITY\n") == "00:00-09:00-UNAVAILABLE 17:00-00:00-UNAVAILABLE");
    BOOST_TEST(busy_of("BEGIN:VAVAILABILITY\nBUSYTYPE:BUSY\nDTSTART:20270401T060000Z\nDTEND:20270401T120000Z\n" + hours + "END:VAVAILABILITY\n") == "06:00-09:00");
    // A higher priority closes and opens what lies below.
    BOOST_TEST(busy_of("BEGIN:VAVAILABILITY\nPRIORITY:1\nDTSTART:20270401T080000Z\nDTEND:20270401T100000Z\nBEGIN:AVAILABLE\nUID:b\nDTSTART:20270401T083000Z\nDTEND:20270401T090000Z\n"
                       "END:AVAILABLE\nEND:VAVAILABILITY\nBEGIN:VAVAILABILITY\nPRIORITY:5\n" + hours + "END:VAVAILABILITY\n") ==
               "00:00-08:00-UNAVAILABLE 08:00-08:30-UNAVAILABLE 09:00-10:00-UNAVAILABLE 17:00-00:00-UNAVAILABLE");
}

BOOST_AUTO_TEST_CASE(joined_periods_keep_the_stronger_kind) {
    auto const at = [](int from, int to, Busy type) { return BusyPeriod{{day.begin + std::chrono::hours(from), day.begin + std::chrono::hours(to)}, type}; };
    BOOST_TEST(text(joined({at(9, 12, Busy::tentative), at(10, 11, Busy::busy), at(11, 13, Busy::busy), at(13, 14, Busy::busy), at(16, 17, Busy::unavailable), at(15, 16, Busy::tentative)})) ==
               "09:00-10:00-TENTATIVE 10:00-14:00 15:00-16:00-TENTATIVE 16:00-17:00-UNAVAILABLE");
    BOOST_TEST(joined({}).empty());
}

BOOST_AUTO_TEST_CASE(limits_hold_for_the_whole_calendar) {
    std::string many;
    for (int i = 0; i < 50; ++i)
        many += event("UID:" + std::to_string(i) + "\nRRULE:FREQ=MINUTELY;COUNT=2147483647;BYHOUR=3\n");
    RecurLimits limits;
    limits.steps = 1'000;
    auto const out = busy(object(many), {utc("20670401T000000Z"), utc("20670402T000000Z")}, ZoneBook(), limits);
    BOOST_TEST(out.cut.starts_with("the rule is too much work"));
    limits = {};
    limits.occurrences = 10;
    BOOST_TEST(busy(object(event("RRULE:FREQ=MINUTELY\n")), day, ZoneBook(), limits).cut == "more than 10 occurrences");
}

BOOST_AUTO_TEST_CASE(the_tables_of_rfc_4791) {
    auto const span = event("");
    BOOST_TEST(meets(span, "VEVENT", "20270401T093000Z", "20270401T094000Z"));
    BOOST_TEST(!meets(span, "VEVENT", "20270401T100000Z", "20270401T110000Z"));
    BOOST_TEST(!meets(span, "VEVENT", "20270401T080000Z", "20270401T090000Z"));
    BOOST_TEST(meets(span, "VEVENT", "20270401T080000Z", ""));
    BOOST_TEST(meets(span, "VEVENT", "", "20270402T000000Z"));
    BOOST_TEST(!meets(span, "VTODO", "20270401T093000Z", "20270401T094000Z"));
    auto const moment = std::string("BEGIN:VEVENT\nDTSTART:20270401T090000Z\nEND:VEVENT\n");
    BOOST_TEST(meets(moment, "VEVENT", "20270401T090000Z", "20270401T100000Z"));
    BOOST_TEST(!meets(moment, "VEVENT", "20270401T080000Z", "20270401T090000Z"));
    // An open range over a rule that never ends is answered by its first instance.
    BOOST_TEST(meets(event("RRULE:FREQ=SECONDLY\n"), "VEVENT", "", ""));
    BOOST_TEST(!meets(event("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n"), "VEVENT", "20280101T000000Z", ""));
}

BOOST_AUTO_TEST_CASE(tasks_and_journals) {
    auto const task = [](std::string const& lines) { return "BEGIN:VTODO\n" + lines + "END:VTODO\n"; };
    auto const due = task("DUE:20270401T090000Z\n");
    BOOST_TEST(meets(due, "VTODO", "20270401T080000Z", "20270401T090000Z"));
    BOOST_TEST(!meets(due, "VTODO", "20270401T090000Z", "20270401T100000Z"));
    auto const both = task("DTSTART:20270401T090000Z\nDUE:20270401T100000Z\n");
    BOOST_TEST(meets(both, "VTODO", "20270401T093000Z", "20270401T094000Z"));
    BOOST_TEST(meets(both, "VTODO", "20270401T083000Z", "20270401T093000Z"));
    BOOST_TEST(!meets(both, "VTODO", "20270401T100000Z", "20270401T110000Z"));
    BOOST_TEST(meets(task("DTSTART:20270401T090000Z\nDURATION:PT1H\n"), "VTODO", "20270401T100000Z", "20270401T110000Z"));
    BOOST_TEST(!meets(task("DTSTART:20270401T090000Z\n"), "VTODO", "20270401T093000Z", "20270401T110000Z"));
    auto const done = task("CREATED:20270301T090000Z\nCOMPLETED:20270401T090000Z\n");
    BOOST_TEST(meets(done, "VTODO", "20270315T000000Z", "20270316T000000Z"));
    BOOST_TEST(!meets(done, "VTODO", "20270402T000000Z", "20270403T000000Z"));
    BOOST_TEST(!meets(task("COMPLETED:20270401T090000Z\n"), "VTODO", "20270401T090001Z", "20270403T000000Z"));
    BOOST_TEST(!meets(task("CREATED:20270401T090000Z\n"), "VTODO", "20260401T000000Z", "20260403T000000Z"));
    BOOST_TEST(meets(task("SUMMARY:some day\n"), "VTODO", "20260401T000000Z", "20260403T000000Z"));
    BOOST_TEST(meets(task("DTSTART:20270401T090000Z\nDUE:20270401T100000Z\nRRULE:FREQ=WEEKLY\n"), "VTODO", "20270408T093000Z", "20270408T094000Z"));
    auto const journal = [](std::string const& lines) { return "BEGIN:VJOURNAL\n" + lines + "END:VJOURNAL\n"; };
    BOOST_TEST(meets(journal("DTSTART;VALUE=DATE:20270401\n"), "VJOURNAL", "20270401T230000Z", "20270402T000000Z"));
    BOOST_TEST(!meets(journal("DTSTART:20270401T090000Z\n"), "VJOURNAL", "20270401T093000Z", "20270402T000000Z"));
    BOOST_TEST(!meets(journal("SUMMARY:undated\n"), "VJOURNAL", "", ""));
}

BOOST_AUTO_TEST_CASE(alarms_and_the_rest) {
    auto const alarm = [](std::string const& lines) { return event("RRULE:FREQ=DAILY;COUNT=3\nBEGIN:VALARM\n" + lines + "END:VALARM\n"); };
    BOOST_TEST(meets(alarm("TRIGGER:-PT15M\n"), "VALARM", "20270402T084500Z", "20270402T084600Z"));
    BOOST_TEST(!meets(alarm("TRIGGER:-PT15M\n"), "VALARM", "20270402T084600Z", "20270402T100000Z"));
    BOOST_TEST(meets(alarm("TRIGGER;RELATED=END:PT0S\n"), "VALARM", "20270403T100000Z", "20270403T100100Z"));
    BOOST_TEST(meets(alarm("TRIGGER:-PT1H\nREPEAT:3\nDURATION:PT10M\n"), "VALARM", "20270401T083000Z", "20270401T083100Z"));
    BOOST_TEST(!meets(alarm("TRIGGER:-PT1H\nREPEAT:3\nDURATION:PT10M\n"), "VALARM", "20270401T084000Z", "20270401T090000Z"));
    BOOST_TEST(meets(alarm("TRIGGER;VALUE=DATE-TIME:20300101T000000Z\n"), "VALARM", "20300101T000000Z", "20300101T000001Z"));
    BOOST_TEST(meets(alarm("TRIGGER:P999999999W\nREPEAT:999999999\nDURATION:P999999999D\n"), "VALARM", "20270401T000000Z", "") == false);
    BOOST_TEST(!meets(event(""), "VALARM", "", ""));
    BOOST_TEST(meets("BEGIN:VFREEBUSY\nFREEBUSY:20270401T090000Z/PT1H\nEND:VFREEBUSY\n", "VFREEBUSY", "20270401T093000Z", "20270401T094000Z"));
    BOOST_TEST(!meets("BEGIN:VFREEBUSY\nEND:VFREEBUSY\n", "VFREEBUSY", "", ""));
    BOOST_TEST(meets("BEGIN:VAVAILABILITY\nDTEND:20270401T090000Z\nEND:VAVAILABILITY\n", "VAVAILABILITY", "20200401T093000Z", "20200401T094000Z"));
    BOOST_TEST(time_range_matches(object(""), "VTIMEZONE", whole_time(), ZoneBook()).error().message ==
               "time-range: VTIMEZONE has no time to compare; ask for VEVENT, VTODO, VJOURNAL, VFREEBUSY or VALARM");
}

BOOST_AUTO_TEST_SUITE_END()
