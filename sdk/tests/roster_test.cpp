// SPDX-License-Identifier: EUPL-1.2
#include <kogge/change.hpp>
#include <kogge/roster.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;

namespace {

Id<Visit> const visit{"v"};
Id<Track> const track_a{"v.A"}, track_b{"v.B"};

struct House {
    Roster roster;

    void put(Delegate const& delegate) { roster.delegates.put(delegate.id.str(), to_json(delegate)); }
    void put(Participation const& participation) { roster.participations.put(participation.id.str(), to_json(participation)); }
    void gone(Id<Delegate> const& id) { roster.delegates.put(id.str(), nullptr); }
    void gone(Id<Participation> const& id) { roster.participations.put(id.str(), nullptr); }

    static Delegate delegate(std::string person, std::optional<Id<Track>> track) {
        Delegate d;
        d.id = Id<Delegate>("d-" + person);
        d.visit = visit;
        d.person = Id<Person>(std::move(person));
        d.track = std::move(track);
        return d;
    }
    std::string people(ProgrammeItem const& item) const {
        std::string out;
        for (auto const& person : roster.people_of(item)) out += (out.empty() ? "" : " ") + person.str();
        return out;
    }
};

ProgrammeItem item_of(std::vector<Id<Track>> tracks) {
    ProgrammeItem item;
    item.id = Id<ProgrammeItem>("it");
    item.visit = visit;
    item.tracks = std::move(tracks);
    return item;
}

Participation part(std::string person, Presence presence) {
    return {.id = Id<Participation>("part-" + person),
            .visit = visit,
            .item = Id<ProgrammeItem>("it"),
            .person = Id<Person>(person),
            .presence = presence};
}

} // namespace

BOOST_AUTO_TEST_SUITE(roster_test)

BOOST_FIXTURE_TEST_CASE(a_delegate_does_what_the_track_does, House) {
    put(delegate("anna", track_a));
    put(delegate("bob", track_b));
    put(delegate("carla", track_a));
    put(delegate("counterpart", std::nullopt));
    BOOST_TEST(people(item_of({track_a})) == "anna carla");
    BOOST_TEST(people(item_of({track_a, track_b})) == "anna bob carla");
    BOOST_TEST(people(item_of({})) == "");
}

BOOST_FIXTURE_TEST_CASE(a_participation_brings_one_person_and_takes_another_away, House) {
    put(delegate("anna", track_a));
    put(delegate("carla", track_a));
    put(part("carla", Presence::excluded));
    put(part("guest", Presence::included));
    put(part("anna", Presence::included)); // twice over: still once
    BOOST_TEST(people(item_of({track_a})) == "anna guest");

    gone(Id<Participation>("part-carla"));
    BOOST_TEST(people(item_of({track_a})) == "anna carla guest");
}

BOOST_FIXTURE_TEST_CASE(who_declined_or_left_the_track_no_longer_takes_part, House) {
    put(delegate("anna", track_a));
    auto declined = delegate("bob", track_a);
    declined.status = DelegateStatus::declined;
    put(declined);
    BOOST_TEST(people(item_of({track_a})) == "anna");

    put(delegate("anna", track_b));
    BOOST_TEST(people(item_of({track_a})) == "");
    BOOST_TEST(people(item_of({track_b})) == "anna");

    gone(Id<Delegate>("d-anna"));
    BOOST_TEST(people(item_of({track_b})) == "");
    BOOST_TEST(!roster.delegate(visit, Id<Person>("anna")));
}

BOOST_FIXTURE_TEST_CASE(travellers_are_those_with_a_track, House) {
    put(delegate("anna", track_a));
    put(delegate("counterpart", std::nullopt));
    BOOST_TEST((roster.travellers(visit) == Roster::People{Id<Person>("anna")}));
    BOOST_TEST(roster.travellers(Id<Visit>("other")).empty());
}

BOOST_FIXTURE_TEST_CASE(who_follows_the_roster_is_told_what_changed, House) {
    std::vector<std::string> told;
    roster.on_change = [&](Id<Visit> const& v, Id<ProgrammeItem> const& item) { told.push_back(v.str() + "/" + item.str()); };
    put(delegate("anna", track_a));
    put(part("anna", Presence::excluded));
    gone(Id<Participation>("part-anna"));
    BOOST_TEST((told == std::vector<std::string>{"v/", "v/it", "v/it"}));
}

BOOST_AUTO_TEST_SUITE_END()
