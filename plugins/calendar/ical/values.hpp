// SPDX-License-Identifier: EUPL-1.2
// Values of properties (RFC 5545 §3.3), read strictly. A time is a wall clock until a zone says which moment it was
// (foreign_zone.hpp). An error quotes the value and says how it is written.
#pragma once

#include "ical/parse.hpp"

#include <kogge/time.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::calendar::ical {

using Wall = std::chrono::local_seconds;

/// DATE or DATE-TIME without its zone. Years 0001 to 9999.
struct Stamp {
    enum class Kind { date, local, utc };
    Wall wall{}; // 00:00 of a date
    Kind kind = Kind::local;
    friend auto operator<=>(Stamp const&, Stamp const&) = default;
};

/// DURATION: days follow the calendar (a day may have 23 hours), the rest is elapsed time. Both carry the sign.
struct Duration {
    std::chrono::days days{};
    std::chrono::seconds time{};
    bool negative() const { return days.count() < 0 || time.count() < 0; }
    friend bool operator==(Duration const&, Duration const&) = default;
};

/// PERIOD: `end` or `length`, whichever it was given as.
struct Period {
    Stamp begin;
    std::optional<Stamp> end;
    Duration length;
};

Result<Stamp> read_date(std::string_view text); // 20270421
Result<Stamp> read_date_time(std::string_view text); // 20270421T072400, 20270421T052400Z; second 60 is read as 59
/// DATE or DATE-TIME, told apart by their length: what writes VALUE wrongly is still understood.
Result<Stamp> read_stamp(std::string_view text);
Result<Duration> read_duration(std::string_view text); // P1D, -PT15M, P2W
Result<Period> read_period(std::string_view text);
Result<std::chrono::seconds> read_utc_offset(std::string_view text); // +0200, -001730
Result<long> read_integer(std::string_view text);
/// \n \N \, \; \\ decoded; any other escaped character stands for itself.
std::string read_text(std::string_view text);
/// The parts of a value of several: at commas that no backslash precedes; still escaped.
std::vector<std::string_view> split_list(std::string_view text);
/// CAL-ADDRESS made comparable: "MAILTO:A@b.Example" is "mailto:a@b.example"; other schemes as they stand, without blanks around.
std::string read_address(std::string_view text);
/// GEO, latitude and longitude in degrees.
Result<std::pair<double, double>> read_geo(std::string_view text);

std::string to_text(Stamp const& stamp);
std::string to_text(Duration const& duration);

} // namespace kogge::calendar::ical
