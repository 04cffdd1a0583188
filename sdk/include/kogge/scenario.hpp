// SPDX-License-Identifier: EUPL-1.2
// Reading a scenario document (config/demo/demo.json): one array per noun, ids as people write them, times with an
// offset, the audience as letters of tracks. The host and each plugin import the sections of their own nouns; what they
// must agree on stands here.
#pragma once

#include <kogge/json.hpp>
#include <kogge/model/place.hpp>
#include <kogge/model/visit.hpp>

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace kogge {

inline constexpr char const* scenario_format = "scenario/1";

class Scenario {
  public:
    explicit Scenario(json::object const& document) : document_(document) {
        for (auto const& city : section("city"))
            city_zone_[text(city, "id")] = text(city, "tz");
    }

    /// The rows of a section; empty when there is none.
    std::vector<json::object const*> rows(std::string_view name) const {
        std::vector<json::object const*> out;
        for (auto const& row : section(name))
            if (row.is_object())
                out.push_back(&row.get_object());
        return out;
    }
    json::object const& document() const { return document_; }

    static std::string text(json::value const& row, std::string_view name, std::string otherwise = {}) {
        auto const* object = row.if_object();
        auto const* value = object ? object->if_contains(name) : nullptr;
        return value && value->is_string() ? std::string(value->get_string()) : std::move(otherwise);
    }
    static std::string text(json::object const& row, std::string_view name, std::string otherwise = {}) {
        auto const* value = row.if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::move(otherwise);
    }

    /// Tracks are named by letters: "ABS" of a visit are the tracks <visit>.A, <visit>.B and <visit>.S.
    static Id<Track> track_id(Id<Visit> const& visit, char letter) { return Id<Track>(visit.str() + "." + letter); }
    static std::vector<Id<Track>> audience(json::object const& row) {
        std::vector<Id<Track>> out;
        for (char const letter : text(row, "audience"))
            out.push_back(track_id(Id<Visit>(text(row, "visit")), letter));
        return out;
    }

    /// The zone of a venue: its city's; of a venue in no known city, that of the city nearest to it.
    Result<Zone> zone_of_venue(std::string const& venue) const {
        for (auto const* row : rows("venue"))
            if (text(*row, "id") == venue) {
                if (auto const city = city_zone_.find(text(*row, "city")); city != city_zone_.end())
                    return Zone::parse(city->second);
                return Zone::parse(nearest_zone(*row));
            }
        return base_zone();
    }
    Result<Zone> base_zone() const {
        auto const* meta = document_.if_contains("meta");
        return Zone::parse(meta ? text(*meta, "base_tz", "Europe/Amsterdam") : "Europe/Amsterdam");
    }
    /// "2027-04-21T07:24:00+02:00" of a row's field as a local time in `zone`; the error names the field.
    static Result<LocalTime> time(json::object const& row, std::string_view name, Zone zone) {
        auto parsed = parse_local_time(text(row, name), zone);
        if (!parsed)
            return invalid(text(row, "id") + ": " + parsed.error().message, "/" + std::string(name));
        return parsed;
    }

  private:
    json::array const& section(std::string_view name) const {
        static json::array const none;
        auto const* value = document_.if_contains(name);
        return value && value->is_array() ? value->get_array() : none;
    }
    static double number(json::value const& row, char const* name) {
        auto const* value = row.as_object().if_contains(name);
        return value && value->is_number() ? value->to_number<double>() : 0;
    }
    std::string nearest_zone(json::object const& venue) const {
        std::string zone = "Europe/Amsterdam";
        double best = 1e9;
        for (auto const& city : section("city")) {
            auto const north = number(city, "lat") - number(json::value(venue), "lat");
            auto const east = (number(city, "lon") - number(json::value(venue), "lon")) * 0.6; // near enough at these latitudes
            if (auto const distance = std::hypot(north, east); distance < best)
                best = distance, zone = text(city, "tz");
        }
        return zone;
    }

    json::object const& document_;
    std::map<std::string, std::string> city_zone_;
};

} // namespace kogge
