// SPDX-License-Identifier: EUPL-1.2
// When to look again. Pure.
#pragma once

#include "foreign/entities.hpp"

#include <kogge/time.hpp>

#include <chrono>
#include <optional>

namespace kogge::calendar::foreign {

struct Pace {
    Minutes usual{60};
    Minutes least{15};            // no more often, whatever the calendar asks for
    Minutes first_retry{5};       // doubled with each failure
    Minutes longest{24 * 60};
};

/// `asked`: what the calendar wants to be asked at; nothing: no wish. `failures` in a row until now, with `error` the last of
/// them; 0 after a look that went well. `retry_after`: what the server said. `chance` in [0, 1) spreads the looks, so that a
/// thousand calendars on one server do not come at once. Where only a person can help (a password, an address that is gone),
/// we ask once a day.
Instant next_look(Instant now, Pace const& pace, std::optional<Minutes> asked, std::int64_t failures, LookError error,
                  std::optional<std::chrono::seconds> retry_after, double chance);

/// Retry-After (RFC 9110 §10.2.3) in seconds; a date is not read: the usual pace is polite enough.
std::optional<std::chrono::seconds> retry_after(std::string_view header);

} // namespace kogge::calendar::foreign
