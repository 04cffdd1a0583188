// SPDX-License-Identifier: EUPL-1.2
#include "ical/rule_days.hpp"

#include <algorithm>

namespace kogge::calendar::ical {

namespace {

int length_of(int year) { return std::chrono::year(year).is_leap() ? 366 : 365; }

/// A bit for each number; without numbers, all of them.
template <std::size_t N>
std::bitset<N> bits(std::vector<int> const& numbers, int shift = 0) {
    std::bitset<N> out;
    if (numbers.empty())
        out.set();
    for (int const n : numbers)
        out.set(std::size_t(n + shift));
    return out;
}

/// Where the first week of a year begins, counted from 1 January: the first with four days in the year.
int first_week(unsigned first_weekday, unsigned week_start) {
    int const before = int((first_weekday + 7 - week_start) % 7);
    return before <= 3 ? -before : 7 - before;
}

int weeks_in(unsigned first_weekday, int length, unsigned week_start) {
    auto const next = (first_weekday + unsigned(length)) % 7;
    return (length + first_week(next, week_start) - first_week(first_weekday, week_start)) / 7;
}

} // namespace

Number new_year(int year) { return std::chrono::sys_days(std::chrono::year(year) / 1 / 1).time_since_epoch().count(); }
std::chrono::year_month_day date_of(Number day) { return std::chrono::sys_days(std::chrono::days(day)); }
unsigned weekday_of(Number day) { return unsigned(((day + 4) % 7 + 7) % 7); } // 1 January 1970 was a Thursday

YearKind YearKind::of(int year) { return {weekday_of(new_year(year)), length_of(year), length_of(year - 1), length_of(year + 1)}; }

YearKind YearKind::numbered(std::size_t n) {
    return {unsigned(n % 7), n / 7 == 1 ? 366 : 365, n / 7 == 2 ? 366 : 365, n / 7 == 3 ? 366 : 365};
}

std::pair<int, int> YearKind::week(int day, unsigned week_start) const {
    int const first = first_week(first_weekday, week_start);
    if (day < first)
        return {weeks_in((first_weekday + 7 * 53 - unsigned(before)) % 7, before, week_start), -1};
    int const count = weeks_in(first_weekday, length, week_start), week = (day - first) / 7 + 1;
    if (week > count)
        return {1, -weeks_in((first_weekday + unsigned(length)) % 7, after, week_start)};
    return {week, week - count - 1};
}

RuleDays::RuleDays(Rule const& rule, Number start)
    : week_start_(rule.week_start), by_month_(rule.frequency == Frequency::monthly || !rule.months.empty()), by_week_(!rule.weeks.empty()) {
    auto const date = date_of(start);
    auto months = rule.months, month_days = rule.month_days;
    for (auto const& by : rule.days)
        by.nth ? void(numbered_.push_back(by)) : void(weekdays_.set(by.day));
    bool const no_day = rule.days.empty() && month_days.empty() && rule.year_days.empty();
    if (rule.frequency == Frequency::weekly ? rule.days.empty() : no_day && by_week_)
        weekdays_.set(weekday_of(start));
    else if (rule.days.empty())
        weekdays_.set();
    if (no_day && !by_week_ && rule.frequency >= Frequency::monthly) {
        month_days = {int(unsigned(date.day()))};
        if (rule.frequency == Frequency::yearly && months.empty())
            months = {int(unsigned(date.month()))};
    }
    months_ = bits<13>(months);
    month_days_ = bits<63>(month_days, 31);
    year_days_ = bits<733>(rule.year_days, 366);
    weeks_ = bits<107>(rule.weeks, 53);
    all_ = months_.all() && month_days_.all() && year_days_.all() && weeks_.all() && weekdays_.all();
}

bool RuleDays::weekday_allowed(unsigned weekday, int index, int span) const {
    return weekdays_[weekday] || std::any_of(numbered_.begin(), numbered_.end(), [&](ByDay const& by) {
               return by.day == weekday && (by.nth > 0 ? index / 7 + 1 == by.nth : (span - 1 - index) / 7 + 1 == -by.nth);
           });
}

bool RuleDays::allows(YearKind const& kind, int day, int month, int day_of_month, int days_in_month) const {
    if (!months_[std::size_t(month)])
        return false;
    if (!month_days_[std::size_t(31 + day_of_month)] && !month_days_[std::size_t(31 + day_of_month - days_in_month - 1)])
        return false;
    if (!year_days_[std::size_t(366 + day + 1)] && !year_days_[std::size_t(366 + day - kind.length)])
        return false;
    auto const weekday = (kind.first_weekday + unsigned(day)) % 7;
    if (!(by_month_ ? weekday_allowed(weekday, day_of_month - 1, days_in_month) : weekday_allowed(weekday, day, kind.length)))
        return false;
    if (!by_week_)
        return true;
    auto const [front, back] = kind.week(day, week_start_);
    return weeks_[std::size_t(53 + front)] || weeks_[std::size_t(53 + back)];
}

RuleDays::Plan RuleDays::made(YearKind const& kind) const {
    Plan out;
    int day = 0;
    for (int month = 1; month <= 12; ++month) {
        out.months.at(std::size_t(month) - 1) = out.days.size();
        auto const year = std::chrono::year(kind.length == 366 ? 2000 : 2001);
        auto const length = int(unsigned((year / month / std::chrono::last).day()));
        for (int d = 1; months_[std::size_t(month)] && d <= length; ++d)
            if (allows(kind, day + d - 1, month, d, length))
                out.days.push_back(day + d - 1);
        day += length;
    }
    out.months[12] = out.days.size();
    return out;
}

RuleDays::Plan const& RuleDays::plan(YearKind const& kind) {
    auto& kept = plans_.at(by_week_ ? kind.number() : kind.first_weekday + (kind.length == 366 ? 7 : 0));
    if (!kept)
        kept = made(kind);
    return *kept;
}

RuleDays::Plan const& RuleDays::plan(int year) { return plan(YearKind::of(year)); }

bool RuleDays::impossible() {
    if (!impossible_) {
        impossible_ = true;
        for (std::size_t n = 0; n < (by_week_ ? 28u : 14u) && *impossible_; ++n)
            impossible_ = plan(YearKind::numbered(n)).days.empty();
    }
    return *impossible_;
}

std::optional<Number> RuleDays::next(Number day) {
    if (all_)
        return day;
    for (int year = int(date_of(day).year()); year <= last_year; ++year) {
        auto const begin = new_year(year);
        auto const& days = plan(year).days;
        auto const at = std::lower_bound(days.begin(), days.end(), day - begin);
        if (at != days.end())
            return begin + *at;
        if (days.empty() && impossible())
            return std::nullopt;
    }
    return std::nullopt;
}

} // namespace kogge::calendar::ical
