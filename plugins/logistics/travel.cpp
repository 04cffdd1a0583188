// SPDX-License-Identifier: EUPL-1.2
#include "travel.hpp"

#include <kogge/geo.hpp>

#include <cmath>

namespace kogge::logistics {

namespace {

constexpr double detour = 1.3;
constexpr double minutes_per_hour = 60;

Result<Venue const*> on_the_map(Id<Venue> const& id, Venue const* venue, char const* field) {
    if (!venue) return Error{ErrorCode::not_found, "there is no venue '" + id.str() + "'", field};
    if (!venue->location)
        return invalid(venue->name + " (" + id.str() + ") is not on the map; give the venue a location", field);
    return venue;
}

} // namespace

std::optional<double> crow_kilometres(Venue const* from, Venue const* to) {
    if (!from || !to || !from->location || !to->location) return std::nullopt;
    return kilometres(*from->location, *to->location);
}

Minutes travel_time(double crow_kilometres, double kmh) {
    return Minutes(static_cast<Minutes::rep>(std::ceil(crow_kilometres * detour / kmh * minutes_per_hour)));
}

Result<json::value> travel_answer(TravelRequest const& request, Venue const* from, Venue const* to, Speeds const& speeds) {
    KOGGE_TRY(auto const* a, on_the_map(request.from, from, "/from"));
    KOGGE_TRY(auto const* b, on_the_map(request.to, to, "/to"));
    auto const crow = kilometres(*a->location, *b->location);
    return json::value{{"minutes", travel_time(crow, speeds[request.mode]).count()}, {"kilometres", crow * detour}};
}

} // namespace kogge::logistics
