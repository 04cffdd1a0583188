// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

using namespace kogge;
using namespace kogge::scheduling;
using namespace kogge::scheduling::test;

namespace {

/// "block_release OVERLAP it-15 x lg-15 [track A]"
std::string line(Finding const& finding) {
    auto const who = finding.args.find("who");
    return std::string(boost::describe::enum_to_string(finding.level, "?")) + " " + finding.code + " " + finding.subject +
           (who == finding.args.end() ? "" : " [" + who->second + "]");
}

std::string lines(std::vector<Finding> const& findings) {
    std::string out;
    for (auto const& finding : findings)
        out += line(finding) + "\n";
    return out;
}

std::string lines(std::map<std::string, Finding> const& findings) {
    std::vector<Finding> list;
    for (auto const& [key, finding] : findings)
        list.push_back(finding);
    return lines(list);
}

template <class T>
ChangeSet change(Id<T> const& id, json::object fields) {
    ChangeSet out;
    out.update(id, 1, std::move(fields));
    return out;
}

Id<ProgrammeItem> item(char const* id) { return Id<ProgrammeItem>(id); }
Id<Leg> leg(char const* id) { return Id<Leg>(id); }

} // namespace

BOOST_FIXTURE_TEST_SUITE(rules, Demo)

BOOST_AUTO_TEST_CASE(the_demo_has_the_golden_findings_and_no_others) {
    // Of expected.json the codes below are scheduling's; the others belong to other plugins.
    std::set<std::string> const ours{"OVERLAP", "NO_TRANSPORT", "WALK_TOO_SHORT", "VENUE_CAPACITY", "HOLIDAY", "DST", "ITEM_OUTSIDE_VISIT", "ENDS_BEFORE_START"};
    std::map<std::string, std::string> const levels{{"error", "block_release"}, {"warning", "warn"}, {"info", "note"}};
    std::string wanted;
    auto const golden = expected();
    for (auto const& row : golden.at("findings").as_array())
        if (std::string const code(row.at("code").as_string()); ours.contains(code))
            wanted += levels.at(std::string(row.at("level").as_string())) + " " + code + " " + std::string(row.at("subject").as_string()) + "\n";
    BOOST_TEST(lines(standing()) == wanted);
    auto const holiday = standing().begin()->second;
    BOOST_TEST(holiday.args.at("name") + " on " + holiday.args.at("day") == "Reformationstag on 2027-10-31");
}

BOOST_AUTO_TEST_CASE(moving_it_15_clashes_with_the_walk_after_it_for_track_A) {
    auto const preview = this->preview(move("it-15", Minutes(30)));
    BOOST_TEST(lines(preview.introduced()) == "block_release OVERLAP it-15 x lg-15 [track A]\n");
    auto const finding = preview.introduced().at(0);
    BOOST_TEST(finding.refs.at(0).id == "it-15");
    BOOST_TEST(finding.refs.at(1).id == "lg-15");
    BOOST_TEST(finding.args.at("who_nl") + ", " + finding.args.at("who_de") == "deelgroep A, Teilgruppe A");
    BOOST_TEST(finding.args.at("from") + "-" + finding.args.at("to") == "12:08-12:20");
    BOOST_TEST(preview.people().size() == 6u); // the people of track A
}

BOOST_AUTO_TEST_CASE(moving_it_20_clashes_with_nothing) {
    auto const preview = this->preview(move("it-20", Minutes(30)));
    BOOST_TEST(preview.introduced().empty());
    BOOST_TEST(preview.people().size() == 6u);
}

