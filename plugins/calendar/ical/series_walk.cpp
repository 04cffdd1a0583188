// SPDX-License-Identifier: EUPL-1.2
#include "ical/series_walk.hpp"

#include <algorithm>

namespace kogge::calendar::ical {

namespace {

using std::chrono::days;
using std::chrono::seconds;

/// No zone is further from UTC, no shift of a day larger.
constexpr days slack{2};
constexpr std::size_t most_rules = 50;

Wall as_wall(Instant at) { return Wall(at.time_since_epoch()); }
Wall bounded(Wall wall) { return std::clamp(wall, as_wall(whole_time().begin), as_wall(whole_time().end)); }
Instant bounded(Instant at) { return std::clamp(at, whole_time().begin, whole_time().end); }
Wall midnight(Wall wall) { return std::chrono::floor<days>(wall); }
Wall move(Wall wall, seconds by) { return bounded(wall + by); }

/// A length nobody means, such as P999999999W, is as long as the calendar.
Duration bounded(Duration length) {
    constexpr days most{3'660'000};
    return {std::clamp(length.days, -most, most), std::clamp<seconds>(length.time, -most, most)};
}

seconds length_at_most(Duration const& length) { return length.days + length.time + slack; }

/// From the begin of `timing` to what DTEND or DUE says. A day that ends where it begins is meant as that day.
Result<Duration> length_to(Property const& property, Timing const& timing, ZoneBook const& zones) {
    auto const end = read_stamp(property.value());
    if (!end)
        return about(property, end.error());
    auto const wall = end.value().wall;
    if (timing.begin.kind == Stamp::Kind::date) {
        auto const last = end.value().kind == Stamp::Kind::date ? wall : std::chrono::ceil<days>(wall);
        return Duration{std::max(std::chrono::floor<days>(last - timing.begin.wall), days(1)), {}};
    }
    auto const clock = end.value().kind == Stamp::Kind::date ? timing.clock : zones.clock(end.value(), property);
    return Duration{{}, std::max(clock.at(bounded(wall)) - timing.clock.at(bounded(timing.begin.wall)), seconds(0))};
}

} // namespace

bool touches(Interval const& when, Interval const& range) { return when.begin <= range.end && range.begin <= when.end; }

Error about(Property const& property, Error const& error) {
    auto const place = property.line() ? "line " + std::to_string(property.line()) + ": " : std::string();
    return {error.code, place + std::string(property.name()) + ": " + error.message, error.field};
}

Result<std::optional<Timing>> Timing::of(Component const& component, ZoneBook const& zones) {
    bool const task = component.is("VTODO");
    auto const* begin = component.find("DTSTART");
    auto const* end = component.find(task ? "DUE" : "DTEND");
    Timing out;
    out.due_only = !begin && task && end;
    if (out.due_only)
        begin = end;
    if (!begin)
        return std::optional<Timing>();
    auto const stamp = read_stamp(begin->value());
    if (!stamp)
        return about(*begin, stamp.error());
    out.begin = stamp.value();
    out.clock = zones.clock(out.begin, *begin);
    if (out.due_only)
        return std::optional(out);
    out.length.days = days(out.begin.kind == Stamp::Kind::date && !task ? 1 : 0);
    if (component.is("VJOURNAL"))
        return std::optional(out);
    if (end) {
        KOGGE_TRY(out.length, length_to(*end, out, zones));
        out.has_end = true;
    } else if (auto const* property = component.find("DURATION")) {
        auto const length = read_duration(property->value());
        if (!length)
            return about(*property, length.error());
        out.length = length.value().negative() ? Duration() : bounded(length.value());
        if (out.begin.kind == Stamp::Kind::date && out.length.days < days(1))
            out.length.days = days(1);
        out.has_end = true;
    }
    return std::optional(out);
}

Occurrence Timing::at(Wall wall) const {
    Occurrence out;
    out.begin = {begin.kind == Stamp::Kind::date ? midnight(wall) : wall, begin.kind};
    out.clock = clock;
    out.when.begin = bounded(clock.at(out.begin.wall));
    out.when.end = bounded(length.days == days(0) ? out.when.begin + length.time : clock.at(move(out.begin.wall, length.days)) + length.time);
    out.when.end = std::max(out.when.end, out.when.begin);
    if (has_end)
        out.end = Stamp{begin.kind == Stamp::Kind::date ? move(out.begin.wall, length.days) : clock.wall(out.when.end), begin.kind};
    return out;
}

Result<SeriesWalk> SeriesWalk::of(Series const& series, ZoneBook const& zones, std::int64_t steps) {
    SeriesWalk out(series, zones, steps);
    if (series.master) {
        KOGGE_TRY(out.read_master());
    }
    for (auto const* component : series.overrides) {
        KOGGE_TRY(out.read_override(*component));
    }
    std::sort(out.segments_.begin(), out.segments_.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    return out;
}

Result<void> SeriesWalk::read_master() {
    auto const& master = *series_.master;
    KOGGE_TRY(master_, Timing::of(master, zones_));
    if (!master_)
        return boost::outcome_v2::success();
    for (auto const& property : master.properties) {
        if (property.is("RRULE")) {
            KOGGE_TRY(read_rule_of(property));
        } else if (property.is("RDATE")) {
            for (auto const text : split_list(property.value())) {
                KOGGE_TRY(read_extra(property, text));
            }
        } else if (property.is("EXDATE")) {
            KOGGE_TRY(read_excluded(property));
        }
    }
    std::sort(extras_.begin(), extras_.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    return boost::outcome_v2::success();
}

Result<void> SeriesWalk::read_rule_of(Property const& property) {
    auto rule = read_rule(property.value());
    if (!rule)
        return about(property, rule.error());
    Repeat out{std::move(rule).value(), {}};
    bool const day = master_->begin.kind == Stamp::Kind::date;
    if (day && out.rule.below_a_day())
        return about(property, invalid("a day cannot come back within the day; use FREQ=DAILY, or a DTSTART with a time"));
    if (day) // RFC 5545 §3.3.10: ignored
        out.rule.hours.clear(), out.rule.minutes.clear(), out.rule.seconds.clear();
    if (auto const& until = out.rule.until) {
        out.until = until->kind == Stamp::Kind::utc ? master_->clock.wall(bounded(Instant(until->wall.time_since_epoch()))) : until->wall;
        if (until->kind == Stamp::Kind::date && !day) // the whole of that day
            *out.until += days(1) - seconds(1);
    }
    if (repeats_.size() == most_rules)
        return about(property, invalid("more than " + std::to_string(most_rules) + " rules in one component; RFC 5545 asks for one at most"));
    repeats_.push_back(std::move(out));
    return boost::outcome_v2::success();
}

/// Stamps of other kinds and zones as the master's clock shows them.
Wall SeriesWalk::id_of(Stamp const& stamp, Property const& property) const {
    if (!master_)
        return stamp.wall;
    auto const& begin = master_->begin;
    if (begin.kind == Stamp::Kind::date)
        return midnight(stamp.wall);
    if (stamp.kind == Stamp::Kind::date)
        return stamp.wall + (begin.wall - midnight(begin.wall));
    auto const clock = zones_.clock(stamp, property);
    return clock == master_->clock ? stamp.wall : master_->clock.wall(clock.at(stamp.wall));
}

Result<void> SeriesWalk::read_extra(Property const& property, std::string_view text) {
    if (text.find('/') == std::string_view::npos) {
        auto const stamp = read_stamp(text);
        if (!stamp)
            return about(property, stamp.error());
        extras_.push_back({id_of(stamp.value(), property), {}});
        return boost::outcome_v2::success();
    }
    auto const period = read_period(text);
    if (!period)
        return about(property, period.error());
    auto const& p = period.value();
    auto const clock = zones_.clock(p.begin, property);
    auto const length = p.end ? Duration{{}, clock.at(p.end->wall) - clock.at(p.begin.wall)} : p.length.negative() ? Duration() : bounded(p.length);
    extras_.push_back({id_of(p.begin, property), length});
    return boost::outcome_v2::success();
}

Result<void> SeriesWalk::read_excluded(Property const& property) {
    for (auto const text : split_list(property.value())) {
        if (text.empty()) // some write an empty EXDATE
            continue;
        auto const stamp = read_stamp(text);
        if (!stamp)
            return about(property, stamp.error());
        bool const whole_day = stamp.value().kind == Stamp::Kind::date && master_->begin.kind != Stamp::Kind::date;
        (whole_day ? excluded_days_ : excluded_).insert(whole_day ? stamp.value().wall : id_of(stamp.value(), property));
    }
    return boost::outcome_v2::success();
}

Result<void> SeriesWalk::read_override(Component const& component) {
    auto const* property = component.find("RECURRENCE-ID");
    auto const stamp = read_stamp(property ? property->value() : std::string_view());
    if (!stamp)
        return property ? about(*property, stamp.error()) : invalid(component.name + " has no RECURRENCE-ID");
    KOGGE_TRY(auto timing, Timing::of(component, zones_));
    Override out{&component, {}, id_of(stamp.value(), *property), stamp.value(), {}};
    auto const clock = master_ ? master_->clock : zones_.clock(stamp.value(), *property);
    if (master_)
        out.recurrence = {out.id, master_->begin.kind};
    out.recurrence_at = bounded(clock.at(bounded(out.id)));
    // Without a time of its own it says something else of the instance: it stays where it was.
    auto const unmoved = master_.value_or(Timing{stamp.value(), clock, {}, false, false});
    out.timing = timing ? *timing : unmoved;
    if (!timing)
        out.timing.begin.wall = out.id;
    ids_.insert(out.id);
    auto const range = property->parameter("RANGE");
    if (master_ && range && same_name(*range, "THISANDFUTURE")) {
        auto const moved = out.timing.clock == master_->clock ? out.timing.begin.wall : master_->clock.wall(out.timing.clock.at(out.timing.begin.wall));
        segments_.push_back({out.id, overrides_.size(), moved - out.id});
    }
    overrides_.push_back(std::move(out));
    return boost::outcome_v2::success();
}

bool SeriesWalk::excluded(Wall id) const { return excluded_.contains(id) || (!excluded_days_.empty() && excluded_days_.contains(midnight(id))); }

/// The instance of `id`, as the master has it or the last override that holds from there on.
Occurrence SeriesWalk::instance(Wall id, std::optional<Duration> const& length) const {
    auto const after = std::upper_bound(segments_.begin(), segments_.end(), id, [](Wall w, Segment const& s) { return w < s.id; });
    auto timing = *master_;
    auto wall = id;
    auto const* component = series_.master;
    if (after != segments_.begin()) {
        auto const& segment = *std::prev(after);
        auto const& override = overrides_[segment.override];
        timing = override.timing;
        wall = move(id, segment.shift);
        if (timing.clock != master_->clock)
            wall = timing.clock.wall(master_->clock.at(wall));
        component = override.component;
    }
    if (length) {
        timing.length = *length;
        timing.has_end = true;
    }
    auto out = timing.at(bounded(wall));
    out.recurrence = {id, master_->begin.kind};
    out.recurrence_at = bounded(master_->clock.at(id));
    out.component = component;
    return out;
}

/// How far instances are moved, and how long they last at most, in whatever segment they are.
SeriesWalk::Reach SeriesWalk::reach_of() const {
    Reach out{{}, {}, length_at_most(master_->length)};
    for (auto const& extra : extras_)
        out.longest = std::max(out.longest, extra.length ? length_at_most(*extra.length) : seconds(0));
    for (auto const& segment : segments_) {
        out.longest = std::max(out.longest, length_at_most(overrides_[segment.override].timing.length));
        out.ahead = std::max(out.ahead, segment.shift);
        out.back = std::max(out.back, -segment.shift);
    }
    return out;
}

/// Instances outside these do not touch the range.
std::pair<Wall, Wall> SeriesWalk::ids_touching(Interval range) const {
    auto const reach = reach_of();
    return {bounded(as_wall(range.begin) - reach.longest - reach.ahead - slack), bounded(as_wall(range.end) + reach.back + slack)};
}

std::string SeriesWalk::each(Interval range, std::function<bool(Occurrence const&)> const& take) {
    range = {bounded(range.begin), bounded(range.end)};
    for (auto const& override : overrides_) {
        auto out = override.timing.at(override.timing.begin.wall);
        out.recurrence = override.recurrence;
        out.recurrence_at = override.recurrence_at;
        out.component = override.component;
        if (touches(out.when, range) && !take(out))
            return {};
    }
    if (!master_)
        return {};
    if (!repeats_.empty() || !extras_.empty())
        return each_repeated(range, take);
    auto const id = master_->begin.wall;
    if (replaced(id) || excluded(id))
        return {};
    if (auto const out = instance(id, {}); touches(out.when, range))
        take(out);
    return {};
}

/// Start, rules and RDATEs joined in the order of their wall clocks, each of them once.
std::string SeriesWalk::each_repeated(Interval range, std::function<bool(Occurrence const&)> const& take) {
    auto const [first, last] = ids_touching(range);
    std::vector<RuleWalk> walks;
    walks.reserve(repeats_.size());
    std::vector<std::optional<Wall>> heads;
    for (auto const& repeat : repeats_) {
        auto& walk = walks.emplace_back(repeat.rule, master_->begin.wall, repeat.until, steps_);
        walk.forward(first);
        heads.push_back(walk.next());
    }
    auto extra = std::lower_bound(extras_.begin(), extras_.end(), first, [](Extra const& e, Wall w) { return e.id < w; });
    std::optional<Wall> start;
    if (repeats_.empty() && master_->begin.wall >= first)
        start = master_->begin.wall;
    std::optional<Instant> before;
    for (;;) {
        std::optional<Wall> id = start;
        for (auto const& head : heads)
            if (head && (!id || *head < *id))
                id = head;
        std::optional<Duration> length;
        if (extra != extras_.end() && (!id || extra->id <= *id)) {
            id = extra->id;
            length = extra->length;
        }
        if (!id || *id > last)
            break;
        if (start == id)
            start.reset();
        for (; extra != extras_.end() && extra->id == *id; ++extra)
            length = length ? length : extra->length;
        for (std::size_t i = 0; i < heads.size(); ++i)
            if (heads[i] == id)
                heads[i] = walks[i].next();
        if (replaced(*id) || excluded(*id))
            continue;
        auto const out = instance(*id, length);
        if (std::exchange(before, out.recurrence_at) == out.recurrence_at) // the clocks skipped one onto the other
            continue;
        if (touches(out.when, range) && !take(out))
            return {};
    }
    if (std::none_of(walks.begin(), walks.end(), [](auto const& walk) { return walk.exhausted(); }))
        return {};
    return "the rule is too much work: more than " + std::to_string(most_steps_) + " steps";
}

/// The last wall clock a rule with COUNT yields; the end of time when that is too far.
Wall SeriesWalk::last_id(RuleWalk& walk) const {
    auto last = master_->begin.wall;
    while (auto const wall = walk.next())
        last = *wall;
    return walk.exhausted() ? as_wall(whole_time().end) : last;
}

std::optional<Interval> SeriesWalk::extent() {
    std::optional<Interval> out;
    auto const include = [&](Interval const& when) {
        out = out ? Interval{std::min(out->begin, when.begin), std::max(out->end, when.end)} : when;
    };
    for (auto const& override : overrides_)
        include(override.timing.at(override.timing.begin.wall).when);
    if (!master_)
        return out;
    include(instance(master_->begin.wall, {}).when);
    for (auto const& extra : extras_)
        include(instance(extra.id, extra.length).when);
    for (auto const& repeat : repeats_) {
        RuleWalk walk(repeat.rule, master_->begin.wall, repeat.until, steps_);
        auto const last = repeat.until ? *repeat.until : repeat.rule.count ? last_id(walk) : as_wall(whole_time().end);
        if (last < master_->begin.wall)
            continue;
        if (last >= as_wall(whole_time().end))
            include({whole_time().end, whole_time().end});
        include(instance(bounded(last), {}).when);
    }
    if (!segments_.empty()) { // moved, and as long as any of them
        auto const reach = reach_of();
        out = Interval{bounded(out->begin - reach.back - slack), bounded(out->end + reach.ahead + reach.longest + slack)};
    }
    return out;
}

} // namespace kogge::calendar::ical
