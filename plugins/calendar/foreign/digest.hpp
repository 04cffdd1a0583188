// SPDX-License-Identifier: EUPL-1.2
// What a calendar from elsewhere says about its owner's time. Pure: bytes in, stretches of time out, and a clear word about
// what cannot be understood. Any bytes may be given; time, memory and what comes out are bounded.
#pragma once

#include "foreign/entities.hpp"
#include "ical/foreign_zone.hpp"

#include <boost/outcome/policy/terminate.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::foreign {

/// Why nothing was taken, as `LookError` has it, with the detail that a person can act on: a line, a size, a status.
struct Trouble {
    LookError what = LookError::none;
    std::string detail;
    friend bool operator==(Trouble const&, Trouble const&) = default;
};
template <class T>
using Looked = boost::outcome_v2::basic_result<T, Trouble, boost::outcome_v2::policy::terminate>;

struct DigestLimits {
    std::size_t bytes = std::size_t(16) << 20;
    std::size_t components = 200'000;
    std::size_t busy = 20'000; // stretches kept: the earliest
    std::chrono::milliseconds time{10'000};
};

/// One stretch of time that is taken. `key` is stable from look to look: which event, which recurrence.
struct Taken {
    std::string key;
    Interval when;
    bool tentative = false;
    std::string title;
    friend bool operator==(Taken const&, Taken const&) = default;
};

struct Digest {
    std::string name; // as the calendar calls itself
    std::vector<Taken> busy; // by begin
    std::size_t events = 0, free = 0, cancelled = 0, ours = 0; // series in it; of these: block no time, and came from Kogge itself
    std::optional<Minutes> refresh; // REFRESH-INTERVAL, X-PUBLISHED-TTL
    std::string zone; // in which floating times and days were read
    std::vector<std::string> remarks; // zones guessed, events left out; at most 20, a sentence each
};

struct Reading {
    Interval window; // what overlaps it is taken, whole
    std::optional<Zone> zone; // of floating times, when the owner named it; else the calendar's X-WR-TIMEZONE, else:
    Zone otherwise;
    Instant now{};
    std::optional<std::string> owner; // the owner's mail address: what they declined takes no time
};

/// One file or answer.
Looked<Digest> digest(std::string_view bytes, Reading const& reading, DigestLimits const& limits = {});

/// The same calendar with nothing in it but what digest() needs for windows from `since` on: no descriptions, places or other
/// people. For keeping.
Looked<std::string> reduced(std::string_view bytes, Instant since, std::optional<std::string> const& owner, DigestLimits const& limits = {});

/// Valid UTF-8 without control characters, at most `most` characters and an ellipsis.
std::string clean(std::string_view text, std::size_t most);

} // namespace kogge::calendar::foreign
