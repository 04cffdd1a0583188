// SPDX-License-Identifier: EUPL-1.2
// Clients that are no browser: methods of WebDAV through the server to a plugin, HTTP Basic, discovery, use of tokens.
#include "daemon/test_house.hpp"

#include <kogge/plugin.hpp>

using namespace kogge;
using namespace kogge::host;
using test::Served;

namespace {

struct Diary {
    Id<Diary> id;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Diary, (), (id, text))

/// Says what reached it.
class Mirrors {
  public:
    explicit Mirrors(Host& host) : host_(host) {}
    void start() {
        host_.entity<Diary>({.own = true});
        Serving const dav{.methods = {"GET", "PUT", "DELETE", "POST", "OPTIONS", "PROPFIND", "PROPPATCH", "REPORT", "MKCALENDAR", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "ACL"},
                          .pattern = "/dav/{path*}", .needs = "read", .basic = true, .max_body = 100'000};
        host_.serve(dav, [](Request const& request) -> Result<Response> {
            if (request.param("path") == "big")
                return Response{207, "<multistatus>" + std::string(50'000, 'x') + "</multistatus>", "application/xml; charset=utf-8", {}, {}, false};
            return Response::json({{"method", request.method()}, {"target", request.target()}, {"path", request.param("path")}, {"bytes", request.body().size()},
                                   {"depth", request.header("Depth").value_or("")}, {"secret", request.header("Authorization").value_or("none")}, {"caller", request.caller()}});
        });
        host_.route("GET", "/api/v1/mirrors?colour&lang", "read", [](Request const& request) -> Result<Response> { return Response::json({{"colour", request.query("colour").value_or("")}}); });
        host_.route("POST", "/api/v1/mirrors?", "write", [](Request const&) -> Result<Response> { return Response::json(json::object()); });
        host_.route("GET", "/feeds/{token}.ics", "feed", [](Request const& request) -> Result<Response> {
            auto response = Response::text(json::serialize(request.caller().at("feed")), "text/calendar");
            response.depends = {"kind:visit"};
            return response;
        });
    }

  private:
    Host& host_;
};

kg_entry const entry{sizeof(kg_entry), KG_ABI_MAJOR, KG_ABI_MINOR, 0, detail::Instance<Mirrors>::create};

void add_mirrors(plugins::PluginHost& host) {
    host.add(plugins::parse_manifest(R"({"name":"mirrors","version":"1","sdk":1,"services":["kogge.http/1","kogge.store/1"]})").value(), entry);
}

struct Phone : Served {
    Phone() : Served(add_mirrors) {
        BOOST_REQUIRE(identity().create_user("marloes", "correct horse", Role::planner, "nl", "test").has_value());
        BOOST_REQUIRE(identity().create_user("joost", "correct horse", Role::reader, "nl", "test").has_value());
    }
    Identity& identity() { return house->identity(); }
    static std::string basic(std::string_view credentials) { // base64 by hand: the test does not use what it tests
        static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        std::string out = "Authorization: Basic ";
        for (std::size_t i = 0; i < credentials.size(); i += 3) {
            unsigned bits = 0;
            for (std::size_t k = 0; k < 3; ++k)
                bits = bits << 8U | (i + k < credentials.size() ? static_cast<unsigned char>(credentials[i + k]) : 0U);
            for (std::size_t k = 0; k < 4; ++k)
                out += i + k <= credentials.size() ? letters[bits >> (18 - 6 * k) & 63U] : '=';
        }
        return out + "\r\n";
    }
    int status(std::string_view credentials) { return send("PROPFIND", "/dav/", basic(credentials)).status; }
    json::value seen(std::string_view method, std::string_view target, std::string const& lines = "", std::string_view body = "") {
        auto const reply = send(method, target, basic("marloes:correct horse") + lines, body);
        BOOST_REQUIRE_MESSAGE(reply.status == 200, method << " " << target << ": " << reply.status << " " << reply.body);
        return json::parse(reply.body);
    }
    json::value listed(std::string const& target) {
        auto const document = asked(200, "GET", target);
        return document.as_object().begin()->value().at(0);
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(every_method_of_caldav_reaches_the_plugin, Phone) {
    for (auto const* method : {"PROPFIND", "PROPPATCH", "REPORT", "MKCALENDAR", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "ACL", "PUT", "DELETE", "OPTIONS", "POST", "GET"}) {
        auto const document = seen(method, "/dav/caf%C3%A9/a%20b.ics", "Depth: 1\r\n", "{}");
        BOOST_TEST(document.at("method").as_string() == method);
        BOOST_TEST(document.at("path").as_string() == "café/a b.ics");
        BOOST_TEST(document.at("target").as_string() == "/dav/caf%C3%A9/a%20b.ics");
        BOOST_TEST(document.at("bytes").to_number<int>() == 2);
        BOOST_TEST(document.at("depth").as_string() == "1");
        BOOST_TEST(document.at("secret").as_string() == "none");
    }
    BOOST_TEST(send("HEAD", "/dav/x", basic("marloes:correct horse")).status == 200);
    BOOST_TEST(send("PROPFIND", "/dav/a%2Fb", basic("marloes:correct horse")).status == 400);
    BOOST_TEST(send("PUT", "/dav/x", basic("marloes:correct horse"), std::string(100'001, ' ')).status == 413);
}

BOOST_FIXTURE_TEST_CASE(a_large_multistatus_is_packed_for_who_asks, Phone) {
    auto const me = basic("marloes:correct horse");
    BOOST_TEST(send("PROPFIND", "/dav/big", me).body.size() == 50'027u);
    auto const packed = send("PROPFIND", "/dav/big", me + "Accept-Encoding: gzip\r\n");
    BOOST_TEST(packed.status == 207);
    BOOST_TEST(packed.value("Content-Encoding") == "gzip");
    BOOST_TEST(packed.body.size() < 1000u);
}

BOOST_FIXTURE_TEST_CASE(basic_is_asked_for_and_taken_only_where_the_route_says_so, Phone) {
    auto const asked_for = send("PROPFIND", "/dav/", "", "{}");
    BOOST_TEST(asked_for.status == 401);
    BOOST_TEST(asked_for.value("WWW-Authenticate") == "Basic realm=\"Kogge\", charset=\"UTF-8\"");
    BOOST_TEST(asked_for.value("Connection") == ""); // it may ask again on the same connection
    BOOST_TEST(status("marloes:correct horse") == 200);
    for (auto const* wrong : {"marloes:wrong", "nobody:correct horse", "marloes", ":", "marloes:", ":correct horse"})
        BOOST_TEST(status(wrong) == 401, wrong);
    for (auto const* header : {"Authorization: Basic\r\n", "Authorization: Basic ====\r\n", "Authorization: Basic bWFy!G9lczpj\r\n", "Authorization: Digest x\r\n"})
        BOOST_TEST(send("PROPFIND", "/dav/", header).status == 401, header);

    auto const elsewhere = send("GET", "/api/v1/session", basic("marloes:correct horse"));
    BOOST_TEST(elsewhere.status == 401);
    BOOST_TEST(elsewhere.value("WWW-Authenticate") == "Bearer");
}

BOOST_FIXTURE_TEST_CASE(the_plugin_learns_who_asks_and_whom_they_are_in_the_programme, Phone) {
    asked(201, "POST", "/api/v1/entities/person", R"({"id":"p-1","given_name":"Marloes","family_name":"Vos"})");
    BOOST_TEST(!seen("PROPFIND", "/dav/").at("caller").as_object().contains("person"));
    BOOST_TEST(ask("PUT", "/api/v1/users/marloes/person", R"({"person":"p-9"})").status == 404);
    BOOST_TEST(ask("PUT", "/api/v1/users/marloes/person", R"({"person":"p-1"})").status == 204);
    auto const caller = seen("PROPFIND", "/dav/").at("caller");
    BOOST_TEST(caller.at("name").as_string() == "marloes");
    BOOST_TEST(caller.at("person").as_string() == "p-1");
    BOOST_TEST(caller.at("id").as_string() == "user:" + identity().users().back().id.str());
    BOOST_TEST(ask("PUT", "/api/v1/users/marloes/person", R"({"person":null})").status == 204);
    BOOST_TEST(!seen("PROPFIND", "/dav/").at("caller").as_object().contains("person"));
}

BOOST_FIXTURE_TEST_CASE(an_app_password_is_its_user_as_far_as_its_scopes_reach, Phone) {
    auto const made = asked(201, "POST", "/api/v1/tokens", R"({"name":"phone","scopes":["read"],"user":"marloes"})");
    auto const secret = std::string(made.at("token").as_string());
    BOOST_TEST(status("joost:" + secret) == 401); // somebody else's
    auto const reply = send("PROPFIND", "/dav/", basic("marloes:" + secret));
    BOOST_REQUIRE(reply.status == 200);
    auto const caller = json::parse(reply.body).at("caller");
    BOOST_TEST(caller.at("name").as_string() == "marloes");
    BOOST_TEST(json::serialize(caller.at("rights")) == R"(["read"])");
    auto const id = std::string(made.at("id").as_string());
    BOOST_TEST(ask("DELETE", "/api/v1/tokens/" + id).status == 204);
    BOOST_TEST(status("marloes:" + secret) == 401);
    BOOST_TEST(ask("POST", "/api/v1/tokens", R"({"name":"x","scopes":["read"],"user":"nobody"})").status == 404);
}

BOOST_FIXTURE_TEST_CASE(everybody_makes_app_passwords_for_themselves_and_for_nobody_else, Phone) {
    auto const in = send("POST", "/api/v1/session", "", R"({"name":"joost","password":"correct horse"})");
    auto const cookie = in.value("Set-Cookie");
    auto const me = "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\nX-CSRF-Token: " + std::string(json::parse(in.body).at("csrf").as_string()) + "\r\n";
    auto const make = [&](std::string const& body, std::string const& lines) { return send("POST", "/api/v1/tokens", lines, body); };
    auto const made = make(R"({"name":"phone","scopes":["read"],"user":"joost"})", me);
    BOOST_REQUIRE(made.status == 201);
    BOOST_TEST(make(R"({"name":"phone","scopes":["write"],"user":"joost"})", me).status == 403);
    BOOST_TEST(make(R"({"name":"phone","scopes":["read"],"user":"marloes"})", me).status == 403);
    BOOST_TEST(make(R"({"name":"phone","scopes":["read"]})", me).status == 403);
    auto const token = "Authorization: Bearer " + std::string(json::parse(made.body).at("token").as_string()) + "\r\n";
    BOOST_TEST(make(R"({"name":"more","scopes":["read"],"user":"joost"})", token).status == 403); // a token makes no tokens

    asked(201, "POST", "/api/v1/tokens", R"({"name":"theirs","scopes":["read"],"user":"marloes"})");
    auto const mine = json::parse(send("GET", "/api/v1/tokens", me).body).at("tokens").as_array();
    BOOST_REQUIRE(mine.size() == 1u);
    BOOST_TEST(mine[0].at("name").as_string() == "phone");
    BOOST_TEST(send("DELETE", "/api/v1/tokens/" + std::string(mine[0].at("id").as_string()), me).status == 204);
    auto const other = std::string(listed("/api/v1/tokens").at("id").as_string());
    BOOST_TEST(send("DELETE", "/api/v1/tokens/" + other, me).status == 403);
}

BOOST_FIXTURE_TEST_CASE(guessing_is_slowed_down_for_who_guesses, Phone) {
    BOOST_TEST(status("marloes:correct horse") == 200);
    for (int i = 0; i < 20; ++i)
        BOOST_TEST(status("marloes:stale password") == 401); // a phone that was forgotten: one guess, however often
    for (auto const* guess : {"a", "b", "c", "d"})
        BOOST_TEST(status(std::string("marloes:") + guess) == 401);
    auto const slowed = send("PROPFIND", "/dav/", basic("marloes:e"));
    BOOST_TEST(slowed.status == 429);
    BOOST_TEST(slowed.value("Retry-After") == "60");
    BOOST_TEST(status("marloes:correct horse") == 200); // who is known already does not suffer
    now_us += 61'000'000;
    BOOST_TEST(status("marloes:e") == 401);
}

BOOST_FIXTURE_TEST_CASE(a_new_password_ends_the_old_one_and_the_sessions, Phone) {
    auto const in = identity().sign_in("marloes", "correct horse").value();
    BOOST_TEST(status("marloes:correct horse") == 200);
    BOOST_TEST(ask("PUT", "/api/v1/users/marloes/password", R"({"password":"battery staple"})").status == 204);
    BOOST_TEST(status("marloes:correct horse") == 401);
    BOOST_TEST(status("marloes:battery staple") == 200);
    BOOST_TEST(!identity().by_cookie(in.cookie).has_value());
}

BOOST_FIXTURE_TEST_CASE(another_sites_page_changes_nothing_with_a_remembered_password, Phone) {
    auto const me = basic("marloes:correct horse");
    BOOST_TEST(send("POST", "/dav/x", me + "Sec-Fetch-Site: cross-site\r\n", "{}").status == 403);
    BOOST_TEST(send("POST", "/dav/x", me + "Sec-Fetch-Site: same-origin\r\n", "{}").status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_client_that_knows_the_host_name_finds_the_calendars, Phone) {
    for (auto const* path : {"/.well-known/caldav", "/.well-known/carddav", "/dav"})
        for (auto const* method : {"GET", "HEAD", "PROPFIND", "OPTIONS"}) {
            auto const reply = send(method, path);
            BOOST_TEST(reply.status == 301, method);
            BOOST_TEST(reply.value("Location") == "/dav/");
        }
    BOOST_TEST(send("PROPFIND", "/", "", "<propfind/>").value("Location") == "/dav/");
    auto const options = send("OPTIONS", "/");
    BOOST_TEST(options.value("DAV").find("calendar-access") != std::string::npos);
    BOOST_TEST(options.value("Allow").find("PROPFIND") != std::string::npos);

    Served without;
    BOOST_TEST(without.send("GET", "/.well-known/caldav").status == 404);
    BOOST_TEST(without.send("OPTIONS", "/").value("DAV") == "");
}

BOOST_FIXTURE_TEST_CASE(the_use_of_a_link_is_known_though_its_bytes_are_kept, Phone) {
    asked(201, "POST", "/api/v1/entities/visit", R"({"id":"v-1","title":{"text":"Visite","language":"nl"},"starts":"2027-04-21T07:00:00+02:00[Europe/Amsterdam]","ends":"2027-04-23T20:00:00+02:00[Europe/Amsterdam]"})");
    auto const made = asked(201, "POST", "/api/v1/visits/v-1/feeds", R"({"scope":"visit","lang":"nl","detail":"items","alarms_minutes":15})");
    auto const url = std::string(made.at("url").as_string());
    auto const path = url.substr(url.find("/feeds/"));
    BOOST_TEST(listed("/api/v1/visits/v-1/feeds").at("used").is_null());

    auto const first = send("GET", path, "User-Agent: iOS/17 dataaccessd\r\n");
    BOOST_TEST(first.body == R"({"scope":"visit","visit":"v-1","id":"","language":"nl","detail":"items","alarms_minutes":15})");
    BOOST_TEST(send("HEAD", path).status == 200);
    BOOST_TEST(send("GET", path, "If-None-Match: " + first.value("ETag") + "\r\nUser-Agent: " + std::string(200, 'm') + "\r\n").status == 304);
    BOOST_TEST(house->cache().stats().hits == 2u);

    auto const used = listed("/api/v1/visits/v-1/feeds").at("used");
    BOOST_TEST(used.at("at").as_string() == "2027-01-15T08:00:00Z");
    BOOST_TEST(used.at("client").as_string() == std::string(80, 'm'));
    BOOST_TEST(used.at("days").at("2027-01-15").to_number<int>() == 3);
    auto const seq = house->store().seq();
    now_us += 86'400'000'000;
    BOOST_TEST(send("GET", path, "User-Agent: x\xc3\xa9\r\n").status == 200);
    auto const later = listed("/api/v1/visits/v-1/feeds").at("used");
    BOOST_TEST(later.at("client").as_string() == "x??");
    BOOST_TEST(later.at("days").as_object().size() == 2u);
    BOOST_TEST(house->store().seq() == seq); // no commit for a look
    BOOST_TEST(!has_logged(path.substr(7, 43)));
}

BOOST_FIXTURE_TEST_CASE(a_link_to_all_visits_of_whoever_it_is_for, Phone) {
    asked(201, "POST", "/api/v1/entities/person", R"({"id":"p-1","given_name":"Marloes","family_name":"Vos"})");
    asked(201, "POST", "/api/v1/feeds", R"({"scope":"driver","id":"p-1"})");
    BOOST_TEST(listed("/api/v1/feeds").at("visit").is_null());
    BOOST_TEST(ask("POST", "/api/v1/feeds", R"({"scope":"driver","id":"p-2"})").status == 404);
    BOOST_TEST(ask("POST", "/api/v1/feeds", R"({"scope":"visit"})").status == 400);
    BOOST_TEST(ask("POST", "/api/v1/feeds", R"({"scope":"office","alarms_minutes":-1})").status == 400);
    BOOST_TEST(ask("POST", "/api/v1/feeds", R"({"scope":"office","detail":"everything"})").status == 400);
    asked(201, "POST", "/api/v1/feeds", R"({"scope":"office","detail":"banner"})");
}

BOOST_FIXTURE_TEST_CASE(nobody_is_told_of_a_kind_that_is_a_plugins_own, Phone) {
    for (auto const* where : {"/api/v1/entities", "/openapi.json"}) {
        auto const text = ask("GET", where).body;
        BOOST_TEST(text.find("person") != std::string::npos);
        BOOST_TEST(text.find("diary") == std::string::npos, where);
    }
    BOOST_TEST(ask("GET", "/api/v1/entities/diary").status == 404);
}

BOOST_FIXTURE_TEST_CASE(a_route_that_declares_its_query_takes_no_other, Phone) {
    asked(200, "GET", "/api/v1/mirrors?colour=red&lang=fr"); // it reads lang itself
    BOOST_TEST(asked(400, "GET", "/api/v1/mirrors?color=red").at("field").as_string() == "color");
    BOOST_TEST(asked(400, "POST", "/api/v1/mirrors?colour=red", "{}").at("field").as_string() == "colour");
    BOOST_TEST(asked(400, "POST", "/api/v1/mirrors?lang=xx", "{}").at("field").as_string() == "lang");
    BOOST_TEST(asked(400, "GET", "/api/v1/users?lang=xx").at("field").as_string() == "lang");
    asked(200, "GET", "/api/v1/users?lang=de");

    auto const paths = asked(200, "GET", "/openapi.json").at("paths");
    BOOST_TEST(json::serialize(paths.at("/api/v1/mirrors").at("get").at("parameters")) ==
               R"([{"name":"colour","in":"query","schema":{"type":"string"}},{"name":"lang","in":"query","schema":{"type":"string"}}])");
    BOOST_TEST(json::serialize(paths.at("/dav/{path*}").at("x-webdav")).find("PROPFIND") != std::string::npos);
    BOOST_TEST(!paths.at("/dav/{path*}").as_object().contains("propfind"));
}
