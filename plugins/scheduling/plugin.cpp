// SPDX-License-Identifier: EUPL-1.2
// Where scheduling meets the host: its entities, its rules, its routes.
#include "holidays.hpp"
#include "importer.hpp"
#include "picture.hpp"
#include "proposal.hpp"
#include "rules.hpp"
#include "timeline_view.hpp"

#include <kogge/plugin.hpp>
#include <kogge/scenario.hpp>

namespace kogge::scheduling {

namespace {

/// The visit a route is about, when there is such a visit.
Result<Visit const*> visit_of(Picture const& picture, Request const& request) {
    KOGGE_TRY(auto const id, request.id<Visit>("visit"));
    auto const* visit = picture.visits.find(id);
    if (!visit)
        return Error{ErrorCode::not_found, "there is no visit " + id.str(), "/visit"};
    return visit;
}

// POST /api/v1/visits/{visit}/delay
struct PostDelay {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        KOGGE_TRY(auto const wanted, request.read<DelayRequest>());
        KOGGE_TRY(auto const document, delay(picture, visit->id, wanted, request.language(), headway));
        return Response::json(document);
    }
    Picture const& picture;
    Minutes headway;
};

// POST /api/v1/visits/{visit}/insert
struct PostInsert {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        KOGGE_TRY(auto const wanted, request.read<InsertRequest>());
        KOGGE_TRY(auto const document, insert(picture, visit->id, wanted, request.language(), headway));
        return Response::json(document);
    }
    Picture const& picture;
    Minutes headway;
};

// GET /api/v1/visits/{visit}/blocked-days?from=&to=
struct GetBlockedDays {
    static constexpr std::chrono::days longest{800};
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        KOGGE_TRY(auto const from, day(request, "from", day_of(visit->starts)));
        KOGGE_TRY(auto const to, day(request, "to", day_of(visit->ends)));
        if (to < from || to - from > longest)
            return invalid("'to' comes before 'from', or more than " + std::to_string(longest.count()) + " days after it", "/to");
        json::array days;
        for (auto const& [day, reasons] : blocked_days(picture, *visit, from, to)) {
            std::string why;
            for (auto const& reason : reasons)
                why += (why.empty() ? "" : "; ") + reason;
            days.push_back({{"day", to_text(day)}, {"why", why}});
        }
        return Response::json({{"days", std::move(days)}});
    }
    static Result<Day> day(Request const& request, char const* name, Day otherwise) {
        auto const text = request.query(name);
        if (!text || text->empty())
            return otherwise;
        auto parsed = parse_day(*text);
        return parsed ? parsed : invalid(parsed.error().message, std::string("/") + name);
    }
    Picture const& picture;
};

// GET /api/v1/visits/{visit}/timeline
struct GetTimeline {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        return Response::json(timeline_view(picture, visit->id));
    }
    Picture const& picture;
};

} // namespace

class Scheduling {
  public:
    explicit Scheduling(Host& host) : host_(host) {}

    void start() {
        host_.entity<PublicHoliday>({.title = "name"});
        host_.entity<BlockedWeekday>({.title = "body"});
        host_.follow(picture_.world);
        host_.rules("people, places and time", picture_.world, [this](Scope const& scope, Findings& out, Told& told) { check(picture_, scope, out, told); });
        host_.importer(scenario_format, [](json::object const& document) -> Result<Imported> {
            KOGGE_TRY(auto changes, import_days(document));
            return Imported{{"public_holiday", "blocked_weekday"}, std::move(changes)};
        });
        Minutes const headway(host_.setting<int>("headway_minutes", static_cast<int>(usual_headway.count())));
        if (headway < Minutes(1))
            throw std::runtime_error("setting headway_minutes: give a number of minutes from 1");
        std::string const visit = "/api/v1/visits/{visit}";
        host_.route("POST", visit + "/delay?", "write", PostDelay{picture_, headway});
        host_.route("POST", visit + "/insert?", "write", PostInsert{picture_, headway});
        host_.route("GET", visit + "/blocked-days?from&to", "read", GetBlockedDays{picture_});
        host_.route("GET", visit + "/timeline?", "read", GetTimeline{picture_});
    }

  private:
    Host& host_;
    Picture picture_;
};

} // namespace kogge::scheduling

KOGGE_PLUGIN(kogge::scheduling::Scheduling);
