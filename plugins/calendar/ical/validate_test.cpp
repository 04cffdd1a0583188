// SPDX-License-Identifier: EUPL-1.2
#include "ical/validate.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar::ical;

namespace {

std::string check(std::string const& lines) {
    auto const parsed = parse_object("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + lines + "END:VCALENDAR\n");
    BOOST_REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
    auto const out = validate_object(parsed.value());
    if (!out.problem)
        return out.kind.type + " " + out.kind.uid;
    return (out.problem->precondition == Precondition::valid_calendar_data ? "data: " : "object: ") + out.problem->message;
}
std::string event(std::string const& lines) { return "BEGIN:VEVENT\nUID:1\nDTSTART:20270401T090000Z\n" + lines + "END:VEVENT\n"; }

} // namespace

BOOST_AUTO_TEST_SUITE(ical_validate)

BOOST_AUTO_TEST_CASE(what_a_collection_takes) {
    BOOST_TEST(check(event("X-ENTOURAGE_UUID:a\n")) == "VEVENT 1");
    BOOST_TEST(check("BEGIN:VTODO\nUID:2\nEND:VTODO\n") == "VTODO 2");
    BOOST_TEST(check(event("RRULE:FREQ=DAILY\n") + event("RECURRENCE-ID:20270402T090000Z\n") + event("RECURRENCE-ID:20270403T090000Z\n")) == "VEVENT 1");
    BOOST_TEST(check(event("RECURRENCE-ID:20270402T090000Z\n")) == "VEVENT 1"); // an invitation to one instance
    BOOST_TEST(check("BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n" + event("DTEND:20270401T090000Z\n")) == "VEVENT 1");
}

BOOST_AUTO_TEST_CASE(what_is_no_object_of_a_collection) {
    BOOST_TEST(check("METHOD:REQUEST\n" + event("")) == "object: METHOD:REQUEST makes this a message, not an entry of a calendar; leave it out");
    BOOST_TEST(check("") == "object: there is no component but VTIMEZONE in it; an object has a VEVENT, VTODO or the like");
    BOOST_TEST(check("BEGIN:VEVENT\nDTSTART:20270401T090000Z\nEND:VEVENT\n") == "object: line 4: VEVENT has no UID");
    BOOST_TEST(check(event("") + "BEGIN:VTODO\nUID:1\nEND:VTODO\n") == "object: line 8: VTODO stands beside VEVENT; an object has one kind of component");
    BOOST_TEST(check(event("") + "BEGIN:VEVENT\nUID:2\nDTSTART:20270401T090000Z\nEND:VEVENT\n") ==
               "object: line 8: VEVENT has another UID than the first; an object has one");
    BOOST_TEST(check(event("") + event("")) == "object: line 8: VEVENT is there twice without RECURRENCE-ID; a series has one master");
    BOOST_TEST(check(event("RECURRENCE-ID:20270402T090000Z\n") + event("RECURRENCE-ID:20270402T090000Z\n")) ==
               "object: line 9: VEVENT changes the same instance again: RECURRENCE-ID:20270402T090000Z");
}

BOOST_AUTO_TEST_CASE(what_no_reader_could_use) {
    BOOST_TEST(check("BEGIN:VEVENT\nUID:1\nEND:VEVENT\n") == "data: line 4: VEVENT has no DTSTART");
    BOOST_TEST(check(event("DTSTART:20270401T100000Z\n")) == "data: line 7: DTSTART stands there twice");
    BOOST_TEST(check(event("DTEND:20270401T080000Z\n")) == "data: line 7: DTEND: 20270401T080000Z is before DTSTART:20270401T090000Z");
    BOOST_TEST(check(event("DTEND;VALUE=DATE:20270402\n")) == "data: line 7: DTEND: is a day where DTSTART is a time, or the other way round");
    BOOST_TEST(check(event("RRULE:FREQ=DAILY;COUNT=0\n")) == "data: line 7: RRULE: COUNT=0 is no number from 1 up");
    BOOST_TEST(check(event("EXDATE:soon\n")).starts_with("data: line 7: EXDATE: 'soon' is not a DATE"));
    BOOST_TEST(check(event("RDATE;VALUE=PERIOD:20270401T090000Z/x\n")).starts_with("data: line 7: RDATE: 'x' is not a DATE-TIME"));
    BOOST_TEST(check(event("DURATION:1h\n")).starts_with("data: line 7: DURATION: '1h' is not a DURATION"));
}

BOOST_AUTO_TEST_SUITE_END()
