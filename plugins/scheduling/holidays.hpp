// SPDX-License-Identifier: EUPL-1.2
// Days on which one of the two sides does not work.
#pragma once

#include "entities.hpp"
#include "picture.hpp"

#include <map>
#include <string>
#include <vector>

namespace kogge::scheduling {

/// Whether a region's day off is one in this city. A city that does not say where in its country it lies is taken to be
/// in every part of it: better one note too many.
bool observed_in(std::string const& region, City const& city);

/// The cities of a visit's two sides: home, and the partner's.
std::vector<City const*> sides_of(Picture const& picture, Visit const& visit);

/// Still to happen, or happening: worth a note about its days.
bool open(Visit const& visit);

/// "Reformationstag (DE)", "college: …" by day, for the days from..to of a visit's two sides.
std::map<Day, std::vector<std::string>> blocked_days(Picture const& picture, Visit const& visit, Day from, Day to);

} // namespace kogge::scheduling
