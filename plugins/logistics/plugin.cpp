// SPDX-License-Identifier: EUPL-1.2
// Where logistics meets the host: its entities, its rules, its lists and its service.
#include "importer.hpp"
#include "lists.hpp"
#include "picture.hpp"
#include "proposal.hpp"
#include "rules.hpp"

#include <kogge/plugin.hpp>
#include <kogge/scenario.hpp>

#include <algorithm>

namespace kogge::logistics {

namespace {

constexpr int care_days = 14; // after the visit (retention_rule: dietary, accessibility)
constexpr int room_days = 30;

/// The visit a route is about, when there is such a visit.
Result<Id<Visit>> visit_of(Picture const& picture, Request const& request) {
    KOGGE_TRY(auto const id, request.id<Visit>("visit"));
    if (!picture.visits.find(id)) return Error{ErrorCode::not_found, "there is no visit " + id.str(), "/visit"};
    return id;
}

/// format=csv or json (the default); anything else is refused.
Result<bool> wants_csv(Request const& request) {
    auto const format = request.query("format").value_or("json");
    if (format != "csv" && format != "json")
        return invalid("'" + format.substr(0, 40) + "' is no format of this list; use csv or json", "/format");
    return format == "csv";
}

bool may_see_care(Request const& request) {
    auto const caller = request.caller();
    auto const* rights = caller.is_object() ? caller.get_object().if_contains("rights") : nullptr;
    return rights && rights->is_array()
           && std::ranges::find(rights->get_array(), json::value("care")) != rights->get_array().end();
}

Response csv(std::string body, std::string const& name) {
    auto response = Response::text(std::move(body), "text/csv; charset=utf-8");
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
    return response;
}

// GET /api/v1/visits/{visit}/manifest?vehicle=&format=
struct GetManifest {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const visit, visit_of(picture, request));
        KOGGE_TRY(auto const vehicle, vehicle_of(request));
        KOGGE_TRY(auto const as_csv, wants_csv(request));
        ManifestQuery const query{visit, vehicle, may_see_care(request)};
        auto response = as_csv ? csv(manifest_csv(picture, query, request.language()), "manifest-" + visit.str()) : Response::json(manifest(picture, query));
        response.care = query.care; // wheelchairs are read from the mirror
        return response;
    }
    Result<std::optional<Id<Vehicle>>> vehicle_of(Request const& request) const {
        auto const text = request.query("vehicle");
        if (!text || text->empty()) return std::optional<Id<Vehicle>>();
        if (!is_id(*text) || !picture.vehicles.find(Id<Vehicle>(*text)))
            return Error{ErrorCode::not_found, "there is no vehicle '" + text->substr(0, 80) + "'", "/vehicle"};
        return std::optional(Id<Vehicle>(*text));
    }
    Picture const& picture;
};

// GET /api/v1/visits/{visit}/rooming?format=
struct GetRooming {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const visit, visit_of(picture, request));
        KOGGE_TRY(auto const as_csv, wants_csv(request));
        if (as_csv) return csv(rooming_csv(picture, visit, request.language()), "rooming-" + visit.str());
        return Response::json(rooming(picture, visit));
    }
    Picture const& picture;
};

// GET /api/v1/visits/{visit}/dietary?format=
struct GetDietary {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const visit, visit_of(picture, request));
        KOGGE_TRY(auto const as_csv, wants_csv(request));
        if (as_csv) return csv(dietary_csv(picture, visit, request.language()), "dietary-" + visit.str());
        return Response::json(dietary(picture, visit));
    }
    Picture const& picture;
};

// POST /api/v1/visits/{visit}/fallback
struct PostFallback {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const visit, visit_of(picture, request));
        KOGGE_TRY(auto const wanted, request.read<FallbackRequest>());
        KOGGE_TRY(auto const document, fallback(picture, visit, wanted, request.language()));
        return Response::json(document);
    }
    Picture const& picture;
};

} // namespace

class Logistics {
  public:
    explicit Logistics(Host& host) : host_(host) {}

    void start() {
        read_limits();
        host_.entity<Vehicle>({.title = "name"});
        host_.entity<TransportLeg>({.per_visit = true, .cascade = {"visit"}, .title = "service"});
        host_.entity<Accommodation>({.per_visit = true, .cascade = {"visit"}});
        host_.entity<RoomRequest>({.per_visit = true,
                                   .retain_days = room_days,
                                   .cascade = {"visit", "delegate"},
                                   .unique = {"delegate", "accommodation"}});
        host_.entity<PersonCare>({.retain_days = care_days,
                                  .sensitive = {"dietary", "accessibility", "note"},
                                  .cascade = {"person"},
                                  .unique = {"person"}});
        host_.follow(picture_.world);
        host_.rules("vehicles, changes, rooms and ways in", picture_.world,
                    [this](Scope const& scope, Findings& out, Told& told) { check(picture_, scope, out, told); });
        host_.importer(scenario_format, [](json::object const& document) { return import_logistics(document); });
        host_.provide("logistics.travel_time/1", [this](json::value const& request) -> Result<json::value> {
            KOGGE_TRY(auto const wanted, from_json<TravelRequest>(request));
            return travel_answer(wanted, picture_.venues.find(wanted.from), picture_.venues.find(wanted.to),
                                 picture_.limits.speeds);
        });
        std::string const visit = "/api/v1/visits/{visit}";
        host_.route("GET", visit + "/manifest?vehicle&format", "read", GetManifest{picture_});
        host_.route("GET", visit + "/rooming?format", "read", GetRooming{picture_});
        host_.route("GET", visit + "/dietary?format", "care", GetDietary{picture_});
        host_.route("POST", visit + "/fallback?", "write", PostFallback{picture_});
    }

  private:
    void read_limits() {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Mode>>([this](auto mode) {
            auto& speed = picture_.limits.speeds[mode.value];
            speed = host_.setting<double>(mode.name + std::string("_kmh"), speed);
            if (!(speed > 0)) throw std::runtime_error(std::string("setting ") + mode.name + "_kmh: give a speed above 0");
        });
        picture_.limits.short_change = minutes("short_change_minutes", picture_.limits.short_change);
        picture_.limits.min_change = minutes("min_change_minutes", picture_.limits.min_change);
    }
    Minutes minutes(std::string const& name, Minutes otherwise) const {
        constexpr int most = 240;
        auto const value = host_.setting<int>(name, static_cast<int>(otherwise.count()));
        if (value < 0 || value > most)
            throw std::runtime_error("setting " + name + ": give a number of minutes from 0 to " + std::to_string(most));
        return Minutes(value);
    }

    Host& host_;
    Picture picture_;
};

} // namespace kogge::logistics

KOGGE_PLUGIN(kogge::logistics::Logistics);
