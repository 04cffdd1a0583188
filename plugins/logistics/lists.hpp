// SPDX-License-Identifier: EUPL-1.2
// What the office prints and mails: who is on which vehicle, who sleeps where, what the caterer cooks.
#pragma once

#include "picture.hpp"

#include <kogge/findings.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kogge::logistics {

/// {"legs":[{"leg","vehicle","mode","service"?,"departs","arrives","from","to","seats"?,"passengers":[{"person","name",
/// "organisation","wheelchair"}]}]}: the legs that run, of one vehicle or all, by time; passengers by name. Who may not see
/// care data gets null for `wheelchair`.
struct ManifestQuery {
    Id<Visit> visit;
    std::optional<Id<Vehicle>> vehicle = {};
    bool care = false;
};
json::value manifest(Picture const& picture, ManifestQuery const& query);
std::string manifest_csv(Picture const& picture, ManifestQuery const& query, std::string_view language);

/// {"accommodations":[{"id","venue","check_in","check_out","rooms","people":[{"person","name","organisation","room",
/// "number"}],"findings"}]}
json::value rooming(Picture const& picture, Id<Visit> const& visit);
std::string rooming_csv(Picture const& picture, Id<Visit> const& visit, std::string_view language);

/// By meal: how many people eat how. Needs that come together ("halal+nut_allergy") are one plate, so the counts of a
/// meal add up to its people.
using DietCounts = std::map<std::string, int>;
std::map<Id<ProgrammeItem>, DietCounts> diets(Picture const& picture, Id<Visit> const& visit);
json::value dietary(Picture const& picture, Id<Visit> const& visit);
std::string dietary_csv(Picture const& picture, Id<Visit> const& visit, std::string_view language);

} // namespace kogge::logistics
