// SPDX-License-Identifier: EUPL-1.2
// When something happens: DTSTART, DTEND or DURATION, RRULE, RDATE (PERIODs too), EXDATE, and the overrides of RECURRENCE-ID, also
// RANGE=THISANDFUTURE (RFC 5545 §3.8.4.4, §3.8.5). And which of it a time range meets (RFC 4791 §9.9).
//
// A rule is bounded in steps and in what it yields, so any component may be given: a rule that can yield nothing says so in
// microseconds, one that is too much says which. A repeated wall clock is kept across clock changes; one the clocks skip is
// read with the offset before the gap. A day is a day in the floating zone of the ZoneBook.
#pragma once

#include "ical/foreign_zone.hpp"
#include "ical/parse.hpp"
#include "ical/values.hpp"

#include <kogge/time.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::ical {

struct RecurLimits {
    /// Periods and yields of rules looked at, for a series. A call for a whole calendar may take ten times as many for all of them.
    std::int64_t steps = 1'000'000;
    std::size_t occurrences = 20'000; // returned
};

/// 0001-01-01 to 9999-12-31: what an open range means.
Interval whole_time();

struct Occurrence {
    Interval when; // what blocks; empty (begin == end) for a moment. A day reaches from midnight to midnight
    Stamp begin; // as the component says it: a date, a floating wall clock, UTC, or the wall clock of `clock`
    std::optional<Stamp> end; // of the same kind and clock; nothing where neither DTEND, DUE nor DURATION was given
    Clock clock; // of a date: that of days
    Stamp recurrence; // the RECURRENCE-ID of this instance, of the kind (and TZID) of the master's DTSTART
    Instant recurrence_at{};
    Component const* component = nullptr; // whose properties hold: the master, or the override
    bool all_day() const { return begin.kind == Stamp::Kind::date; }
};

struct Occurrences {
    std::vector<Occurrence> list; // by begin
    /// Why the list is not all there is: steps or occurrences used up. Empty: complete.
    std::string cut;
};

/// The components of one UID and type: a master (or none), and overrides with RECURRENCE-ID. Pointers into the tree given to it.
struct Series {
    Component const* master = nullptr;
    std::vector<Component const*> overrides;
};
/// The series of a calendar, in the order they first come. Components without UID are a series each. `type` is VEVENT, VTODO or
/// VJOURNAL; "" is all three.
std::vector<Series> series_of(Component const& calendar, std::string_view type = {});

/// Those that overlap `range` (a moment counts when it lies in it), cancelled ones too. An error names the property that cannot
/// be read.
Result<Occurrences> occurrences(Series const& series, Interval range, ZoneBook const& zones, RecurLimits const& limits = {});

/// All of the series lies in it, alarms left aside; it may be wider (by what EXDATE takes away). Nothing for a series without times
/// (a VTODO may have none). One that never ends, or whose end is beyond the budget, ends with whole_time().end. For an index of
/// stored objects.
Result<std::optional<Interval>> extent(Series const& series, ZoneBook const& zones, RecurLimits const& limits = {});

/// RFC 4791 §9.9 for a component of `calendar`: VEVENT, VTODO, VJOURNAL, VFREEBUSY, VALARM (of any event or task), and
/// VAVAILABILITY as RFC 7953 §3 has it. An open end is whole_time()'s. A rule that is too much to follow counts as a match.
Result<bool> time_range_matches(Component const& calendar, std::string_view component, Interval range, ZoneBook const& zones,
                                RecurLimits const& limits = {});
/// The same for one series; `alarms` asks for its VALARMs.
Result<bool> time_range_matches(Series const& series, Interval range, ZoneBook const& zones, bool alarms = false,
                                RecurLimits const& limits = {});

} // namespace kogge::calendar::ical
