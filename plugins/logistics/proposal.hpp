// SPDX-License-Identifier: EUPL-1.2
// Switching a leg to its fallback, as a change set nobody has posted yet.
#pragma once

#include "picture.hpp"

#include <kogge/change.hpp>

#include <string_view>

namespace kogge::logistics {

/// POST …/fallback: {"leg"}
struct FallbackRequest {
    LegId leg;
};
BOOST_DESCRIBE_STRUCT(FallbackRequest, (), (leg))

/// The leg is cancelled and the first of its fallbacks that waits becomes active, with everybody who was on the leg. Given
/// a fallback that has taken over, it is the other way round. The document of host/README.md:
/// {"entries","findings","change_set"}.
Result<json::value> fallback(Picture const& picture, Id<Visit> const& visit, FallbackRequest const& request,
                             std::string_view language);

} // namespace kogge::logistics
