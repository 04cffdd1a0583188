// SPDX-License-Identifier: EUPL-1.2
// The API as a client meets it, over a socket: who gets in, how errors read, revisions, events.
#include "daemon/test_house.hpp"

using namespace kogge;
using namespace kogge::host;
using test::Served;

namespace {

/// A served house with a planner who has signed in, and a reader's token.
struct Desk : Served {
    Desk() {
        BOOST_REQUIRE(house->identity().create_user("marloes", "correct horse", Role::planner, "nl", "test").has_value());
        reader = bearer("reader", {"read"});
        writer = bearer("writer", {"read", "write"});
        admin = bearer("admin", {"read", "write", "care", "admin"});
        asked(201, "POST", "/api/v1/entities/city", R"({"id":"c-1","name":{"text":"Hamburg","language":"de"},"country":"DE","zone":"Europe/Berlin"})");
    }
    std::string bearer(std::string name, std::vector<std::string> scopes) {
        return "Authorization: Bearer " + house->identity().mint_api_token(std::move(name), std::move(scopes), "test").value().secret + "\r\n";
    }
    /// Signs in and returns the header lines of a change by cookie.
    std::string sign_in() {
        auto const reply = send("POST", "/api/v1/session", "", R"({"name":"marloes","password":"correct horse"})");
        BOOST_REQUIRE(reply.status == 200);
        auto const cookie = reply.value("Set-Cookie");
        BOOST_TEST(cookie.find("; HttpOnly; SameSite=Strict") != std::string::npos);
        csrf = std::string(json::parse(reply.body).at("csrf").as_string());
        return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
    }
    std::string reader, writer, admin, csrf;
};

/// The problem document of a refusal, whatever the request.
json::object problem_of(http::test::Reply const& reply, int status) {
    BOOST_REQUIRE_MESSAGE(reply.status == status, "status " << reply.status << ": " << reply.body);
    BOOST_TEST(reply.value("Content-Type").starts_with("application/problem+json"));
    auto document = json::parse(reply.body).as_object();
    for (auto const* member : {"type", "title", "status", "detail"})
        BOOST_TEST(document.contains(member), "no " << member << " in " << reply.body);
    BOOST_TEST(document.at("status").to_number<int>() == status);
    return document;
}

std::string field(json::object const& problem) { return problem.contains("field") ? std::string(problem.at("field").as_string()) : std::string("(none)"); }

} // namespace

BOOST_FIXTURE_TEST_CASE(nobody_gets_in_without_a_right, Desk) {
    for (auto const& doc : house->route_docs()) {
        if (doc.needs == "public")
            continue;
        auto path = doc.pattern;
        for (auto open = path.find('{'); open != path.npos; open = path.find('{'))
            path.replace(open, path.find('}') - open + 1, "x");
        auto const body = doc.method == "GET" || doc.method == "DELETE" ? "" : "{}";
        problem_of(send(doc.method, path, "", body), doc.needs == "feed" ? 404 : 401);
        problem_of(send(doc.method, path, "Authorization: Bearer " + std::string(43, 'x') + "\r\n", body), doc.needs == "feed" ? 404 : 401);
        if (doc.needs == "write" || doc.needs == "admin" || doc.needs == "care")
            problem_of(send(doc.method, path, reader, body), 403);
    }
}

BOOST_FIXTURE_TEST_CASE(an_unknown_scheme_or_a_broken_header_is_nobody, Desk) {
    for (auto const* line : {"Authorization: Basic YWRhOmFkYQ==\r\n", "Authorization: Bearer\r\n", "Authorization: Bearer \r\n", "Cookie: kogge_session=\r\n",
                             "Cookie: kogge_session=0123\r\n", "Cookie: other=1; kogge_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"})
        problem_of(send("GET", "/api/v1/session", line), 401);
}

