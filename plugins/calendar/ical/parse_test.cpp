// SPDX-License-Identifier: EUPL-1.2
#include "ical/parse.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar::ical;

namespace {

/// Lines joined by CRLF.
std::string text(std::initializer_list<std::string_view> lines) {
    std::string out;
    for (auto const line : lines)
        out.append(line).append("\r\n");
    return out;
}

std::string const small = text({"BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Ratsempfang", "END:VEVENT", "END:VCALENDAR"});

std::string error_of(std::string_view input, ParseLimits const& limits = {}) {
    auto const parsed = parse(input, limits);
    return parsed ? "read" : parsed.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ical_parse)

BOOST_AUTO_TEST_CASE(what_is_not_touched_is_written_byte_for_byte) {
    for (auto const& input : {
             small,
             std::string("\xef\xbb\xbf") + small, // byte order mark
             text({"", "begin:vcalendar", "Version:2.0", "", "x-entourage_uuid:a_b", "END:VCALENDAR", ""}),
             std::string("BEGIN:VCALENDAR\nVERSION:2.0\r\nX-A:1\r\r\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR"),
             text({"BEGIN:VCALENDAR", "DESCRIPTION:one", " two", "\tthree", "", " after an empty line", "END:VCALENDAR"}),
             text({"BEGIN:VCALENDAR", "SUMMARY:\xc3", " \xa4rger", "END:VCALENDAR"}), // a fold within a character
             text({"BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "X-AFTER:components", "BEGIN:VTODO ", "END:VTODO", "X-LAST:1", "END:VCALENDAR"}),
             text({"BEGIN:VCALENDAR", std::string(300, 'X') + ":an unfolded line", "END:VCALENDAR"}),
             small + small,
         }) {
        auto const parsed = parse(input);
        BOOST_REQUIRE_MESSAGE(parsed.has_value(), error_of(input));
        BOOST_TEST(to_text(parsed.value()) == input);
    }
}

BOOST_AUTO_TEST_CASE(lines_are_unfolded_and_taken_apart) {
    auto const object = parse_object(text({"BEGIN:VCALENDAR", "BEGIN:VEVENT", "ATTENDEE;CN=\"Meyer, B.: ^'Bea^' ^^ ^n\";ROLE=REQ-PARTICIPANT;MEMBER=\"mailto:a@",
                                           " b.example\",\"mailto:c@d.example\":mailto:bea@example.org", "END:VEVENT", "END:VCALENDAR"}));
    BOOST_REQUIRE(object.has_value());
    auto const& attendee = object.value().components.at(0).properties.at(0);
    BOOST_TEST(attendee.name() == "ATTENDEE");
    BOOST_TEST(attendee.value() == "mailto:bea@example.org");
    BOOST_TEST(attendee.parameter("cn").value() == "Meyer, B.: \"Bea\" ^ \n");
    BOOST_TEST(!attendee.parameter("PARTSTAT"));
    auto const parameters = attendee.parameters();
    BOOST_TEST(parameters.size() == 3u);
    BOOST_TEST(parameters[2].values == (std::vector<std::string>{"mailto:a@b.example", "mailto:c@d.example"}), boost::test_tools::per_element());
    BOOST_TEST(attendee.line() == 3u);
}

BOOST_AUTO_TEST_CASE(what_is_changed_is_written_anew_and_nothing_else) {
    auto object = parse_object(text({"BEGIN:VCALENDAR", "x-odd;a=b:as it", "  was", "BEGIN:VEVENT", "ATTENDEE;CN=Bea;PARTSTAT=NEEDS-ACTION:mailto:bea@example.org",
                                     "dtstart:20270421T090000", "END:VEVENT", "END:VCALENDAR"}))
                      .value();
    auto& event = object.components[0];
    event.find("ATTENDEE")->set_parameter("PARTSTAT", "ACCEPTED");
    event.find("ATTENDEE")->set_parameter("CN", "Bea: \"B\"");
    event.find("ATTENDEE")->set_parameter("X-NEW", "1");
    event.set("DTSTART", "20270422T090000");
    event.set("SEQUENCE", "1");
    BOOST_TEST(event.remove("UID") == 0u);
    BOOST_TEST(to_text(object) == text({"BEGIN:VCALENDAR", "x-odd;a=b:as it", "  was", "BEGIN:VEVENT",
                                        "ATTENDEE;CN=\"Bea: ^'B^'\";PARTSTAT=ACCEPTED;X-NEW=1:mailto:bea@example.org", "dtstart:20270422T090000",
                                        "SEQUENCE:1", "END:VEVENT", "END:VCALENDAR"}));
    event.find("ATTENDEE")->set_parameter("CN", std::string(70, 'x'));
    BOOST_TEST(to_text(event).find("xxxxxxxxxxxxx\r\n xxx") != std::string::npos);
    event.find("ATTENDEE")->remove_parameter("cn");
    BOOST_TEST(event.find("ATTENDEE")->parameters().size() == 2u);
    BOOST_TEST(event.find("ATTENDEE")->value() == "mailto:bea@example.org");
    Property const smuggled("X-A", "1\r\nEND:VEVENT");
    std::string out;
    smuggled.write(out);
    BOOST_TEST(out == "X-A:1END:VEVENT\r\n");
}

BOOST_AUTO_TEST_CASE(what_is_tolerated_is_said_once) {
    auto const parsed = parse("\xef\xbb\xbf" "BEGIN:VCALENDAR\n\nX-A:1\nX-B:\x0b\nEND:VCALENDAR\n").value();
    std::vector<std::string> said;
    for (auto const& remark : parsed.remarks)
        said.push_back(std::to_string(remark.line) + " " + remark.message);
    BOOST_TEST(said == (std::vector<std::string>{"1 a byte order mark", "1 lines end in LF alone; RFC 5545 asks for CRLF", "2 an empty line", "4 a control character"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_refusal_names_its_line) {
    BOOST_TEST(error_of("") == "line 1: there is no BEGIN:VCALENDAR");
    BOOST_TEST(error_of("<!DOCTYPE html>\r\n<p>Sign in") == "line 1: '<!DOCTYPE html>' is no iCalendar; the first line is BEGIN:VCALENDAR");
    BOOST_TEST(error_of("BEGIN:VCARD\r\nEND:VCARD\r\n") == "line 1: BEGIN:VCARD stands outside a calendar; the first line is BEGIN:VCALENDAR");
    BOOST_TEST(error_of(small.substr(0, small.size() - 15)) ==
               "line 1: BEGIN:VCALENDAR is not closed: the text ends before its END, perhaps cut off on the way");
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VCALENDAR"})) == "line 3: END:VCALENDAR where END:VEVENT is due, for line 2");
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "no colon", "END:VCALENDAR"})) == "line 2: 'no colon' is no content line; it should read NAME:value");
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "A;B=\"c:d", "END:VCALENDAR"})) == "line 2: 'A;B=\"c:d' has a quotation mark that is not closed");
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "X:\xff", "END:VCALENDAR"})) == "line 2: no UTF-8 at octet 3 of the line; save the calendar as UTF-8");
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "X:\xed\xa0\x80", "END:VCALENDAR"})).starts_with("line 2: no UTF-8")); // half a surrogate pair
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "X:\xc0\xaf", "END:VCALENDAR"})).starts_with("line 2: no UTF-8")); // overlong
    BOOST_TEST(error_of("BEGIN:VCALENDAR\rVERSION:2.0\rEND:VCALENDAR\r") ==
               "line 1: a carriage return without a line feed: 'BEGIN:VCALENDAR'; end lines with CRLF");
    BOOST_TEST(error_of(std::string("BEGIN:VCALENDAR\r\nX:a\0b\r\n", 24)) == "line 2: a NUL character; iCalendar is text");
    BOOST_TEST(error_of("\xff\xfe" "B") == "line 1: this is UTF-16; save the calendar as UTF-8");
    BOOST_TEST(error_of(std::string("B\0E\0G\0I\0N\0:\0", 12)) == "line 1: this is UTF-16 or UTF-32; save the calendar as UTF-8");
    BOOST_TEST(error_of(small + "END:VEVENT\r\n") == "line 8: 'END:VEVENT' closes nothing");
    BOOST_TEST(parse_object(small + small).error().message == "line 8: a second BEGIN:VCALENDAR; an object holds one");
}

