// SPDX-License-Identifier: EUPL-1.2
// Who takes part in an item without understanding a language it is held in.
#pragma once

#include "picture.hpp"

namespace kogge::translation {

/// From B1 on somebody can follow a meeting.
inline constexpr Cefr follows_from = Cefr::B1;

struct LanguageGap {
    ProgrammeItem const* item = nullptr;
    std::vector<Id<Person>> persons;              // sorted
    std::optional<InterpretationMode> covered_by; // only when it helps every one of them
};

/// In order of time. Whose languages nobody wrote down is not claimed to have a gap.
std::vector<LanguageGap> language_gaps(Picture const& picture, Id<Visit> const& visit);

/// {"gaps":{item:{"persons":[…],"covered_by":mode|null}}}
json::value gaps_view(Picture const& picture, Id<Visit> const& visit);

} // namespace kogge::translation
