// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::logistics;
using namespace kogge::logistics::test;

namespace {

Id<Visit> const hamburg{"visit-hh-2027"};

ChangeSet leg(char const* id, json::object fields) { return change<TransportLeg>(id, std::move(fields)); }

} // namespace

BOOST_FIXTURE_TEST_SUITE(rules, Demo)

BOOST_AUTO_TEST_CASE(the_demo_has_the_golden_findings_and_no_others) {
    // Of expected.json the codes below are logistics'; the others belong to other plugins.
    std::set<std::string> const ours{"SPEED",      "CAPACITY",      "WHEELCHAIR", "VEHICLE_DOUBLE",
                                     "CONNECTION", "NOT_STEP_FREE", "ROOMING_ODD"};
    std::map<std::string, std::string> const levels{{"error", "block_release"}, {"warning", "warn"}, {"info", "note"}};
    std::multiset<std::string> wanted, got;
    auto const golden = expected();
    for (auto const& row : golden.at("findings").as_array())
        if (std::string const code(row.at("code").as_string()); ours.contains(code))
            wanted.insert(levels.at(std::string(row.at("level").as_string())) + " " + code + " "
                          + std::string(row.at("subject").as_string()) + "\n");
    for (auto const& [key, finding] : standing()) got.insert(lines({finding}));
    BOOST_TEST(got == wanted, boost::test_tools::per_element());
    BOOST_TEST(wanted.size() == 9u);
}

BOOST_AUTO_TEST_CASE(findings_say_who_and_where) {
    auto const all = standing(hamburg);
    auto const args = [&](char const* code) -> std::map<std::string, std::string> {
        for (auto const& [key, finding] : all)
            if (finding.code == code) return finding.args;
        return {};
    };
    BOOST_TEST(args("WHEELCHAIR")["who"] == "Berend Oosterwijk");
    BOOST_TEST(args("WHEELCHAIR")["vehicle"] == "veh-van16");
    BOOST_TEST(args("NOT_STEP_FREE")["who"] == "Berend Oosterwijk");
    BOOST_TEST(args("NOT_STEP_FREE")["venue"] == "St. Pauli-Landungsbrücken, barkas");
    BOOST_TEST(args("ROOMING_ODD")["twin"] == "7");
    BOOST_TEST(args("CONNECTION")["least"] == "8");
}

BOOST_AUTO_TEST_CASE(a_change_grows_short_and_is_missed) {
    auto const arrives = [](char const* at) {
        return leg("lg-02", {{"arrives", std::string("2027-04-21T") + at + ":00+02:00[Europe/Berlin]"}});
    };
    BOOST_TEST(lines(preview(arrives("10:00")).introduced()) == ""); // 15 min: no longer short
    BOOST_TEST(!preview(arrives("10:00")).after.contains("CONNECTION|transport_leg/lg-02|transport_leg/lg-03"));
    BOOST_TEST(lines(preview(arrives("10:07")).introduced()) == ""); // 8 min: the same problem, and just enough
    BOOST_TEST(lines(preview(arrives("10:08")).introduced()) == "block_release CONNECTION lg-02>lg-03\n");
    BOOST_TEST(lines(preview(arrives("10:15")).introduced()) == "block_release CONNECTION lg-02>lg-03\n");
    BOOST_TEST(lines(preview(arrives("10:16")).introduced()) == ""); // an overlap, which is scheduling's to say
    BOOST_TEST(lines(preview(leg("lg-03", {{"min_change_minutes", 14}})).introduced()) == "");
    BOOST_TEST(lines(preview(leg("lg-03", {{"min_change_minutes", 20}})).introduced())
               == "block_release CONNECTION lg-02>lg-03\n");
    BOOST_TEST(lines(preview(leg("lg-03", {{"min_change_minutes", 2000}})).introduced())
               == "block_release CONNECTION lg-02>lg-03\nblock OUT_OF_RANGE lg-03\n");
}

BOOST_AUTO_TEST_CASE(what_waits_is_no_change) {
    // The coach of lg-04 waits for the train, also for five minutes; a bus of the city would not.
    BOOST_TEST(lines(preview(leg("lg-03", {{"arrives", "2027-04-21T11:17:00+02:00[Europe/Berlin]"}})).introduced()) == "");
    BOOST_TEST(lines(preview(leg("lg-04", {{"vehicle", nullptr}, {"mode", "bus"}})).introduced())
               == "note CONNECTION lg-03>lg-04\n");
    BOOST_TEST(lines(preview(leg("lg-03", {{"tracks", json::array()}})).after) == ""); // nobody changes
}

