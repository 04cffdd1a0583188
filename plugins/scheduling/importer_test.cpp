// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::scheduling;
using namespace kogge::scheduling::test;

BOOST_AUTO_TEST_SUITE(importer)

BOOST_AUTO_TEST_CASE(the_holidays_of_the_demo) {
    auto const document = testing::read_json(demo_path);
    auto const changes = import_days(document.as_object()).value().changes();
    BOOST_REQUIRE(changes.size() == 3u);
    BOOST_TEST(changes[1] == json::parse(
        R"({"op":"create","entity":"public_holiday","id":"holiday.2027-10-31.DE-HH.DE-HB.DE-NI","fields":{"day":"2027-10-31","regions":["DE-HH","DE-HB","DE-NI"],"name":"Reformationstag"}})"));
}

BOOST_AUTO_TEST_CASE(many_regions_still_make_an_id) {
    json::object document{{"public_holiday", {{{"date", "2027-10-03"}, {"name", "Tag der Deutschen Einheit"}, {"regions", json::array(16, json::value("DE-XX"))}}}}};
    auto const changes = import_days(document).value().changes();
    BOOST_TEST(is_id(std::string_view(changes.at(0).at("id").as_string())));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named) {
    auto const field = [](char const* text) { return import_days(json::parse(text).as_object()).error().field; };
    BOOST_TEST(field(R"({"public_holiday":[{"date":"2027-02-30","regions":["NL"],"name":"x"}]})") == "/public_holiday/0/date");
    BOOST_TEST(field(R"({"public_holiday":[{"date":"2027-02-20","regions":"NL","name":"x"}]})") == "/public_holiday/0/regions");
    BOOST_TEST(field(R"({"public_holiday":[{"date":"2027-02-20","regions":[],"name":"x"}]})") == "/public_holiday/0/regions");
    BOOST_TEST(field(R"({"blocked_weekday":[{"body":"x","weekday":"sometimes"}]})") == "/blocked_weekday/0/weekday");
}

BOOST_AUTO_TEST_SUITE_END()
