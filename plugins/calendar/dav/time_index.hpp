// SPDX-License-Identifier: EUPL-1.2
// When the objects of one collection happen, so that a week in ten thousand events costs what is in the week. Occurrences
// of some years around now are kept by week, each with what it blocks; what recurs beyond is known to do so and is
// worked out when somebody asks about that far a time.
#pragma once

#include "ical/busy.hpp"
#include "ical/parse.hpp"

#include <kogge/time.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kogge::calendar::dav {

class TimeIndex {
  public:
    using Key = void const*; // whose object it is; never followed

    /// `now` puts the horizon; `floating` reads times without zone.
    TimeIndex(Instant now, Zone floating);
    Zone floating() const { return floating_; }
    Interval horizon() const { return horizon_; }

    void add(Key key, ical::Component const& calendar, std::string_view component);
    void remove(Key key);

    enum class Certainty {
        happens, // an event, in the range
        perhaps, // its bytes must be looked at
    };
    /// Each key once. With another `floating` than the index's everything near the range is `perhaps`.
    void overlapping(Interval range, Zone floating, std::function<void(Key, Certainty)> const& visit) const;
    /// Busy periods of events within the horizon, clipped; `look` is called once for each object that has to be read for it.
    void busy(Interval range, Zone floating, std::vector<ical::BusyPeriod>& out, std::function<void(Key)> const& look) const;

  private:
    struct Slot {
        Instant begin, end; // equal: a moment
        Key key;
        std::uint32_t number;          // of the key, for visiting it once
        std::optional<ical::Busy> busy; // nothing: it blocks nothing
    };
    struct Loose { // must be looked at when a range meets this
        Interval when;
        Key key;
        std::uint32_t number;
        bool beyond; // events of which the horizon holds all that happens within it
    };
    struct Known {
        std::uint32_t number;
        std::vector<std::int64_t> weeks;
        bool loose = false, wide = false;
    };
    void add_event(Key key, Known& known, ical::Component const& calendar);
    void add_other(Key key, Known& known, ical::Component const& calendar);
    void add_loose(Key key, Known& known, Interval when, bool beyond);
    void put(Known& known, Slot const& slot);
    template <class Visit>
    void each_slot(Interval range, Visit const& visit) const;

    Interval horizon_;
    Zone floating_;
    std::map<std::int64_t, std::vector<Slot>> weeks_;
    std::vector<Slot> wide_; // longer than a few weeks
    std::vector<Loose> loose_;
    std::unordered_map<Key, Known> known_;
    std::uint32_t numbers_ = 0;
    std::vector<std::uint32_t> free_numbers_;
    mutable std::vector<std::uint64_t> seen_; // round in which a number was visited last
    mutable std::uint64_t round_ = 0;
};

} // namespace kogge::calendar::dav
