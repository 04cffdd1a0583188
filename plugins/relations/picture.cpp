// SPDX-License-Identifier: EUPL-1.2
#include "picture.hpp"

namespace kogge::relations {

Picture::Picture() {
    visits.on_change = [this](auto const* before, auto const* after) {
        if (before) visits_of.file(before->value.partner_city, before->value.id, false);
        if (after) visits_of.file(after->value.partner_city, after->value.id, true);
    };
    agreements.on_change = [this](auto const* before, auto const* after) {
        if (before) agreements_of.file(before->value.city, before->value.id, false);
        if (after) agreements_of.file(after->value.city, after->value.id, true);
    };
}

std::string Picture::name_of(Id<City> const& city) const {
    auto const* found = cities.find(city);
    return found && !found->name.empty() ? found->name.text : city.str();
}

} // namespace kogge::relations
