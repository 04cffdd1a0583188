// SPDX-License-Identifier: EUPL-1.2
#include "shortage.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace kogge::translation {

namespace {

bool earlier(Need const* a, Need const* b) { return std::tie(a->span.begin, a->item) < std::tie(b->span.begin, b->item); }

} // namespace

std::vector<Shortage> shortages(std::vector<Need const*> const& needs, std::vector<Interpreter const*> const& pool) {
    struct Turn {
        std::vector<Need const*> begin, end;
    };
    std::map<Instant, Turn> turns;
    for (auto const* need : needs) {
        turns[need->span.begin].begin.push_back(need);
        turns[need->span.end].end.push_back(need);
    }
    std::vector<Shortage> out;
    std::map<std::vector<Need const*>, int> times;
    std::vector<Need const*> active; // in order of beginning
    for (auto turn = turns.begin(); turn != turns.end(); ++turn) {
        for (auto const* need : turn->second.end) std::erase(active, need);
        for (auto const* need : turn->second.begin) active.insert(std::ranges::upper_bound(active, need, earlier), need);
        if (active.empty()) continue;
        Shortage now{{turn->first, std::next(turn)->first}, active, 0, static_cast<int>(pool.size()), 0, 1};
        for (auto const* need : active) now.needed += need->needed;
        now.able = places_filled(active, pool);
        if (now.able == now.needed) continue;
        now.nth = ++times[active];
        out.push_back(std::move(now));
    }
    return out;
}

} // namespace kogge::translation
