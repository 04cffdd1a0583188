// SPDX-License-Identifier: EUPL-1.2
#include <kogge/model/people.hpp>
#include <kogge/model/visit.hpp>
#include <kogge/world.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;

namespace {

json::value change(std::string kind, std::string id, json::value before, json::value after) {
    return {{"entity", kind}, {"id", id}, {"before", std::move(before)}, {"after", std::move(after)}};
}
json::value track(std::string code, int rev) {
    return {{"visit", "v"},
            {"code", code},
            {"name", {{"text", code}, {"language", "nl"}}},
            {"rev", rev},
            {"updated_us", rev * 1000}};
}

struct Picture {
    Mirror<Track> tracks;
    Mirror<Person> people;
    World world{&tracks, &people};

    std::string text() const {
        std::map<std::string, std::string> sorted;
        for (auto const& [id, row] : tracks.rows()) sorted[id.str()] = row.value.code + "@" + std::to_string(row.rev);
        std::string out;
        for (auto const& [id, what] : sorted) out += id + "=" + what + " ";
        return out;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(world_test)

BOOST_FIXTURE_TEST_CASE(a_world_moves_to_the_proposed_state_and_back, Picture) {
    world.apply({change("track", "t1", nullptr, track("A", 1)), change("track", "t2", nullptr, track("B", 1))});
    auto const stored = text();
    BOOST_TEST(stored == "t1=A@1 t2=B@1 ");

    json::array const proposed{change("track", "t1", track("A", 1), track("X", 2)),
                               change("track", "t2", track("B", 1), nullptr), change("track", "t3", nullptr, track("C", 1)),
                               change("track", "t1", track("X", 2), track("Y", 3))};
    world.apply(proposed);
    BOOST_TEST(text() == "t1=Y@3 t3=C@1 ");
    world.revert(proposed);
    BOOST_TEST(text() == stored);
}

BOOST_FIXTURE_TEST_CASE(kinds_nobody_mirrors_are_passed_over, Picture) {
    world.apply({change("gift", "g", nullptr, {{"anything", 1}})});
    BOOST_TEST(text() == "");
}

BOOST_FIXTURE_TEST_CASE(who_follows_sees_before_and_after, Picture) {
    std::vector<std::string> told;
    tracks.on_change = [&](Row<Track> const* before, Row<Track> const* after) {
        told.push_back((before ? before->value.code : "-") + ">" + (after ? after->value.code : "-"));
    };
    tracks.put("t", track("A", 1));
    tracks.put("t", track("B", 2));
    tracks.put("t", nullptr);
    tracks.put("t", nullptr); // was not there: nothing happened
    BOOST_TEST((told == std::vector<std::string>{"->A", "A>B", "B>-"}));
}

BOOST_FIXTURE_TEST_CASE(a_row_knows_its_id_revision_and_moment, Picture) {
    tracks.put("t", track("A", 7));
    auto const* row = tracks.row(Id<Track>("t"));
    BOOST_REQUIRE(row);
    BOOST_TEST(row->value.id.str() == "t");
    BOOST_TEST(row->rev == 7);
    BOOST_TEST(row->updated_us == 7000);
    BOOST_TEST(!tracks.find(Id<Track>("other")));
}

BOOST_FIXTURE_TEST_CASE(a_document_that_does_not_fit_is_named_and_changes_nothing, Picture) {
    tracks.put("t", track("A", 1));
    BOOST_CHECK_EXCEPTION(tracks.put("t", {{"code", 5}}), std::runtime_error, [](std::runtime_error const& e) {
        return std::string(e.what()) == "/track/t/code: expected a string, got 5";
    });
    BOOST_TEST(text() == "t=A@1 ");
}

BOOST_AUTO_TEST_SUITE_END()
