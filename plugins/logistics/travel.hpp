// SPDX-License-Identifier: EUPL-1.2
// How fast people get about (FIELD §3 e11), for the check and for whoever wants to know how long a way takes.
#pragma once

#include "entities.hpp"

#include <kogge/json.hpp>

#include <array>
#include <optional>

namespace kogge::logistics {

/// Kilometres per hour from door to door; more is not believed. Coach to walk are the field's figures, the others ours.
class Speeds {
  public:
    double& operator[](Mode mode) { return kmh_.at(static_cast<std::size_t>(mode)); }
    double operator[](Mode mode) const { return kmh_.at(static_cast<std::size_t>(mode)); }

  private:
    //                                rail  bus  coach  minibus  car  motorcade  boat  bike  walk  flight  taxi
    std::array<double, 11> kmh_{160, 100, 45, 50, 100, 60, 60, 25, 6, 850, 80};
};

/// What counts as tight: setting "short_change_minutes", "min_change_minutes", "coach_kmh" …
struct Limits {
    Speeds speeds;
    Minutes short_change{15}; // a change under it is worth a note
    Minutes min_change{8};    // under it the connection is missed, unless the leg says otherwise
};

/// As the crow flies; nothing when a place is not on the map.
std::optional<double> crow_kilometres(Venue const* from, Venue const* to);

/// Whole minutes, rounded up, by the mode's speed over 1.3 times the crow's distance.
Minutes travel_time(double crow_kilometres, double kmh);

/// The service logistics.travel_time/1: {"from":venue,"to":venue,"mode"?} -> {"minutes","kilometres"}.
struct TravelRequest {
    Id<Venue> from, to;
    Mode mode = Mode::coach;
};
BOOST_DESCRIBE_STRUCT(TravelRequest, (), (from, to, mode))

Result<json::value> travel_answer(TravelRequest const& request, Venue const* from, Venue const* to, Speeds const& speeds);

} // namespace kogge::logistics
