// SPDX-License-Identifier: EUPL-1.2
// Which times a calendar blocks (RFC 4791 §7.10, RFC 5545 §3.6.4, RFC 7953): events that are neither TRANSPARENT nor cancelled, published
// VFREEBUSY, and what VAVAILABILITY leaves out.
#pragma once

#include "ical/recur.hpp"

#include <string_view>
#include <vector>

namespace kogge::calendar::ical {

/// FBTYPE, the stronger later: where two overlap, the stronger holds.
enum class Busy { tentative, unavailable, busy };
/// "BUSY-TENTATIVE", "BUSY-UNAVAILABLE", "BUSY"
std::string_view to_text(Busy type);

struct BusyPeriod {
    Interval when; // clipped to the range asked for
    Busy type = Busy::busy;
    Component const* component = nullptr; // whose it is, in the tree given; null once joined
    friend bool operator==(BusyPeriod const& a, BusyPeriod const& b) { return a.when == b.when && a.type == b.type; }
};

struct BusyTimes {
    std::vector<BusyPeriod> list; // by begin; one for each occurrence
    std::string cut; // why it is not all; empty: complete
    std::vector<std::string> unreadable; // components left out, a sentence each
};

/// What a calendar blocks in `range`. Never fails: a component that cannot be read is named in `unreadable`.
BusyTimes busy(Component const& calendar, Interval range, ZoneBook const& zones, RecurLimits const& limits = {});

/// Neighbours and overlaps of a kind become one period, the stronger kind cutting the weaker: what VFREEBUSY answers.
std::vector<BusyPeriod> joined(std::vector<BusyPeriod> periods);

} // namespace kogge::calendar::ical
