// SPDX-License-Identifier: EUPL-1.2
// Distances on the map.
#pragma once

#include <kogge/values.hpp>

#include <cmath>
#include <numbers>

namespace kogge {

/// Great-circle distance in kilometres.
inline double kilometres(GeoPoint const& a, GeoPoint const& b) {
    constexpr double earth_radius_km = 6371.0;
    constexpr double radians = std::numbers::pi / 180;
    auto const square = [](double x) { return x * x; };
    auto const h = square(std::sin((b.latitude - a.latitude) * radians / 2)) +
                   std::cos(a.latitude * radians) * std::cos(b.latitude * radians) * square(std::sin((b.longitude - a.longitude) * radians / 2));
    return 2 * earth_radius_km * std::asin(std::sqrt(h));
}

} // namespace kogge
