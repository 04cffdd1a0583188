// SPDX-License-Identifier: EUPL-1.2
#include "busy.hpp"

namespace kogge::scheduling {

void BusyIndex::insert(BusyTime const& time) {
    auto const span = span_of(time);
    if (span.empty())
        return;
    auto& lane = lanes_[time.person];
    lane.taken.insert({span, &time});
    ++lane.lengths[span.length()];
}

void BusyIndex::erase(BusyTime const& time) {
    auto const span = span_of(time);
    auto const found = lanes_.find(time.person);
    if (found == lanes_.end() || !found->second.taken.erase({span, &time}))
        return;
    auto& lengths = found->second.lengths;
    if (auto const length = lengths.find(span.length()); --length->second == 0)
        lengths.erase(length);
    if (found->second.taken.empty())
        lanes_.erase(found);
}

std::vector<BusyIndex::Taken> BusyIndex::within(Id<Person> const& person, Interval const& span) const {
    std::vector<Taken> out;
    auto const found = lanes_.find(person);
    if (found == lanes_.end())
        return out;
    auto const& lane = found->second;
    static BusyTime const nobodys;
    Taken const first{{span.begin - lane.lengths.rbegin()->first, Instant::min()}, &nobodys};
    for (auto i = lane.taken.lower_bound(first); i != lane.taken.end() && i->span.begin < span.end; ++i)
        if (i->span.overlaps(span))
            out.push_back(*i);
    return out;
}

} // namespace kogge::scheduling
