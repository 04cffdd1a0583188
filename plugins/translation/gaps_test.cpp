// SPDX-License-Identifier: EUPL-1.2
#include "gaps.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::translation;
using namespace kogge::translation::test;

namespace {

struct Gaps : Demo {
    std::string of(char const* item) const {
        auto const view = gaps_view(picture, hamburg);
        auto const* gap = view.at("gaps").as_object().if_contains(item);
        return gap ? json::serialize(*gap) : "";
    }
    void set(char const* item, json::object fields) {
        ChangeSet change;
        change.update(Id<ProgrammeItem>(item), 1, std::move(fields));
        commit(change);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(gaps, Gaps)

BOOST_AUTO_TEST_CASE(the_golden_gaps) { BOOST_TEST(gaps_view(picture, hamburg).at("gaps") == expected().at("language_gap")); }

BOOST_AUTO_TEST_CASE(an_english_day_for_guests_without_english) {
    // Of the Bremen and Oldenburg guests one has English below B1, and nobody interprets the two English items.
    BOOST_TEST(
        json::serialize(gaps_view(picture, Id<Visit>("visit-hbol-2027")))
        == R"({"gaps":{"in-04":{"persons":["p-b08"],"covered_by":null},"in-09":{"persons":["p-b08"],"covered_by":null}}})");
}

BOOST_AUTO_TEST_CASE(only_what_helps_everybody_covers) {
    set("it-14", {{"interpretation", {{"mode", "whispered"}, {"from", "de"}, {"to", "fr"}}}});
    BOOST_TEST(of("it-14") == R"({"persons":["p-g03"],"covered_by":null})");
    set("it-14", {{"interpretation", {{"mode", "whispered"}, {"from", "nl"}, {"to", "en"}}}}); // nobody speaks either
    BOOST_TEST(of("it-14") == R"({"persons":["p-g03"],"covered_by":null})");
    set("it-14", {{"interpretation", nullptr}});
    BOOST_TEST(of("it-14") == R"({"persons":["p-g03"],"covered_by":null})");
}

BOOST_AUTO_TEST_CASE(who_comes_and_goes_counts) {
    ChangeSet change;
    change.create(Participation{
        Id<Participation>("x"), hamburg, Id<ProgrammeItem>("it-15"), Id<Person>("p-g03"), Presence::excluded, "guest", {}});
    change.create(Participation{
        Id<Participation>("y"), hamburg, Id<ProgrammeItem>("it-14"), Id<Person>("p-g24"), Presence::included, "guest", {}});
    commit(change);
    BOOST_TEST(of("it-15") == "");
    BOOST_TEST(of("it-14") == R"({"persons":["p-g03","p-g24"],"covered_by":"whispered"})");
}

BOOST_AUTO_TEST_CASE(nothing_is_claimed_of_what_nobody_wrote_down) {
    ChangeSet change;
    change.update(Id<Person>("p-g03"), 1, {{"languages", json::array()}});
    commit(change);
    BOOST_TEST(of("it-15") == "");
    set("it-04", {{"working_languages", json::array()}});
    BOOST_TEST(of("it-04") == "");
}

BOOST_AUTO_TEST_CASE(a_cancelled_item_leaves_nobody_out) {
    set("it-15", {{"status", "cancelled"}});
    BOOST_TEST(of("it-15") == "");
}

BOOST_AUTO_TEST_SUITE_END()
