// SPDX-License-Identifier: EUPL-1.2
// The plugin in a house: the real store, the real import, the routes of the API.
#include "entities.hpp"
#include "tests/demo_world.hpp"

#include <kogge/testing.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::logistics;
using namespace kogge::logistics::test;

extern "C" kg_entry const kogge_plugin_entry;

namespace {

std::string const hamburg = "/api/v1/visits/visit-hh-2027";


struct InHouse : testing::TestHost {
    InHouse() : TestHost(testing::read_text(std::string(KOGGE_SOURCE_DIR) + "/kogge-plugin.json"), kogge_plugin_entry) {
        auto const imported = import(testing::read_text(demo_path));
        BOOST_REQUIRE_EQUAL(std::string(imported.at("outcome").at("verdict").as_string()), "committed");
    }
    json::value get(std::string const& path) {
        auto const answer = request("GET", path);
        BOOST_REQUIRE_EQUAL(answer.status, 200);
        return answer.json();
    }
    std::multiset<std::string> list() {
        std::multiset<std::string> out;
        auto const found = findings();
        for (auto const& finding : found)
            out.insert(std::string(finding.at("level").as_string()) + " " + std::string(finding.at("code").as_string()) + " "
                       + std::string(finding.at("subject").as_string()));
        return out;
    }
    std::string refusal(std::string_view method, std::string const& path, std::string_view body = {}) {
        auto const got = request(method, path, body);
        return std::to_string(got.status) + " " + (got.status < 400 ? "" : json::serialize(got.json().as_object()["field"]));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(in_a_house, InHouse)

BOOST_AUTO_TEST_CASE(the_golden_findings_in_words) {
    BOOST_TEST(list()
                   == (std::multiset<std::string>{
                       "block_release NOT_STEP_FREE it-14", "block_release WHEELCHAIR lg-19", "note CONNECTION lg-01>lg-02",
                       "note CONNECTION lg-02>lg-03", "note CONNECTION lg-26>lg-27", "note CONNECTION lg-27>lg-28",
                       "note CONNECTION lj-01>lj-02", "note CONNECTION lj-14>lj-15", "warn ROOMING_ODD ac-hh"}),
               boost::test_tools::per_element());
    auto const german = findings("visit-hbol-2027", "de");
    BOOST_REQUIRE(german.size() == 2u);
    BOOST_TEST(german.at(0).at("text").as_string()
               == "lj-01 > lj-02: 9 Min. zum Umsteigen in Leer (Ostfriesland), Bahnhof/ZOB, mindestens 8 sind nötig");
}

BOOST_AUTO_TEST_CASE(the_golden_meals) {
    json::object meals;
    for (auto const* visit : {"visit-hh-2027", "visit-hbol-2027", "visit-ol-dst"}) {
        auto const document = get(std::string("/api/v1/visits/") + visit + "/dietary");
        for (auto const& [meal, counts] : document.at("meals").as_object()) meals[meal] = counts;
    }
    BOOST_TEST((json::value(meals) == expected().at("dietary_per_meal")));
}

BOOST_AUTO_TEST_CASE(care_data_is_in_no_list_and_no_log) {
    auto const person = get("/api/v1/entities/person_care/p-g08");
    BOOST_TEST(json::serialize(person.at("accessibility")) == R"(["wheelchair"])"); // the caller holds every right
    for (auto const* path : {"/api/v1/entities/person_care", "/api/v1/changes?entity=person_care"}) {
        auto const answer = request("GET", path);
        BOOST_TEST(answer.status == 200);
        BOOST_TEST(answer.body.find("p-g08") != std::string::npos);
        for (auto const* word : {"wheelchair", "halal", "dietary", "accessibility"})
            BOOST_TEST(answer.body.find(word) == std::string::npos, path << " tells " << word);
    }
}

BOOST_AUTO_TEST_CASE(workflow_4_the_second_click) {
    auto const proposal = request("POST", hamburg + "/fallback", R"({"leg":"lg-01"})").json();
    auto const posted = request("POST", "/api/v1/changes", json::serialize(proposal.at("change_set"))).json();
    BOOST_TEST(posted.at("verdict").as_string() == "committed");
    BOOST_TEST(posted.at("affected").as_array().size() == 25u);
    BOOST_TEST(posted.at("resolved").at(0).at("subject").as_string() == "lg-01>lg-02");
    auto const legs = get(hamburg + "/manifest");
    BOOST_TEST(legs.at("legs").at(0).at("leg").as_string() == "lg-01f");
    auto const undone = request("POST", "/api/v1/changes/" + std::to_string(posted.at("seq").as_int64()) + "/undo");
    BOOST_TEST(undone.status == 200);
    BOOST_TEST(get(hamburg + "/manifest").at("legs").at(0).at("leg").as_string() == "lg-01");
}

BOOST_AUTO_TEST_CASE(a_missed_change_is_confirmed_or_not_made) {
    ChangeSet late("late");
    late.update(Id<TransportLeg>("lg-02"), 1, {{"arrives", "2027-04-21T10:10:00+02:00[Europe/Berlin]"}});
    auto const asked = apply(late);
    BOOST_TEST(asked.at("verdict").as_string() == "needs_confirmation"); // five minutes where there were fourteen
    BOOST_TEST(asked.at("introduced").at(0).at("key").as_string() == "CONNECTION|transport_leg/lg-02|transport_leg/lg-03");
    BOOST_TEST(apply(late, false, true).at("verdict").as_string() == "committed");
}

BOOST_AUTO_TEST_CASE(lists_for_a_spreadsheet) {
    auto const rooms = request("GET", hamburg + "/rooming?format=csv&lang=nl");
    BOOST_TEST(rooms.status == 200);
    BOOST_TEST(rooms.body.starts_with("hotel,inchecken,uitchecken,naam,organisatie,kamer,kamernummer\r\n"));
    BOOST_TEST(std::ranges::count(rooms.body, '\n') == 26);
    BOOST_TEST(request("GET", hamburg + "/manifest?format=csv&vehicle=veh-van8")
                   .body.find("Berend Oosterwijk,Gemeente Groningen (demobezetting),yes\r\n")
               != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_asked_wrongly_is_answered_with_the_field) {
    BOOST_TEST(refusal("GET", "/api/v1/visits/nowhere/manifest") == "404 \"/visit\"");
    BOOST_TEST(refusal("GET", "/api/v1/visits/nowhere/rooming") == "404 \"/visit\"");
    BOOST_TEST(refusal("GET", "/api/v1/visits/nowhere/dietary") == "404 \"/visit\"");
    BOOST_TEST(refusal("GET", hamburg + "/manifest?vehicle=cart") == "404 \"/vehicle\"");
    BOOST_TEST(refusal("GET", hamburg + "/rooming?format=pdf") == "400 \"/format\"");
    BOOST_TEST(refusal("POST", hamburg + "/fallback", R"({"leg":"lg-02"})") == "400 \"/leg\"");
    BOOST_TEST(refusal("POST", hamburg + "/fallback", R"({"leg":"lj-01"})") == "400 \"/leg\"");
    BOOST_TEST(refusal("POST", hamburg + "/fallback", R"({"leg":"../x"})") == "400 \"/leg\"");
    BOOST_TEST(refusal("POST", hamburg + "/fallback", R"({"leg":"lg-01","when":"now"})") == "400 \"/when\"");
}

BOOST_AUTO_TEST_CASE(the_other_visit_stays_out) {
    ChangeSet foreign("foreign");
    foreign.update(Id<TransportLeg>("lg-01f"), 1, {{"fallback_of", "lj-01"}});
    auto const answer = request("POST", "/api/v1/changes", json::serialize(foreign.document()));
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(answer.json().at("field").as_string() == "/changes/0/fields/fallback_of");
}

BOOST_AUTO_TEST_SUITE_END()
