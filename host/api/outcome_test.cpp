// SPDX-License-Identifier: EUPL-1.2
// What checks say of a change, as the API tells it: verdicts, sentences, confirmation, who is told. And care data.
#include "daemon/test_house.hpp"

#include <kogge/plugin.hpp>

using namespace kogge;
using namespace kogge::host;
using test::Served;

namespace {

struct Banner {
    Id<Banner> id;
    std::optional<Id<Person>> bearer;
    std::int64_t height = 0;
    std::string care; // what its bearer must not carry
};
BOOST_DESCRIBE_STRUCT(Banner, (), (id, bearer, height, care))

class Banners {
  public:
    explicit Banners(Host& host) : host_(host) {}
    void start() {
        host_.entity<Banner>({.sensitive = {"care"}});
        host_.follow(world_);
        host_.rules("banners", world_, [this](Scope const& scope, Findings& out, Told& told) {
            for (auto const& [id, row] : banners_.rows()) {
                auto const height = row.value.height;
                if (height == 13)
                    throw std::runtime_error("superstition");
                if (height > 200)
                    out.add({"TOO_HIGH", height > 300 ? FindingLevel::block : FindingLevel::block_release, id.str(), {}, {ref(id)}, {{"height", std::to_string(height)}}});
                if (row.value.bearer && scope.touches(id))
                    told.add(*row.value.bearer, ref(id));
            }
        });
    }

