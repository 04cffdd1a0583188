// SPDX-License-Identifier: EUPL-1.2
#include "need_index.hpp"

namespace kogge::translation {

void NeedIndex::put(Need need) {
    erase(need.item);
    auto& lane = lanes_[need.visit];
    lane.by_begin.emplace(need.span.begin, need.item);
    lane.lengths.insert(need.span.length());
    auto const id = need.item;
    needs_.insert_or_assign(id, std::move(need));
}

void NeedIndex::erase(Id<ProgrammeItem> const& item) {
    auto const found = needs_.find(item);
    if (found == needs_.end()) return;
    auto const& need = found->second;
    auto const lane = lanes_.find(need.visit);
    lane->second.by_begin.erase({need.span.begin, item});
    lane->second.lengths.erase(lane->second.lengths.find(need.span.length()));
    if (lane->second.by_begin.empty()) lanes_.erase(lane);
    needs_.erase(found);
}

Need const* NeedIndex::find(Id<ProgrammeItem> const& item) const {
    auto const found = needs_.find(item);
    return found == needs_.end() ? nullptr : &found->second;
}

std::vector<Need const*> NeedIndex::overlapping(Id<Visit> const& visit, Interval const& window) const {
    std::vector<Need const*> out;
    auto const lane = lanes_.find(visit);
    if (lane == lanes_.end()) return out;
    auto const& [by_begin, lengths] = lane->second;
    for (auto i = by_begin.lower_bound({window.begin - *lengths.rbegin(), {}}); i != by_begin.end() && i->first < window.end;
         ++i)
        if (auto const& need = needs_.at(i->second); need.span.overlaps(window)) out.push_back(&need);
    return out;
}

std::vector<Need const*> NeedIndex::of(Id<Visit> const& visit) const {
    std::vector<Need const*> out;
    if (auto const lane = lanes_.find(visit); lane != lanes_.end())
        for (auto const& [begin, item] : lane->second.by_begin) out.push_back(&needs_.at(item));
    return out;
}

} // namespace kogge::translation
