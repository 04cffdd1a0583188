// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::logistics;
using namespace kogge::logistics::test;

BOOST_FIXTURE_TEST_SUITE(travel, Demo)

BOOST_AUTO_TEST_CASE(how_long_a_way_takes) {
    auto const ask = [&](char const* from, char const* to, Mode mode) {
        TravelRequest const request{Id<Venue>(from), Id<Venue>(to), mode};
        return travel_answer(request, picture.venues.find(request.from), picture.venues.find(request.to),
                             picture.limits.speeds);
    };
    BOOST_TEST(ask("v-hh-hotel", "v-hh-tuhh", Mode::minibus).value().at("minutes").as_int64()
               == 15); // 9.3 km as the crow flies
    BOOST_TEST(ask("v-hh-hotel", "v-hh-hotel", Mode::walk).value().at("minutes").as_int64() == 0);
    BOOST_TEST(ask("v-hh-hotel", "v-hh-hafencity", Mode::walk).value().at("minutes").as_int64() == 5);
    BOOST_TEST(ask("v-hh-hotel", "nowhere", Mode::walk).error().field == "/to");
    commit(change<Venue>("v-hh-tuhh", {{"location", nullptr}}));
    BOOST_TEST(ask("v-hh-tuhh", "v-hh-hotel", Mode::walk).error().field == "/from");
    BOOST_TEST((ask("v-hh-hotel", "nowhere", Mode::walk).error().code == ErrorCode::not_found));
}

BOOST_AUTO_TEST_CASE(a_leg_of_that_length_is_never_too_fast) {
    std::vector<TransportLeg> legs; // a preview moves the rows
    for (auto const& [id, row] : picture.legs.rows()) legs.push_back(row.value);
    for (auto const& leg : legs) {
        auto const crow = crow_kilometres(picture.venues.find(leg.from), picture.venues.find(leg.to)).value();
        auto const arrives = leg.departs + travel_time(crow, picture.limits.speeds[leg.mode]);
        for (auto const& finding :
             preview(change<TransportLeg>(leg.id.str().c_str(), {{"arrives", to_text(arrives)}})).introduced())
            BOOST_TEST(finding.code != "SPEED", leg.id);
    }
}

BOOST_AUTO_TEST_SUITE_END()