BOOST_AUTO_TEST_CASE(everything_is_bounded) {
    ParseLimits limits;
    limits.bytes = 10;
    BOOST_TEST(error_of(small, limits).ends_with("at most 10 are read"));
    limits = {};
    limits.line_octets = 100;
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "X:" + std::string(90, 'a'), " " + std::string(90, 'b'), "END:VCALENDAR"}), limits).starts_with("line 2: 'X:aaa"));
    limits = {};
    limits.properties = 2;
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "A:", "B:", "C:", "END:VCALENDAR"}), limits) == "line 4: more than 2 properties");
    limits = {};
    limits.components = 1;
    BOOST_TEST(error_of(small, limits) == "line 3: more than 1 components");
    limits = {};
    limits.parameters = 2;
    BOOST_TEST(error_of(text({"BEGIN:VCALENDAR", "A;B=1;C=2;D=3:", "END:VCALENDAR"}), limits) == "line 2: 'A;B=1;C=2;D=3:' has more than 2 parameters");
    std::string deep = "BEGIN:VCALENDAR\r\n";
    for (int i = 0; i < 100'000; ++i)
        deep += "BEGIN:VEVENT\r\n";
    BOOST_TEST(error_of(deep) == "line 17: BEGIN:VEVENT is nested deeper than 16");
}

