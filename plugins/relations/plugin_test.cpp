// SPDX-License-Identifier: EUPL-1.2
// The plugin in a house: the real store, the real import, the API.
#include "entities.hpp"
#include "tests/demo_world.hpp"

#include <kogge/testing.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::relations;
using namespace kogge::relations::test;

extern "C" kg_entry const kogge_plugin_entry;

namespace {

struct InHouse : testing::TestHost {
    InHouse() : TestHost(testing::read_text(KOGGE_SOURCE_DIR "/kogge-plugin.json"), kogge_plugin_entry) {
        auto const imported = import(testing::read_text(demo_path));
        BOOST_REQUIRE_EQUAL(std::string(imported.at("outcome").at("verdict").as_string()), "committed");
    }
    std::string texts(std::string_view visit, std::string_view language) {
        std::string out;
        auto const found = findings(visit, language);
        for (auto const& finding : found)
            out += std::string(finding.at("code").as_string()) + ": " + std::string(finding.at("text").as_string()) + "\n";
        return out;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(in_a_house, InHouse)

BOOST_AUTO_TEST_CASE(the_golden_findings_in_words) {
    BOOST_TEST(texts("visit-hh-2027", "en")
               == "AGREEMENT_EXPIRES: Intentieverklaring energie en creatief (fictional) (Hamburg) expires on 2027-05-11; "
                  "the visit starts on 2027-04-21\n");
    BOOST_TEST(texts("visit-ol-dst", "de") == "RECIPROCITY: Oldenburg: 2 eingehende, 0 ausgehende Besuche\n");
    BOOST_TEST(findings().size() == 2u);
}

BOOST_AUTO_TEST_CASE(an_agreement_that_ends_before_it_begins_is_refused) {
    ChangeSet wrong("wrong");
    wrong.update(Id<Agreement>("agr-hh-demo"), 1, {{"expires", "2020-01-01"}});
    BOOST_TEST(apply(wrong, false, true).at("verdict").as_string() == "refused");
}

BOOST_AUTO_TEST_CASE(an_outcome_of_nobody_is_refused) {
    Outcome outcome;
    outcome.id = Id<Outcome>("oc-9");
    outcome.visit = Id<Visit>("visit-hh-2027");
    outcome.owner = Id<Person>("p-nobody");
    ChangeSet wrong("wrong");
    wrong.create(outcome);
    auto const answer = request("POST", "/api/v1/changes", json::serialize(wrong.document()));
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(answer.json().at("field").as_string() == "/changes/0/fields/owner");
}

BOOST_AUTO_TEST_SUITE_END()
