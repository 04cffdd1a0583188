// SPDX-License-Identifier: EUPL-1.2
#include "ical/rule.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace kogge::calendar::ical {

namespace {

constexpr std::array<std::string_view, 7> frequencies{"SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 7> weekdays{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

/// Longer than the calendar has seconds: every larger number means the same.
constexpr std::int64_t largest = 1'000'000'000'000;

Error wrong(std::string_view part, std::string_view value, std::string const& is) {
    return invalid(std::string(part) + "=" + std::string(value.substr(0, 40)) + " " + is);
}

Result<std::int64_t> positive(std::string_view part, std::string_view value) {
    std::int64_t out = 0;
    for (char const c : value) {
        if (c < '0' || c > '9')
            return wrong(part, value, "is no number from 1 up");
        out = std::min(largest, out * 10 + (c - '0'));
    }
    if (out == 0)
        return wrong(part, value, "is no number from 1 up");
    return out;
}

std::optional<int> small_number(std::string_view text) {
    int sign = 1;
    if (text.starts_with('+') || text.starts_with('-')) {
        sign = text.front() == '-' ? -1 : 1;
        text.remove_prefix(1);
    }
    if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    int out = 0;
    for (char const c : text)
        out = out * 10 + (c - '0');
    return sign * out;
}

template <class T>
void sort_unique(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// Numbers from `least` to `most`; with `from_end` also their negatives.
Result<std::vector<int>> numbers(std::string_view part, std::string_view value, int least, int most, bool from_end) {
    std::vector<int> out;
    for (auto const item : split_list(value)) {
        auto const n = small_number(item);
        int const size = n && *n < 0 && from_end ? -*n : n.value_or(-1);
        if (size < least || size > most)
            return wrong(part, value,
                         "has a number that is not from " + std::to_string(least) + " to " + std::to_string(most) + (from_end ? ", or less than zero to count from the end" : ""));
        out.push_back(*n);
    }
    sort_unique(out);
    return out;
}

Result<unsigned> weekday(std::string_view part, std::string_view value, std::string_view name) {
    auto const at = std::find_if(weekdays.begin(), weekdays.end(), [&](auto const& w) { return same_name(w, name); });
    if (at == weekdays.end())
        return wrong(part, value, "names no weekday; they are SU MO TU WE TH FR SA");
    return unsigned(at - weekdays.begin());
}

Result<std::vector<ByDay>> by_days(std::string_view value) {
    std::vector<ByDay> out;
    for (auto const item : split_list(value)) {
        auto const size = std::min<std::size_t>(item.size(), 2);
        ByDay day;
        KOGGE_TRY(day.day, weekday("BYDAY", value, item.substr(item.size() - size)));
        if (item.size() > 2) {
            auto const nth = small_number(item.substr(0, item.size() - 2));
            if (!nth || *nth == 0 || *nth < -53 || *nth > 53)
                return wrong("BYDAY", value, "has a number that is not from 1 to 53 or -53 to -1");
            day.nth = *nth;
        }
        out.push_back(day);
    }
    sort_unique(out);
    return out;
}

Result<void> read_part(Rule& rule, std::string_view name, std::string_view value) {
    auto const is = [&](std::string_view other) { return same_name(name, other); };
    if (is("FREQ")) {
        auto const at = std::find_if(frequencies.begin(), frequencies.end(), [&](auto const& f) { return same_name(f, value); });
        if (at == frequencies.end())
            return wrong(name, value, "is no frequency; they are YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY SECONDLY");
        rule.frequency = Frequency(at - frequencies.begin());
    } else if (is("INTERVAL")) {
        KOGGE_TRY(rule.interval, positive(name, value));
    } else if (is("COUNT")) {
        KOGGE_TRY(rule.count, positive(name, value));
    } else if (is("UNTIL")) {
        KOGGE_TRY(rule.until, read_stamp(value));
    } else if (is("WKST")) {
        KOGGE_TRY(rule.week_start, weekday(name, value, value));
    } else if (is("BYDAY")) {
        KOGGE_TRY(rule.days, by_days(value));
    } else if (is("BYSECOND")) {
        KOGGE_TRY(rule.seconds, numbers(name, value, 0, 60, false));
        std::replace(rule.seconds.begin(), rule.seconds.end(), 60, 59);
        sort_unique(rule.seconds);
    } else if (is("BYMINUTE")) {
        KOGGE_TRY(rule.minutes, numbers(name, value, 0, 59, false));
    } else if (is("BYHOUR")) {
        KOGGE_TRY(rule.hours, numbers(name, value, 0, 23, false));
    } else if (is("BYMONTHDAY")) {
        KOGGE_TRY(rule.month_days, numbers(name, value, 1, 31, true));
    } else if (is("BYYEARDAY")) {
        KOGGE_TRY(rule.year_days, numbers(name, value, 1, 366, true));
    } else if (is("BYWEEKNO")) {
        KOGGE_TRY(rule.weeks, numbers(name, value, 1, 53, true));
    } else if (is("BYMONTH")) {
        KOGGE_TRY(rule.months, numbers(name, value, 1, 12, false));
    } else if (is("BYSETPOS")) {
        KOGGE_TRY(rule.positions, numbers(name, value, 1, 366, true));
    } else if (is("RSCALE")) {
        if (!same_name(value, "GREGORIAN"))
            return wrong(name, value, "is a calendar that is not supported; use GREGORIAN, or dates in RDATE");
    } else if (is("SKIP")) {
        if (!same_name(value, "OMIT"))
            return wrong(name, value, "is not supported; days that a month does not have are left out (SKIP=OMIT)");
    } else if (!(name.size() > 2 && (name[0] == 'X' || name[0] == 'x') && name[1] == '-'))
        return wrong(name, value, "is no part of a rule that RFC 5545 knows");
    return boost::outcome_v2::success();
}

/// What the table and the text of §3.3.10 do not allow.
Result<void> allowed_together(Rule const& rule) {
    auto const f = rule.frequency;
    bool const numbered = std::any_of(rule.days.begin(), rule.days.end(), [](auto const& d) { return d.nth != 0; });
    if (rule.count && rule.until)
        return invalid("COUNT and UNTIL do not go together; use one");
    if (numbered && f != Frequency::monthly && f != Frequency::yearly)
        return invalid("a numbered BYDAY needs FREQ=MONTHLY or YEARLY");
    if (numbered && !rule.weeks.empty())
        return invalid("a numbered BYDAY does not go with BYWEEKNO");
    if (!rule.month_days.empty() && f == Frequency::weekly)
        return invalid("BYMONTHDAY does not go with FREQ=WEEKLY");
    if (!rule.year_days.empty() && (f == Frequency::daily || f == Frequency::weekly || f == Frequency::monthly))
        return invalid("BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY");
    if (!rule.weeks.empty() && f != Frequency::yearly)
        return invalid("BYWEEKNO needs FREQ=YEARLY");
    return boost::outcome_v2::success();
}

} // namespace

Result<Rule> read_rule(std::string_view text) {
    Rule rule;
    std::set<std::string, std::less<>> seen;
    while (!text.empty()) {
        auto const part = text.substr(0, text.find(';'));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        auto const equals = part.find('=');
        if (part.empty())
            continue;
        if (equals == std::string_view::npos)
            return invalid("'" + std::string(part.substr(0, 40)) + "' is no part; write it as NAME=value");
        std::string name(part.substr(0, equals));
        std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
        KOGGE_TRY(read_part(rule, name, part.substr(equals + 1)));
        if (!seen.insert(name).second)
            return invalid(name + " is there twice");
        if (seen.size() > 30)
            return invalid("more than 30 parts");
    }
    if (!seen.contains("FREQ"))
        return invalid("FREQ is missing");
    KOGGE_TRY(allowed_together(rule));
    return rule;
}

} // namespace kogge::calendar::ical
