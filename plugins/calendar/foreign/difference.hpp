// SPDX-License-Identifier: EUPL-1.2
// From what a calendar says now and what is stored of it to the changes between: a feed of 10,000 in which three moved is
// three changes.
#pragma once

#include "foreign/digest.hpp"

#include <kogge/change.hpp>
#include <kogge/world.hpp>

#include <cstddef>
#include <map>
#include <vector>

namespace kogge::calendar::foreign {

/// The busy times of one calendar as they are stored.
using StoredTimes = std::map<Id<BusyTime>, Row<BusyTime> const*>;

struct Difference {
    std::size_t fresh = 0, changed = 0, gone = 0;
    std::size_t sum() const { return fresh + changed + gone; }
};

Id<BusyTime> busy_id(Id<ForeignCalendar> const& source, std::string_view key);

/// Adds to `out` what makes `stored` into `taken`.
Difference add_difference(ForeignCalendar const& source, std::vector<Taken> const& taken, StoredTimes const& stored, ChangeSet& out);

} // namespace kogge::calendar::foreign
