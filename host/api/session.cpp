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
    std::optional<Id<Person>> person;
};
BOOST_DESCRIBE_STRUCT(NewUser, (), (name, password, role, language, person))

struct NewToken {
    std::string name;
    std::vector<std::string> scopes;
    std::optional<std::string> user; // whose app password it is
};
BOOST_DESCRIBE_STRUCT(NewToken, (), (name, scopes, user))

struct Linked {
    std::optional<Id<Person>> person;
};
BOOST_DESCRIBE_STRUCT(Linked, (), (person))

struct NewFeed {
    std::string scope = "visit";
    std::string id;
    std::string lang = "nl";
    std::string note;
    FeedDetail detail = FeedDetail::full;
    std::optional<std::int64_t> alarms_minutes;
};
BOOST_DESCRIBE_STRUCT(NewFeed, (), (scope, id, lang, note, detail, alarms_minutes))

json::object session_document(Caller const& caller) {
    json::array rights;
    for (auto const& right : caller.rights)
        rights.emplace_back(right);
    return {{"user", {{"id", caller.id}, {"name", caller.name}, {"roles", json::array{to_json(caller.role)}}, {"rights", std::move(rights)},
                      {"language", caller.language}, {"person", to_json(caller.person)}}},
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
        users.push_back({{"id", user.id.str()}, {"name", user.name}, {"role", to_json(user.role)}, {"language", user.language}, {"active", user.active},
                         {"person", to_json(user.person)}});
    return answer({{"users", std::move(users)}});
}

Result<void> spoken(std::string const& language, std::string const& field) {
    if (is_spoken(language))
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

Result<void> known_person(House& house, std::optional<Id<Person>> const& person) {
    if (person && !house.store().get("person", person->str()))
        return Error{ErrorCode::not_found, "there is no person '" + person->str().substr(0, 80) + "'", "/person"};
    return boost::outcome_v2::success();
}

Result<http::Response> create_user(House& house, http::Request const& request) {
    KOGGE_TRY(auto const wanted, read_body<NewUser>(request));
    KOGGE_TRY(spoken(wanted.language, "/language"));
    KOGGE_TRY(known_person(house, wanted.person));
    KOGGE_TRY(auto const id, house.identity().create_user(wanted.name, wanted.password, wanted.role, wanted.language, caller_of(request).id, wanted.person));
    return answer({{"id", id}, {"name", wanted.name}}, 201);
}

Result<http::Response> link_user(House& house, http::Request const& request) {
    KOGGE_TRY(auto const wanted, read_body<Linked>(request));
    KOGGE_TRY(known_person(house, wanted.person));
    KOGGE_TRY(house.identity().set_person(request.param("name"), wanted.person, caller_of(request).id));
    return http::Response{.status = 204};
}

Result<http::Response> remove_user(House& house, http::Request const& request) {
    KOGGE_TRY(house.identity().remove_user(request.param("name"), caller_of(request).id));
    return http::Response{.status = 204};
}

/// Without the right 'admin' one makes app passwords for oneself, signed in by the desk, with no right one has not.
Result<void> may_mint(Caller const& caller, NewToken const& wanted) {
    if (caller.may("admin"))
        return boost::outcome_v2::success();
    if (!caller.by_cookie || wanted.user != caller.name)
        return Error{ErrorCode::denied, "this needs the right 'admin'; without it, sign in and make an app password of your own: \"user\":\"" + caller.name + "\"", "/user"};
    for (auto const& scope : wanted.scopes)
        if (!caller.may(scope))
            return Error{ErrorCode::denied, "you have no right '" + scope.substr(0, 40) + "' to pass on", "/scopes"};
    return boost::outcome_v2::success();
}

Result<http::Response> create_token(House& house, http::Request const& request) {
    KOGGE_TRY(auto wanted, read_body<NewToken>(request));
    auto const& caller = caller_of(request);
    KOGGE_TRY(may_mint(caller, wanted));
    KOGGE_TRY(auto const minted, house.identity().mint_api_token(std::move(wanted.name), std::move(wanted.scopes), caller.id, wanted.user.value_or("")));
    return answer({{"id", minted.id}, {"token", minted.secret}}, 201);
}

Result<http::Response> revoke_token(House& house, http::Request const& request) {
    auto const& caller = caller_of(request);
    auto const id = request.param("id");
    bool const link = caller.may("write") && house.identity().is_feed_token(id);
    if (!caller.may("admin") && !link && !house.identity().owns_token(caller, id))
        return Error{ErrorCode::denied, "without the right 'admin' only calendar links and your own app passwords can be revoked"};
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
    auto const kind = wanted.scope == "interpreter" || wanted.scope == "driver" ? std::string("person") : wanted.scope == "office" ? std::string("organisation") : wanted.scope;
    if (!house.store().catalogue().find(kind))
        return boost::outcome_v2::success();
    auto const document = house.store().get(kind, wanted.id);
    auto const* of = document ? document.value().if_contains("visit") : nullptr;
    if (!document || (!visit.empty() && of && of->is_string() && of->get_string() != visit))
        return Error{ErrorCode::not_found, "there is no " + wanted.scope + " '" + wanted.id.substr(0, 80) + "'" + (visit.empty() ? "" : " in this visit"), "/id"};
    return boost::outcome_v2::success();
}

/// All tokens with what is known of their use, null for one that never was.
Result<json::array> tokens_in_use(House& house) {
    KOGGE_TRY(auto const uses, house.uses());
    auto tokens = house.identity().tokens();
    for (auto& token : tokens) {
        auto const* use = uses.if_contains(token.at("id").as_string());
        token.as_object()["used"] = use ? *use : json::value();
    }
    return tokens;
}

/// All of them for 'admin', else the caller's own app passwords.
Result<http::Response> list_tokens(House& house, http::Request const& request) {
    auto const& caller = caller_of(request);
    KOGGE_TRY(auto all, tokens_in_use(house));
    json::array tokens;
    for (auto& token : all)
        if (caller.may("admin") || house.identity().owns_token(caller, token.at("id").as_string()))
            tokens.push_back(std::move(token));
    return answer({{"tokens", std::move(tokens)}});
}

/// The links of a visit; with an empty `visit`, those that belong to none.
Result<http::Response> feeds_of(House& house, std::string const& visit) {
    KOGGE_TRY(auto const tokens, tokens_in_use(house));
    json::array feeds;
    for (auto const& token : tokens) {
        auto const* of = token.as_object().if_contains("visit");
        if (of && (of->is_string() ? of->get_string() == visit : visit.empty()))
            feeds.push_back(token);
    }
    return answer({{"feeds", std::move(feeds)}});
}

/// With an empty `visit`, a link to all visits of whoever it is for.
Result<http::Response> make_feed(House& house, http::Request const& request, std::string const& visit) {
    KOGGE_TRY(auto const wanted, read_body<NewFeed>(request));
    KOGGE_TRY(spoken(wanted.lang, "/lang"));
    KOGGE_TRY(check_subject(house, wanted, visit));
    FeedToken token{{}, {}, wanted.scope, {}, wanted.id, wanted.lang, wanted.note, wanted.detail, wanted.alarms_minutes};
    if (!visit.empty())
        token.visit = Id<Visit>(visit);
    KOGGE_TRY(auto const minted, house.identity().mint_feed_token(std::move(token), caller_of(request).id));
    auto const url = public_address(house.config(), request) + "/feeds/" + minted.secret + ".ics";
    return answer({{"url", url}, {"webcal", "webcal" + url.substr(url.find(':'))}, {"token_id", minted.id}}, 201);
}

Result<http::Response> list_feeds(House& house, http::Request const& request) {
    KOGGE_TRY(auto const visit, visit_of(house, request));
    return feeds_of(house, visit);
}

Result<http::Response> create_feed(House& house, http::Request const& request) {
    KOGGE_TRY(auto const visit, visit_of(house, request));
    return make_feed(house, request, visit);
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
    add("PUT", "/api/v1/users/{name}/person", "admin", link_user);
    add("DELETE", "/api/v1/users/{name}", "admin", remove_user);
    add("GET", "/api/v1/tokens", "signed_in", list_tokens);
    add("POST", "/api/v1/tokens", "signed_in", create_token);
    add("DELETE", "/api/v1/tokens/{id}", "signed_in", revoke_token);
    add("GET", "/api/v1/feeds", "write", [](House& h, http::Request const&) { return feeds_of(h, ""); });
    add("POST", "/api/v1/feeds", "write", [](House& h, http::Request const& request) { return make_feed(h, request, ""); });
    add("GET", "/api/v1/visits/{visit}/feeds", "write", list_feeds);
    add("POST", "/api/v1/visits/{visit}/feeds", "write", create_feed);
}

} // namespace kogge::host::api