BOOST_AUTO_TEST_CASE(moving_to_touching_times_is_no_overlap) {
    BOOST_TEST(preview(move("it-15", Minutes(3))).introduced().empty()); // ends 12:08, when lg-15 leaves
    BOOST_TEST(preview(move("it-15", Minutes(4))).introduced().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_leg_taken_away_leaves_people_without_transport) {
    ChangeSet gone;
    gone.erase(leg("lg-15"), 1);
    BOOST_TEST(lines(preview(gone).introduced()) == "block_release NO_TRANSPORT it-15>it-17 [track A]\n");
    BOOST_TEST(lines(preview(change(leg("lg-15"), {{"status", "cancelled"}})).introduced()) == "block_release NO_TRANSPORT it-15>it-17 [track A]\n");
    commit(gone);
    BOOST_TEST(lines(standing(Id<Visit>("visit-hh-2027"))) == "block_release NO_TRANSPORT it-15>it-17 [track A]\n");
}

BOOST_AUTO_TEST_CASE(a_fallback_takes_part_once_it_runs) {
    auto const both = preview(change(leg("lg-01f"), {{"status", "active"}}));
    BOOST_TEST(lines(both.introduced()) == "block_release OVERLAP lg-01f x lg-01 [tracks A, B, C, S]\n");
    auto swap = change(leg("lg-01f"), {{"status", "active"}});
    swap.update(leg("lg-01"), 1, {{"status", "cancelled"}});
    BOOST_TEST(preview(swap).introduced().empty());
    BOOST_TEST(preview(swap).people().size() == 25u);
    BOOST_TEST(preview(change(leg("lg-01f"), {{"note", "seen"}})).people().empty()); // nobody is on it
}

BOOST_AUTO_TEST_CASE(one_person_away_is_named) {
    ChangeSet extra;
    extra.create(Participation{Id<Participation>("x"), Id<Visit>("visit-hh-2027"), item("it-14"), Id<Person>("p-g05"), Presence::included, "guest", {}});
    auto const introduced = preview(extra).introduced();
    // p-g05 of track S is brought to the harbour at 09:15 by no leg, and from there to nowhere.
    BOOST_TEST(introduced.size() == 2u);
    for (auto const& finding : introduced) {
        BOOST_TEST(finding.code == "NO_TRANSPORT");
        BOOST_TEST(finding.args.at("who") == picture.name_of(Id<Person>("p-g05")));
    }
    ChangeSet fewer;
    fewer.create(Participation{Id<Participation>("y"), Id<Visit>("visit-hh-2027"), item("it-15"), Id<Person>("p-g01"), Presence::excluded, "guest", {}});
    fewer.update(item("it-15"), 1, {{"ends", "2027-04-22T12:30:00+02:00[Europe/Berlin]"}});
    auto const clash = preview(fewer).introduced();
    BOOST_REQUIRE(clash.size() == 1u);
    BOOST_TEST(clash[0].args.at("who").find(picture.name_of(Id<Person>("p-g02"))) != std::string::npos);
    BOOST_TEST(clash[0].args.at("who").find("track") == std::string::npos);
    BOOST_TEST(preview(fewer).people().contains("p-g01")); // told to stay away
}

BOOST_AUTO_TEST_CASE(a_guest_in_two_places_is_found_without_a_track) {
    ChangeSet twice;
    twice.create(Participation{Id<Participation>("x"), Id<Visit>("visit-hh-2027"), item("it-20"), Id<Person>("p-h01"), Presence::included, "guest", {}});
    twice.create(Participation{Id<Participation>("y"), Id<Visit>("visit-hh-2027"), item("it-19"), Id<Person>("p-h01"), Presence::included, "guest", {}});
    auto const introduced = preview(twice).introduced();
    BOOST_REQUIRE(introduced.size() == 1u); // she finds her own way: nobody plans her transport
    BOOST_TEST(introduced[0].code == "OVERLAP");
    BOOST_TEST(introduced[0].args.at("who") == picture.name_of(Id<Person>("p-h01")));
}

BOOST_AUTO_TEST_CASE(a_person_joining_a_track_brings_its_whole_programme) {
    auto const other = change(Id<Delegate>("visit-hh-2027.p-g01"), {{"track", "visit-hh-2027.B"}});
    BOOST_TEST(preview(other).introduced().empty()); // tracks are sound: whoever is in one moves with it
    BOOST_TEST((preview(other).people() == std::set<std::string>{"p-g01"}));
}

BOOST_AUTO_TEST_CASE(walks_are_measured_on_the_map) {
    // lg-08 needs 5.43 min in 5: planned in whole minutes that is enough; 4 are not.
    BOOST_TEST(walking_time(picture, Id<Venue>("v-hh-hafencity"), Id<Venue>("v-hh-hotel"))->count() == 5);
    auto const shorter = preview(change(leg("lg-08"), {{"departs", "2027-04-21T18:41:00+02:00[Europe/Berlin]"}}));
    BOOST_TEST(lines(shorter.introduced()) == "warn WALK_TOO_SHORT lg-08\n");
    BOOST_TEST(preview(change(Id<Venue>("v-hh-hotel"), {{"location", {{"latitude", 53.60}, {"longitude", 9.996}}}})).introduced().size() > 1u);
}

BOOST_AUTO_TEST_CASE(a_full_house_is_noticed) {
    BOOST_TEST(lines(preview(change(Id<Venue>("v-hh-oberhafen"), {{"capacity", 24}})).introduced()) == "warn VENUE_CAPACITY it-24\n");
    BOOST_TEST(preview(change(Id<Venue>("v-hh-oberhafen"), {{"capacity", 25}})).introduced().empty());
    BOOST_TEST(lines(preview(change(item("it-16"), {{"venue", "v-hh-altona"}, {"tracks", {"visit-hh-2027.A", "visit-hh-2027.B", "visit-hh-2027.C", "visit-hh-2027.S"}}})).introduced()).find("VENUE_CAPACITY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(times_that_cannot_be) {
    BOOST_TEST(lines(preview(change(item("it-15"), {{"ends", "2027-04-22T11:05:00+02:00[Europe/Berlin]"}})).introduced()) == "block ENDS_BEFORE_START it-15\n");
    BOOST_TEST(lines(preview(change(item("it-30"), {{"ends", "2027-04-23T17:31:00+02:00[Europe/Amsterdam]"}})).introduced()) == "warn ITEM_OUTSIDE_VISIT it-30\n");
    auto const skipped = preview(change(item("dst-01"), {{"starts", "2027-03-28T02:30:00[Europe/Amsterdam]"}, {"ends", "2027-03-28T04:30:00[Europe/Amsterdam]"}}));
    BOOST_TEST(lines(skipped.introduced()).find("warn DST dst-01\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(interpreters_are_told_and_nobody_else) {
    ChangeSet assigned;
    assigned.create(Assignment{Id<Assignment>("a1"), Id<Visit>("visit-hh-2027"), item("it-15"), Id<Person>("p-i01")});
    commit(assigned);
    auto const people = preview(move("it-15", Minutes(1))).people();
    BOOST_TEST(people.contains("p-i01"));
    BOOST_TEST(people.size() == 7u);
}

BOOST_AUTO_TEST_CASE(somebody_has_something_else_in_their_own_calendar) {
    auto const busy = [](char const* id, char const* person, char const* from, char const* to, bool tentative, std::optional<std::string> title) {
        auto const at = [](char const* clock) { return parse_local_time(std::string("2027-04-22T") + clock + "Z[UTC]").value(); };
        return BusyTime{Id<BusyTime>(id), Id<Person>(person), at(from), at(to), tentative, std::move(title)};
    };
    ChangeSet dentist;
    dentist.create(busy("b1", "p-g01", "09:06", "09:45", false, "Tandarts"));
    auto const introduced = preview(dentist).introduced();
    BOOST_REQUIRE(introduced.size() == 1u);
    BOOST_TEST(lines(introduced) == "warn BUSY_ELSEWHERE it-15\n");
    BOOST_TEST(introduced[0].args.at("when") == "2027-04-22 11:06–11:45 (Tandarts)"); // on the clock of the item
    BOOST_TEST(introduced[0].args.at("name") == picture.name_of(Id<Person>("p-g01")));

    ChangeSet perhaps;
    perhaps.create(busy("b2", "p-g01", "09:10", "09:20", true, {}));
    BOOST_TEST(lines(preview(perhaps).introduced()) == "note BUSY_ELSEWHERE it-15\n");
    perhaps.create(busy("b3", "p-g01", "09:30", "09:40", false, {})); // one question to her, not two
    BOOST_TEST(lines(preview(perhaps).introduced()) == "warn BUSY_ELSEWHERE it-15\n");
    commit(perhaps);
    BOOST_TEST(preview(dentist).introduced().empty()); // she was not free before, either
    ChangeSet gone;
    gone.erase(Id<BusyTime>("b2"), 1).erase(Id<BusyTime>("b3"), 1);
    BOOST_TEST(lines(preview(gone).before) == "warn BUSY_ELSEWHERE it-15\n");
    BOOST_TEST(preview(gone).after.empty());
    commit(gone);

    ChangeSet interpreter;
    interpreter.create(busy("b4", "p-i01", "09:30", "09:40", false, {}));
    BOOST_TEST(preview(interpreter).introduced().empty()); // she has nothing to do there
    commit(interpreter);
    ChangeSet assigned;
    assigned.create(Assignment{Id<Assignment>("a1"), Id<Visit>("visit-hh-2027"), item("it-15"), Id<Person>("p-i01")});
    BOOST_TEST(lines(preview(assigned).introduced()) == "warn BUSY_ELSEWHERE it-15\n");
    ChangeSet touching;
    touching.create(busy("b5", "p-g01", "08:00", "09:05", false, {})); // ends where it-15 begins
    BOOST_TEST(lines(preview(touching).introduced()).find("it-15") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_finding_has_a_sentence_in_three_languages) {
    auto const i18n = testing::read_json(std::string(KOGGE_SOURCE_DIR) + "/kogge-plugin.json").at("i18n").as_object();
    for (auto const* language : {"nl", "de"}) {
        BOOST_TEST(i18n.at(language).as_object().size() == i18n.at("en").as_object().size());
        for (auto const& [key, text] : i18n.at("en").as_object())
            BOOST_TEST(i18n.at(language).as_object().contains(key), language << " lacks " << key);
    }
}

BOOST_AUTO_TEST_SUITE_END()
