// SPDX-License-Identifier: EUPL-1.2
// VFREEBUSY as an answer: to a free-busy-query (RFC 4791 §7.10), and to a request posted to the outbox (RFC 6638 §5).
#pragma once

#include "ical/busy.hpp"

#include <kogge/time.hpp>

#include <string>
#include <vector>

namespace kogge::calendar::dav {

struct FreeBusy {
    Interval range;
    std::vector<ical::BusyPeriod> periods; // joined here
    Instant now{};
    // Of a reply; empty: none is written.
    std::string uid, organizer, attendee;
    std::string method;
};
std::string free_busy_text(FreeBusy const& what);

} // namespace kogge::calendar::dav
