// SPDX-License-Identifier: EUPL-1.2
#include "ical/recur.hpp"

#include "ical/busy.hpp"
#include "ical/rule_walk.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <fstream>
#include <sstream>

using namespace kogge;
using namespace kogge::calendar::ical;

namespace {

Component object(std::string_view lines) {
    auto parsed = parse_object("BEGIN:VCALENDAR\n" + std::string(lines) + "END:VCALENDAR\n");
    BOOST_REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
    return std::move(parsed).value();
}
Component event(std::string const& lines) { return object("BEGIN:VEVENT\nUID:1\n" + lines + "END:VEVENT\n"); }
Instant utc(std::string_view text) { return Instant(read_stamp(text).value().wall.time_since_epoch()); }
Interval range(std::string_view from, std::string_view to) { return {utc(from), utc(to)}; }

Result<Occurrences> expand(Component const& in, Interval when, RecurLimits const& limits = {}, Zone floating = {}) {
    return occurrences(series_of(in).at(0), when, ZoneBook(in, floating), limits);
}

/// "20270101T090000Z/20270101T100000Z …"
std::string spans(Component const& in, Interval when, Zone floating = {}) {
    auto const found = expand(in, when, {}, floating);
    if (!found)
        return found.error().message;
    std::string out = found.value().cut;
    for (auto const& o : found.value().list) {
        auto const text = [](Instant at) { return to_text(Stamp{Wall(at.time_since_epoch()), Stamp::Kind::utc}); };
        out += (out.empty() ? "" : " ") + text(o.when.begin) + "/" + text(o.when.end);
    }
    return out;
}

std::string recurrences(Component const& in, Interval when) {
    std::string out;
    auto const found = expand(in, when).value();
    for (auto const& o : found.list)
        out += (out.empty() ? "" : " ") + to_text(o.recurrence) + "=" + to_text(o.begin) + ":" + std::string(o.component->value("SUMMARY"));
    return out;
}

/// A block of tests/data/ical/…_recurrence.txt.
struct Example {
    std::string title, properties;
    std::vector<std::string> expected;
    bool goes_on = false;
};

std::vector<Example> examples(char const* file) {
    std::ifstream in(std::string(KOGGE_TEST_DATA "/ical/") + file);
    BOOST_REQUIRE_MESSAGE(in, file);
    std::vector<Example> out;
    Example current;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("# "))
            current = {line.substr(2), {}, {}, false};
        else if (line.starts_with("=>")) {
            std::istringstream words(line.substr(2));
            for (std::string word; words >> word;)
                word == "..." ? void(current.goes_on = true) : current.expected.push_back(word);
        } else if (!line.empty() && line != "#")
            current.properties += line + "\n";
        else if (!current.properties.empty())
            out.push_back(std::exchange(current, {}));
    }
    if (!current.properties.empty())
        out.push_back(current);
    return out;
}

/// "19970902" is at the time of the start, "a..b" every day.
std::vector<Wall> walls(Example const& example, Stamp const& start) {
    std::vector<Wall> out;
    auto const at = [&](std::string const& text) {
        auto const wall = read_stamp(text).value().wall;
        return text.size() > 8 ? wall : wall + (start.wall - std::chrono::floor<std::chrono::days>(start.wall));
    };
    for (auto const& word : example.expected) {
        auto const dots = word.find("..");
        auto const last = at(dots == std::string::npos ? word : word.substr(dots + 2));
        for (auto wall = at(word.substr(0, dots)); wall <= last; wall += std::chrono::days(1))
            out.push_back(wall);
    }
    return out;
}

void check(Example const& example) {
    auto const in = event(example.properties);
    auto const& component = in.components.at(0);
    auto const start = read_stamp(component.value("DTSTART")).value();
    auto const expected = walls(example, start);
    RecurLimits limits;
    if (example.goes_on)
        limits.occurrences = expected.size();
    auto const found = expand(in, whole_time(), limits);
    BOOST_REQUIRE_MESSAGE(found.has_value(), example.title << ": " << (found ? "" : found.error().message));
    BOOST_TEST(found.value().cut.empty() != example.goes_on, example.title << ": " << found.value().cut);
    std::vector<std::string> got, wanted;
    for (auto const& o : found.value().list)
        got.push_back(to_text(o.begin));
    for (auto const wall : expected)
        wanted.push_back(to_text(Stamp{wall, start.kind}));
    BOOST_TEST_INFO(example.title);
    BOOST_TEST(got == wanted, boost::test_tools::per_element());
}

