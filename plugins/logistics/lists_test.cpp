// SPDX-License-Identifier: EUPL-1.2
#include "lists.hpp"

#include "csv.hpp"
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::logistics;
using namespace kogge::logistics::test;

namespace {

Id<Visit> const hamburg{"visit-hh-2027"};

std::string names(json::value const& list) {
    std::string out;
    for (auto const& one : list.as_array()) out += std::string(one.at("name").as_string()) + "\n";
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(lists, Demo)

BOOST_AUTO_TEST_CASE(the_caterer_gets_the_golden_counts) {
    json::object got;
    for (auto const& [id, row] : picture.visits.rows()) {
        auto const document = dietary(picture, id);
        for (auto const& [meal, counts] : document.at("meals").as_object()) got[meal] = counts;
    }
    auto const wanted = expected().at("dietary_per_meal").as_object();
    BOOST_TEST(got.size() == wanted.size());
    for (auto const& [meal, counts] : wanted)
        BOOST_TEST((got.at(meal) == counts), meal << ": " << json::serialize(got.at(meal)));
}

BOOST_AUTO_TEST_CASE(needs_that_come_together_are_one_plate) {
    commit(change<PersonCare>("p-g08", {{"dietary", {"halal", "nut_allergy"}}}));
    auto const counts = diets(picture, hamburg).at(Id<ProgrammeItem>("it-25"));
    BOOST_TEST(counts.at("halal+nut_allergy") == 1);
    int people = 0;
    for (auto const& [diet, count] : counts) people += count;
    BOOST_TEST(people == 10);
    BOOST_TEST(dietary_csv(picture, hamburg, "nl").find(",\"halal, notenallergie\",1\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_cancelled_meal_is_not_cooked) {
    commit(change<ProgrammeItem>("it-25", {{"status", "cancelled"}}));
    BOOST_TEST(!diets(picture, hamburg).contains(Id<ProgrammeItem>("it-25")));
}

BOOST_AUTO_TEST_CASE(the_manifest_of_the_small_bus) {
    auto const legs = manifest(picture, {hamburg, Id<Vehicle>("veh-van8"), true}).at("legs").as_array();
    BOOST_REQUIRE(legs.size() == 2u);
    BOOST_TEST(legs[0].at("leg").as_string() == "lg-11");
    BOOST_TEST(legs[1].at("leg").as_string() == "lg-12");
    BOOST_TEST(
        names(legs[0].at("passengers"))
        == "Sietse Brandsma\nir. Daan Hoekzema\nmr. Wiebke ten Kaate-Luinstra\nBerend Oosterwijk\nJurriaan Ploegsma\ndrs. Hanneke Wold\n");
    int wheelchairs = 0;
    for (auto const& passenger : legs[0].at("passengers").as_array())
        if (passenger.at("wheelchair").as_bool()) {
            ++wheelchairs;
            BOOST_TEST(passenger.at("person").as_string() == "p-g08");
        }
    BOOST_TEST(wheelchairs == 1);
    BOOST_TEST(manifest_csv(picture, {hamburg, {}, true}, "nl").find(",ja\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_may_not_see_care_data_sees_no_wheelchairs) {
    auto const list = manifest(picture, {hamburg});
    for (auto const& leg : list.at("legs").as_array())
        for (auto const& passenger : leg.at("passengers").as_array()) BOOST_TEST(passenger.at("wheelchair").is_null());
    BOOST_TEST(manifest_csv(picture, {hamburg}, "nl").find(",ja\r\n") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_manifest_holds_the_legs_that_run) {
    auto const legs = manifest(picture, {hamburg}).at("legs").as_array();
    BOOST_TEST(legs.size() == 33u); // of 35 two are fallbacks
    auto const& train = legs.at(0);
    BOOST_TEST(train.at("leg").as_string() == "lg-01");
    BOOST_TEST(train.at("vehicle").is_null());
    BOOST_TEST(train.at("passengers").as_array().size() == 25u);
    BOOST_TEST(names(train.at("passengers")).starts_with("dr. Farah Belkacem\n"));
}

BOOST_AUTO_TEST_CASE(rooms_by_name) {
    auto const stays = rooming(picture, hamburg).at("accommodations").as_array();
    BOOST_REQUIRE(stays.size() == 1u);
    BOOST_TEST(stays[0].at("people").as_array().size() == 25u);
    BOOST_TEST(json::serialize(stays[0].at("rooms")) == R"({"single":20,"twin":3,"accessible":1})");
    BOOST_TEST(stays[0].at("findings").at(0).at("code").as_string() == "ROOMING_ODD");
    std::map<std::string, int> rooms;
    for (auto const& person : stays[0].at("people").as_array()) ++rooms[std::string(person.at("room").as_string())];
    BOOST_TEST(rooms["twin"] == 7);
    BOOST_TEST(rooms["single"] == 17);
    BOOST_TEST(rooms["accessible"] == 1);
    BOOST_TEST(rooming(picture, Id<Visit>("visit-hbol-2027")).at("accommodations").as_array().empty());
}

BOOST_AUTO_TEST_CASE(spreadsheets_get_text_and_no_formulas) {
    BOOST_TEST(csv_cell("Wöhlers") == "Wöhlers");
    BOOST_TEST(csv_cell("a, \"b\"\n") == "\"a, \"\"b\"\"\n\"");
    for (std::string const evil : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", " =1"}) {
        auto const cell = csv_cell(evil);
        BOOST_TEST(cell.find("'" + evil.substr(0, 1)) != std::string::npos, cell);
    }
    commit(change<Person>("p-g01", {{"academic_prefix", nullptr}, {"given_name", "=HYPERLINK(\"http://x\")"}}));
    auto const list = manifest_csv(picture, {hamburg, {}, true}, "de");
    BOOST_TEST(
        list.starts_with("Abschnitt,Datum,Abfahrt,Ankunft,von,nach,Fahrzeug,Verbindung,Name,Organisation,Rollstuhl\r\n"));
    BOOST_TEST(list.find(",\"'=HYPERLINK") != std::string::npos);
    BOOST_TEST(list.find("=HYPERLINK") == list.find("'=HYPERLINK") + 1);
    BOOST_TEST(rooming_csv(picture, hamburg, "nl").find("tweepersoons") != std::string::npos);
    BOOST_TEST(manifest_csv(picture, {hamburg, Id<Vehicle>("veh-van8")}, "en").find("Berend Oosterwijk,") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
