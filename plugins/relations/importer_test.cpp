// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::relations;
using namespace kogge::relations::test;

BOOST_AUTO_TEST_SUITE(importer)

BOOST_FIXTURE_TEST_CASE(the_demo, Demo) {
    BOOST_TEST(picture.agreements.rows().size() == 2u);
    BOOST_TEST(picture.outcomes.rows().size() == 3u);
    auto const& letter = *picture.agreements.find(Id<Agreement>("agr-hh-demo"));
    BOOST_TEST(to_text(letter.signed_on.value()) == "2022-05-12");
    BOOST_TEST(to_text(letter.expires.value()) == "2027-05-11");
    BOOST_TEST(!picture.agreements.find(Id<Agreement>("agr-ol-1989"))->expires);
    auto const& outcome = *picture.outcomes.find(Id<Outcome>("oc-3"));
    BOOST_TEST(outcome.outcome_kind == "return_visit");
    BOOST_TEST(outcome.owner.value().str() == "p-g05");
    BOOST_TEST(to_text(outcome.due.value()) == "2028-03-01");
    BOOST_TEST(outcome.title.language == "nl");
}

BOOST_AUTO_TEST_CASE(it_claims_every_field_of_its_sections) {
    auto const document = testing::read_json(demo_path).as_object();
    auto const claims = import_relations(document).value().sections;
    for (auto const* section : {"agreement", "outcome"})
        for (auto const& row : document.at(section).as_array())
            for (auto const& [field, value] : row.as_object())
                BOOST_TEST(claims.contains(std::string(section) + "." + std::string(field)), section << "." << field);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named) {
    auto const field = [](char const* text) { return import_relations(json::parse(text).as_object()).error().field; };
    BOOST_TEST(field(R"({"agreement":[{"id":"a","city":"c","expires":"some day"}]})") == "/agreement/0/expires");
    BOOST_TEST(field(R"({"agreement":[{"city":"c"}]})") == "/agreement/0/id");
    BOOST_TEST(field(R"({"outcome":[{"id":"a"},{"id":"b","status":"lost"}]})") == "/outcome/1/status");
}

BOOST_AUTO_TEST_SUITE_END()