BOOST_FIXTURE_TEST_CASE(a_session_changes_things_only_with_its_csrf_token, Desk) {
    auto const cookie = sign_in();
    BOOST_TEST(send("GET", "/api/v1/session", cookie).status == 200);
    auto const body = R"({"id":"c-2","name":{"text":"Bremen","language":"de"},"country":"DE","zone":"Europe/Berlin"})";
    problem_of(send("POST", "/api/v1/entities/city", cookie, body), 403);
    problem_of(send("POST", "/api/v1/entities/city", cookie + "X-CSRF-Token: " + std::string(64, '0') + "\r\n", body), 403);
    auto const with_token = cookie + "X-CSRF-Token: " + csrf + "\r\n";
    BOOST_TEST(send("POST", "/api/v1/entities/city", with_token, body).status == 201);
    BOOST_TEST(send("DELETE", "/api/v1/session", with_token).status == 204);
    problem_of(send("GET", "/api/v1/session", cookie), 401);
}

BOOST_FIXTURE_TEST_CASE(a_session_ends, Desk) {
    auto const cookie = sign_in();
    now_us += std::int64_t(house->config().session_hours) * 3'600'000'000 + 1'000'000;
    problem_of(send("GET", "/api/v1/session", cookie), 401);
}

BOOST_FIXTURE_TEST_CASE(guessing_a_password_is_slowed_down, Desk) {
    auto const guess = [&] { return send("POST", "/api/v1/session", "", R"({"name":"marloes","password":"wrong"})").status; };
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(guess() == 401);
    BOOST_TEST(guess() == 429);
    now_us += 61'000'000;
    BOOST_TEST(guess() == 401);
}

BOOST_FIXTURE_TEST_CASE(a_document_is_read_by_its_etag_and_changed_by_it, Desk) {
    auto const got = send("GET", "/api/v1/entities/city/c-1", reader);
    BOOST_TEST(got.status == 200);
    BOOST_TEST(got.value("ETag") == "\"1\"");
    BOOST_TEST(send("GET", "/api/v1/entities/city/c-1", reader + "If-None-Match: \"1\"\r\n").status == 304);
    BOOST_TEST(send("GET", "/api/v1/entities/city/c-1", reader + "If-None-Match: \"0\", W/\"1\"\r\n").status == 304);

    auto const fields = R"({"region":"DE-HH"})";
    problem_of(send("PATCH", "/api/v1/entities/city/c-1", writer, fields), 428);
    auto const changed = send("PATCH", "/api/v1/entities/city/c-1", writer + "If-Match: \"1\"\r\n", fields);
    BOOST_TEST(changed.status == 200);
    BOOST_TEST(changed.value("ETag") == "\"2\"");
    auto const stale = send("PATCH", "/api/v1/entities/city/c-1", writer + "If-Match: \"1\"\r\n", fields);
    problem_of(stale, 412);
    BOOST_TEST(stale.value("ETag") == "\"2\"");
    problem_of(send("DELETE", "/api/v1/entities/city/c-1", writer), 428);
    BOOST_TEST(send("DELETE", "/api/v1/entities/city/c-1", writer + "If-Match: \"2\"\r\n").status == 204);
    problem_of(send("GET", "/api/v1/entities/city/c-1", reader), 404);
}

