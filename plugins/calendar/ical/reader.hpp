// SPDX-License-Identifier: EUPL-1.2
// iCalendar read by somebody else: libical, which many clients stand on. It reads what calendar writes, and says what it
// makes of it. The only place that includes libical; not for bytes from outside (see README).
#pragma once

#include <kogge/result.hpp>
#include <kogge/time.hpp>

#include <map>
#include <string>
#include <vector>

namespace kogge::calendar {

struct ReadEvent {
    std::string uid;
    int sequence = 0;
    std::string status;
    Instant begins{}, ends{}; // as libical computes them from the VTIMEZONEs of the text
    std::string begin_zone, end_zone; // TZID; "UTC"
    std::string summary, location, description;
    std::string language; // of the summary
    std::map<std::string, std::string> times; // DTSTAMP, LAST-MODIFIED, DTSTART, DTEND as written
};

struct ReadCalendar {
    std::string name, method, refresh;
    std::vector<std::string> zones; // TZID of each VTIMEZONE
    std::vector<ReadEvent> events;
};

/// One VCALENDAR. The error is libical's word for what it does not understand, or ours for what RFC 5545 asks for and it
/// does not look at.
Result<ReadCalendar> read_calendar(std::string const& text);

/// UTC offsets of wall-clock times by the first VTIMEZONE of `text`.
Result<std::vector<std::chrono::seconds>> offsets_by(std::string const& text, std::vector<std::chrono::local_seconds> const& walls);

/// libical prepares its tables on first use, and that is not for several threads at once: call before there are any.
void prepare_reader();

} // namespace kogge::calendar