  private:
    Host& host_;
    Mirror<Banner> banners_;
    World world_{&banners_};
};

kg_entry const entry{sizeof(kg_entry), KG_ABI_MAJOR, KG_ABI_MINOR, 0, detail::Instance<Banners>::create};

void add_banners(plugins::PluginHost& host) {
    host.add(plugins::parse_manifest(R"({"name":"banners","version":"1","sdk":1,"services":["kogge.store/1","kogge.checks/1"],
        "i18n":{"en":{"finding.TOO_HIGH":"{height} cm is too high"},"de":{"finding.TOO_HIGH":"{height} cm sind zu hoch"}}})").value(), entry);
}

struct Parade : Served {
    Parade() : Served(add_banners) {
        asked(201, "POST", "/api/v1/entities/person", R"({"id":"p-1","given_name":"Ada","family_name":"Lange"})");
        writer = "Authorization: Bearer " + house->identity().mint_api_token("w", {"read", "write"}, "test").value().secret + "\r\n";
        carer = "Authorization: Bearer " + house->identity().mint_api_token("c", {"read", "care"}, "test").value().secret + "\r\n";
    }
    static std::string banner(int height, std::string const& confirm = "[]") {
        return R"({"changes":[{"op":"create","entity":"banner","id":"b-1","fields":{"bearer":"p-1","height":)" + std::to_string(height) + R"(}}],"confirm":)" + confirm + "}";
    }
    json::value change(int status, std::string const& target, std::string const& body) {
        auto const reply = send("POST", target, writer, body);
        BOOST_REQUIRE_MESSAGE(reply.status == status, reply.status << ": " << reply.body);
        return json::parse(reply.body);
    }
    std::string writer, carer;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(what_must_be_confirmed_is_told_in_the_asked_language_and_confirmed_by_its_key, Parade) {
    auto const asked_back = change(422, "/api/v1/changes?lang=de", banner(250));
    BOOST_TEST(asked_back.at("verdict").as_string() == "needs_confirmation");
    BOOST_TEST(asked_back.at("detail").as_string() == "erst bestätigen: TOO_HIGH b-1");
    BOOST_TEST(asked_back.at("findings").at(0).at("text").as_string() == "250 cm sind zu hoch");
    BOOST_TEST(asked_back.at("affected").at(0).at("name").as_string() == "Ada Lange");
    BOOST_TEST(json::serialize(asked_back.at("affected").at(0).at("because")) == R"([{"entity":"banner","id":"b-1"}])");
    auto const key = std::string(asked_back.at("findings").at(0).at("key").as_string());
    change(422, "/api/v1/changes", banner(250, R"(["SOMETHING_ELSE"])"));
    BOOST_TEST(change(200, "/api/v1/changes", banner(250, "[\"" + key + "\"]")).at("verdict").as_string() == "committed");
}

BOOST_FIXTURE_TEST_CASE(what_blocks_cannot_be_confirmed, Parade) {
    auto const refused = change(422, "/api/v1/changes?lang=nl", banner(400, R"(["*"])"));
    BOOST_TEST(refused.at("verdict").as_string() == "refused");
    BOOST_TEST(refused.at("detail").as_string() == "niet toegestaan: TOO_HIGH b-1");
    BOOST_TEST(refused.at("findings").at(0).at("text").as_string() == "400 cm is too high"); // no Dutch template: English
    BOOST_TEST(ask("GET", "/api/v1/entities/banner/b-1").status == 404);
}

BOOST_FIXTURE_TEST_CASE(a_dry_run_shows_what_would_be_refused_and_is_itself_no_error, Parade) {
    BOOST_TEST(change(200, "/api/v1/changes?dry_run=1", banner(400)).at("verdict").as_string() == "refused");
    BOOST_TEST(change(200, "/api/v1/changes?dry_run=1", banner(250)).at("verdict").as_string() == "needs_confirmation");
}

BOOST_FIXTURE_TEST_CASE(an_import_brings_what_must_be_confirmed_but_not_what_is_blocked, Parade) {
    auto const document = [](int height) { return R"({"format":"kogge-export/1","entities":{"banner":[{"id":"b-1","height":)" + std::to_string(height) + "}]}}"; };
    change(422, "/api/v1/import", document(400));
    auto const came = change(200, "/api/v1/import", document(250));
    BOOST_TEST(came.at("outcome").at("introduced").as_array().size() == 1u);
    BOOST_TEST(json::parse(send("GET", "/api/v1/findings", writer).body).at("findings").as_array().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_check_that_breaks_is_a_finding_and_stops_nothing, Parade) {
    auto const done = change(200, "/api/v1/changes?lang=nl", banner(13));
    BOOST_TEST(done.at("verdict").as_string() == "committed");
    auto const& finding = done.at("introduced").at(0);
    BOOST_TEST(finding.at("code").as_string() == "CHECK_FAILED");
    BOOST_TEST(finding.at("text").as_string() == "een controle kon niet antwoorden: banners: superstition");
}

BOOST_FIXTURE_TEST_CASE(care_data_is_for_those_with_the_right_and_for_no_log, Parade) {
    auto const made = send("POST", "/api/v1/entities/banner", writer, R"({"id":"b-1","height":10,"care":"bad shoulder"})");
    BOOST_TEST(made.status == 201);
    asked(200, "POST", "/api/v1/changes", R"({"changes":[{"op":"update","entity":"banner","id":"b-1","rev":1,"fields":{"height":11}}]})");
    auto const stale = send("POST", "/api/v1/changes", writer, R"({"changes":[{"op":"update","entity":"banner","id":"b-1","rev":1,"fields":{"height":12}}]})");
    BOOST_TEST(stale.status == 409);
    std::string without = made.body + stale.body;
    for (auto const* target : {"/api/v1/entities/banner", "/api/v1/entities/banner/b-1", "/api/v1/changes", "/api/v1/export", "/api/v1/findings"})
        without += send("GET", target, writer).body;
    BOOST_TEST(without.find("b-1") != std::string::npos);
    BOOST_TEST(without.find("shoulder") == std::string::npos);
    for (auto const* target : {"/api/v1/entities/banner/b-1", "/api/v1/export"})
        BOOST_TEST(send("GET", target, carer).body.find("bad shoulder") != std::string::npos);
    BOOST_TEST(send("GET", "/api/v1/entities/banner", carer).body.find("shoulder") == std::string::npos);
    BOOST_TEST(!has_logged("shoulder"));
}