BOOST_FIXTURE_TEST_CASE(what_is_wrong_with_a_request_is_named, Desk) {
    struct Wrong {
        char const *method, *target, *body;
        int status;
        char const* names;
    };
    std::string const deep = "{\"name\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
    Wrong const wrongs[] = {
        {"POST", "/api/v1/entities/city", "{", 400, "(none)"},
        {"POST", "/api/v1/entities/city", "[]", 400, "(none)"},
        {"POST", "/api/v1/entities/city", "{\"name\":\"\xff\"}", 400, "(none)"},
        {"POST", "/api/v1/entities/city", deep.c_str(), 400, "(none)"},
        {"POST", "/api/v1/entities/city", R"({"colour":"red"})", 400, "/colour"},
        {"POST", "/api/v1/entities/city", R"({"zone":7})", 400, "/zone"},
        {"POST", "/api/v1/entities/city", R"({"id":"no spaces"})", 400, "/id"},
        {"POST", "/api/v1/entities/castle", "{}", 404, "/kind"},
        {"GET", "/api/v1/entities/city/no%20spaces", "", 400, "/id"},
        {"GET", "/api/v1/entities/city/c-9", "", 404, "(any)"},
        {"GET", "/api/v1/entities/city?colour=red", "", 400, "/colour"},
        {"GET", "/api/v1/entities/city?zone.near=x", "", 400, "/zone"},
        {"GET", "/api/v1/entities/city?limit=0", "", 400, "limit"},
        {"GET", "/api/v1/entities/city?limit=many", "", 400, "limit"},
        {"GET", "/api/v1/entities/city?after=no%20spaces", "", 400, "after"},
        {"GET", "/api/v1/changes?since=-1", "", 400, "since"},
        {"GET", "/api/v1/changes?sience=1", "", 400, "sience"},
        {"GET", "/api/v1/changes?entity=castle", "", 400, "entity"},
        {"GET", "/api/v1/findings?visit=v-9", "", 404, "visit"},
        {"GET", "/api/v1/events?visit=v-9", "", 404, "visit"},
        {"GET", "/api/v1/events?since=yesterday", "", 400, "since"},
        {"POST", "/api/v1/changes", R"({"changes":[{"op":"burn","entity":"city","id":"c-1"}]})", 400, "/changes/0/op"},
        {"POST", "/api/v1/changes", R"({"changes":[{"op":"create","entity":"castle"}]})", 400, "/changes/0/entity"},
        {"POST", "/api/v1/changes", R"({"changes":{}})", 400, "/changes"},
        {"POST", "/api/v1/changes/none/undo", "", 400, "/seq"},
        {"POST", "/api/v1/changes/999999/undo", "", 404, "(any)"},
        {"POST", "/api/v1/changes/1/undo", R"({"force":true})", 400, "/force"},
        {"POST", "/api/v1/import", R"({"hello":"world"})", 400, "/format"},
        {"POST", "/api/v1/import", R"({"format":"xlsx"})", 400, "/format"},
        {"POST", "/api/v1/import", R"({"format":"kogge-export/1"})", 400, "/entities"},
        {"POST", "/api/v1/import", R"({"format":"kogge-export/1","entities":{"city":[{"id":"c 9"}]}})", 400, "/entities/city/0/id"},
        {"POST", "/api/v1/import", R"({"format":"kogge-export/1","entities":{"city":[{"id":"c-9","zone":7}]}})", 400, "/entities/city/0/zone"},
        {"POST", "/api/v1/import?existing=burn", "{}", 400, "existing"},
        {"GET", "/api/v1/export?visit=v-9", "", 404, "(any)"},
        {"POST", "/api/v1/session", R"({"name":"marloes","password":"x","remember":true})", 400, "/remember"},
        {"POST", "/api/v1/users", R"({"name":"bob","password":"short"})", 400, "/password"},
        {"POST", "/api/v1/users", R"({"name":"bob","password":"long enough","role":"king"})", 400, "/role"},
        {"POST", "/api/v1/tokens", R"({"name":"t","scopes":["everything"]})", 400, "/scopes"},
        {"DELETE", "/api/v1/tokens/none", "", 404, "(any)"},
        {"POST", "/api/v1/visits/v-9/feeds", R"({"scope":"visit"})", 404, "/visit"},
        {"GET", "/api/v1/castles", "", 404, "(none)"},
        {"PUT", "/api/v1/entities/city", "{}", 405, "(none)"},
    };
    auto const before = house->store().seq();
    for (auto const& wrong : wrongs) {
        BOOST_TEST_CONTEXT(wrong.method << " " << wrong.target << " " << std::string(wrong.body).substr(0, 60)) {
            auto const problem = problem_of(send(wrong.method, wrong.target, admin, wrong.body), wrong.status);
            if (std::string_view(wrong.names) != "(any)")
                BOOST_TEST(field(problem) == wrong.names);
        }
    }
    BOOST_TEST(house->store().seq() == before);
}