BOOST_AUTO_TEST_CASE(too_many_for_a_vehicle) {
    BOOST_TEST(lines(preview(leg("lg-11", {{"tracks", {"visit-hh-2027.A", "visit-hh-2027.S"}}})).introduced()) == ""); // 8 of 8
    auto const nine = leg("lg-11", {{"tracks", {"visit-hh-2027.A", "visit-hh-2027.S"}}, {"extra_passengers", {"p-g17"}}});
    auto const introduced = preview(nine).introduced();
    BOOST_TEST(lines(introduced) == "block_release CAPACITY lg-11\n");
    BOOST_TEST(introduced.at(0).args.at("people") == "9");
    BOOST_TEST(introduced.at(0).args.at("seats") == "8");
    // Two tracks on one coach are one drive: 9 + 2 people, which a coach of ten does not hold.
    auto const coach = preview(change<Vehicle>("veh-coach", {{"seats", 10}})).introduced();
    BOOST_TEST(
        std::ranges::any_of(
            coach, [](auto const& finding) { return finding.subject == "lg-10+lg-10s" && finding.args.at("people") == "11"; }),
        lines(coach));
    BOOST_TEST(lines(preview(leg("lg-04", {{"status", "cancelled"}, {"extra_passengers", {"p-h01"}}})).introduced()) == "");
}

BOOST_AUTO_TEST_CASE(a_second_wheelchair_finds_no_place) {
    ChangeSet care;
    care.create(PersonCare{Id<PersonCare>("p-g02"), Id<Person>("p-g02"), {}, {Access::wheelchair}, {}, {}});
    auto const introduced = preview(care).introduced();
    std::set<std::string> subjects;
    for (auto const& finding : introduced) subjects.insert(finding.code + " " + finding.subject);
    BOOST_TEST(subjects.contains("WHEELCHAIR lg-11")); // p-g02 travels with p-g08 on the one place of the small bus
    BOOST_TEST(subjects.contains("WHEELCHAIR lg-04"));
    BOOST_TEST(!subjects.contains("WHEELCHAIR lg-19")); // stands already
    BOOST_TEST(preview(care).after.at("NOT_STEP_FREE|programme_item/it-14|venue/v-hh-landung").args.at("who")
               == "Jurriaan Ploegsma, Berend Oosterwijk");
    BOOST_TEST(preview(care).people().empty());
}

BOOST_AUTO_TEST_CASE(who_takes_no_stairs_cannot_enter_but_needs_no_place_in_the_bus) {
    ChangeSet care;
    care.create(PersonCare{Id<PersonCare>("p-g05"), Id<Person>("p-g05"), {}, {Access::step_free}, {}, {}});
    BOOST_TEST(lines(preview(care).introduced()) == "block_release NOT_STEP_FREE it-28\n");
    ChangeSet away = care;
    away.create(Participation{
        Id<Participation>("x"), hamburg, Id<ProgrammeItem>("it-28"), Id<Person>("p-g05"), Presence::excluded, "guest", {}});
    BOOST_TEST(lines(preview(away).introduced()) == "");
}

BOOST_AUTO_TEST_CASE(one_vehicle_in_two_places) {
    BOOST_TEST(lines(preview(leg("lg-13", {{"vehicle", "veh-van8"}})).introduced())
               == "block_release VEHICLE_DOUBLE lg-13 x lg-11\n");
    BOOST_TEST(lines(preview(leg("lg-10s", {{"departs", "2027-04-22T08:40:00+02:00[Europe/Berlin]"}})).introduced())
               == "block_release VEHICLE_DOUBLE lg-10 x lg-10s\n");
    BOOST_TEST(lines(preview(leg("lg-10s", {{"departs", "2027-04-22T08:50:00+02:00[Europe/Berlin]"},
                                            {"arrives", "2027-04-22T09:00:00+02:00[Europe/Berlin]"}}))
                         .introduced())
               == "");
    // The other visit's minibus on the same day would be the same vehicle.
    BOOST_TEST(lines(preview(leg("lj-03", {{"departs", "2027-04-22T08:40:00+02:00[Europe/Amsterdam]"},
                                           {"arrives", "2027-04-22T09:00:00+02:00[Europe/Amsterdam]"}}))
                         .introduced())
               == "block_release VEHICLE_DOUBLE lg-13 x lj-03\n");
}

BOOST_AUTO_TEST_CASE(faster_than_possible) {
    auto const fast = preview(leg("lg-02", {{"departs", "2027-04-21T09:27:00+02:00[Europe/Berlin]"}})).introduced();
    BOOST_TEST(lines(fast) == "warn SPEED lg-02\n"); // 91 km in 34 min
    BOOST_TEST(fast.at(0).args.at("kmh") == "162");
    BOOST_TEST(fast.at(0).args.at("needed") == "45");
    BOOST_TEST(lines(preview(leg("lg-02", {{"departs", "2027-04-21T09:26:00+02:00[Europe/Berlin]"}})).introduced()) == "");
    BOOST_TEST(lines(preview(leg("lg-01f", {{"arrives", "2027-04-21T07:50:00+02:00[Europe/Berlin]"}})).introduced())
               == "warn SPEED lg-01f\n"); // a fallback is planned, too
}

