// SPDX-License-Identifier: EUPL-1.2
// What foreign iCalendar costs: reading, writing, zones, a week out of many years, and rules made to hurt.
// build/…/bench_ical [events …]; each figure is the best of five.
#include "ical/busy.hpp"
#include "ical/recur.hpp"
#include "ical/validate.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

using namespace kogge;
using namespace kogge::calendar::ical;

namespace {

double best_ms(std::function<void()> const& work) {
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        auto const begin = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
}

/// As programs write them: 12 properties, a folded description, an alarm; each fifth comes back every week.
std::string events(int count) {
    std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n";
    for (int i = 0; i < count; ++i) {
        char text[1500];
        std::snprintf(text, sizeof text,
                      "BEGIN:VEVENT\r\nUID:%d@bench\r\nDTSTAMP:20270101T000000Z\r\nDTSTART;TZID=Europe/Berlin:%04d%02d%02dT%02d0000\r\nDTEND;TZID=Europe/Berlin:%04d%02d%02dT%02d3000\r\n%s"
                      "CREATED:20270101T000000Z\r\nLAST-MODIFIED:20270101T000000Z\r\nSEQUENCE:1\r\nSUMMARY:Besprechung %d\r\nLOCATION:Rathaus\\, Zimmer 12\r\nDESCRIPTION:Tagesordnung\\n1. Begrüßung\\n2. Haushalt\\, "
                      "zweite Lesun\r\n g\\n3. Verschiedenes\r\nORGANIZER;CN=Bea:mailto:bea@example.org\r\nTRANSP:OPAQUE\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT\r\n",
                      i, 2020 + i % 10, 1 + i % 12, 1 + i % 28, 8 + i % 10, 2020 + i % 10, 1 + i % 12, 1 + i % 28, 8 + i % 10, i % 5 ? "" : "RRULE:FREQ=WEEKLY\r\n", i);
        out += text;
    }
    return out + "END:VCALENDAR\r\n";
}

long kilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void whole_calendar(int count) {
    auto const text = events(count);
    auto const before = kilobytes();
    double const read = best_ms([&] { (void)parse_object(text); });
    auto const tree = parse_object(text).value();
    auto const memory = kilobytes() - before;
    double const written = best_ms([&] { (void)to_text(tree); });
    Interval const week{std::chrono::sys_days(std::chrono::year(2027) / 4 / 19), std::chrono::sys_days(std::chrono::year(2027) / 4 / 26)};
    Interval const years{std::chrono::sys_days(std::chrono::year(2027) / 1 / 1), std::chrono::sys_days(std::chrono::year(2029) / 1 / 1)};
    RecurLimits const limits{1'000'000, 1'000'000};
    double const zones = best_ms([&] { (void)ZoneBook(tree); });
    ZoneBook const book(tree);
    std::size_t in_week = 0, in_years = 0;
    double const one_week = best_ms([&] { in_week = busy(tree, week, book, limits).list.size(); });
    double const two_years = best_ms([&] { in_years = busy(tree, years, book, limits).list.size(); });
    std::printf("%6d events, %5zu KB: read %.1f ms (%.1f MB), written %.1f, zones %.1f, busy in a week %.1f (%zu), in two years %.1f (%zu)\n", count, text.size() / 1024, read,
                double(memory) / 1024, written, zones, one_week, in_week, two_years, in_years);
}

void one_rule(char const* rule, char const* start = "19700101T090000") {
    auto const text = std::string("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:") + start + "\r\nDURATION:PT1H\r\nRRULE:" + rule + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    auto const tree = parse_object(text).value();
    Interval const week{std::chrono::sys_days(std::chrono::year(2027) / 4 / 19), std::chrono::sys_days(std::chrono::year(2027) / 4 / 26)};
    Occurrences found;
    double const ms = best_ms([&] { found = occurrences(series_of(tree)[0], week, ZoneBook()).value(); });
    std::printf("%9.3f ms  %5zu in the week  %s%s%s\n", ms, found.list.size(), rule, found.cut.empty() ? "" : "  cut: ", found.cut.c_str());
}

} // namespace

int main(int count, char** arguments) {
    std::vector<int> sizes;
    for (int i = 1; i < count; ++i)
        sizes.push_back(std::stoi(arguments[i]));
    for (int const size : sizes.empty() ? std::vector<int>{200, 1'000, 10'000, 40'000} : sizes)
        whole_calendar(size);
    for (auto const* rule : {"FREQ=DAILY", "FREQ=DAILY;COUNT=30000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYWEEKNO=16;BYDAY=MO",
                             "FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=2147483647", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
                             "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;COUNT=2147483647;BYHOUR=3", "FREQ=MINUTELY;INTERVAL=59;BYHOUR=0;BYMINUTE=0;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
                             "FREQ=YEARLY;COUNT=2147483647;BYMONTH=2;BYMONTHDAY=29;BYSETPOS=-2", "FREQ=HOURLY;INTERVAL=24;BYHOUR=5"})
        one_rule(rule);
}
