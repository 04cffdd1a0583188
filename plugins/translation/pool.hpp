// SPDX-License-Identifier: EUPL-1.2
// Who of the pool can do what.
#pragma once

#include "entities.hpp"
#include "need.hpp"

namespace kogge::translation {

bool booked_for(Interpreter const& interpreter, Id<Visit> const& visit);
bool knows_mode(Interpreter const& interpreter, InterpretationMode mode);
/// Some pair of the interpreter's lies within `languages`.
bool knows_pair(Interpreter const& interpreter, std::vector<std::string> const& languages);
bool can_do(Interpreter const& interpreter, Need const& need);

/// How many of the places of these needs the pool can fill at one moment: the largest matching of people to places.
int places_filled(std::vector<Need const*> const& needs, std::vector<Interpreter const*> const& pool);

} // namespace kogge::translation
