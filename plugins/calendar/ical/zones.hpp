// SPDX-License-Identifier: EUPL-1.2
// VTIMEZONE: what a wall clock meant, said so that a client without our tz database reads it the same way. Small and for
// the years in question only: the one libical carries for Europe/Amsterdam begins in the 19th century.
#pragma once

#include <kogge/time.hpp>

#include <map>
#include <string>

namespace kogge::calendar {

/// Calendar years, both included.
struct Years {
    int first = 0;
    int last = 0;
    void include(Years const& other);
    friend bool operator==(Years const&, Years const&) = default;
};
Years years_of(LocalTime const& begin, LocalTime const& end);

/// Every wall-clock time of `years` in `zone` has the offset the tz database gives it. Where the clocks go forward and back
/// once a year by one rule, that rule is written (two observances, which Outlook needs); else each change by itself.
std::string vtimezone(Zone zone, Years years);

/// A time as a property: its parameters and value.
struct Stamp {
    std::string parameters; // ";TZID=Europe/Berlin", or nothing
    std::string value;      // 20270421T072400, or 20270421T052400Z
};

/// A wall clock that names one moment is written with its zone. One that the clocks skip or show twice is not: readers
/// differ on which moment it is (RFC 5545 says the first, pytz takes the second), so the moment itself is written, in UTC.
Stamp stamp(LocalTime const& time);
bool names_one_moment(LocalTime const& time);

/// 20270421T052400Z
std::string utc(Instant at);

bool is_utc(Zone zone);

/// The zones used in a feed, each with its years; by name, so that the bytes have one order.
class ZonesUsed {
  public:
    void use(LocalTime const& time, Years years);
    void use(Zone zone, Years years);
    bool empty() const { return years_.empty(); }
    std::map<std::string, std::pair<Zone, Years>> const& list() const { return years_; }

  private:
    std::map<std::string, std::pair<Zone, Years>> years_;
};

} // namespace kogge::calendar
