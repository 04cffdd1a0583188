// SPDX-License-Identifier: EUPL-1.2
// Cities and venues.
#pragma once

#include <kogge/id.hpp>
#include <kogge/values.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace kogge {

enum class Relation { home, twinned, cooperation, network, none };
BOOST_DESCRIBE_ENUM(Relation, home, twinned, cooperation, network, none)

struct City {
    Id<City> id;
    Text name;
    std::string country; // ISO 3166-1 alpha-2
    std::optional<std::string> region; // ISO 3166-2, where holidays depend on it: DE-NI
    std::string zone = "Europe/Amsterdam";
    std::optional<GeoPoint> location;
    Relation relation = Relation::none;
};
BOOST_DESCRIBE_STRUCT(City, (), (id, name, country, region, zone, location, relation))

struct Venue {
    Id<Venue> id;
    std::string name;
    std::optional<Id<City>> city;
    std::string zone = "Europe/Amsterdam"; // its own, because a station may lie in no city we know
    std::string venue_kind;
    std::optional<std::string> address;
    std::optional<GeoPoint> location;
    std::optional<int> capacity; // people
    bool step_free = false;
    bool hearing_loop = false;
};
BOOST_DESCRIBE_STRUCT(Venue, (), (id, name, city, zone, venue_kind, address, location, capacity, step_free, hearing_loop))

} // namespace kogge
