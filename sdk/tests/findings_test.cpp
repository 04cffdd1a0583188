// SPDX-License-Identifier: EUPL-1.2
#include <kogge/findings.hpp>
#include <kogge/json.hpp>
#include <kogge/model/programme.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;

namespace {

Finding overlap() {
    return {.code = "OVERLAP",
            .level = FindingLevel::block_release,
            .subject = "it-15>lg-15",
            .refs = {{"programme_item", "it-15"}, {"transport_leg", "lg-15"}}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(findings_test)

BOOST_AUTO_TEST_CASE(the_key_names_the_problem_and_not_how_it_reads) {
    auto const first = overlap();
    auto second = overlap();
    std::swap(second.refs[0], second.refs[1]);
    second.subject = "lg-15>it-15";
    second.args["from"] = "10:30";
    second.level = FindingLevel::warn;
    BOOST_TEST(first.key() == second.key());
    BOOST_TEST(first.key() == "OVERLAP|programme_item/it-15|transport_leg/lg-15");
}

BOOST_AUTO_TEST_CASE(another_code_cause_or_scope_is_another_problem) {
    std::set<std::string> keys{overlap().key()};
    auto changed = overlap();
    changed.code = "NO_TRANSPORT";
    keys.insert(changed.key());
    changed = overlap();
    changed.refs.pop_back();
    keys.insert(changed.key());
    changed = overlap();
    changed.scope = "track A";
    keys.insert(changed.key());
    changed.scope = "track B";
    keys.insert(changed.key());
    BOOST_TEST(keys.size() == 5U);
}

BOOST_AUTO_TEST_CASE(a_rule_about_one_entity_leaves_naming_it_to_the_caller) {
    Findings out;
    out.block("GIFT_DESTINATION", "destination");
    out.add(FindingLevel::warn, "GIFT_VALUE", "value", {{"limit", "50"}});
    BOOST_REQUIRE(out.list().size() == 2U);
    BOOST_TEST((out.list()[0].level == FindingLevel::block));
    BOOST_TEST(out.list()[0].refs.at(0).field == "destination");
    BOOST_TEST(out.list()[0].refs.at(0).entity.empty());
    BOOST_TEST(out.list()[1].args.at("limit") == "50");
}

BOOST_AUTO_TEST_CASE(a_finding_survives_being_written_and_read) {
    auto finding = overlap();
    finding.visit = Id<Visit>("visit-hh-2027");
    finding.args = {{"who", "track A"}};
    finding.scope = "track A";
    auto const read = from_json<Finding>(to_json(finding)).value();
    BOOST_TEST(read.key() == finding.key());
    BOOST_TEST(read.visit == finding.visit);
    BOOST_TEST((read.args == finding.args));
    BOOST_TEST((read.level == finding.level));
}

BOOST_AUTO_TEST_SUITE_END()
