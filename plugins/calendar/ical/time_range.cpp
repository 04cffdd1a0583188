// SPDX-License-Identifier: EUPL-1.2
// RFC 4791 §9.9, RFC 7953 §3: the tables of what overlaps a time range.
#include "ical/series_walk.hpp"

#include <algorithm>

namespace kogge::calendar::ical {

namespace {

using std::chrono::seconds;

constexpr std::size_t most_alarms = 100; // of one component

/// TRIGGER of a VALARM, and how often it repeats.
struct Trigger {
    std::optional<Instant> at; // absolute
    seconds offset{}, every{};
    std::int64_t repeats = 0;
    bool from_end = false;

    static Result<std::optional<Trigger>> of(Component const& alarm) {
        auto const* property = alarm.find("TRIGGER");
        if (!property)
            return std::optional<Trigger>();
        Trigger out;
        if (property->has_type("DATE-TIME") || !read_duration(property->value())) {
            auto const stamp = read_date_time(property->value());
            if (!stamp)
                return about(*property, stamp.error());
            out.at = Instant(stamp.value().wall.time_since_epoch());
        } else {
            auto const length = read_duration(property->value()).value();
            out.offset = clamped(length);
            auto const related = property->parameter("RELATED");
            out.from_end = related && same_name(*related, "END");
        }
        auto const every = read_duration(alarm.value("DURATION"));
        auto const repeats = read_integer(alarm.value("REPEAT"));
        if (every && repeats && clamped(every.value()) > seconds(0) && repeats.value() > 0) {
            out.every = clamped(every.value());
            out.repeats = std::min<std::int64_t>(repeats.value(), longest / out.every);
        }
        return std::optional(out);
    }

    bool rings_in(Interval const& range, Instant first) const {
        if (range.contains(first))
            return true;
        if (!repeats || first >= range.end)
            return false;
        auto const skipped = std::max<std::int64_t>((range.begin - first + every - seconds(1)) / every, 0);
        return skipped <= repeats && range.contains(first + skipped * every);
    }
    seconds reach() const { return std::chrono::abs(offset) + repeats * every; }

  private:
    static constexpr seconds longest{std::chrono::days(3'660'000)};
    static seconds clamped(Duration const& length) { return std::clamp<seconds>(length.days + length.time, -longest, longest); }
};

using Triggers = std::map<Component const*, std::vector<Trigger>>;

Result<Triggers> triggers_of(Series const& series) {
    Triggers out;
    auto components = series.overrides;
    if (series.master)
        components.push_back(series.master);
    for (auto const* component : components)
        for (auto const& alarm : component->components)
            if (alarm.is("VALARM")) {
                KOGGE_TRY(auto const trigger, Trigger::of(alarm));
                if (trigger)
                    out[component].push_back(*trigger);
            }
    return out;
}

bool event_meets(Occurrence const& o, Interval const& range) {
    return o.when.empty() ? range.contains(o.when.begin) : o.when.overlaps(range);
}

bool journal_meets(Occurrence const& o, Interval const& range) {
    return o.all_day() ? o.when.overlaps(range) : range.contains(o.when.begin);
}

/// The rows of the table for VTODO that have DTSTART or DUE. Which row it is, is looked up once for a component.
class TaskMeets {
  public:
    bool operator()(Occurrence const& o, Interval const& range) {
        auto const& [begin, end] = o.when;
        switch (row(*o.component)) {
        case Row::start_and_due: return (range.begin < end || range.begin <= begin) && (range.end > begin || range.end >= end);
        case Row::start_and_duration: return range.begin <= end && (range.end > begin || range.end >= end);
        case Row::start: return range.contains(begin);
        case Row::due: break;
        }
        return range.begin < end && range.end >= end;
    }

  private:
    enum class Row { start_and_due, start_and_duration, start, due };
    Row row(Component const& task) {
        auto const [at, fresh] = rows_.try_emplace(&task, Row::due);
        if (fresh && task.find("DTSTART"))
            at->second = task.find("DUE") ? Row::start_and_due : task.find("DURATION") ? Row::start_and_duration : Row::start;
        return at->second;
    }
    std::map<Component const*, Row> rows_;
};

std::optional<Instant> moment(Component const& component, std::string_view property) {
    auto const stamp = read_date_time(component.value(property));
    return stamp ? std::optional(Instant(stamp.value().wall.time_since_epoch())) : std::nullopt;
}

/// The rows for a VTODO without DTSTART and DUE.
bool timeless_task_meets(Component const& task, Interval const& range) {
    auto const completed = moment(task, "COMPLETED"), created = moment(task, "CREATED");
    if (completed && created)
        return (range.begin <= *created || range.begin <= *completed) && (range.end >= *created || range.end >= *completed);
    if (completed)
        return range.begin <= *completed && range.end >= *completed;
    return !created || range.end > *created;
}

class Asking {
  public:
    Asking(Interval range, ZoneBook const& zones, RecurLimits const& limits)
        : range_(range), zones_(zones), limits_(limits), left_(limits.steps * 10) {}

