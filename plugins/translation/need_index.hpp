// SPDX-License-Identifier: EUPL-1.2
// The needs of each visit in order of time, so that a check finds those around a moment without looking at the rest.
#pragma once

#include "need.hpp"

#include <set>
#include <unordered_map>
#include <utility>

namespace kogge::translation {

class NeedIndex {
  public:
    void put(Need need);
    void erase(Id<ProgrammeItem> const& item);

    Need const* find(Id<ProgrammeItem> const& item) const;
    /// In order of beginning.
    std::vector<Need const*> overlapping(Id<Visit> const& visit, Interval const& window) const;
    std::vector<Need const*> of(Id<Visit> const& visit) const;

  private:
    struct Lane {
        std::set<std::pair<Instant, Id<ProgrammeItem>>> by_begin;
        std::multiset<std::chrono::seconds> lengths; // the longest tells how far back to look
    };
    std::unordered_map<Id<ProgrammeItem>, Need> needs_;
    std::unordered_map<Id<Visit>, Lane> lanes_;
};

} // namespace kogge::translation
