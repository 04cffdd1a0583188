// SPDX-License-Identifier: EUPL-1.2
// Which days a rule allows. To a rule there are only 28 kinds of year (14 without BYWEEKNO), so the days of a kind are worked out
// once, and a rule that allows none in any kind is known to be impossible. For rule_walk.cpp.
#pragma once

#include "ical/rule.hpp"

#include <array>
#include <bitset>

namespace kogge::calendar::ical {

/// Days since 1970, or seconds since then on a wall clock.
using Number = std::int64_t;

inline constexpr int last_year = 9999;

/// What a rule can tell of a year: the weekday of 1 January, its length and its neighbours'.
struct YearKind {
    unsigned first_weekday = 0;
    int length = 365, before = 365, after = 365;

    static YearKind of(int year);
    static YearKind numbered(std::size_t n);
    std::size_t number() const { return first_weekday + 7 * (length == 366 ? 1u : before == 366 ? 2u : after == 366 ? 3u : 0u); }
    /// Week that `day` (counted from 1 January) is in: its number from the front and from the end of the week's year.
    std::pair<int, int> week(int day, unsigned week_start) const;
};

class RuleDays {
  public:
    /// Missing parts come from the day of the start.
    RuleDays(Rule const& rule, Number start);

    /// Allowed days of a year counted from 1 January, and where each month begins in the list.
    struct Plan {
        std::vector<int> days;
        std::array<std::size_t, 13> months{};
    };
    Plan const& plan(int year);
    /// The first allowed day from `day` on; nothing until the end of the year 9999.
    std::optional<Number> next(Number day);
    /// No year has a day.
    bool impossible();
    /// Nothing is left out.
    bool all() const { return all_; }
    bool weekday(unsigned day) const { return weekdays_[day]; }
    bool month(unsigned month) const { return months_[month]; }

  private:
    Plan made(YearKind const& kind) const;
    Plan const& plan(YearKind const& kind);
    bool allows(YearKind const& kind, int day, int month, int day_of_month, int days_in_month) const;
    bool weekday_allowed(unsigned weekday, int index, int span) const;

    unsigned week_start_;
    bool by_month_, by_week_;
    std::vector<ByDay> numbered_;
    std::bitset<13> months_;
    std::bitset<63> month_days_; // -31 … 31
    std::bitset<733> year_days_; // -366 … 366
    std::bitset<107> weeks_; // -53 … 53
    std::bitset<7> weekdays_;
    bool all_ = false;
    std::optional<bool> impossible_;
    std::array<std::optional<Plan>, 28> plans_;
};

Number new_year(int year); // 1 January, in days since 1970
std::chrono::year_month_day date_of(Number day);
unsigned weekday_of(Number day); // 0 is Sunday

} // namespace kogge::calendar::ical
