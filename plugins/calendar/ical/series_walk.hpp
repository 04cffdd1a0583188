// SPDX-License-Identifier: EUPL-1.2
// The instances of a series, one by one: what recur.cpp and time_range.cpp ask their questions of.
#pragma once

#include "ical/recur.hpp"
#include "ical/rule_walk.hpp"

#include <functional>
#include <map>
#include <set>

namespace kogge::calendar::ical {

/// `error` with the line and name of the property it is about.
Error about(Property const& property, Error const& error);

/// Begin and length of a component. DTEND and DUE give elapsed time, DURATION what it says, days are days (RFC 5545 §3.8.5.3).
struct Timing {
    Stamp begin;
    Clock clock;
    Duration length;
    bool has_end = false;
    bool due_only = false; // a VTODO without DTSTART: begin is its DUE

    /// Nothing when the component has no time.
    static Result<std::optional<Timing>> of(Component const& component, ZoneBook const& zones);
    /// The same length from `wall` on; the recurrence is left open.
    Occurrence at(Wall wall) const;
};

class SeriesWalk {
  public:
    /// `series` and `zones` outlive it. `steps` is all that its rules may take.
    static Result<SeriesWalk> of(Series const& series, ZoneBook const& zones, std::int64_t steps);

    /// What touches `range`, its ends included, in no order, until `take` says false. Returns why it is not all; empty: it is.
    std::string each(Interval range, std::function<bool(Occurrence const&)> const& take);
    std::optional<Interval> extent();
    std::int64_t steps_taken() const { return most_steps_ - steps_; }

  private:
    /// An RDATE. `length` is its own when it is a PERIOD.
    struct Extra {
        Wall id;
        std::optional<Duration> length;
    };
    struct Override {
        Component const* component;
        Timing timing;
        Wall id; // RECURRENCE-ID on the master's clock
        Stamp recurrence;
        Instant recurrence_at;
    };
    /// From `id` on the instances look like `override`, moved by `shift` (RANGE=THISANDFUTURE).
    struct Segment {
        Wall id;
        std::size_t override;
        std::chrono::seconds shift;
    };
    struct Reach {
        std::chrono::seconds back, ahead, longest;
    };
    struct Repeat {
        Rule rule;
        std::optional<Wall> until;
    };

    SeriesWalk(Series const& series, ZoneBook const& zones, std::int64_t steps)
        : series_(series), zones_(zones), most_steps_(steps), steps_(steps) {}
    Result<void> read_master();
    Result<void> read_override(Component const& component);
    Result<void> read_extra(Property const& property, std::string_view text);
    Result<void> read_excluded(Property const& property);
    Result<void> read_rule_of(Property const& property);
    Wall id_of(Stamp const& stamp, Property const& property) const;

    bool replaced(Wall id) const { return ids_.contains(id); }
    bool excluded(Wall id) const;
    Occurrence instance(Wall id, std::optional<Duration> const& length) const;
    Reach reach_of() const;
    std::pair<Wall, Wall> ids_touching(Interval range) const;
    std::string each_repeated(Interval range, std::function<bool(Occurrence const&)> const& take);
    Wall last_id(RuleWalk& walk) const;

    Series const& series_;
    ZoneBook const& zones_;
    std::int64_t most_steps_, steps_;
    std::optional<Timing> master_;
    std::vector<Repeat> repeats_;
    std::vector<Extra> extras_; // by id
    std::set<Wall> excluded_, excluded_days_;
    std::vector<Override> overrides_;
    std::set<Wall> ids_; // of overrides
    std::vector<Segment> segments_; // by id
};

bool touches(Interval const& when, Interval const& range);

Interval interval_of(Period const& period, Clock const& clock);
/// DTSTART to DTEND of a VAVAILABILITY; what is missing is open (RFC 7953 §3.1).
Result<Interval> availability_span(Component const& component, ZoneBook const& zones);

} // namespace kogge::calendar::ical
