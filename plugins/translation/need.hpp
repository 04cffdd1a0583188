// SPDX-License-Identifier: EUPL-1.2
// How many interpreters an item needs (FIELD §3 e6, after AIIC Canada). The numbers are a profile, because the sources
// disagree and the office has the last word: the operator sets [plugin.translation.interpretation].
#pragma once

#include <kogge/model/programme.hpp>
#include <kogge/result.hpp>

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kogge::translation {

/// "Up to so long, so many."
struct Step {
    int minutes = 0;
    int interpreters = 0;
};
BOOST_DESCRIBE_STRUCT(Step, (), (minutes, interpreters))

/// The default is AIIC's table for two languages. What lasts longer than the last step takes a second team: the steps
/// begin again for the rest.
struct Profile {
    std::vector<Step> booth{{40, 1}, {240, 2}, {360, 3}, {480, 4}}; // simultaneous and whispered: per booth
    std::vector<Step> consecutive{{60, 1}, {360, 2}}; // and liaison. Up to an hour each side brings its own, so ours is one
    int booth_at_least = 2; // from three languages on each has a booth of its own, never with fewer than this
};
BOOST_DESCRIBE_STRUCT(Profile, (), (booth, consecutive, booth_at_least))

/// Refuses what cannot be meant: no steps, steps that do not rise, nobody at work.
Result<Profile> checked(Profile profile);

/// Interpreters for `languages` languages over `length`; none for fewer than two languages or no time at all.
int interpreters_needed(Profile const& profile, InterpretationMode mode, std::size_t languages, std::chrono::seconds length);

/// What one item asks of the pool.
struct Need {
    Id<ProgrammeItem> item;
    Id<Visit> visit;
    Interval span;
    InterpretationMode mode = InterpretationMode::consecutive;
    std::vector<std::string> languages; // sorted, each once
    int needed = 0;
};

/// The languages interpreted between. A side may name several: {"from":"nl","to":"de, en"} are three.
std::vector<std::string> languages_of(Interpretation const& interpretation);

/// Nothing when the item asks for no interpreter, or is cancelled.
std::optional<Need> need_of(Profile const& profile, ProgrammeItem const& item);

/// Minutes of work on each day at the item's place: an evening past midnight is work on two days.
std::map<Day, int> minutes_by_day(ProgrammeItem const& item);

} // namespace kogge::translation