/// The walk of a rule alone; what is left of the steps afterwards.
std::vector<std::string> walk(std::string_view text, std::string_view start, std::size_t most, std::int64_t& steps, std::string_view from = {},
                              std::string_view until = {}) {
    auto const rule = read_rule(text);
    BOOST_REQUIRE_MESSAGE(rule.has_value(), text << ": " << (rule ? "" : rule.error().message));
    auto const last = until.empty() ? std::optional<Wall>() : read_stamp(until).value().wall;
    RuleWalk walk(rule.value(), read_stamp(start).value().wall, last, steps);
    if (!from.empty())
        walk.forward(read_stamp(from).value().wall);
    std::vector<std::string> out;
    for (auto wall = walk.next(); wall; wall = walk.next()) {
        out.push_back(to_text(Stamp{*wall, Stamp::Kind::local}));
        if (out.size() == most)
            break;
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ical_recur)

BOOST_AUTO_TEST_CASE(examples_of_rfc_5545) {
    auto const list = examples("rfc5545_recurrence.txt");
    BOOST_TEST(list.size() == 42u);
    for (auto const& example : list)
        check(example);
}

BOOST_AUTO_TEST_CASE(examples_of_our_own) {
    for (auto const& example : examples("house_recurrence.txt"))
        check(example);
}

BOOST_AUTO_TEST_CASE(impossible_rules_are_known_at_once) {
    for (auto const* text : {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYMONTH=4;BYMONTHDAY=31",
                             "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                             "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2147483647", "FREQ=SECONDLY;BYYEARDAY=366;BYMONTH=1", "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1",
                             "FREQ=HOURLY;INTERVAL=24;BYHOUR=5", "FREQ=MINUTELY;INTERVAL=1440;BYMINUTE=7", "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30",
                             "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=HOURLY;INTERVAL=168;BYDAY=TU", "FREQ=DAILY;BYSETPOS=2", "FREQ=SECONDLY;BYSETPOS=-366",
                             "FREQ=MONTHLY;BYDAY=6MO", "FREQ=YEARLY;BYDAY=54MO;BYMONTH=1", "FREQ=YEARLY;BYMONTH=1;BYDAY=20MO"}) {
        if (std::string_view(text).find("54MO") != std::string_view::npos) {
            BOOST_TEST(!read_rule(text).has_value());
            continue;
        }
        std::int64_t steps = 1'000;
        BOOST_TEST(walk(text, "20270104T060000", 5, steps).size() == 1u, text); // the start alone: a Monday
        BOOST_TEST(steps > 900, text << " took " << 1'000 - steps << " steps");
    }
}

BOOST_AUTO_TEST_CASE(no_rule_takes_more_than_its_steps) {
    for (auto const* text : {"FREQ=SECONDLY;COUNT=2147483647;BYSECOND=0,1,2,3", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;BYSETPOS=-2",
                             "FREQ=MINUTELY;INTERVAL=59;BYHOUR=0;BYMINUTE=0;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "FREQ=SECONDLY",
                             "FREQ=WEEKLY;BYMONTH=2;BYSETPOS=7", "FREQ=MONTHLY;BYSETPOS=31;BYMONTH=2,4,6;BYMONTHDAY=-1,-2,-3"}) {
        std::int64_t steps = 10'000;
        walk(text, "20270103T060000", 1'000'000, steps);
        BOOST_TEST(steps >= 0, text);
    }
    std::int64_t steps = 1'000;
    // 1970 to 2027 by seconds is counted, not walked; what COUNT leaves is exact.
    auto const counted = walk("FREQ=SECONDLY;COUNT=2147483647", "19700101T000000", 3, steps, "20270101T000000");
    BOOST_TEST(counted == (std::vector<std::string>{"20270101T000000", "20270101T000001", "20270101T000002"}), boost::test_tools::per_element());
    BOOST_TEST(walk("FREQ=SECONDLY;COUNT=2147483647", "19700101T000000", 9, steps, "20380119T031405").size() == 2u);
    BOOST_TEST(walk("FREQ=DAILY;INTERVAL=99999999999999999999", "20270101T090000", 9, steps).size() == 1u);
    BOOST_TEST(walk("FREQ=YEARLY;INTERVAL=2147483647;COUNT=2147483647", "20270101T090000", 9, steps).size() == 1u);
    BOOST_TEST(walk("FREQ=WEEKLY;INTERVAL=999999999999;BYDAY=SU,MO", "20270101T090000", 9, steps).size() == 2u); // and the Sunday of that week
    BOOST_TEST(steps > 900);
}

BOOST_AUTO_TEST_CASE(a_window_is_reached_by_a_leap) {
    for (auto const* text : {"FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYYEARDAY=-1,100",
                             "FREQ=HOURLY;INTERVAL=7;BYMONTH=4", "FREQ=MINUTELY;INTERVAL=50;BYHOUR=3", "FREQ=SECONDLY;INTERVAL=3601", "FREQ=DAILY;BYDAY=MO;BYHOUR=3,9;BYSETPOS=-1"}) {
        std::int64_t steps = 5'000'000, leap = 500;
        auto all = walk(text, "20170104T060000", 5'000'000, steps, {}, "20280101T000000");
        std::erase_if(all, [](auto const& s) { return s < "20270401T000000"; });
        all.resize(std::min<std::size_t>(all.size(), 20));
        BOOST_TEST_INFO(text);
        BOOST_TEST(walk(text, "20170104T060000", all.size(), leap, "20270401T000000") == all, boost::test_tools::per_element());
        BOOST_TEST(leap > 300, text);
        // With COUNT it is counted up to there.
        std::int64_t count_steps = 5'000'000, again = 5'000'000;
        auto const counted = std::string(text) + ";COUNT=3000";
        auto part = walk(counted, "20170104T060000", 5'000'000, count_steps);
        std::erase_if(part, [](auto const& s) { return s < "20200401T000000"; });
        BOOST_TEST(walk(counted, "20170104T060000", 5'000'000, again, "20200401T000000") == part, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(rules_that_rfc_5545_does_not_allow) {
    auto const why = [](std::string_view text) {
        auto const rule = read_rule(text);
        return rule ? std::string("read") : rule.error().message;
    };
    BOOST_TEST(why("") == "FREQ is missing");
    BOOST_TEST(why("FREQ=FORTNIGHTLY") == "FREQ=FORTNIGHTLY is no frequency; they are YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY SECONDLY");
    BOOST_TEST(why("FREQ=DAILY;COUNT=1;UNTIL=20270101") == "COUNT and UNTIL do not go together; use one");
    BOOST_TEST(why("RSCALE=CHINESE;FREQ=YEARLY") == "RSCALE=CHINESE is a calendar that is not supported; use GREGORIAN, or dates in RDATE");
    BOOST_TEST(why("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD").find("SKIP=FORWARD is not supported") != std::string::npos);
    BOOST_TEST(why("FREQ=WEEKLY;BYDAY=1MO") == "a numbered BYDAY needs FREQ=MONTHLY or YEARLY");
    BOOST_TEST(why("FREQ=WEEKLY;BYMONTHDAY=1") == "BYMONTHDAY does not go with FREQ=WEEKLY");
    BOOST_TEST(why("FREQ=DAILY;FREQ=DAILY") == "FREQ is there twice");
    BOOST_TEST(why("FREQ=DAILY;INTERVAL=0") == "INTERVAL=0 is no number from 1 up");
    for (auto const* wrong : {"FREQ", "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYMONTHDAY=0", "FREQ=YEARLY;BYWEEKNO=54", "FREQ=DAILY;BYDAY=XX",
                              "FREQ=MONTHLY;BYDAY=54MO", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;BYHOUR=", "FREQ=DAILY;BYEASTER=1", "FREQ=MONTHLY;BYWEEKNO=1",
                              "FREQ=DAILY;BYYEARDAY=1", "FREQ=DAILY;BYMONTH=5L"})
        BOOST_TEST(why(wrong) != "read", wrong);
    for (auto const* right : {"freq=daily;", "FREQ=DAILY;X-VENDOR=1;WKST=SU", "FREQ=DAILY;BYSECOND=60", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT"})
        BOOST_TEST(why(right) == "read", right);
}

BOOST_AUTO_TEST_CASE(local_times_survive_the_clock_changes) {
    auto const in = event("DTSTART;TZID=Europe/Berlin:20270326T090000\nDTEND;TZID=Europe/Berlin:20270326T100000\nRRULE:FREQ=DAILY;COUNT=4\n");
    BOOST_TEST(spans(in, whole_time()) == "20270326T080000Z/20270326T090000Z 20270327T080000Z/20270327T090000Z 20270328T070000Z/20270328T080000Z "
                                          "20270329T070000Z/20270329T080000Z");
    // DTEND is so much later on every day; DURATION in days is the same wall clock (§3.8.5.3).
    auto const night = event("DTSTART;TZID=Europe/Berlin:20270327T200000\nDTEND;TZID=Europe/Berlin:20270328T200000\n");
    BOOST_TEST(spans(night, whole_time()) == "20270327T190000Z/20270328T180000Z");
    auto const nominal = event("DTSTART;TZID=Europe/Berlin:20270327T200000\nDURATION:P1D\nRRULE:FREQ=DAILY;COUNT=2\n");
    BOOST_TEST(spans(nominal, whole_time()) == "20270327T190000Z/20270328T180000Z 20270328T180000Z/20270329T180000Z");
    auto const exact = event("DTSTART;TZID=Europe/Berlin:20270327T200000\nDURATION:PT24H\n");
    BOOST_TEST(spans(exact, whole_time()) == "20270327T190000Z/20270328T190000Z");
    // Skipped: the offset before the gap. Twice: the first.
    BOOST_TEST(spans(event("DTSTART;TZID=Europe/Berlin:20270328T023000\n"), whole_time()) == "20270328T013000Z/20270328T013000Z");
    BOOST_TEST(spans(event("DTSTART;TZID=Europe/Berlin:20271031T023000\n"), whole_time()) == "20271031T003000Z/20271031T003000Z");
    // Hourly through the gap: two wall clocks are one moment, and it comes once.
    BOOST_TEST(spans(event("DTSTART;TZID=Europe/Berlin:20270328T010000\nRRULE:FREQ=HOURLY;COUNT=4\n"), whole_time()) ==
               "20270328T000000Z/20270328T000000Z 20270328T010000Z/20270328T010000Z 20270328T020000Z/20270328T020000Z");
}

BOOST_AUTO_TEST_CASE(days_are_days_where_the_reader_is) {
    auto const berlin = Zone::parse("Europe/Berlin").value();
    auto const in = event("DTSTART;VALUE=DATE:20270327\nDTEND;VALUE=DATE:20270329\nRRULE:FREQ=WEEKLY;COUNT=2\n");
    BOOST_TEST(spans(in, whole_time(), berlin) == "20270326T230000Z/20270328T220000Z 20270402T220000Z/20270404T220000Z");
    // It ends where the next day begins, and does not overlap it (libical: it does).
    auto const day = event("DTSTART;VALUE=DATE:20270401\n");
    BOOST_TEST(spans(day, range("20270402T000000Z", "20270403T000000Z")).empty());
    BOOST_TEST(spans(day, range("20270331T000000Z", "20270401T000000Z")).empty());
    BOOST_TEST(spans(day, range("20270401T235959Z", "20270403T000000Z")) == "20270401T000000Z/20270402T000000Z");
    BOOST_TEST(spans(event("DTSTART;VALUE=DATE:20270401\nDTEND;VALUE=DATE:20270401\n"), whole_time()) == "20270401T000000Z/20270402T000000Z");
    BOOST_TEST(spans(event("DTSTART:20270401T090000\n"), whole_time(), berlin) == "20270401T070000Z/20270401T070000Z"); // floating
}

BOOST_AUTO_TEST_CASE(overrides_replace_move_and_stand_alone) {
    auto const in = object("BEGIN:VEVENT\nUID:1\nSUMMARY:m\nDTSTART;TZID=Europe/Berlin:20270401T090000\nDTEND;TZID=Europe/Berlin:20270401T100000\nRRULE:FREQ=DAILY;COUNT=4\n"
                             "EXDATE;TZID=Europe/Berlin:20270404T090000\nEND:VEVENT\n"
                             "BEGIN:VEVENT\nUID:1\nSUMMARY:o\nRECURRENCE-ID:20270402T070000Z\nDTSTART;TZID=Europe/Berlin:20270410T120000\nEND:VEVENT\n"
                             "BEGIN:VEVENT\nUID:1\nSUMMARY:alone\nRECURRENCE-ID;TZID=Europe/Berlin:20270501T090000\nDTSTART;TZID=Europe/Berlin:20270501T090000\nEND:VEVENT\n");
    BOOST_TEST(recurrences(in, whole_time()) == "20270401T090000=20270401T090000:m 20270403T090000=20270403T090000:m "
                                                "20270402T090000=20270410T120000:o 20270501T090000=20270501T090000:alone");
    BOOST_TEST(recurrences(in, range("20270410T000000Z", "20270411T000000Z")) == "20270402T090000=20270410T120000:o");
    BOOST_TEST(recurrences(in, range("20270402T000000Z", "20270403T000000Z")).empty());
    auto const invited = object("BEGIN:VEVENT\nUID:1\nSUMMARY:o\nRECURRENCE-ID:20270402T070000Z\nDTSTART:20270402T080000Z\nEND:VEVENT\n");
    BOOST_TEST(recurrences(invited, whole_time()) == "20270402T070000Z=20270402T080000Z:o");
}

BOOST_AUTO_TEST_CASE(this_and_future_moves_all_that_follow) {
    auto const in = object("BEGIN:VEVENT\nUID:1\nSUMMARY:m\nDTSTART:20270401T090000\nDTEND:20270401T100000\nRRULE:FREQ=DAILY;COUNT=6\nEND:VEVENT\n"
                             "BEGIN:VEVENT\nUID:1\nSUMMARY:f\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270403T090000\nDTSTART:20270403T140000\nDTEND:20270403T143000\nEND:VEVENT\n"
                             "BEGIN:VEVENT\nUID:1\nSUMMARY:o\nRECURRENCE-ID:20270404T090000\nDTSTART:20270404T080000\nEND:VEVENT\n"
                             "BEGIN:VEVENT\nUID:1\nSUMMARY:g\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270406T090000\nDTSTART:20270405T090000\nEND:VEVENT\n");
    BOOST_TEST(recurrences(in, whole_time()) == "20270401T090000=20270401T090000:m 20270402T090000=20270402T090000:m 20270403T090000=20270403T140000:f "
                                                "20270404T090000=20270404T080000:o 20270406T090000=20270405T090000:g 20270405T090000=20270405T140000:f");
    BOOST_TEST(spans(in, range("20270405T140000Z", "20270405T150000Z")) == "20270405T140000Z/20270405T143000Z");
    BOOST_TEST(recurrences(in, range("20270405T140000Z", "20270405T150000Z")) == "20270405T090000=20270405T140000:f");
}

BOOST_AUTO_TEST_CASE(limits_are_kept_and_said) {
    RecurLimits limits;
    limits.occurrences = 3;
    auto const endless = event("DTSTART:20270101T090000\nRRULE:FREQ=DAILY\n");
    auto const some = expand(endless, whole_time(), limits).value();
    BOOST_TEST(some.list.size() == 3u);
    BOOST_TEST(some.cut == "more than 3 occurrences");
    limits = {};
    limits.steps = 100;
    auto const hard = expand(event("DTSTART:20270101T090000\nRRULE:FREQ=HOURLY;COUNT=100000;BYHOUR=9\n"), range("20670101T000000Z", "20680101T000000Z"), limits).value();
    BOOST_TEST(hard.cut == "the rule is too much work: more than 100 steps");
    auto const wrong = expand(event("DTSTART:20270101T090000\nRRULE:FREQ=NEVER\n"), whole_time());
    BOOST_TEST(wrong.error().message.starts_with("line 5: RRULE: FREQ=NEVER is no frequency"));
    BOOST_TEST(expand(event("DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=HOURLY\n"), whole_time()).error().message.find("a day cannot come back within the day") !=
               std::string::npos);
    BOOST_TEST(spans(event("DTSTART:99990101T000000\nDURATION:P999999999W\n"), whole_time()) == "99990101T000000Z/99991231T235959Z");
    BOOST_TEST(spans(event("DTSTART:00010101T000000\nDTEND:99991231T000000\nRRULE:FREQ=YEARLY\n"), range("00010101T000000Z", "00010601T000000Z")) ==
               "00010101T000000Z/99991231T000000Z");
}

/// Each took minutes, or gigabytes, where the work of one thing was done for each of another.
BOOST_AUTO_TEST_CASE(much_of_everything_is_no_product_of_both) {
    std::string const often = "DTSTART:20270101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY\n";
    auto const repeated = [](std::string const& text, int times) {
        std::string out;
        for (int i = 0; i < times; ++i)
            out += text;
        return out;
    };
    auto const range_of_a_year = range("20270101T000000Z", "20280101T000000Z");
    auto const many_lines = event(often + repeated("EXDATE:20260101T000000Z\n", 50'000));
    BOOST_TEST(busy(many_lines, range_of_a_year, ZoneBook()).list.size() == RecurLimits().occurrences);
    auto const task = object("BEGIN:VTODO\nDTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY\nEXDATE:20260101T000000Z\n" + repeated("X-A:1\n", 50'000) + "END:VTODO\n");
    BOOST_TEST(time_range_matches(task, "VTODO", range("20250101T000000Z", "20250101T000001Z"), ZoneBook()).value() == false);
    auto const alarms = event(often + repeated("BEGIN:VALARM\nTRIGGER:-P9000D\nEND:VALARM\n", 20'000));
    BOOST_TEST(time_range_matches(alarms, "VALARM", range("20260101T000000Z", "20260101T000001Z"), ZoneBook()).value());
    auto const rules = expand(event("DTSTART:20270101T000000Z\n" + repeated("RRULE:FREQ=DAILY\n", 50'000)), range_of_a_year);
    BOOST_TEST(rules.error().message == "line 55: RRULE: more than 50 rules in one component; RFC 5545 asks for one at most");
    std::string zones, uses;
    for (int i = 0; i < 3'000; ++i) {
        auto const name = "Z" + std::to_string(i);
        zones += "BEGIN:VTIMEZONE\nTZID:" + name + "\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n";
        uses += "BEGIN:VEVENT\nDTSTART;TZID=" + name + ":20270101T000000\nEND:VEVENT\n";
    }
    auto const in = object(zones + uses);
    BOOST_TEST(ZoneBook(in).remarks().size() == 100u);
}

BOOST_AUTO_TEST_CASE(extents_hold_all_there_is) {
    auto const text = [](Component const& in) {
        auto const found = extent(series_of(in).at(0), ZoneBook(in)).value();
        return found ? to_text(found->begin) + " " + to_text(found->end) : "none";
    };
    BOOST_TEST(text(event("DTSTART:20270101T090000\nDTEND:20270101T100000\n")) == "2027-01-01T09:00:00Z 2027-01-01T10:00:00Z");
    BOOST_TEST(text(event("DTSTART:20270101T090000\nDTEND:20270101T100000\nRRULE:FREQ=DAILY;COUNT=3\n")) == "2027-01-01T09:00:00Z 2027-01-03T10:00:00Z");
    BOOST_TEST(text(event("DTSTART:20270101T090000\nRRULE:FREQ=DAILY\n")) == "2027-01-01T09:00:00Z 9999-12-31T23:59:59Z");
    BOOST_TEST(text(event("DTSTART:20270101T090000\nRRULE:FREQ=YEARLY;UNTIL=20300101T090000\nRDATE:20200101T090000\n")) == "2020-01-01T09:00:00Z 2030-01-01T09:00:00Z");
    BOOST_TEST(text(object("BEGIN:VTODO\nUID:1\nEND:VTODO\n")) == "none");
    // Found by fuzzing: what follows is shorter, so the last does not end last.
    auto const shorter = object("BEGIN:VEVENT\nUID:1\nDTSTART:20270301T090000Z\nDTEND:29270301T100000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n"
                                "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270308T090000Z\nDTSTART:20270308T090000Z\nDURATION:PT1H\nEND:VEVENT\n");
    auto const reach = extent(series_of(shorter).at(0), ZoneBook(shorter)).value().value();
    BOOST_TEST((reach.begin <= utc("20270301T090000Z")));
    BOOST_TEST((reach.end >= utc("29270301T100000Z")));
}

BOOST_AUTO_TEST_CASE(series_are_told_apart) {
    auto const in = object("BEGIN:VEVENT\nUID:2\nRECURRENCE-ID:20270101\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nBEGIN:VTODO\nUID:1\nEND:VTODO\n"
                             "BEGIN:VEVENT\nUID:2\nEND:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n");
    auto const all = series_of(in);
    BOOST_TEST(all.size() == 6u);
    BOOST_TEST(all[0].overrides.size() == 1u);
    BOOST_TEST((all[0].master == &in.components[3]));
    BOOST_TEST(series_of(in, "VTODO").size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
