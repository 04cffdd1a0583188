// SPDX-License-Identifier: EUPL-1.2
// Relations' picture of the world: mirrors of what it reads, filed by city.
#pragma once

#include "entities.hpp"

#include <kogge/world.hpp>

#include <set>
#include <string>
#include <unordered_map>

namespace kogge::relations {

/// What belongs to a city, in order.
template <class T>
class ByCity {
  public:
    void file(std::optional<Id<City>> const& city, Id<T> const& id, bool in) {
        if (!city) return;
        if (in)
            filed_[*city].insert(id);
        else if (auto const found = filed_.find(*city);
                 found != filed_.end() && found->second.erase(id) && found->second.empty())
            filed_.erase(found);
    }
    std::set<Id<T>> const& of(Id<City> const& city) const {
        static std::set<Id<T>> const none;
        auto const found = filed_.find(city);
        return found == filed_.end() ? none : found->second;
    }

  private:
    std::unordered_map<Id<City>, std::set<Id<T>>> filed_;
};

struct Picture {
    Mirror<City> cities;
    Mirror<Visit> visits;
    Mirror<Agreement> agreements;
    Mirror<Outcome> outcomes;
    World world{&cities, &visits, &agreements, &outcomes};
    ByCity<Visit> visits_of;
    ByCity<Agreement> agreements_of;

    Picture();
    Picture(Picture const&) = delete;
    std::string name_of(Id<City> const& city) const;
};

} // namespace kogge::relations