BOOST_FIXTURE_TEST_CASE(a_body_that_is_too_large_is_refused_before_it_is_read, Desk) {
    http::test::Client client(server->port());
    client.get("/api/v1/entities/city", writer + "Content-Type: application/json\r\nContent-Length: 10485760\r\n", "POST");
    BOOST_TEST(client.reply().status == 413);
    problem_of(send("POST", "/api/v1/entities/city", writer + "Content-Type: text/xml\r\nContent-Length: 2\r\n\r\n{}"), 400);
}

BOOST_FIXTURE_TEST_CASE(another_persons_newer_revision_is_a_conflict_that_shows_it, Desk) {
    asked(200, "POST", "/api/v1/changes", R"({"changes":[{"op":"update","entity":"city","id":"c-1","rev":1,"fields":{"region":"DE-HH"}}]})");
    auto const reply = send("POST", "/api/v1/changes", writer, R"({"changes":[{"op":"update","entity":"city","id":"c-1","rev":1,"fields":{"region":"DE-NI"}}]})");
    auto const problem = problem_of(reply, 409);
    BOOST_TEST(problem.at("verdict").as_string() == "conflict");
    BOOST_TEST(problem.at("current").at("region").as_string() == "DE-HH");
    BOOST_TEST(problem.at("current").at("rev").to_number<int>() == 2);
}

BOOST_FIXTURE_TEST_CASE(a_change_set_is_tried_committed_logged_and_taken_back, Desk) {
    auto const change_set = R"({"reason":"twinned","changes":[
        {"op":"update","entity":"city","id":"c-1","rev":1,"fields":{"relation":"twinned"}},
        {"op":"create","entity":"venue","id":"ve-1","fields":{"name":"Rathaus","city":"c-1"}}]})";
    auto const before = house->store().seq();
    auto const tried = json::parse(send("POST", "/api/v1/changes?dry_run=1", writer, change_set).body);
    BOOST_TEST(tried.at("verdict").as_string() == "would_commit");
    BOOST_TEST(tried.at("changes").as_array().size() == 2u);
    BOOST_TEST(house->store().seq() == before);

    auto const done = json::parse(send("POST", "/api/v1/changes", writer, change_set).body);
    BOOST_TEST(done.at("verdict").as_string() == "committed");
    BOOST_TEST(done.at("seq").to_number<std::int64_t>() == before + 2);

    auto const log = json::parse(send("GET", "/api/v1/changes?since=" + std::to_string(before), reader).body).at("changes").as_array();
    BOOST_REQUIRE(log.size() == 2u);
    BOOST_TEST(log[0].at("change_set") == log[1].at("change_set"));
    BOOST_TEST(log[0].at("reason").as_string() == "twinned");
    BOOST_TEST(log[0].at("actor").as_string().starts_with("token:"));
    BOOST_TEST(log[0].at("before").as_object().size() == 1u);
    BOOST_TEST(log[0].at("after").at("relation").as_string() == "twinned");

    auto const undone = json::parse(send("POST", "/api/v1/changes/" + std::to_string(before + 1) + "/undo", writer).body);
    BOOST_TEST(undone.at("verdict").as_string() == "committed");
    auto const city = asked(200, "GET", "/api/v1/entities/city/c-1");
    BOOST_TEST(city.at("relation").as_string() == "none");
    BOOST_TEST(city.at("rev").to_number<int>() == 3);
    BOOST_TEST(ask("GET", "/api/v1/entities/venue/ve-1").status == 404);
}

