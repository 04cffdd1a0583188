// SPDX-License-Identifier: EUPL-1.2
#include "propagate.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace kogge::scheduling {

namespace {

/// Carries, for everybody who is behind the programme, the moment they are free again.
class Walk {
  public:
    void delay(People const& people, Instant free) {
        for (auto const& person : people)
            free_[person] = std::max(free, free_[person]);
    }

    void meet(Stop const& stop) {
        auto const late = late_people(stop);
        if (late.empty())
            return;
        auto free = Instant::min();
        for (auto const& person : late)
            free = std::max(free, free_.at(person));
        if (in_time(stop, free)) {
            for (auto const& person : late)
                free_.erase(person); // the slack has absorbed it
            return;
        }
        if (auto const move = changed(stop, free)) {
            out_.moves.push_back(*move);
            for (auto const& person : stop.people)
                free_[person] = move->becomes.end;
        } else
            miss(stop, late, free);
    }

    Shifted take() { return std::move(out_); }
    std::vector<Move>& moves() { return out_.moves; }

  private:
    People late_people(Stop const& stop) const {
        People out;
        std::ranges::copy_if(stop.people, std::back_inserter(out), [&](auto const& person) { return free_.contains(person); });
        return out;
    }

    static bool in_time(Stop const& stop, Instant free) {
        return stop.span.begin >= free + (stop.manner == Manner::timetabled ? stop.min_change : Minutes(0));
    }

    static std::optional<Move> changed(Stop const& stop, Instant free) {
        auto const starting = [&](Instant begin, Why why) { return Move{stop.id, stop.span, {begin, begin + stop.span.length()}, why}; };
        switch (stop.manner) {
        case Manner::when_free: return starting(free, Why::when_free);
        case Manner::timetabled: {
            auto begin = stop.span.begin;
            while (begin < free + stop.min_change)
                begin += std::max(stop.headway, Minutes(1));
            return starting(begin, Why::next_departure);
        }
        case Manner::fixed_end:
            if (free < stop.span.end)
                return Move{stop.id, stop.span, {free, stop.span.end}, Why::shortened};
            return std::nullopt;
        case Manner::fixed_start: return std::nullopt;
        }
        return std::nullopt;
    }

    /// They come late to it, or not at all; afterwards they are as free as everybody who was there.
    void miss(Stop const& stop, People const& late, Instant free) {
        out_.late_for.push_back({stop.id, late, std::chrono::ceil<Minutes>(free - stop.span.begin)});
        for (auto const& person : late)
            free_[person] = std::max(free_.at(person), stop.span.end);
    }

    std::map<Id<Person>, Instant> free_;
    Shifted out_;
};

bool in_order(Stop const& a, Stop const& b) {
    return std::tie(a.span.begin, a.span.end, a.id) < std::tie(b.span.begin, b.span.end, b.id);
}

/// The stops in order, and the place of the one that is asked about.
auto ordered(std::vector<Stop>& stops, EntryId const& id) {
    std::ranges::sort(stops, in_order);
    return std::ranges::find(stops, id, &Stop::id);
}

} // namespace

Shifted propagate(std::vector<Stop> stops, EntryId const& late, Minutes by) {
    auto const first = ordered(stops, late);
    if (first == stops.end())
        return {};
    Walk walk;
    Interval const becomes{first->span.begin, first->span.end + by};
    walk.moves().push_back({first->id, first->span, becomes, Why::late});
    walk.delay(first->people, becomes.end);
    std::for_each(first + 1, stops.end(), [&](Stop const& stop) { walk.meet(stop); });
    return walk.take();
}

Shifted insert_after(std::vector<Stop> stops, EntryId const& after, People const& people, Minutes length) {
    auto const first = ordered(stops, after);
    if (first == stops.end())
        return {};
    Walk walk;
    walk.delay(people, first->span.end + length);
    std::for_each(first + 1, stops.end(), [&](Stop const& stop) { walk.meet(stop); });
    return walk.take();
}

} // namespace kogge::scheduling
