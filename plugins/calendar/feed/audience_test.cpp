// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"

#include <kogge/scenario.hpp>

#include <boost/test/unit_test.hpp>

#include <set>

using namespace kogge;
using namespace kogge::calendar;
using namespace kogge::calendar::test;

namespace {

/// What the scenario itself says, without roster or mirror: audience letters, the delegate's letter, guests by name.
class Oracle {
  public:
    explicit Oracle(json::object const& document) : scenario_(document) {
        for (auto const* section : {"delegate", "counterpart"})
            for (auto const* row : scenario_.rows(section))
                letters_[{Scenario::text(*row, "visit"), Scenario::text(*row, "person")}] = Scenario::text(*row, "track");
    }
    template <class Take>
    std::set<std::string> uids(Take take) const {
        std::set<std::string> out;
        for (auto const* row : scenario_.rows("programme_item"))
            if (take(*row))
                out.insert(Scenario::text(*row, "id") + "@item.kogge");
        for (auto const* row : scenario_.rows("transport_leg"))
            if (Scenario::text(*row, "status") != "fallback" && take(*row))
                out.insert(Scenario::text(*row, "id") + "@leg.kogge");
        return out;
    }
    std::set<std::string> of_person(std::string const& person) const {
        return uids([&](json::object const& row) {
            auto const letter = letters_.find({Scenario::text(row, "visit"), person});
            if (letter != letters_.end() && !letter->second.empty() && Scenario::text(row, "audience").find(letter->second) != std::string::npos)
                return true;
            auto const* guests = row.if_contains("outside_guests");
            return guests && std::any_of(guests->as_array().begin(), guests->as_array().end(), [&](auto const& guest) { return guest == json::value(person); });
        });
    }