BOOST_FIXTURE_TEST_CASE(events_resume_where_they_were_left, Desk) {
    auto const city = [&](std::string const& id) { asked(201, "POST", "/api/v1/entities/city", R"({"id":")" + id + R"("})"); };
    http::test::Client listener(server->port());
    listener.get("/api/v1/events", reader);
    BOOST_TEST(listener.reply(true).status == 200);
    listener.read_until("event: ready\n");
    city("c-2");
    auto const event = listener.read_until("]}\n\n");
    auto const seq = std::to_string(house->store().seq());
    BOOST_TEST(event.find("id: " + seq + "\nevent: changes\ndata: {\"seq\":" + seq) != std::string::npos);
    BOOST_TEST(event.find(R"({"entity":"city","id":"c-2","op":"create","rev":1,"visit":null})") != std::string::npos);

    city("c-3"); // while nobody listens
    city("c-4");
    http::test::Client again(server->port());
    again.get("/api/v1/events", reader + "Last-Event-ID: " + seq + "\r\n");
    again.reply(true);
    auto const missed = again.read_until("event: ready");
    BOOST_TEST(missed.find(R"("id":"c-2")") == std::string::npos); // the bare words may stand in a change set's own id
    BOOST_TEST(missed.find(R"("id":"c-3")") < missed.find(R"("id":"c-4")"));
    BOOST_TEST(missed.find(R"("id":"c-4")") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(users_and_tokens_are_an_admins, Desk) {
    BOOST_TEST(send("POST", "/api/v1/users", admin, R"({"name":"bob","password":"long enough","role":"reader","language":"de"})").status == 201);
    problem_of(send("POST", "/api/v1/users", admin, R"({"name":"bob","password":"long enough"})"), 409);
    auto const users = json::parse(send("GET", "/api/v1/users", admin).body);
    BOOST_TEST(users.at("users").as_array().size() == 2u);
    BOOST_TEST(json::serialize(users).find("argon") == std::string::npos);
    auto const token = json::parse(send("POST", "/api/v1/tokens", admin, R"({"name":"bot","scopes":["read"]})").body);
    auto const bot = "Authorization: Bearer " + std::string(token.at("token").as_string()) + "\r\n";
    BOOST_TEST(send("GET", "/api/v1/entities", bot).status == 200);
    BOOST_TEST(json::serialize(json::parse(send("GET", "/api/v1/tokens", admin).body)).find(std::string(token.at("token").as_string())) == std::string::npos);
    BOOST_TEST(send("DELETE", "/api/v1/tokens/" + std::string(token.at("id").as_string()), admin).status == 204);
    problem_of(send("GET", "/api/v1/entities", bot), 401);
    auto const actors = json::parse(send("GET", "/api/v1/actors", admin).body);
    BOOST_TEST(actors.at("actors").at("user:" + std::string(users.at("users").at(0).at("id").as_string())).as_string() == users.at("users").at(0).at("name").as_string());
    BOOST_TEST(send("DELETE", "/api/v1/users/bob", admin).status == 204);
}

BOOST_FIXTURE_TEST_CASE(a_planner_gives_out_calendar_links_and_takes_them_back, Desk) {
    asked(201, "POST", "/api/v1/entities/visit", R"({"id":"v-1","starts":"2027-04-21T07:00:00+02:00[Europe/Amsterdam]","ends":"2027-04-23T20:00:00+02:00[Europe/Amsterdam]"})");
    asked(201, "POST", "/api/v1/entities/visit", R"({"id":"v-2","starts":"2027-05-21T07:00:00+02:00[Europe/Amsterdam]","ends":"2027-05-23T20:00:00+02:00[Europe/Amsterdam]"})");
    asked(201, "POST", "/api/v1/entities/track", R"({"id":"t-2","visit":"v-2","code":"A"})");
    auto const link = [&](char const* body) { return send("POST", "/api/v1/visits/v-1/feeds", writer, body); };
    BOOST_TEST(field(problem_of(link(R"({"scope":"visit","lang":"fr"})"), 400)) == "/lang");
    BOOST_TEST(field(problem_of(link(R"({"scope":"choir"})"), 400)) == "/scope");
    BOOST_TEST(field(problem_of(link(R"({"scope":"person"})"), 400)) == "/id");
    BOOST_TEST(field(problem_of(link(R"({"scope":"person","id":"p-9"})"), 404)) == "/id");
    BOOST_TEST(field(problem_of(link(R"({"scope":"track","id":"t-2"})"), 404)) == "/id"); // of another visit

    auto const made = json::parse(link(R"({"scope":"visit","lang":"de","note":"for the mayor"})").body);
    BOOST_TEST(std::string(made.at("webcal").as_string()).starts_with("webcal://x/feeds/"));
    auto const id = std::string(made.at("token_id").as_string());
    auto const listed = json::parse(send("GET", "/api/v1/visits/v-1/feeds", writer).body).at("feeds").as_array();
    BOOST_REQUIRE(listed.size() == 1u);
    BOOST_TEST(listed[0].at("id").as_string() == id);
    BOOST_TEST(listed[0].at("note").as_string() == "for the mayor");
    BOOST_TEST(json::parse(send("GET", "/api/v1/visits/v-2/feeds", writer).body).at("feeds").as_array().empty());

    auto const token = house->identity().mint_api_token("bot", {"read"}, "test").value();
    problem_of(send("DELETE", "/api/v1/tokens/" + token.id, writer), 403);
    BOOST_TEST(send("DELETE", "/api/v1/tokens/" + id, writer).status == 204);
    BOOST_TEST(json::parse(send("GET", "/api/v1/visits/v-1/feeds", writer).body).at("feeds").as_array().empty());
}

BOOST_FIXTURE_TEST_CASE(the_openapi_document_has_every_route, Desk) {
    auto const reply = send("GET", "/openapi.json");
    BOOST_REQUIRE(reply.status == 200);
    auto const document = json::parse(reply.body);
    auto const& paths = document.at("paths").as_object();
    for (auto const& doc : house->route_docs()) {
        auto method = doc.method;
        std::transform(method.begin(), method.end(), method.begin(), [](char c) { return char(c | 0x20); });
        if (doc.pattern.find("/entities/{kind}") != std::string::npos)
            continue;
        BOOST_REQUIRE_MESSAGE(paths.contains(doc.pattern), doc.pattern);
        auto const& path = paths.at(doc.pattern).as_object();
        auto const* webdav = path.if_contains("x-webdav");
        BOOST_TEST((path.contains(method) || (webdav && json::serialize(*webdav).find(doc.method) != std::string::npos)), method << " " << doc.pattern);
    }
    for (auto const& description : house->descriptions()) {
        auto const kind = std::string(description.at("kind").as_string());
        BOOST_TEST(paths.contains("/api/v1/entities/" + kind) == !description.at("internal").as_bool(), kind);
    }
    // Every reference leads somewhere.
    auto const& schemas = document.at("components").at("schemas").as_object();
    std::string_view rest(reply.body);
    constexpr std::string_view mark = "#/components/schemas/";
    for (auto at = rest.find(mark); at != rest.npos; at = rest.find(mark)) {
        rest.remove_prefix(at + mark.size());
        BOOST_TEST(schemas.contains(rest.substr(0, rest.find('"'))), rest.substr(0, rest.find('"')));
    }
}

BOOST_FIXTURE_TEST_CASE(health_and_numbers_are_told, Desk) {
    BOOST_TEST(send("GET", "/healthz").body == "ok\n");
    BOOST_TEST(send("GET", "/readyz").status == 200);
    auto const numbers = send("GET", "/metrics", reader).body;
    BOOST_TEST(numbers.find("\nkogge_change_log_seq " + std::to_string(house->store().seq()) + "\n") != std::string::npos);
    problem_of(send("GET", "/metrics"), 401);
}
