// SPDX-License-Identifier: EUPL-1.2
#include "ical/rule_walk.hpp"

#include <algorithm>
#include <numeric>

namespace kogge::calendar::ical {

namespace {

constexpr Number day_length = 86'400;

Number floor_div(Number a, Number b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
Number ceil_div(Number a, Number b) { return -floor_div(-a, b); }
Number day_of_second(Number second) { return floor_div(second, day_length); }
Number number_of(Wall wall) { return wall.time_since_epoch().count(); }

template <std::size_t N>
std::bitset<N> bits(std::vector<int> const& numbers) {
    std::bitset<N> out;
    if (numbers.empty())
        out.set();
    for (int const n : numbers)
        out.set(std::size_t(n));
    return out;
}

/// The next set bit after `n`.
template <std::size_t N>
std::optional<Number> following(std::bitset<N> const& set, Number n) {
    for (auto i = std::size_t(n) + 1; i < N; ++i)
        if (set[i])
            return Number(i);
    return std::nullopt;
}

} // namespace

RuleWalk::RuleWalk(Rule const& rule, Wall start, std::optional<Wall> until, std::int64_t& steps)
    : rule_(rule), allowed_(rule, day_of_second(number_of(start))), start_(number_of(start)), last_(new_year(last_year + 1) * day_length - 1),
      from_(start_), steps_(steps), left_(rule.count), step_(rule.interval), positions_(!rule.positions.empty()) {
    if (until)
        last_ = std::min(last_, number_of(*until));
    auto const day = day_of_second(start_);
    auto const date = date_of(day);
    switch (rule.frequency) {
    case Frequency::yearly: base_ = int(date.year()); break;
    case Frequency::monthly: base_ = int(date.year()) * 12 + int(unsigned(date.month())) - 1; break;
    case Frequency::weekly: base_ = day - int((weekday_of(day) + 7 - rule.week_start) % 7), step_ *= 7; break;
    case Frequency::daily: base_ = day; break;
    case Frequency::hourly: unit_ = 3600; break;
    case Frequency::minutely: unit_ = 60; break;
    case Frequency::secondly: unit_ = 1; break;
    }
    if (rule.below_a_day()) {
        step_ *= unit_;
        base_ = floor_div(start_, unit_) * unit_;
    }
    prepare_times(start_ - day * day_length);
    ended_ = last_ < start_;
}

void RuleWalk::prepare_times(Number clock) {
    hours_ = bits<24>(rule_.hours);
    minutes_ = bits<60>(rule_.minutes);
    seconds_ = bits<60>(rule_.seconds);
    auto const f = rule_.frequency;
    limits_clock_ = (f <= Frequency::hourly && !hours_.all()) || (f <= Frequency::minutely && !minutes_.all()) ||
                    (f <= Frequency::secondly && !seconds_.all());
    using List = std::vector<int>;
    auto const or_start = [](List const& list, Number start) { return list.empty() ? List{int(start)} : list; };
    auto const hours = f >= Frequency::daily ? or_start(rule_.hours, clock / 3600) : List{0};
    auto const minutes = f >= Frequency::hourly ? or_start(rule_.minutes, clock / 60 % 60) : List{0};
    auto const seconds = f >= Frequency::minutely ? or_start(rule_.seconds, clock % 60) : List{0};
    times_.reserve(hours.size() * minutes.size() * seconds.size());
    for (int const h : hours)
        for (int const m : minutes)
            for (int const s : seconds)
                times_.push_back(h * 3600 + m * 60 + s);
}

bool RuleWalk::pay() {
    if (steps_ <= 0) {
        exhausted_ = ended_ = true;
        return false;
    }
    --steps_;
    return true;
}

/// Known without looking: BYSETPOS beyond any set, or a step and a week whose common measure meets nothing allowed.
bool RuleWalk::never() const {
    constexpr std::array<int, 7> most_days{1, 1, 1, 1, 7, 31, 366};
    auto const most = most_days.at(std::size_t(rule_.frequency)) * int(times_.size());
    if (positions_ && std::ranges::all_of(rule_.positions, [&](int p) { return std::abs(p) > most; }))
        return true;
    return rule_.frequency <= Frequency::daily && rule_.interval > 1 && weekly_cycle_never_meets();
}

/// HOURLY;INTERVAL=24;BYHOUR=5 begun at six; DAILY;INTERVAL=7;BYDAY=TU begun on a Monday.
bool RuleWalk::weekly_cycle_never_meets() const {
    bool const daily = rule_.frequency == Frequency::daily;
    auto const week = 7 * day_length, scale = daily ? day_length : 1;
    auto const measure = std::gcd(step_ * scale, week);
    auto const begin = base_ * scale + 4 * day_length; // the week of 1970 began four days before, on Sunday
    for (auto second = begin - floor_div(begin, measure) * measure; second < week; second += measure) {
        auto const clock = std::size_t(second % day_length);
        bool const on_clock = daily || (hours_[clock / 3600] && (unit_ > 60 || minutes_[clock / 60 % 60]) && (unit_ > 1 || seconds_[clock % 60]));
        if (on_clock && allowed_.weekday(unsigned(second / day_length)))
            return false;
    }
    return true;
}

/// Every period yields the same number.
bool RuleWalk::even() const { return rule_.frequency <= Frequency::daily && allowed_.all() && !limits_clock_ && !positions_; }

Number RuleWalk::period_of(Number second) const {
    auto const day = day_of_second(second);
    auto const date = date_of(day);
    switch (rule_.frequency) {
    case Frequency::yearly: return floor_div(int(date.year()) - base_, step_);
    case Frequency::monthly: return floor_div(int(date.year()) * 12 + int(unsigned(date.month())) - 1 - base_, step_);
    case Frequency::weekly:
    case Frequency::daily: return floor_div(day - base_, step_);
    default: return floor_div(second - base_, step_);
    }
}

// ---- one period ----------------------------------------------------------------------------------------------------

/// Fills days_ with those of period_; none when there are none. False: past the end of time.
bool RuleWalk::find_days() {
    days_.clear();
    auto const place = base_ + period_ * step_;
    if (rule_.frequency <= Frequency::daily)
        return find_days_by_leaps();
    if (rule_.frequency == Frequency::weekly) {
        for (Number day = place; day < place + 7 && day * day_length <= last_; ++day)
            if (allowed_.weekday(weekday_of(day)) && allowed_.month(unsigned(date_of(day).month())))
                days_.push_back(day);
        return place * day_length <= last_;
    }
    bool const yearly = rule_.frequency == Frequency::yearly;
    auto const year = yearly ? place : place / 12;
    if (year > last_year || new_year(int(year)) * day_length > last_)
        return false;
    auto const& plan = allowed_.plan(int(year));
    auto const month = std::size_t(place % 12);
    auto const first = yearly ? 0 : plan.months.at(month), end = yearly ? plan.days.size() : plan.months.at(month + 1);
    for (auto i = first; i < end; ++i)
        days_.push_back(new_year(int(year)) + plan.days[i]);
    return !plan.days.empty() || !allowed_.impossible();
}

/// A period of a day or less, or, where that is not allowed, period_ set before the next that may be.
bool RuleWalk::find_days_by_leaps() {
    bool const daily = rule_.frequency == Frequency::daily;
    auto const place = base_ + period_ * step_;
    auto const end = daily ? day_of_second(last_) : last_;
    if (place > end)
        return false;
    auto const found = daily ? allowed_.next(place) : clock_allowed_from(place);
    if (!found || *found > end)
        return false;
    if (*found != place) {
        period_ = ceil_div(*found - base_, step_) - 1;
        return true;
    }
    days_.push_back(daily ? place : day_of_second(place));
    offset_ = daily ? 0 : place - days_.front() * day_length;
    return true;
}

/// The first second from `second` on, at the beginning of a unit, that the limits allow.
std::optional<Number> RuleWalk::clock_allowed_from(Number second) {
    for (;;) {
        auto const found = allowed_.next(day_of_second(second));
        if (!found)
            return std::nullopt;
        auto const day = *found * day_length;
        second = std::max(second, day);
        auto const clock = second - day;
        auto const hour = clock / 3600, minute = clock / 60 % 60;
        if (!hours_[std::size_t(hour)]) {
            auto const next = following(hours_, hour);
            second = day + (next ? *next * 3600 : day_length);
        } else if (unit_ <= 60 && !minutes_[std::size_t(minute)]) {
            auto const next = following(minutes_, minute);
            second = day + hour * 3600 + (next ? *next * 60 : 3600);
        } else if (unit_ == 1 && !seconds_[std::size_t(clock % 60)]) {
            auto const next = following(seconds_, clock % 60);
            second = day + hour * 3600 + minute * 60 + next.value_or(60);
        } else
            return second;
    }
}

/// Loads period_, or the next after it that yields something.
bool RuleWalk::load() {
    if (!std::exchange(checked_, true) && never())
        ended_ = true;
    for (; !ended_; ++period_) {
        if (!pay())
            return false;
        if (!find_days())
            ended_ = true;
        else if (!days_.empty()) {
            choose_elements();
            if (elements() > 0)
                return true;
        }
    }
    return false;
}

void RuleWalk::choose_elements() {
    if (!positions_)
        return;
    chosen_.clear();
    auto const size = Number(days_.size() * times_.size());
    for (int const p : rule_.positions)
        if (auto const index = p > 0 ? p - 1 : size + p; index >= 0 && index < size)
            chosen_.push_back(std::size_t(index));
    std::ranges::sort(chosen_);
    chosen_.erase(std::unique(chosen_.begin(), chosen_.end()), chosen_.end());
}

Number RuleWalk::element(std::size_t index) const {
    auto const at = positions_ ? chosen_[index] : index;
    return days_[at / times_.size()] * day_length + offset_ + times_[at % times_.size()];
}

std::size_t RuleWalk::first_not_before(Number second) const {
    std::size_t first = 0, end = elements();
    while (first < end) {
        auto const middle = first + (end - first) / 2;
        if (element(middle) < second)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

// ---- the walk ------------------------------------------------------------------------------------------------------

bool RuleWalk::take_start() {
    if (std::exchange(started_, true) || ended_)
        return false;
    if (left_)
        --*left_;
    return true;
}

void RuleWalk::forward(Wall wall) {
    from_ = std::max(start_, number_of(wall));
    if (from_ == start_ || ended_)
        return;
    if (left_)
        forward_counting();
    else
        period_ = period_of(from_);
}

/// Counts what is left out; a period at a time, or all at once where each has the same number.
void RuleWalk::forward_counting() {
    take_start();
    while (*left_ > 0 && load()) {
        auto const skipped = Number(first_not_before(from_)) - Number(first_not_before(start_ + 1));
        *left_ -= std::max(skipped, Number(0));
        if (element(elements() - 1) >= from_) {
            loaded_ = true;
            index_ = first_not_before(from_);
            return;
        }
        auto const target = period_of(from_);
        if (even() && target > period_ + 1) {
            *left_ -= (target - period_ - 1) * Number(times_.size());
            period_ = target - 1;
        }
        ++period_;
    }
}

std::optional<Wall> RuleWalk::next() {
    if (take_start() && start_ >= from_)
        return Wall(std::chrono::seconds(start_));
    while (!ended_ && (!left_ || *left_ > 0)) {
        if (!loaded_) {
            if (!load())
                break;
            loaded_ = true;
            index_ = first_not_before(std::max(from_, start_ + 1));
        }
        if (index_ == elements()) {
            loaded_ = false;
            ++period_;
            continue;
        }
        if (!pay())
            break;
        auto const second = element(index_++);
        if (second > last_) {
            ended_ = true;
            break;
        }
        if (left_)
            --*left_;
        return Wall(std::chrono::seconds(second));
    }
    return std::nullopt;
}

} // namespace kogge::calendar::ical
