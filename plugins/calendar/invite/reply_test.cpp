// SPDX-License-Identifier: EUPL-1.2
// Answers as the usual programs send them, and what is no answer.
#include "invite/reply.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar;

namespace {

IncomingMail mail(std::string type, std::string content, std::string name = {}) {
    IncomingMail out;
    out.from = "Wiebke.Kaate@Example.org";
    out.subject = "Accepted";
    out.parts = {{"text/plain; charset=utf-8", "", "Yes."}, {std::move(type), std::move(name), std::move(content)}};
    return out;
}

std::string calendar_text(std::string const& head, std::string const& event) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n" + head + "BEGIN:VEVENT\r\nUID:it-20@item.kogge\r\n" + event + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

std::string const accepted = "DTSTAMP:20270110T101500Z\r\nSEQUENCE:3\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=Wiebke:mailto:wiebke.kaate@example.org\r\n";

/// "accepted it-20 3 wiebke.kaate@example.org", or why not.
std::string told(IncomingMail const& one) {
    auto const read = read_replies(one, Zone::parse("Europe/Berlin").value());
    if (read.list.empty())
        return read.why;
    auto const& reply = read.list.front();
    return std::string(boost::describe::enum_to_string(reply.answer, "?")) + " " + reply.entry.id + " " + std::to_string(reply.sequence) + " " + reply.attendee;
}

} // namespace

BOOST_AUTO_TEST_SUITE(replies)

BOOST_AUTO_TEST_CASE(the_styles_of_the_usual_programs) {
    std::string const yes = "accepted it-20 3 wiebke.kaate@example.org";
    BOOST_TEST(told(mail("text/calendar; method=REPLY; charset=utf-8", calendar_text("METHOD:REPLY\r\n", "ORGANIZER:mailto:o@example.org\r\n" + accepted))) == yes);
    // Exchange: no ORGANIZER (nextcloud/server#58904)
    BOOST_TEST(told(mail("text/calendar; charset=\"utf-8\"; method=REPLY", calendar_text("METHOD:REPLY\r\n", accepted))) == yes);
    // Proton: the method only within; Google: application/ics as an attachment (nextcloud/mail#12790)
    BOOST_TEST(told(mail("text/calendar; charset=utf-8", calendar_text("METHOD:REPLY\r\n", accepted))) == yes);
    BOOST_TEST(told(mail("application/ics", calendar_text("METHOD:REPLY\r\n", accepted), "invite.ics")) == yes);
    BOOST_TEST(told(mail("application/octet-stream", calendar_text("METHOD:REPLY\r\n", accepted), "response.ICS")) == yes);
    // the method only outside; nowhere at all
    BOOST_TEST(told(mail("text/calendar; method=\"reply\"", calendar_text("", accepted))) == yes);
    BOOST_TEST(told(mail("text/calendar", calendar_text("", accepted))) == yes);
    // Apple: a principal, the address beside it; bare LF; a RECURRENCE-ID to what does not recur
    BOOST_TEST(told(mail("text/calendar; method=REPLY", "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:it-20@item.kogge\nRECURRENCE-ID:20270422T120000Z\nSEQUENCE:3\n"
                                                        "ATTENDEE;EMAIL=wiebke.kaate@example.org;PARTSTAT=TENTATIVE:/aMTIz/principal/\nEND:VEVENT\nEND:VCALENDAR\n"))
               == "tentative it-20 3 wiebke.kaate@example.org");
}

BOOST_AUTO_TEST_CASE(everybody_is_listed_and_one_answers) {
    auto const read = told(mail("text/calendar; method=REPLY", calendar_text("METHOD:REPLY\r\n", "SEQUENCE:1\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@example.org\r\n"
        "ATTENDEE;PARTSTAT=DECLINED:MAILTO:wiebke.kaate@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:c@example.org\r\n")));
    BOOST_TEST(read == "declined it-20 1 wiebke.kaate@example.org");
}

