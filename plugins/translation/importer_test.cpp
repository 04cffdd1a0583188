// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "stable_id.hpp"
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::translation;
using namespace kogge::translation::test;

namespace {

std::map<std::string, json::value> creations(json::value const& document) {
    std::map<std::string, json::value> out;
    auto const imported = import_texts_and_interpreters(document.as_object()).value();
    for (auto const& change : imported.changes.changes())
        out[std::string(change.at("entity").as_string()) + " " + std::string(change.at("id").as_string())] =
            change.at("fields");
    return out;
}

Error error_of(char const* text) { return import_texts_and_interpreters(json::parse(text).as_object()).error(); }

} // namespace

BOOST_AUTO_TEST_SUITE(importer)

BOOST_AUTO_TEST_CASE(the_demo) {
    auto const document = testing::read_json(demo_path);
    auto const all = creations(document);
    // 4 visits, 44 items, 4 cities and 6 themes in two more languages, and three interpreters.
    BOOST_TEST(all.size() == 2u * (4 + 44 + 4 + 6) + 3);
    BOOST_TEST(
        all.at("translation programme_item.it-20.title.de")
        == json::parse(
            R"({"entity":"programme_item","subject":"it-20","field":"title","language":"de","text":"Runder Tisch Bahn und Erreichbarkeit","source_text":"Rondetafel spoor en bereikbaarheid","origin":"imported","visit":"visit-hh-2027"})"));
    BOOST_TEST(
        all.at("translation theme.th-h2.name.en")
        == json::parse(
            R"({"entity":"theme","subject":"th-h2","field":"name","language":"en","text":"hydrogen and energy","source_text":"waterstof en energie","origin":"imported","visit":null})"));
    BOOST_TEST(
        all.at("interpreter p-i01")
        == json::parse(
            R"({"person":"p-i01","pairs":["nl-de"],"modes":["consecutive","whispered","liaison"],"day_limit_minutes":360,"visits":[]})"));
    auto const sections = import_texts_and_interpreters(document.as_object()).value().sections;
    BOOST_TEST((sections == std::set<std::string>{"interpreter", "theme.de", "theme.en", "theme.nl"}));
}

BOOST_AUTO_TEST_CASE(without_dutch_the_first_language_is_the_source) {
    auto const all = creations(json::parse(R"({"city":[{"id":"c","name":{"de":"Emden","en":"Emden"}}]})"));
    BOOST_TEST(all.size() == 1u);
    BOOST_TEST(all.begin()->first == "translation city.c.name.en");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named) {
    BOOST_TEST(error_of(R"({"visit":[{"id":"v","title":{"nl":"x","de":7}}]})").field == "/visit/0/title/de");
    BOOST_TEST(error_of(R"({"visit":[{"id":"v","title":{"nl":"x","Deutsch":"y"}}]})").field == "/visit/0/title/Deutsch");
    BOOST_TEST(error_of(R"({"interpreter":[{"person":"p","modes":["singing"]}]})").field == "/interpreter/0/modes/0");
    BOOST_TEST(error_of(R"({"interpreter":[{"modes":[]}]})").field == "/interpreter/0/person");
    BOOST_TEST(error_of(R"({"interpreter":[{"person":"p","day_limit_min":"long"}]})").field == "/interpreter/0/day_limit_min");
}

BOOST_AUTO_TEST_CASE(ids_stay_ids_and_stay_apart) {
    std::string const uuid = make_uuid();
    BOOST_TEST(stable_id({"programme_item", uuid, "title", "de"}) == "programme_item." + uuid + ".title.de");
    std::string const longest(64, 'x');
    auto const one = stable_id({"programme_item", longest, "title", "de"}),
               other = stable_id({"programme_item", longest, "title", "en"});
    BOOST_TEST(is_id(one));
    BOOST_TEST(one != other);
    BOOST_TEST(one == stable_id({"programme_item", longest, "title", "de"}));
}

BOOST_AUTO_TEST_SUITE_END()