BOOST_AUTO_TEST_CASE(two_zones_are_one_time_line) {
    auto const london = leg("lg-02", {{"arrives", "2027-04-21T09:01:00+01:00[Europe/London]"}});
    BOOST_TEST(lines(preview(london).introduced()) == "");
    BOOST_TEST(lines(preview(leg("lg-02", {{"arrives", "2027-04-21T08:01:00+02:00[Europe/Berlin]"}})).introduced())
                   .find("block ENDS_BEFORE_START lg-02")
               != std::string::npos);
    BOOST_TEST(lines(preview(leg("lg-02", {{"arrives", "2027-04-21T08:01:00+01:00[Europe/London]"}})).introduced())
                   .find("ENDS_BEFORE_START")
               == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused) {
    BOOST_TEST(lines(preview(leg("lg-01f", {{"fallback_of", "lg-01f"}})).introduced()) == "block OWN_FALLBACK lg-01f\n");
    BOOST_TEST(lines(preview(change<Vehicle>("veh-coach", {{"seats", -1}})).introduced()).find("block OUT_OF_RANGE veh-coach\n")
               != std::string::npos);
    BOOST_TEST(lines(preview(change<Accommodation>("ac-hh", {{"check_out", "2027-04-21"}})).introduced())
               == "block CHECK_OUT_BEFORE_IN ac-hh\n");
}

BOOST_AUTO_TEST_CASE(rooms_are_filled_in_pairs) {
    auto const declined = change<Delegate>("visit-hh-2027.p-g01", {{"status", "declined"}});
    BOOST_TEST(lines(preview(declined).introduced()) == ""); // a single room falls free
    Preview const paired = preview(change<RoomRequest>("visit-hh-2027.p-g01", {{"room_type", "twin"}}));
    BOOST_TEST(lines(paired.introduced()) == "warn ROOMS_SHORT ac-hh\n"); // eight ask for a twin room, three are booked
    BOOST_TEST(paired.introduced().at(0).args.at("twin") == "1");
    BOOST_TEST(!paired.after.contains("ROOMING_ODD|accommodation/ac-hh"));
    BOOST_TEST(
        lines(
            preview(change<Accommodation>("ac-hh", {{"rooms", {{"single", 17}, {"twin", 4}, {"accessible", 1}}}})).introduced())
        == "");
    BOOST_TEST(
        lines(
            preview(change<Accommodation>("ac-hh", {{"rooms", {{"single", 17}, {"twin", 3}, {"accessible", 1}}}})).introduced())
        == "warn ROOMS_SHORT ac-hh\n");
}

BOOST_AUTO_TEST_CASE(passengers_are_told_before_and_after) {
    BOOST_TEST(preview(leg("lg-15", {{"note", "umbrella"}})).people().size() == 6u);
    auto const other = preview(leg("lg-15", {{"tracks", {"visit-hh-2027.S"}}}));
    BOOST_TEST(other.people().size() == 8u);                                 // track A stays, track S comes
    BOOST_TEST(preview(leg("lg-01f", {{"note", "seen"}})).people().empty()); // nobody is on it
    BOOST_TEST(preview(leg("lg-01f", {{"status", "active"}})).people().size() == 25u);
    BOOST_TEST(preview(change<Accommodation>("ac-hh", {{"venue", "v-hh-hk"}})).people().size() == 25u);
}

BOOST_AUTO_TEST_CASE(every_finding_has_a_sentence_in_three_languages) {
    auto const i18n = testing::read_json(std::string(KOGGE_SOURCE_DIR) + "/kogge-plugin.json").at("i18n").as_object();
    for (auto const* language : {"nl", "de"}) {
        BOOST_TEST(i18n.at(language).as_object().size() == i18n.at("en").as_object().size());
        for (auto const& [key, text] : i18n.at("en").as_object())
            BOOST_TEST(i18n.at(language).as_object().contains(key), language << " lacks " << key);
    }
    for (auto const& [key, finding] : standing()) // and every {name} of it is filled
        for (auto const* language : {"en", "nl", "de"}) {
            std::string text(i18n.at(language).at("finding." + finding.code).as_string());
            for (auto const& [name, value] : finding.args)
                for (std::size_t at; (at = text.find("{" + name + "}")) != std::string::npos;)
                    text.replace(at, name.size() + 2, value);
            BOOST_TEST(text.find('{') == std::string::npos, language << ": " << text);
        }
}

BOOST_AUTO_TEST_SUITE_END()
