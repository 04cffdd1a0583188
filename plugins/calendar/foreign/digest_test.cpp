// SPDX-License-Identifier: EUPL-1.2
#include "foreign/digest.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#ifndef KOGGE_SOURCE_DIR
#define KOGGE_SOURCE_DIR "."
#endif

using namespace kogge;
using namespace kogge::calendar::foreign;

namespace {

std::string file(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The middle of April 2027, somebody in Groningen.
Reading reading() {
    Reading out;
    out.now = Instant(std::chrono::sys_days(std::chrono::year(2027) / 4 / 15)) + std::chrono::hours(6);
    out.window = {out.now - std::chrono::days(7), out.now + std::chrono::days(400)};
    out.otherwise = Zone::parse("Europe/Amsterdam").value();
    out.owner = "anna@example.org";
    return out;
}

/// "2027-04-19T07:30:00Z/2027-04-19T08:30:00Z busy Amtsleiterrunde"
std::string text_of(Digest const& digest) {
    std::string out = "name=" + digest.name + " zone=" + digest.zone + " events=" + std::to_string(digest.events) + " free=" + std::to_string(digest.free) +
                      " cancelled=" + std::to_string(digest.cancelled) + " ours=" + std::to_string(digest.ours) +
                      " refresh=" + (digest.refresh ? std::to_string(digest.refresh->count()) : "-") + " remarks=" + std::to_string(digest.remarks.size()) + "\n";
    for (auto const& taken : digest.busy)
        out += to_text(taken.when.begin) + "/" + to_text(taken.when.end) + (taken.tentative ? " tentative " : " busy ") + taken.title + "\n";
    return out;
}

std::string event(std::string const& lines, std::string const& uid = "u1") {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\n" + lines + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}
std::string const usual = "DTSTART:20270420T080000Z\r\nDTEND:20270420T090000Z\r\nSUMMARY:S\r\n";

std::string repeated(std::string const& text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(foreign_digest)

// cases/NAME.ics as these programs write them, cases/NAME.out what must come of it.
BOOST_AUTO_TEST_CASE(what_the_usual_programs_write) {
    std::vector<std::filesystem::path> cases;
    for (auto const& entry : std::filesystem::directory_iterator(std::string(KOGGE_SOURCE_DIR) + "/foreign/cases"))
        if (entry.path().extension() == ".ics")
            cases.push_back(entry.path());
    std::sort(cases.begin(), cases.end());
    BOOST_TEST(cases.size() >= 10u);
    for (auto const& path : cases) {
        auto const got = digest(file(path), reading());
        BOOST_REQUIRE_MESSAGE(got, path.filename() << ": " << (got ? "" : got.error().detail));
        for (auto const& remark : got.value().remarks)
            BOOST_TEST_MESSAGE(path.filename() << ": " << remark);
        BOOST_TEST(text_of(got.value()) == file(std::filesystem::path(path).replace_extension(".out")), path.filename());
    }
}

BOOST_AUTO_TEST_CASE(crlf_and_lf_and_a_byte_order_mark_say_the_same) {
    auto const lf = file(std::string(KOGGE_SOURCE_DIR) + "/foreign/cases/apple.ics");
    std::string crlf = "\xef\xbb\xbf";
    for (char const c : lf)
        crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    BOOST_TEST(text_of(digest(lf, reading()).value()) == text_of(digest(crlf, reading()).value()));
}

BOOST_AUTO_TEST_CASE(what_is_kept_of_a_file_says_the_same_and_nothing_else) {
    for (auto const* name : {"outlook", "apple", "google", "nextcloud", "zimbra", "customized_zone", "clock_change", "exchange_published"}) {
        auto const whole = file(std::string(KOGGE_SOURCE_DIR) + "/foreign/cases/" + name + ".ics");
        auto const kept = reduced(whole, reading().window.begin, reading().owner);
        BOOST_REQUIRE(kept);
        auto before = digest(whole, reading()).value(), after = digest(kept.value(), reading()).value();
        BOOST_TEST((before.busy == after.busy), name);
        for (auto const* secret : {"Vertraulich", "Hauptstra", "LOCATION", "VALARM", "Belasting"})
            BOOST_TEST(kept.value().find(secret) == std::string::npos, name << " keeps " << secret);
    }
    auto const old = event("DTSTART:20200420T080000Z\r\nDTEND:20200420T090000Z\r\nSUMMARY:Old\r\n");
    BOOST_TEST(reduced(old, reading().window.begin, {}).value().find("Old") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(ten_thousand_events_are_read) {
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\n";
    for (int i = 0; i < 10'000; ++i)
        text += "BEGIN:VEVENT\r\nUID:e" + std::to_string(i) + "\r\nDTSTART;TZID=Europe/Berlin:202705" + (i % 28 < 9 ? "0" : "") + std::to_string(i % 28 + 1) +
                "T090000\r\nDTEND;TZID=Europe/Berlin:202705" + (i % 28 < 9 ? "0" : "") + std::to_string(i % 28 + 1) + "T100000\r\nSUMMARY:Event " + std::to_string(i) +
                "\r\nEND:VEVENT\r\n";
    text += "END:VCALENDAR\r\n";
    auto const began = std::chrono::steady_clock::now();
    DigestLimits patient;
    patient.time = std::chrono::minutes(5);
    auto const got = digest(text, reading(), patient);
    BOOST_REQUIRE(got);
    BOOST_TEST_MESSAGE("10,000 events read in " << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count() << " ms");
    BOOST_TEST(got.value().busy.size() == 10'000u);
    std::set<std::string> keys;
    for (auto const& taken : got.value().busy)
        keys.insert(taken.key);
    BOOST_TEST(keys.size() == 10'000u);
}

BOOST_AUTO_TEST_CASE(a_title_is_made_fit_to_be_shown) {
    BOOST_TEST(clean("a\x01" "b\tc  ", 10) == "a b c");
    BOOST_TEST(clean("größer", 3) == "grö…");
    BOOST_TEST(clean("\xff\xc0\xaf" "x\xed\xa0\x80", 20) == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    BOOST_TEST(clean("x\xe2\x82", 20) == "x\xef\xbf\xbd\xef\xbf\xbd");
}

// ---- bytes nobody should have to read --------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(what_is_no_calendar_is_told_apart) {
    auto const what = [](std::string const& bytes) { return digest(bytes, reading()).error().what; };
    auto const whole = event(usual);
    for (std::string const page : {"<!DOCTYPE html><html><body>Sign in</body></html>", "<html>", "  \r\n<HTML lang=de>", "\xef\xbb\xbf<!doctype html>", "<script>"})
        BOOST_TEST((what(page) == LookError::web_page), page);
    for (std::string const other : {"", " \r\n ", "{\"events\":[]}", "<?xml version=\"1.0\"?><a/>", "PK\x03\x04zip", "%PDF-1.7", "\x89PNG\r\n", "Moved", "BEGIN:VCARD\r\nEND:VCARD\r\n",
                                    "VERSION:2.0\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"})
        BOOST_TEST((what(other) == LookError::not_calendar), other);
    for (std::size_t cut = 1; cut < 40; ++cut) { // forty ways to break off
        auto const part = whole.substr(0, 16 + (whole.size() - 18) * cut / 40);
        BOOST_TEST((what(part) == LookError::truncated || what(part) == LookError::not_calendar), "cut after " << part.size());
    }
    std::string utf16le = "\xff\xfe", utf16be = "\xfe\xff", utf16bare;
    for (char const c : whole) {
        utf16le += c, utf16le += '\0';
        utf16be += '\0', utf16be += c;
        utf16bare += c, utf16bare += '\0';
    }
    for (auto const& bytes : {utf16le, utf16be, utf16bare})
        BOOST_TEST((what(bytes) == LookError::encoding));
    for (std::size_t at = 0; at < whole.size(); at += whole.size() / 10) {
        auto bytes = whole;
        bytes[at] = '\0';
        BOOST_TEST((what(bytes) == LookError::encoding), "NUL at " << at);
    }
    BOOST_TEST((what(event("DTSTART:20270420T080000Z\r\nSUMMARY:Gr\xf6\xdf" "er\r\n")) == LookError::encoding)); // Latin-1
    DigestLimits small;
    small.bytes = 100;
    BOOST_TEST((digest(whole, reading(), small).error().what == LookError::too_large));
}

BOOST_AUTO_TEST_CASE(hostile_calendars_end_in_bounded_time_with_a_word_about_it) {
    struct Case {
        std::string name, bytes;
    };
    std::vector<Case> cases;
    auto const add = [&](std::string name, std::string bytes) { cases.push_back({std::move(name), std::move(bytes)}); };
    for (auto const* rule : {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=SECONDLY",
                             "FREQ=SECONDLY;COUNT=2147483647", "FREQ=MINUTELY;COUNT=99999999999999999999", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1",
                             "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=DAILY;UNTIL=99991231T235959Z",
                             "FREQ=DAILY;UNTIL=00010101T000000Z", "FREQ=WEEKLY;BYSETPOS=400;BYDAY=MO", "FREQ=YEARLY;BYSETPOS=-1;BYSECOND=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3;BYHOUR=0,1,2",
                             "FREQ=SECONDLY;INTERVAL=1;BYHOUR=25", "FREQ=", "=", ";;;;", "FREQ=DAILY;FREQ=SECONDLY", "FREQ=SECONDLY;BYSECOND=60", "FREQ=DAILY;BYDAY=XX",
                             "FREQ=DAILY;COUNT=5;UNTIL=20270501T000000Z", "FREQ=YEARLY;INTERVAL=9999999999", "FREQ=MINUTELY;BYDAY=MO;BYSETPOS=1;BYMONTH=2;BYMONTHDAY=29"})
        add(std::string("RRULE:") + rule, event(usual + "RRULE:" + rule + "\r\n"));
    add("200 rules", event(usual + repeated("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\n", 200)));
    std::string bombs;
    for (int i = 0; i < 500; ++i)
        bombs += "BEGIN:VEVENT\r\nUID:b" + std::to_string(i) + "\r\n" + usual + "RRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n";
    add("500 events every second", "BEGIN:VCALENDAR\r\n" + bombs + "END:VCALENDAR\r\n");
    add("a line of 10 MB", event(usual + "DESCRIPTION:" + std::string(10'000'000, 'x') + "\r\n"));
    add("10 MB of folds", event(usual + "DESCRIPTION:x" + repeated("\r\n x", 2'500'000) + "\r\n"));
    add("100,000 nested", repeated("BEGIN:VCALENDAR\r\n", 100'000) + repeated("END:VCALENDAR\r\n", 100'000));
    add("10,000 nested events", "BEGIN:VCALENDAR\r\n" + repeated("BEGIN:VEVENT\r\n", 10'000) + repeated("END:VEVENT\r\n", 10'000) + "END:VCALENDAR\r\n");
    add("300,000 events", "BEGIN:VCALENDAR\r\n" + repeated("BEGIN:VEVENT\r\nEND:VEVENT\r\n", 300'000) + "END:VCALENDAR\r\n");
    add("100,000 parameters", event("DTSTART" + repeated(";X=1", 100'000) + ":20270420T080000Z\r\n"));
    add("100,000 values of a parameter", event("DTSTART;X=1" + repeated(",1", 100'000) + ":20270420T080000Z\r\n"));
    add("100,000 EXDATEs", event(usual + "RRULE:FREQ=DAILY\r\n" + repeated("EXDATE:20270421T080000Z\r\n", 100'000)));
    add("an EXDATE of 50,000", event(usual + "RRULE:FREQ=DAILY\r\nEXDATE:20270421T080000Z" + repeated(",20270422T080000Z", 50'000) + "\r\n"));
    add("an RDATE of 60,000", event(usual + "RDATE:20270421T080000Z" + repeated(",20270422T080000Z", 60'000) + "\r\n"));
    add("10,000 overrides", "BEGIN:VCALENDAR\r\n" + repeated("BEGIN:VEVENT\r\nUID:o\r\nRECURRENCE-ID:20270420T080000Z\r\n" + usual + "END:VEVENT\r\n", 10'000) + "END:VCALENDAR\r\n");
    add("overrides to eternity", event(usual + "RECURRENCE-ID;RANGE=THISANDFUTURE:20270420T080000Z\r\nRRULE:FREQ=SECONDLY\r\n"));
    add("a zone that changes every second", "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
        "RRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:z\r\nDTSTART;TZID=Z:20270420T080000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    add("1,000 zones", "BEGIN:VCALENDAR\r\n" + repeated("BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n", 1'000) + "END:VCALENDAR\r\n");
    for (auto const* times : {"DTSTART:00000000T000000Z\r\n", "DTSTART:99991231T235959Z\r\nDURATION:P9999999W\r\n", "DTSTART:20270420T080000Z\r\nDURATION:-P1D\r\n",
                              "DTSTART:20270420T080000Z\r\nDURATION:P99999999999999999999D\r\n", "DTSTART:20270431T080000Z\r\n", "DTSTART:20270420T256199Z\r\n", "DTSTART:\r\n",
                              "DTSTART:now\r\n", "DTSTART;TZID=:20270420T080000\r\n", "DTSTART;TZID=../../etc/passwd:20270420T080000\r\nDURATION:PT1H\r\n",
                              "DTSTART;TZID=\"A\x7f\":20270420T080000\r\n", "DTSTART;VALUE=PERIOD:20270420T080000Z/PT1H\r\n", "DTSTART;VALUE=DATE:20270420T080000Z\r\n",
                              "DTSTART:20270420T080000Z\r\nDTEND;VALUE=DATE:20270421\r\n", "DTSTART:20270420T080000Z\r\nDTSTART:20270421T080000Z\r\n",
                              "DTSTART:20270420T080000+0200\r\n", "DTSTART:2027-04-20T08:00:00Z\r\n", "DTSTART:00010101T000000Z\r\nRRULE:FREQ=DAILY\r\n",
                              "DTSTART:20270420T080000Z\r\nDTEND:99991231T235959Z\r\nRRULE:FREQ=DAILY\r\n"})
        add(std::string("times ") + times, event(times));
    for (std::string const junk : {"BEGIN:VEVENT\r\nEND:VTODO\r\n", "END:VEVENT\r\n", "END:VCALENDAR\r\nEND:VCALENDAR\r\n", "BEGIN:\r\nEND:\r\n", "BEGIN:VCALENDAR\r\n", ":\r\n", ";\r\n", "=:\r\n",
                                   "\r\n\r\n\r\n", " \r\n \r\n", "\t\r\n", "X;Y=\"\r\n", "X;Y=\"\":\r\n", "ATTACH;ENCODING=BASE64;VALUE=BINARY:!!!!\r\n", "\x01\x02\x03\r\n",
                                   "\xf0\x9f\x98\x80:1\r\n", "SUMMARY:\xe2\x80\xae\xe2\x80\x8f\r\n", "BEGIN:VALARM\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VALARM\r\n",
                                   "BEGIN:VFREEBUSY\r\nFREEBUSY:19000101T000000Z/99991231T000000Z\r\nEND:VFREEBUSY\r\n",
                                   "BEGIN:VFREEBUSY\r\nFREEBUSY:x/y,/,20270420T000000Z/\r\nEND:VFREEBUSY\r\n"})
        add("junk " + junk, "BEGIN:VCALENDAR\r\n" + junk + "END:VCALENDAR\r\n");
    auto bare_cr = event(usual);
    std::erase(bare_cr, '\n');
    add("CR alone", bare_cr);
    add("a UID of 1 MB", event(usual, std::string(1'000'000, 'u')));
    add("1,000 calendars", repeated(event(usual), 1'000));

    std::size_t read = 0, refused = 0;
    for (auto const& one : cases) {
        auto const began = std::chrono::steady_clock::now();
        DigestLimits limits;
        limits.time = std::chrono::milliseconds(3'000);
        auto const got = digest(one.bytes, reading(), limits);
        auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
        if (took > std::chrono::milliseconds(500))
            BOOST_TEST_MESSAGE(one.name.substr(0, 60) << " took " << took.count() << " ms");
        if (got) {
            ++read;
            BOOST_TEST(got.value().busy.size() <= limits.busy, one.name.substr(0, 60));
            BOOST_TEST(got.value().remarks.size() <= 20u);
        } else {
            ++refused;
            BOOST_TEST(!got.error().detail.empty(), one.name.substr(0, 60));
            BOOST_TEST(got.error().detail.size() < 2'000u, one.name.substr(0, 60));
        }
    }
    BOOST_TEST_MESSAGE(cases.size() << " hostile calendars: " << read << " read in part, " << refused << " refused");
    BOOST_TEST(cases.size() + 75 >= 150u); // with those of the test before this one
}

BOOST_AUTO_TEST_SUITE_END()
