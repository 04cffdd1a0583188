// SPDX-License-Identifier: EUPL-1.2
// What a delay does to the rest of the programme (FIELD §3 e10), and the same walk for an item put in between. Pure:
// from a list of stops to the list of those that change.
#pragma once

#include "timeline.hpp"

#include <kogge/time.hpp>

#include <string>
#include <vector>

namespace kogge::scheduling {

/// What a stop does when its people come late.
enum class Manner {
    timetabled,  // a train: gone; the next one of the line, if they are there long enough before it leaves
    when_free,   // a walk, a coach, a bus: leaves when its people are there; a flexible item likewise moves whole
    fixed_end,   // a meal, a plenary: begins when they are there and ends as planned
    fixed_start, // never moved: they are late
};

/// An item or a leg of the days in question.
struct Stop {
    EntryId id;
    Interval span;
    Manner manner = Manner::when_free;
    People people;
    Minutes min_change{8};
    Minutes headway{60};
};

enum class Why { late, next_departure, when_free, shortened, inserted };

/// A stop that changes.
struct Move {
    EntryId id;
    Interval was, becomes;
    Why why = Why::when_free;
};

/// People who come to a stop `by` after it began, because it does not move.
struct LateFor {
    EntryId id;
    People people;
    Minutes by{};
};

struct Shifted {
    std::vector<Move> moves;
    std::vector<LateFor> late_for;
};

/// `late` ends `by` later than planned; nothing else was known to be late. The walk follows everybody concerned until
/// the slack has absorbed the delay for all. Whoever shares a changed stop is delayed by it, too.
Shifted propagate(std::vector<Stop> stops, EntryId const& late, Minutes by);

/// `people` are busy for `length` from the end of `after`; what follows for them shifts as far as needed.
Shifted insert_after(std::vector<Stop> stops, EntryId const& after, People const& people, Minutes length);

} // namespace kogge::scheduling