BOOST_AUTO_TEST_CASE(a_delegation_names_a_substitute) {
    auto const read = read_replies(mail("text/calendar; method=REPLY", calendar_text("METHOD:REPLY\r\n",
        "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:jan@example.org\":mailto:wiebke.kaate@example.org\r\n"
        "ATTENDEE;CN=Jan Modaal;DELEGATED-FROM=\"mailto:wiebke.kaate@example.org\":mailto:jan@example.org\r\n")), Zone());
    BOOST_REQUIRE(read.list.size() == 1u);
    BOOST_REQUIRE(read.list[0].substitute);
    BOOST_TEST(read.list[0].substitute->name == "Jan Modaal");
    BOOST_TEST(read.list[0].substitute->email == "jan@example.org");
}

BOOST_AUTO_TEST_CASE(a_counter_proposes_a_time_in_any_zone) {
    for (auto const* times : {"DTSTART;TZID=W. Europe Standard Time:20270422T160000\r\nDTEND;TZID=W. Europe Standard Time:20270422T171500\r\n",
                              "DTSTART:20270422T140000Z\r\nDURATION:PT1H15M\r\n", "DTSTART:20270422T160000\r\nDTEND:20270422T171500\r\n"}) {
        auto const read = read_replies(mail("text/calendar; method=COUNTER", calendar_text("METHOD:COUNTER\r\n", std::string(times) + accepted)), Zone::parse("Europe/Berlin").value());
        BOOST_REQUIRE_MESSAGE(read.list.size() == 1u, times << read.why);
        BOOST_REQUIRE(read.list[0].kind == Reply::Kind::counter);
        BOOST_TEST(to_text(read.list[0].proposed->begin) == "2027-04-22T14:00:00Z");
        BOOST_TEST(read.list[0].proposed->length() == Minutes(75));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_answer_says_why) {
    BOOST_TEST(told(mail("text/html", "<p>Yes</p>")).starts_with("it carries no calendar"));
    BOOST_TEST(told(mail("text/calendar", calendar_text("METHOD:REQUEST\r\n", accepted))) == "its calendar is no answer but METHOD:request");
    BOOST_TEST(told(mail("text/calendar", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:040000008200E00074C5B7101A82E008\r\n" + accepted + "END:VEVENT\r\nEND:VCALENDAR\r\n"))
               == "its calendar answers nothing of ours: UID 040000008200E00074C5B7101A82E008");
    BOOST_TEST(told(mail("text/calendar", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:it-20@item.kogge\r\n")).starts_with("its calendar cannot be read"));
    BOOST_TEST(told(mail("text/calendar", std::string(2 << 20, 'x'))).starts_with("it carries no calendar"));
}

BOOST_AUTO_TEST_CASE(hostile_calendars_are_refused_in_no_time) {
    std::string nested, many;
    for (int i = 0; i < 100'000; ++i)
        nested += "BEGIN:VEVENT\r\n";
    for (int i = 0; i < 5'000; ++i)
        many += "BEGIN:VEVENT\r\nUID:it-20@item.kogge\r\n" + accepted + "END:VEVENT\r\n";
    std::string const head = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n", tail = "END:VCALENDAR\r\n";
    std::string zero = calendar_text("METHOD:REPLY\r\n", accepted);
    zero[zero.find("SEQUENCE") + 9] = '\0';
    for (auto const& text : {head + nested, head + many + tail, head + "X:" + std::string(900'000, 'x') + "\r\n" + tail, std::string("\xFF\xFE") + "B\0E\0G\0"})
        BOOST_TEST(read_replies(mail("text/calendar; method=REPLY", text), Zone()).list.empty());
    auto const read = read_replies(mail("text/calendar", zero), Zone());
    BOOST_TEST((read.list.empty() || read.list[0].sequence == 0));
    BOOST_TEST(told(mail("text/calendar", calendar_text("METHOD:REPLY\r\n", "SEQUENCE:-5\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.org\r\n"))) == "accepted it-20 0 a@b.org");
    BOOST_TEST(read_replies(mail("text/calendar", calendar_text("METHOD:REPLY\r\n", "COMMENT:" + std::string(100'000, 'c') + "\r\n" + accepted)), Zone()).list.at(0).comment.size() < 5'000u);
}

BOOST_AUTO_TEST_SUITE_END()
