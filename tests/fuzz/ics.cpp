// SPDX-License-Identifier: EUPL-1.2
// Any bytes as a calendar: read, written back, its zones, recurrences, busy times, ranges. What must hold of every answer is
// checked here, too.
#include "ical/busy.hpp"
#include "ical/recur.hpp"
#include "ical/validate.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace kogge;
using namespace kogge::calendar::ical;

namespace {

void must(bool holds, char const* what) {
    if (holds)
        return;
    std::fprintf(stderr, "this does not hold: %s\n", what);
    std::abort();
}

RecurLimits const limits{20'000, 500};

void look(Series const& series, ZoneBook const& zones, Interval range) {
    auto const found = occurrences(series, range, zones, limits);
    auto const reach = extent(series, zones, limits);
    must(found.has_value() == reach.has_value(), "what can be expanded has an extent");
    if (!found)
        return;
    auto const& list = found.value().list;
    must(list.size() <= limits.occurrences, "no more occurrences than allowed");
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto const& when = list[i].when;
        must(when.begin <= when.end, "nothing ends before it begins");
        must(when.empty() ? range.contains(when.begin) : when.overlaps(range), "an occurrence is in the range");
        must(i == 0 || list[i - 1].when.begin <= when.begin, "occurrences are in order");
        must(list[i].component != nullptr, "an occurrence has a component");
        must(reach.value() && reach.value()->begin <= when.begin && when.end <= reach.value()->end, "the extent holds every occurrence");
    }
    auto const meets = time_range_matches(series, range, zones, false, limits);
    must(meets.has_value(), "what can be expanded can be asked for a range");
    auto const* first = series.master ? series.master : series.overrides.front();
    if (first->is("VEVENT") && found.value().cut.empty())
        must(meets.value() == !list.empty(), "a range is met when it has an occurrence");
    (void)time_range_matches(series, range, zones, true, limits);
}

void look(Component const& calendar) {
    ZoneBook const zones(calendar, Zone::parse("Europe/Berlin").value());
    Interval const year{std::chrono::sys_days(std::chrono::year(2027) / 1 / 1), std::chrono::sys_days(std::chrono::year(2028) / 1 / 1)};
    std::size_t looked = 0;
    for (auto const& series : series_of(calendar)) {
        if (++looked > 20)
            break;
        look(series, zones, year);
        look(series, zones, whole_time());
    }
    auto const times = busy(calendar, year, zones, limits);
    auto const periods = joined(times.list);
    for (std::size_t i = 0; i < periods.size(); ++i) {
        must(year.begin <= periods[i].when.begin && periods[i].when.end <= year.end && !periods[i].when.empty(), "busy time is in the range");
        must(i == 0 || periods[i - 1].when.end <= periods[i].when.begin, "joined periods are apart");
    }
    for (auto const* type : {"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VALARM", "VAVAILABILITY"})
        (void)time_range_matches(calendar, type, year, zones, limits);
    auto const checked = validate_object(calendar);
    must(checked.problem || (!checked.kind.uid.empty() && !checked.kind.type.empty()), "a valid object has a type and a UID");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    for (bool const lenient : {false, true}) {
        ParseLimits parse_limits;
        parse_limits.lenient = lenient;
        auto parsed = parse(text, parse_limits);
        if (!parsed)
            continue;
        must(to_text(parsed.value()) == text, "an untouched tree is written as it came");
        for (auto& calendar : parsed.value().calendars) {
            if (lenient)
                look(calendar);
            // What is changed can be read again, and says the same.
            calendar.set("X-CHANGED", "1").set_parameter("X-P", std::string(text.substr(0, 20)));
            for (auto& component : calendar.components)
                for (auto& property : component.properties)
                    property.set_parameter("X-Q", "a:b\"c");
            ParseLimits again = parse_limits;
            again.line_octets += 1'000;
            again.parameters += 1;
            auto const read = parse(to_text(calendar), again);
            must(read.has_value() || std::string_view(read.error().message).find("UTF-8") != std::string_view::npos, "what we write can be read");
        }
    }
    return 0;
}
