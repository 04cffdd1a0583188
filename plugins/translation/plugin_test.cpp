// SPDX-License-Identifier: EUPL-1.2
// The plugin in a house: the real store, the real import, the routes of the API.
#include "tests/demo_world.hpp"

#include <kogge/testing.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::translation;
using namespace kogge::translation::test;

extern "C" kg_entry const kogge_plugin_entry;

namespace {

struct InHouse : testing::TestHost {
    InHouse() : TestHost(testing::read_text(std::string(KOGGE_SOURCE_DIR) + "/kogge-plugin.json"), kogge_plugin_entry) {
        auto const imported = import(testing::read_text(demo_path));
        BOOST_REQUIRE_EQUAL(std::string(imported.at("outcome").at("verdict").as_string()), "committed");
    }
    json::value get(std::string const& path) {
        auto const answer = request("GET", "/api/v1/visits/visit-hh-2027" + path);
        BOOST_REQUIRE_EQUAL(answer.status, 200);
        return answer.json();
    }
    json::value move(char const* item, char const* starts, char const* ends) {
        ChangeSet changes("move");
        changes.update(Id<ProgrammeItem>(item), 1, {{"starts", starts}, {"ends", ends}});
        return apply(changes, true);
    }
    std::string list(std::string_view language = "en") {
        std::string out;
        for (auto const& finding : findings("", language))
            out += std::string(finding.at("level").as_string()) + " " + std::string(finding.at("code").as_string()) + " "
                   + std::string(finding.at("subject").as_string()) + "\n";
        return out;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(in_a_house, InHouse)

BOOST_AUTO_TEST_CASE(the_golden_findings_and_gaps) {
    BOOST_TEST(list() == "block_release INTERPRETERS 22 09:15-10:45\nblock_release INTERPRETERS 22 14:00-15:15\n");
    BOOST_TEST(findings("visit-hh-2027", "en").at(0).at("text").as_string()
               == "Interpreters on 2027-04-22, 09:15–10:45: 4 needed (it-13:2, it-14:2), 3 booked. At once: Matchmaking "
                  "ochtend (8 rondes); Havenrondvaart: waterstof en walstroom");
    BOOST_TEST(findings("visit-hh-2027", "de")
                   .at(1)
                   .at("text")
                   .as_string()
                   .starts_with("Dolmetscher am 2027-04-22, 14:00–15:15: 4 nötig (it-18:2, it-20:2), 3 gebucht."));
    BOOST_TEST(get("/language-gaps").at("gaps") == expected().at("language_gap"));
}

BOOST_AUTO_TEST_CASE(moving_it_20_shifts_the_shortage_and_brings_nothing) {
    auto const outcome = move("it-20", "2027-04-22T14:30:00+02:00[Europe/Berlin]", "2027-04-22T15:45:00+02:00[Europe/Berlin]");
    BOOST_TEST(outcome.at("verdict").as_string() == "would_commit");
    BOOST_TEST(outcome.at("introduced").as_array().empty());
    BOOST_TEST(outcome.at("resolved").as_array().empty());
    BOOST_REQUIRE(outcome.at("shifted").as_array().size() == 1u);
    BOOST_TEST(outcome.at("shifted").at(0).at("subject").as_string() == "22 14:30-15:40");
}

BOOST_AUTO_TEST_CASE(workflow_7) {
    ChangeSet more("a fourth interpreter");
    more.create(Person{Id<Person>("p-i04"), "Silke", "Voorbeeld", {}, {}, {}, {}, {}, {}, {}});
    more.create(Demo::fourth());
    auto const outcome = apply(more);
    BOOST_TEST(outcome.at("verdict").as_string() == "committed");
    BOOST_TEST(outcome.at("resolved").as_array().size() == 2u);
    BOOST_TEST(list() == "");

    auto const proposal = request("POST", "/api/v1/visits/visit-hh-2027/interpreters/assign").json();
    BOOST_TEST(proposal.at("open").as_array().empty());
    auto const accepted = request("POST", "/api/v1/changes", json::serialize(proposal.at("change_set"))).json();
    BOOST_TEST(accepted.at("verdict").as_string() == "committed");
    BOOST_TEST(accepted.at("affected").as_array().size() == 4u); // the four are told
    BOOST_TEST(list() == "");
    auto const filled = get("/interpreters");
    for (auto const& need : filled.at("needs").as_array())
        BOOST_TEST(need.at("assigned").as_array().size() == static_cast<std::size_t>(need.at("needed").as_int64()));
    for (auto const& [person, days] : filled.at("minutes").as_object())
        for (auto const& [day, minutes] : days.as_object())
            BOOST_TEST(minutes.as_int64() <= 360, person << " on " << day << ": " << minutes);
}

BOOST_AUTO_TEST_CASE(texts_are_edited_by_change_sets) {
    auto const german = [&] {
        auto const view = get("/texts?lang=de");
        for (auto const& text : view.at("texts").as_array())
            if (text.at("id").as_string() == "it-15")
                return std::string(text.at("state").as_string()) + " " + std::string(text.at("text").as_string());
        return std::string();
    };
    auto const before = german();
    BOOST_TEST(before.starts_with("translated "));
    ChangeSet retitled("shorter");
    retitled.update(Id<ProgrammeItem>("it-15"), 1, {{"title", {{"text", "Gesprek"}, {"language", "nl"}}}});
    auto const outcome = apply(retitled);
    BOOST_TEST(outcome.at("verdict").as_string() == "committed");
    BOOST_TEST(outcome.at("introduced").at(0).at("code").as_string() == "TRANSLATION_STALE");
    BOOST_TEST(german().starts_with("stale "));
    ChangeSet translated("translated again");
    translated.update(Id<Translation>("programme_item.it-15.title.de"), 1,
                      {{"text", "Gespräch"}, {"source_text", "Gesprek"}, {"origin", "human"}});
    BOOST_TEST(apply(translated).at("verdict").as_string() == "committed");
    BOOST_TEST(german() == "translated Gespräch");
}

BOOST_AUTO_TEST_CASE(one_translation_per_language) {
    ChangeSet twice("twice");
    twice.create(Translation{Id<Translation>("x"), "programme_item", "it-15", "title", "de", "Gespräch",
                             "Gesprek havenbestuur en stad", Origin::human, Demo::hamburg});
    BOOST_TEST(request("POST", "/api/v1/changes", json::serialize(twice.document())).status >= 400);
}

BOOST_AUTO_TEST_CASE(what_is_asked_wrongly_is_answered_with_the_field) {
    auto const answer = [&](char const* path) {
        auto const got = request("GET", path);
        return std::to_string(got.status) + " " + (got.status == 200 ? "" : json::serialize(got.json().as_object()["field"]));
    };
    BOOST_TEST(answer("/api/v1/visits/visit-hh-2027/texts?lang=Deutsch") == "400 \"/lang\"");
    BOOST_TEST(answer("/api/v1/visits/nowhere/texts") == "404 \"/visit\"");
    BOOST_TEST(answer("/api/v1/visits/nowhere/interpreters") == "404 \"/visit\"");
    BOOST_TEST(answer("/api/v1/visits/nowhere/language-gaps") == "404 \"/visit\"");
}

BOOST_AUTO_TEST_CASE(deleting_an_item_and_undoing_it_keeps_its_translations) {
    ChangeSet gone("gone");
    gone.erase(Id<ProgrammeItem>("it-16"), 1);
    auto const outcome = apply(gone, false, true);
    BOOST_REQUIRE_EQUAL(std::string(outcome.at("verdict").as_string()), "committed");
    BOOST_TEST(request("POST", "/api/v1/changes/" + std::to_string(outcome.at("seq").as_int64()) + "/undo").status == 200);
    auto const view = get("/texts?lang=de");
    for (auto const& text : view.at("texts").as_array())
        if (text.at("id").as_string() == "it-16") BOOST_TEST(text.at("state").as_string() == "translated");
}

BOOST_AUTO_TEST_SUITE_END()
