// SPDX-License-Identifier: EUPL-1.2
// The wall clocks a rule yields (RFC 5545 §3.3.10), bounded. It steps by the rule's own period, leaps over days and hours the rule
// leaves out, knows most rules that can never yield anything without looking for it, and pays for each period and each
// yield with a step.
//
// The start is always the first (§3.8.5.3: it counts whether or not the rule yields it), unless it is past the end. Parts
// that are missing come from the start: BYWEEKNO without a day means the start's weekday. A week belongs, day by
// day, to the calendar year the day is in.
#pragma once

#include "ical/rule_days.hpp"

namespace kogge::calendar::ical {

class RuleWalk {
  public:
    /// `rule` and `steps` outlive the walk. `until` is the last wall clock allowed: the rule's UNTIL, as the start's zone has it.
    RuleWalk(Rule const& rule, Wall start, std::optional<Wall> until, std::int64_t& steps);
    /// Nothing before `wall` is yielded any more; leaps there, with COUNT period by period. Before the first next() only.
    void forward(Wall wall);
    /// The next one, later than the one before; nothing at the end of the rule or of the year 9999, or without steps.
    std::optional<Wall> next();
    /// There were no steps left: there may be more.
    bool exhausted() const { return exhausted_; }

  private:
    void prepare_times(Number clock);
    bool never() const;
    bool weekly_cycle_never_meets() const;
    bool even() const;
    Number period_of(Number second) const;

    bool take_start();
    void forward_counting();
    bool load();
    bool find_days();
    bool find_days_by_leaps();
    std::optional<Number> clock_allowed_from(Number second);
    void choose_elements();
    std::size_t elements() const { return positions_ ? chosen_.size() : days_.size() * times_.size(); }
    Number element(std::size_t index) const;
    std::size_t first_not_before(Number second) const;
    bool pay();

    Rule const& rule_;
    RuleDays allowed_;
    Number start_, last_, from_;
    std::int64_t& steps_;
    std::optional<Number> left_; // of COUNT
    Number base_ = 0, step_ = 1; // period n begins at base_ + n * step_: in years, months, days, or seconds below a day
    Number unit_ = 1; // below a day: seconds of an hour, a minute, a second
    Number period_ = 0;
    bool positions_, limits_clock_ = false;
    bool checked_ = false, loaded_ = false, started_ = false, ended_ = false, exhausted_ = false;

    std::vector<Number> days_; // of the loaded period, since 1970
    Number offset_ = 0; // where in its day a period below a day begins
    std::vector<int> times_; // seconds after that
    std::vector<std::size_t> chosen_; // by BYSETPOS
    std::size_t index_ = 0;
    std::bitset<24> hours_;
    std::bitset<60> minutes_, seconds_;
};

} // namespace kogge::calendar::ical
