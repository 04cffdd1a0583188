// SPDX-License-Identifier: EUPL-1.2
#include "api/access.hpp"
#include "api/address.hpp"
#include "api/answer.hpp"
#include "api/route.hpp"
#include "api/routes.hpp"
#include "daemon/house.hpp"

#include <kogge/json.hpp>

namespace kogge::host::api {

namespace {

struct Credentials {
    std::string name, password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (name, password))

struct NewUser {
    std::string name, password;
    Role role = Role::planner;
    std::string language = "nl";
};
BOOST_DESCRIBE_STRUCT(NewUser, (), (name, password, role, language))

struct NewToken {
    std::string name;
    std::vector<std::string> scopes;
};
BOOST_DESCRIBE_STRUCT(NewToken, (), (name, scopes))

struct NewFeed {
    std::string scope = "visit";
    std::string id;
    std::string lang = "nl";
    std::string note;
};
BOOST_DESCRIBE_STRUCT(NewFeed, (), (scope, id, lang, note))

json::object session_document(Caller const& caller) {
    json::array rights;
    for (auto const& right : caller.rights)
        rights.emplace_back(right);
    return {{"user", {{"id", caller.id}, {"name", caller.name}, {"roles", json::array{to_json(caller.role)}}, {"rights", std::move(rights)}, {"language", caller.language}}},
            {"csrf", caller.csrf}};
}

std::string cookie_header(House const& house, std::string_view value, int seconds) {
    auto const& config = house.config();
    bool const secure = !config.tls_certificate.empty() || config.public_url.starts_with("https:");
    return std::string(session_cookie) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds) + (secure ? "; Secure" : "");
}

Result<http::Response> sign_in(House& house, http::Request const& request) {
    KOGGE_TRY(auto const credentials, read_body<Credentials>(request));
    auto in = house.identity().sign_in(credentials.name, credentials.password);
    if (!in && in.error().code == ErrorCode::denied)
        return http::problem(401, "not signed in", in.error().message);
    if (!in && in.error().code == ErrorCode::busy) {
        auto response = http::problem(429, "too many tries", in.error().message);
        response.set("Retry-After", "60");
        return response;
    }
    if (!in)
        return in.error();
    auto response = answer(session_document(in.value().caller));
    response.set("Set-Cookie", cookie_header(house, in.value().cookie, house.config().session_hours * 3600));
    return response;
}

Result<http::Response> sign_out(House& house, http::Request const& request) {
    KOGGE_TRY(house.identity().sign_out(cookie_of(request, session_cookie)));
    http::Response response;
    response.status = 204;
    response.set("Set-Cookie", cookie_header(house, "", 0));
    return response;
}

Result<http::Response> list_users(House& house) {
    json::array users;
    for (auto const& user : house.identity().users())
        users.push_back({{"id", user.id.str()}, {"name", user.name}, {"role", to_json(user.role)}, {"language", user.language}, {"active", user.active}});
    return answer({{"users", std::move(users)}});
}

Result<void> spoken(std::string const& language, std::string const& field) {
    if (language == "nl" || language == "de" || language == "en")
        return boost::outcome_v2::success();
    return invalid("'" + language.substr(0, 40) + "' is no language spoken here; use nl, de or en", field);
}

/// Who the change log's "user:<id>" and "token:<id>" are, for everybody who may read it.
Result<http::Response> list_actors(House& house) {
    json::object names;
    for (auto const& user : house.identity().users())
        names["user:" + user.id.str()] = user.name;
    for (auto const& token : house.identity().tokens())
        if (auto const* name = token.as_object().if_contains("name"))
            names["token:" + std::string(token.at("id").as_string())] = *name;
    return answer({{"actors", std::move(names)}});
}

Result<http::Response> create_user(House& house, http::Request const& request) {
    KOGGE_TRY(auto const wanted, read_body<NewUser>(request));
    KOGGE_TRY(spoken(wanted.language, "/language"));
    KOGGE_TRY(auto const id, house.identity().create_user(wanted.name, wanted.password, wanted.role, wanted.language, caller_of(request).id));
    return answer({{"id", id}, {"name", wanted.name}}, 201);
}

Result<http::Response> remove_user(House& house, http::Request const& request) {
    KOGGE_TRY(house.identity().remove_user(request.param("name"), caller_of(request).id));
    return http::Response{.status = 204};
}

Result<http::Response> create_token(House& house, http::Request const& request) {
    KOGGE_TRY(auto wanted, read_body<NewToken>(request));
    KOGGE_TRY(auto const minted, house.identity().mint_api_token(std::move(wanted.name), std::move(wanted.scopes), caller_of(request).id));
    return answer({{"id", minted.id}, {"token", minted.secret}}, 201);
}

Result<http::Response> revoke_token(House& house, http::Request const& request) {
    if (!caller_of(request).may("admin") && !house.identity().is_feed_token(request.param("id")))
        return Error{ErrorCode::denied, "only calendar links can be revoked without the right 'admin'"};
    KOGGE_TRY(house.identity().revoke(request.param("id"), caller_of(request).id));
    return http::Response{.status = 204};
}

Result<std::string> visit_of(House& house, http::Request const& request) {
    std::string visit(request.param("visit"));
    if (!house.store().get("visit", visit))
        return Error{ErrorCode::not_found, "there is no visit '" + visit.substr(0, 80) + "'", "/visit"};
    return visit;
}

/// Whose calendar it is must be there, and a track must be one of this visit.
Result<void> check_subject(House& house, NewFeed const& wanted, std::string const& visit) {
    if (wanted.scope == "visit" || wanted.id.empty())
        return boost::outcome_v2::success(); // Identity says what is missing
    auto const kind = wanted.scope == "interpreter" ? std::string("person") : wanted.scope;
    if (!house.store().catalogue().find(kind))
        return boost::outcome_v2::success();
    auto const document = house.store().get(kind, wanted.id);
    auto const* of = document ? document.value().if_contains("visit") : nullptr;
    if (!document || (of && of->is_string() && of->get_string() != visit))
        return Error{ErrorCode::not_found, "there is no " + wanted.scope + " '" + wanted.id.substr(0, 80) + "' in this visit", "/id"};
    return boost::outcome_v2::success();
}

Result<http::Response> list_feeds(House& house, http::Request const& request) {
    KOGGE_TRY(auto const visit, visit_of(house, request));
    json::array feeds;
    for (auto const& token : house.identity().tokens())
        if (token.at("kind").as_string() == "feed" && token.at("visit").is_string() && token.at("visit").as_string() == visit)
            feeds.push_back(token);
    return answer({{"feeds", std::move(feeds)}});
}

Result<http::Response> create_feed(House& house, http::Request const& request) {
    KOGGE_TRY(auto const visit, visit_of(house, request));
    KOGGE_TRY(auto const wanted, read_body<NewFeed>(request));
    KOGGE_TRY(spoken(wanted.lang, "/lang"));
    KOGGE_TRY(check_subject(house, wanted, visit));
    FeedToken token{{}, {}, wanted.scope, Id<Visit>(visit), wanted.id, wanted.lang, wanted.note};
    KOGGE_TRY(auto const minted, house.identity().mint_feed_token(std::move(token), caller_of(request).id));
    auto const url = public_address(house.config(), request) + "/feeds/" + minted.secret + ".ics";
    return answer({{"url", url}, {"webcal", "webcal" + url.substr(url.find(':'))}, {"token_id", minted.id}}, 201);
}

} // namespace

void add_session_routes(House& house) {
    auto const add = adder(house);
    add("POST", "/api/v1/session", "public", sign_in);
    add("GET", "/api/v1/session", "signed_in", [](House&, http::Request const& request) -> Result<http::Response> { return answer(session_document(caller_of(request))); });
    add("DELETE", "/api/v1/session", "signed_in", sign_out);
    add("GET", "/api/v1/users", "admin", [](House& h, http::Request const&) { return list_users(h); });
    add("GET", "/api/v1/actors", "read", [](House& h, http::Request const&) { return list_actors(h); });
    add("POST", "/api/v1/users", "admin", create_user);
    add("DELETE", "/api/v1/users/{name}", "admin", remove_user);
    add("GET", "/api/v1/tokens", "admin", [](House& h, http::Request const&) -> Result<http::Response> { return answer({{"tokens", h.identity().tokens()}}); });
    add("POST", "/api/v1/tokens", "admin", create_token);
    add("DELETE", "/api/v1/tokens/{id}", "write", revoke_token);
    add("GET", "/api/v1/visits/{visit}/feeds", "write", list_feeds);
    add("POST", "/api/v1/visits/{visit}/feeds", "write", create_feed);
}

} // namespace kogge::host::api