BOOST_AUTO_TEST_CASE(a_lenient_reader_leaves_bad_lines_out_and_keeps_their_bytes) {
    ParseLimits lenient;
    lenient.lenient = true;
    auto const input = text({"BEGIN:VCALENDAR", "no colon at first", "X-A:1", "and here", "BEGIN:VEVENT", "UID:1", "END:VEVENT", "nor here", "END:VCALENDAR", "tail"});
    auto const parsed = parse(input, lenient).value();
    BOOST_TEST(to_text(parsed) == input);
    BOOST_TEST(parsed.remarks.size() == 4u);
    BOOST_TEST(parsed.remarks[1].message == "'and here' is no content line; it should read NAME:value; left out");
    BOOST_TEST(parsed.calendars[0].properties.size() == 1u);
    auto const mac = "BEGIN:VCALENDAR\rX-A:1\rEND:VCALENDAR\r";
    BOOST_TEST(to_text(parse(mac, lenient).value()) == mac);
}

BOOST_AUTO_TEST_CASE(much_of_one_thing_is_read_once) {
    auto const repeated = [](std::string_view text) {
        std::string out;
        while (out.size() < (std::size_t(1) << 18))
            out += text;
        return out;
    };
    for (std::string_view const text : {"\r", "\n", "\r\n", " ", "\r\n ", "\r\r\n", ";", ":", "\"", "a", "a:\r\n", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "X;A=1:\r\n", "X\r\n", "\\,", "\xc3\xa4", "^"})
        for (bool const lenient : {false, true}) {
            ParseLimits limits;
            limits.lenient = lenient;
            auto const many = repeated(text);
            for (auto const& input : {many, "BEGIN:VCALENDAR\r\n" + many + "END:VCALENDAR\r\n", "BEGIN:VCALENDAR\r\nX:" + many + "\r\nEND:VCALENDAR\r\n",
                                      "BEGIN:VCALENDAR\r\nX;A=" + many + ":b\r\nEND:VCALENDAR\r\n"})
                if (auto const parsed = parse(input, limits))
                    BOOST_TEST((to_text(parsed.value()) == input));
        }
}

BOOST_AUTO_TEST_SUITE_END()
