// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"
#include "tests/judge.hpp"
#include "tests/random_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::logistics;
using namespace kogge::logistics::test;

namespace {

/// A finding as the judge words it.
std::string what(Finding const& finding) {
    std::string out(boost::describe::enum_to_string(finding.level, "?"));
    for (auto const* arg : {"minutes", "people", "twin"})
        if (auto const found = finding.args.find(arg);
            found != finding.args.end() && finding.code != "SPEED" && finding.code != "ROOMS_SHORT")
            return out + " " + found->second;
    return out;
}

using Words = std::map<std::string, std::string>;

Words words(std::map<std::string, Finding> const& findings) {
    Words out;
    for (auto const& [key, finding] : findings) out[key] = what(finding);
    return out;
}

/// What one side has and the other lacks or says otherwise.
Words beyond(Words const& a, Words const& b) {
    Words out;
    for (auto const& [key, word] : a)
        if (auto const found = b.find(key); found == b.end() || found->second != word) out[key] = word;
    return out;
}

std::string text(Words const& words) {
    std::string out;
    for (auto const& [key, word] : words) out += key + " = " + word + "\n";
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(judge)

BOOST_FIXTURE_TEST_CASE(the_judge_agrees_on_the_demo, Demo) {
    BOOST_TEST(text(words(standing())) == text(judge_everything(picture)));
}

/// After every one of some thousand edits: the standing findings are the judge's, and what the preview brought and cured
/// is exactly what changed between the judge's two answers.
BOOST_AUTO_TEST_CASE(incremental_rules_see_what_a_full_sweep_sees) {
    constexpr int worlds = 24, edits = 150;
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
        House house;
        RandomWorld random(seed);
        house.commit(random.everything());
        auto before = judge_everything(house.picture);
        for (int n = 0; n < edits; ++n) {
            auto const batch = house.batch(random.edit(house.picture));
            auto const preview = house.preview(batch);
            BOOST_REQUIRE_EQUAL(text(words(house.standing())), text(before)); // moved forth and back: as it was
            house.commit(batch);
            auto const after = judge_everything(house.picture);
            auto const context = "seed " + std::to_string(seed) + ", edit " + std::to_string(n) + ": " + json::serialize(batch);
            auto const brought = beyond(words(preview.after), words(preview.before)),
                       cured = beyond(words(preview.before), words(preview.after));
            BOOST_REQUIRE_MESSAGE(brought == beyond(after, before), context << "\nbrought:\n"
                                                                            << text(brought) << "judge:\n"
                                                                            << text(beyond(after, before)));
            BOOST_REQUIRE_MESSAGE(cured == beyond(before, after), context << "\ncured:\n"
                                                                          << text(cured) << "judge:\n"
                                                                          << text(beyond(before, after)));
            for (auto const& [key, word] : beyond(after, before)) ++seen[key.substr(0, key.find('|'))];
            before = after;
        }
    }
    for (auto const* code : {"SPEED", "CAPACITY", "WHEELCHAIR", "VEHICLE_DOUBLE", "CONNECTION", "NOT_STEP_FREE", "ROOMING_ODD",
                             "ROOMS_SHORT", "CHECK_OUT_BEFORE_IN", "ENDS_BEFORE_START", "OWN_FALLBACK", "OUT_OF_RANGE"})
        BOOST_TEST(seen[code] >= 5, code << " was brought " << seen[code] << " times: the edits do not reach it");
}

BOOST_AUTO_TEST_CASE(findings_of_a_visit_are_those_it_has_a_part_in) {
    House house;
    RandomWorld random(7);
    house.commit(random.everything());
    auto const all = words(house.standing());
    Words together;
    for (auto const* visit : {"v0", "v1", "v2"}) together.merge(words(house.standing(Id<Visit>(visit))));
    for (auto const& [key, word] : all) BOOST_TEST((together.contains(key) || key.find("|vehicle/") != key.npos), key);
    for (auto const& [key, word] : together) BOOST_TEST(all.contains(key), key);
}

BOOST_AUTO_TEST_SUITE_END()
