// SPDX-License-Identifier: EUPL-1.2
#include "proposal.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::logistics;
using namespace kogge::logistics::test;

namespace {

Id<Visit> const hamburg{"visit-hh-2027"};

std::string text(json::value const& value, char const* name) { return std::string(value.at(name).as_string()); }

/// The proposal's change set as a caller would post it.
ChangeSet posted(json::value const& proposal, Picture const& picture) {
    ChangeSet out;
    for (auto const& change : proposal.at("change_set").at("changes").as_array()) {
        LegId const id(text(change, "id"));
        BOOST_TEST(change.at("rev").as_int64() == picture.legs.row(id)->rev);
        out.update(id, change.at("rev").as_int64(), change.at("fields").as_object());
    }
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(fallbacks, Demo)

BOOST_AUTO_TEST_CASE(the_bus_takes_over_and_gives_back) {
    auto const proposal = fallback(picture, hamburg, {LegId("lg-01")}, "nl").value();
    BOOST_TEST(json::serialize(proposal.at("change_set").at("changes"))
               == R"([{"op":"update","entity":"transport_leg","id":"lg-01","rev":1,"fields":{"status":"cancelled"}},)"
                  R"({"op":"update","entity":"transport_leg","id":"lg-01f","rev":1,"fields":{"status":"active"}}])");
    auto const& entries = proposal.at("entries").as_array();
    BOOST_REQUIRE(entries.size() == 2u);
    BOOST_TEST(text(entries[0], "why") == "vervalt, lg-01f neemt het over");
    BOOST_TEST(text(entries[1], "why") == "neemt het over van lg-01");
    BOOST_TEST(text(entries[1], "new_ends") == "2027-04-21T08:22:00+02:00[Europe/Berlin]");
    BOOST_TEST(proposal.at("findings").as_array().empty());
    auto const seen = preview(posted(proposal, picture));
    BOOST_TEST(seen.people().size() == 25u);
    BOOST_TEST(lines(seen.introduced()) == ""); // 18 min to change now

    commit(posted(proposal, picture));
    BOOST_TEST(lines(standing(hamburg)).find("lg-01>lg-02") == std::string::npos);
    auto const back = fallback(picture, hamburg, {LegId("lg-01f")}, "en").value();
    commit(posted(back, picture));
    BOOST_TEST((picture.legs.find(LegId("lg-01"))->status == LegStatus::planned));
    BOOST_TEST((picture.legs.find(LegId("lg-01f"))->status == LegStatus::fallback));
    BOOST_TEST(lines(standing(hamburg)).find("note CONNECTION lg-01>lg-02") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nobody_is_left_behind) {
    commit(change<TransportLeg>("lg-01", {{"extra_passengers", {"p-h01"}}}));
    commit(change<TransportLeg>(
        "lg-01f", {{"without", {"p-g01", "p-g02"}}, {"tracks", {"visit-hh-2027.A", "visit-hh-2027.B", "visit-hh-2027.C"}}}));
    auto const proposal = fallback(picture, hamburg, {LegId("lg-01")}, "en").value();
    commit(posted(proposal, picture));
    auto const& bus = *picture.legs.find(LegId("lg-01f"));
    BOOST_TEST(picture.people_of(bus).size() == 26u);
    BOOST_TEST(bus.without.empty());
    BOOST_TEST(bus.extra_passengers.size() == 3u); // the two of track S and the guest
    BOOST_TEST(text(proposal.at("entries").at(1), "why").find("added") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_several_fallbacks_the_first_to_leave) {
    auto other = *picture.legs.find(LegId("lg-01f"));
    other.id = LegId("lg-01e");
    other.departs = other.departs + -Minutes(10);
    ChangeSet more;
    more.create(other);
    commit(more);
    auto const proposal = fallback(picture, hamburg, {LegId("lg-01")}, "en").value();
    BOOST_TEST(text(proposal.at("entries").at(1), "id") == "lg-01e");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_with_the_way_out) {
    auto const says = [&](Id<Visit> const& visit, char const* leg) {
        auto const error = fallback(picture, visit, {LegId(leg)}, "en").error();
        BOOST_TEST(error.field == "/leg");
        return error.message;
    };
    BOOST_TEST(says(hamburg, "") == "name the leg that fails");
    BOOST_TEST(says(hamburg, "lg-02") == "no fallback waits for 'lg-02'; plan one with fallback_of = lg-02");
    BOOST_TEST(says(hamburg, "lg-01f") == "'lg-01f' is itself a fallback that waits; name the leg that fails");
    BOOST_TEST(says(hamburg, "lj-01") == "'lj-01' is no leg of visit visit-hh-2027");
    BOOST_TEST(says(Id<Visit>("visit-hbol-2027"), "lg-01").find("no leg of visit") != std::string::npos);
    commit(change<TransportLeg>("lg-01", {{"status", "cancelled"}}));
    BOOST_TEST(says(hamburg, "lg-01").find("cancelled already") != std::string::npos);
    commit(change<TransportLeg>("lg-01", {{"status", "done"}}));
    BOOST_TEST(says(hamburg, "lg-01").find("has been travelled") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
