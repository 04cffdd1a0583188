// SPDX-License-Identifier: EUPL-1.2
// Where translation meets the host: its entities, its rules, its routes, and the texts it reads out to other plugins.
#include "gaps.hpp"
#include "importer.hpp"
#include "interpreters_view.hpp"
#include "picture.hpp"
#include "rules.hpp"
#include "text_rules.hpp"
#include "texts.hpp"

#include <kogge/plugin.hpp>
#include <kogge/scenario.hpp>

namespace kogge::translation {

namespace {

/// The visit a route is about, when there is such a visit.
Result<Visit const*> visit_of(Picture const& picture, Request const& request) {
    KOGGE_TRY(auto const id, request.id<Visit>("visit"));
    auto const* visit = picture.visits.find(id);
    if (!visit) return Error{ErrorCode::not_found, "there is no visit " + id.str(), "/visit"};
    return visit;
}

// GET /api/v1/visits/{visit}/texts?lang=
struct GetTexts {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        auto const language = request.query("lang").value_or(request.language());
        if (!is_language(language))
            return invalid("'" + language.substr(0, 40) + "' is not a language; ask for nl, de or en", "/lang");
        return Response::json(texts_view(picture, *visit, language));
    }
    Picture const& picture;
};

// GET /api/v1/visits/{visit}/language-gaps
struct GetLanguageGaps {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        return Response::json(gaps_view(picture, visit->id));
    }
    Picture const& picture;
};

// GET /api/v1/visits/{visit}/interpreters
struct GetInterpreters {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        return Response::json(interpreters_view(picture, visit->id));
    }
    Picture const& picture;
};

/// Assigning takes no wishes, so any member of the body is a misunderstanding.
struct AssignWish {};
BOOST_DESCRIBE_STRUCT(AssignWish, (), ())

// POST /api/v1/visits/{visit}/interpreters/assign
struct PostAssign {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* visit, visit_of(picture, request));
        if (!request.body().empty()) {
            KOGGE_TRY(request.read<AssignWish>());
        }
        return Response::json(assign_view(picture, visit->id, request.language()));
    }
    Picture const& picture;
};

} // namespace

class TranslationPlugin {
  public:
    explicit TranslationPlugin(Host& host) : host_(host) {}

    void start() {
        auto profile = checked(host_.setting<Profile>("interpretation", Profile{}));
        if (!profile)
            throw std::runtime_error("setting interpretation" + profile.error().field + ": " + profile.error().message);
        picture_.profile = std::move(profile).value();

        host_.entity<Translation>(
            {.per_visit = true, .cascade = {"visit"}, .unique = {"entity", "subject", "field", "language"}, .title = "text"});
        host_.entity<Interpreter>({.cascade = {"person"}, .unique = {"person"}, .title = "person"});
        host_.entity<InterpreterAssignment>(
            {.per_visit = true, .cascade = {"visit", "item"}, .unique = {"item", "person"}, .title = "person"});
        host_.follow(picture_.world);
        host_.rules("interpreters", picture_.world,
                    [this](Scope const& scope, Findings& out, Told& told) { check_interpreters(picture_, scope, out, told); });
        host_.rules("texts", picture_.world,
                    [this](Scope const& scope, Findings& out, Told&) { check_texts(picture_, scope, out); });
        host_.importer(scenario_format, import_texts_and_interpreters);
        host_.provide("translation.text/1", [this](json::value const& request) { return texts_service(picture_, request); });

        std::string const visit = "/api/v1/visits/{visit}";
        host_.route("GET", visit + "/texts?lang", "read", GetTexts{picture_});
        host_.route("GET", visit + "/language-gaps?", "read", GetLanguageGaps{picture_});
        host_.route("GET", visit + "/interpreters?", "read", GetInterpreters{picture_});
        host_.route("POST", visit + "/interpreters/assign?", "write", PostAssign{picture_});
    }

  private:
    Host& host_;
    Picture picture_;
};

} // namespace kogge::translation

KOGGE_PLUGIN(kogge::translation::TranslationPlugin);