    Result<bool> series(Series const& series, bool alarms) {
        KOGGE_TRY(auto walk, SeriesWalk::of(series, zones_, std::min(limits_.steps, left_)));
        Triggers triggers;
        if (alarms) {
            KOGGE_TRY(triggers, triggers_of(series));
            if (triggers.empty())
                return false;
            if (std::any_of(triggers.begin(), triggers.end(), [](auto const& t) { return t.second.size() > most_alarms; }))
                return true; // too many to try each at each occurrence
        }
        bool const met = alarms ? rings(walk, triggers) : happens(walk, series);
        left_ -= walk.steps_taken();
        return met;
    }

  private:
    bool happens(SeriesWalk& walk, Series const& series) const {
        auto const* component = series.master ? series.master : series.overrides.front();
        std::function<bool(Occurrence const&, Interval const&)> meets = event_meets;
        if (component->is("VTODO"))
            meets = TaskMeets();
        else if (component->is("VJOURNAL"))
            meets = journal_meets;
        if (component->is("VTODO") && !component->find("DTSTART") && !component->find("DUE"))
            return timeless_task_meets(*component, range_);
        bool met = false;
        auto const cut = walk.each(range_, [&](Occurrence const& o) { return !(met = meets(o, range_)); });
        return met || !cut.empty();
    }

    bool rings(SeriesWalk& walk, Triggers const& triggers) const {
        seconds reach{};
        for (auto const& [component, list] : triggers)
            for (auto const& trigger : list) {
                if (trigger.at && trigger.rings_in(range_, *trigger.at))
                    return true;
                reach = std::max(reach, trigger.reach());
            }
        bool met = false;
        auto const cut = walk.each({range_.begin - reach, range_.end + reach}, [&](Occurrence const& o) {
            auto const at = triggers.find(o.component);
            met = at != triggers.end() && std::any_of(at->second.begin(), at->second.end(), [&](Trigger const& t) {
                      return !t.at && t.rings_in(range_, (t.from_end ? o.when.end : o.when.begin) + t.offset);
                  });
            return !met;
        });
        return met || !cut.empty();
    }

    Interval range_;
    ZoneBook const& zones_;
    RecurLimits const& limits_;
    std::int64_t left_;
};

Result<std::optional<Interval>> span_of(Component const& component, ZoneBook const& zones) {
    KOGGE_TRY(auto const timing, Timing::of(component, zones));
    if (!timing)
        return std::optional<Interval>();
    return std::optional(timing->at(timing->begin.wall).when);
}

Result<bool> free_busy_meets(Component const& component, Interval const& range, ZoneBook const& zones) {
    if (component.find("DTSTART") && component.find("DTEND")) {
        KOGGE_TRY(auto const span, span_of(component, zones));
        return range.begin <= span->end && range.end > span->begin;
    }
    for (auto const* property : component.all("FREEBUSY"))
        for (auto const text : split_list(property->value())) {
            auto const period = read_period(text);
            if (!period)
                return about(*property, period.error());
            if (interval_of(period.value(), zones.clock(period.value().begin, *property)).overlaps(range))
                return true;
        }
    return false;
}

/// RFC 7953 §3.1: an end that is missing is open.
Result<bool> availability_meets(Component const& component, Interval const& range, ZoneBook const& zones) {
    KOGGE_TRY(auto const span, availability_span(component, zones));
    return span.overlaps(range);
}

} // namespace

Interval interval_of(Period const& period, Clock const& clock) {
    auto const begin = clock.at(period.begin.wall);
    auto const end = period.end ? clock.at(period.end->wall) : begin + period.length.days + period.length.time;
    return {begin, std::clamp(end, begin, std::max(begin, whole_time().end))};
}

Result<Interval> availability_span(Component const& component, ZoneBook const& zones) {
    auto out = whole_time();
    if (component.find("DTSTART")) {
        KOGGE_TRY(auto const span, span_of(component, zones));
        bool const open = !component.find("DTEND") && !component.find("DURATION");
        return Interval{span->begin, open ? out.end : span->end};
    }
    if (auto const* property = component.find("DTEND")) {
        auto const stamp = read_stamp(property->value());
        if (!stamp)
            return about(*property, stamp.error());
        out.end = zones.clock(stamp.value(), *property).at(stamp.value().wall);
    }
    return out;
}

Result<bool> time_range_matches(Series const& series, Interval range, ZoneBook const& zones, bool alarms, RecurLimits const& limits) {
    return Asking(range, zones, limits).series(series, alarms);
}

Result<bool> time_range_matches(Component const& calendar, std::string_view component, Interval range, ZoneBook const& zones,
                                RecurLimits const& limits) {
    bool const alarms = same_name(component, "VALARM"), free_busy = same_name(component, "VFREEBUSY");
    if (free_busy || same_name(component, "VAVAILABILITY")) {
        for (auto const& part : calendar.components)
            if (part.is(component)) {
                KOGGE_TRY(bool const met, (free_busy ? free_busy_meets : availability_meets)(part, range, zones));
                if (met)
                    return true;
            }
        return false;
    }
    if (!alarms && !same_name(component, "VEVENT") && !same_name(component, "VTODO") && !same_name(component, "VJOURNAL"))
        return invalid("time-range: " + std::string(component) + " has no time to compare; ask for VEVENT, VTODO, VJOURNAL, VFREEBUSY or VALARM");
    Asking asking(range, zones, limits);
    for (auto const& series : series_of(calendar, alarms ? std::string_view() : component)) {
        KOGGE_TRY(bool const met, asking.series(series, alarms));
        if (met)
            return true;
    }
    return false;
}

} // namespace kogge::calendar::ical
