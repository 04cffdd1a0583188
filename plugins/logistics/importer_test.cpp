// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::logistics;
using namespace kogge::logistics::test;

namespace {

json::array imported(char const* text) { return import_logistics(json::parse(text).as_object()).value().changes.changes(); }
std::string field_at_fault(char const* text) { return import_logistics(json::parse(text).as_object()).error().field; }

} // namespace

BOOST_AUTO_TEST_SUITE(importer)

BOOST_FIXTURE_TEST_CASE(the_demo, Demo) {
    BOOST_TEST(picture.vehicles.rows().size() == 3u);
    BOOST_TEST(picture.legs.rows().size() == 51u);
    BOOST_TEST(picture.accommodations.rows().size() == 1u);
    BOOST_TEST(picture.room_requests.rows().size() == 37u);
    BOOST_TEST(picture.cares.rows().size() == 19u); // 17 with a diet; one in a wheelchair, one with a hearing loop
    auto const& leg = *picture.legs.find(LegId("lg-01"));
    BOOST_TEST(to_text(leg.departs) == "2027-04-21T07:24:00+02:00[Europe/Amsterdam]");
    BOOST_TEST(to_text(leg.arrives) == "2027-04-21T08:26:00+02:00[Europe/Berlin]");
    BOOST_TEST(leg.service.value() == "RB (demo) richting Leer");
    BOOST_TEST(picture.legs.find(LegId("lg-01f"))->fallback_of.value().str() == "lg-01");
    BOOST_TEST(picture.accommodations.find(Id<Accommodation>("ac-hh"))->rooms.twin == 3);
}

BOOST_AUTO_TEST_CASE(it_claims_the_fields_it_reads_and_no_others) {
    auto const claims = import_logistics(testing::read_json(demo_path).as_object()).value().sections;
    for (auto const* claim : {"transport_leg.audience", "vehicle.operator", "accommodation.nights", "person.dietary",
                              "person.accessibility", "delegate.room_type"})
        BOOST_TEST(claims.contains(claim), claim);
    for (auto const* other : {"transport_leg", "person", "person.email", "delegate", "delegate.track"})
        BOOST_TEST(!claims.contains(other), other);
}

BOOST_AUTO_TEST_CASE(needs_are_read_as_people_write_them) {
    auto const care = imported(R"({"person":[{"id":"p1","dietary":"nut_allergy, halal","accessibility":["wheelchair","none"]},
                                             {"id":"p2","dietary":"none","accessibility":"none"},{"id":"p3","dietary":"pescatarian"}]})");
    BOOST_REQUIRE(care.size() == 2u);
    BOOST_TEST((
        care[0].at("fields")
        == json::parse(
            R"({"person":"p1","dietary":["halal","nut_allergy"],"accessibility":["wheelchair"],"note":null,"consent":null})")));
    BOOST_TEST(
        (care[1].at("fields")
         == json::parse(R"({"person":"p3","dietary":["other"],"accessibility":[],"note":"pescatarian","consent":null})")));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named) {
    BOOST_TEST(field_at_fault(R"({"vehicle":[{"id":"a","seats":"many"}]})") == "/vehicle/0/seats");
    BOOST_TEST(field_at_fault(R"({"vehicle":[{"seats":3}]})") == "/vehicle/0/id");
    BOOST_TEST(field_at_fault(R"({"transport_leg":[{"id":"a","mode":"teleport"}]})") == "/transport_leg/0/mode");
    BOOST_TEST(field_at_fault(R"({"transport_leg":[{"id":"a","mode":"rail","depart":"soon"}]})") == "/transport_leg/0/depart");
    BOOST_TEST(field_at_fault(R"({"accommodation":[{"id":"a","check_in":"2027-01-01","check_out":"2027-01-03","nights":3}]})")
               == "/accommodation/0/nights");
    BOOST_TEST(field_at_fault(R"({"delegate":[{"visit":"v","person":"p","room_type":"suite"}]})") == "/delegate/0/room_type");
}

BOOST_AUTO_TEST_SUITE_END()