  private:
    Scenario scenario_;
    std::map<std::pair<std::string, std::string>, std::string> letters_;
};

/// Of what is on.
std::set<std::string> uids(ReadCalendar const& calendar) {
    std::set<std::string> out;
    for (auto const& event : calendar.events)
        if (event.status != "CANCELLED")
            out.insert(event.uid);
    return out;
}

void same(std::set<std::string> const& got, std::set<std::string> const& wanted) {
    BOOST_TEST(got == wanted, boost::test_tools::per_element());
}

bool has(std::vector<std::string> const& list, std::string const& one) { return std::find(list.begin(), list.end(), one) != list.end(); }

struct Subscribers {
    Demo demo;
    Oracle oracle{demo.scenario};
    ErrorCode refusal(FeedSpec const& spec) {
        auto const feed = demo.feeds->render(spec, demo.now());
        BOOST_REQUIRE(!feed);
        return feed.error().code;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(audience, Subscribers)

BOOST_AUTO_TEST_CASE(each_person_sees_what_the_scenario_says) {
    std::size_t shown = 0;
    for (auto const& person : demo.people()) {
        auto const wanted = oracle.of_person(person);
        same(uids(demo.read(person_feed(person))), wanted);
        shown += wanted.size();
    }
    BOOST_TEST(shown > 500u);
}

BOOST_AUTO_TEST_CASE(a_visit_and_a_track_and_a_vehicle) {
    same(uids(demo.read(visit_feed(hamburg))), oracle.uids([](auto const& row) { return Scenario::text(row, "visit") == hamburg; }));
    same(uids(demo.read({FeedScope::track, {}, std::string(hamburg) + ".B", "de"})),
         oracle.uids([](auto const& row) { return Scenario::text(row, "visit") == hamburg && Scenario::text(row, "audience").find('B') != std::string::npos; }));
    same(uids(demo.read({FeedScope::vehicle, {}, "veh-van16", "en"})), oracle.uids([](auto const& row) { return Scenario::text(row, "vehicle") == "veh-van16"; }));
    same(uids(demo.read({FeedScope::vehicle, Id<Visit>(hamburg), "veh-van16", "en"})),
         oracle.uids([](auto const& row) { return Scenario::text(row, "vehicle") == "veh-van16" && Scenario::text(row, "visit") == hamburg; }));
}

BOOST_AUTO_TEST_CASE(an_interpreter_sees_what_they_are_assigned_to) {
    Assignment const first{Id<Assignment>("a1"), Id<Visit>(hamburg), Id<ProgrammeItem>("it-20"), Id<Person>("p-i01")};
    demo.commit(ChangeSet("assign").create(first).create(Assignment{Id<Assignment>("a2"), Id<Visit>("visit-ol-dst"), Id<ProgrammeItem>("dst-01"), Id<Person>("p-i01")}));
    same(uids(demo.read({FeedScope::interpreter, {}, "p-i01", "nl"})), {"it-20@item.kogge", "dst-01@item.kogge"});
    same(uids(demo.read({FeedScope::interpreter, Id<Visit>(hamburg), "p-i01", "nl"})), {"it-20@item.kogge"});
    demo.commit(ChangeSet("unassign").erase(first.id, 1));
    same(uids(demo.read({FeedScope::interpreter, Id<Visit>(hamburg), "p-i01", "nl"})), {});
}

BOOST_AUTO_TEST_CASE(passengers_of_a_leg_come_and_go_one_by_one) {
    BOOST_TEST(uids(demo.read(person_feed("p-h01"))).contains("lg-04@leg.kogge") == false);
    demo.set<Leg>("lg-04", "extra_passengers", json::array{"p-h01"});
    BOOST_TEST(uids(demo.read(person_feed("p-h01"))).contains("lg-04@leg.kogge"));
    BOOST_TEST(uids(demo.read(person_feed("p-g01"))).contains("lg-04@leg.kogge"));
    demo.set<Leg>("lg-04", "without", json::array{"p-g01"});
    BOOST_TEST(!uids(demo.read(person_feed("p-g01"))).contains("lg-04@leg.kogge"));
}

BOOST_AUTO_TEST_CASE(who_stays_away_does_not_see_the_item) {
    demo.commit(ChangeSet("excused").create(Participation{Id<Participation>("x"), Id<Visit>(hamburg), Id<ProgrammeItem>("it-20"), Id<Person>("p-g01"), Presence::excluded, "", {}}));
    auto wanted = oracle.of_person("p-g01");
    wanted.erase("it-20@item.kogge");
    same(uids(demo.read(person_feed("p-g01"))), wanted);
}

BOOST_AUTO_TEST_CASE(a_fallback_is_seen_once_it_is_needed) {
    auto const before = demo.read(person_feed("p-g01"));
    ChangeSet change("lg-01 fails");
    change.update(Id<Leg>("lg-01"), 1, {{"status", "cancelled"}}).update(Id<Leg>("lg-01f"), 1, {{"status", "active"}});
    auto const done = demo.commit(change);
    auto const calendar = demo.read(person_feed("p-g01"));
    BOOST_TEST(event(calendar, "lg-01@leg.kogge").status == "CANCELLED");
    BOOST_TEST(event(calendar, "lg-01f@leg.kogge").status == "CONFIRMED");
    demo.undo(done);
    auto const back = demo.read(person_feed("p-g01"));
    BOOST_TEST(event(back, "lg-01@leg.kogge").status == "CONFIRMED");
    BOOST_TEST(event(back, "lg-01f@leg.kogge").status == "CANCELLED"); // whoever has seen it hears that it will not run
    same(uids(back), uids(before));
}

BOOST_AUTO_TEST_CASE(a_calendar_for_nobody_is_not_found) {
    BOOST_CHECK(refusal(person_feed("p-nobody")) == ErrorCode::not_found);
    BOOST_CHECK(refusal(visit_feed("visit-nowhere")) == ErrorCode::not_found);
    BOOST_CHECK(refusal({FeedScope::visit, {}, {}, "nl"}) == ErrorCode::not_found);
    BOOST_CHECK(refusal({FeedScope::track, Id<Visit>("visit-ol-dst"), std::string(hamburg) + ".A", "nl"}) == ErrorCode::not_found);
    BOOST_CHECK(refusal({FeedScope::vehicle, {}, "veh-none", "nl"}) == ErrorCode::not_found);
}

BOOST_AUTO_TEST_CASE(one_visits_feed_depends_on_that_visit_and_its_places) {
    for (auto const& spec : {visit_feed(hamburg), FeedSpec{FeedScope::person, Id<Visit>(hamburg), "p-g01", "de"}, FeedSpec{FeedScope::track, {}, std::string(hamburg) + ".C", "en"}}) {
        auto const tags = demo.render(spec).tags;
        BOOST_TEST(has(tags, std::string("visit:") + hamburg));
        BOOST_TEST(has(tags, "venue:v-hh-hk"));
        for (auto const& tag : tags) {
            BOOST_TEST(!tag.starts_with("kind:"), tag);
            BOOST_TEST((!tag.starts_with("visit:") || tag == std::string("visit:") + hamburg), tag);
        }
        BOOST_TEST(!has(tags, "venue:v-gro-forum"));
    }
    BOOST_TEST(has(demo.render({FeedScope::person, Id<Visit>(hamburg), "p-g01", "de"}).tags, "person:p-g01"));
    BOOST_TEST(has(demo.render({FeedScope::vehicle, Id<Visit>(hamburg), "veh-coach", "de"}).tags, "vehicle:veh-coach"));
}

BOOST_AUTO_TEST_CASE(a_feed_over_all_visits_hears_of_a_new_one_but_not_of_foreign_items) {
    auto const tags = demo.render(person_feed("p-g01")).tags;
    for (auto const* tag : {"kind:delegate", "kind:participation", "kind:transport_leg", "person:p-g01"})
        BOOST_TEST(has(tags, tag));
    BOOST_TEST(!has(tags, "kind:programme_item"));
    BOOST_TEST(!has(tags, "kind:visit"));
    BOOST_TEST(has(demo.render({FeedScope::vehicle, {}, "veh-coach", "nl"}).tags, "kind:transport_leg"));
    BOOST_TEST(has(demo.render({FeedScope::interpreter, {}, "p-i01", "nl"}).tags, "kind:interpreter_assignment"));
}

BOOST_AUTO_TEST_CASE(what_changes_a_feed_is_among_its_tags) {
    // Soundness, tried: every kind of edit that changes the bytes is announced by a tag the feed named before.
    struct Edit {
        std::string tag;
        std::function<void()> make;
    };
    std::string const visit = std::string("visit:") + hamburg;
    std::vector<Edit> const edits{
        {visit, [&] { demo.move("it-25", Minutes(30)); }},
        {visit, [&] { demo.set<Visit>(hamburg, "title", {{"text", "Reis"}, {"language", "nl"}}); }},
        {visit, [&] { demo.set<Leg>("lg-05", "service", "Bus 6"); }},
        {visit, [&] { demo.set<Delegate>(std::string(hamburg) + ".p-g01", "track", to_json(std::string(hamburg) + ".B")); }},
        {visit, [&] { demo.erase(ref(Id<ProgrammeItem>("it-11"))); }},
        {"venue:v-hh-hk", [&] { demo.set<Venue>("v-hh-hk", "name", "Kammer"); }},
        {"person:p-g01", [&] { demo.set<PersonName>("p-g01", "family_name", "Anders"); }},
        {"vehicle:veh-coach", [&] { demo.set<Vehicle>("veh-coach", "name", "Bus 1"); }},
    };
    FeedSpec const spec{FeedScope::person, Id<Visit>(hamburg), "p-g01", "nl"};
    for (auto const& edit : edits) {
        auto const before = demo.render(spec);
        edit.make();
        BOOST_TEST(before.bytes != demo.bytes(spec), edit.tag);
        BOOST_TEST(has(before.tags, edit.tag), edit.tag);
    }
}

BOOST_AUTO_TEST_SUITE_END()
