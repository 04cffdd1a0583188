// SPDX-License-Identifier: EUPL-1.2
// From the picture to the stops of a walk, and from what the walk found to a proposal: a change set nobody has posted yet.
#pragma once

#include "picture.hpp"
#include "propagate.hpp"

#include <kogge/change.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace kogge::scheduling {

/// The line's interval where no timetable knows better (setting "headway_minutes").
inline constexpr Minutes usual_headway{60};
inline constexpr Minutes usual_min_change{8};

/// Everything active in a visit, as stops.
std::vector<Stop> stops_of(Picture const& picture, Id<Visit> const& visit, Minutes headway = usual_headway);

/// POST …/delay: {"leg","minutes"}
struct DelayRequest {
    Id<Leg> leg;
    int minutes = 0;
};
BOOST_DESCRIBE_STRUCT(DelayRequest, (), (leg, minutes))

/// POST …/insert: {"after","minutes","fields"?}; `fields` of the new item, over what follows from its place.
struct InsertRequest {
    std::string after;
    int minutes = 0;
    std::optional<json::value> fields;
};
BOOST_DESCRIBE_STRUCT(InsertRequest, (), (after, minutes, fields))

/// The document of host/README.md: {"entries","findings","change_set"}.
Result<json::value> delay(Picture const& picture, Id<Visit> const& visit, DelayRequest const& request, std::string_view language,
                          Minutes headway = usual_headway);
Result<json::value> insert(Picture const& picture, Id<Visit> const& visit, InsertRequest const& request, std::string_view language,
                           Minutes headway = usual_headway);

} // namespace kogge::scheduling
