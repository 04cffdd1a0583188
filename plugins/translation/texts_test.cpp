// SPDX-License-Identifier: EUPL-1.2
#include "texts.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::translation;
using namespace kogge::translation::test;

namespace {

TextKey title(char const* item) { return {"programme_item", item, "title"}; }

std::string said(Reading const& reading) {
    return boost::describe::enum_to_string(reading.state, "?") + std::string(" ") + reading.language + ": " + reading.text;
}

struct Texts : Demo {
    std::string in(char const* language, TextKey const& key = title("it-20")) const {
        return said(read(picture, key, language));
    }
    void retitle(char const* text, char const* language = "nl") {
        ChangeSet change;
        change.update(Id<ProgrammeItem>("it-20"), 1, {{"title", {{"text", text}, {"language", language}}}});
        commit(change);
    }
    void erase(char const* language) {
        ChangeSet change;
        change.erase(Id<Translation>(std::string("programme_item.it-20.title.") + language), 1);
        commit(change);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(texts, Texts)

BOOST_AUTO_TEST_CASE(each_reads_their_own) {
    BOOST_TEST(in("nl") == "source nl: Rondetafel spoor en bereikbaarheid");
    BOOST_TEST(in("de") == "translated de: Runder Tisch Bahn und Erreichbarkeit");
    BOOST_TEST(in("en", {"theme", "th-h2", "name"}) == "translated en: hydrogen and energy");
    BOOST_TEST(in("de", {"city", "city-hh", "name"}) == "translated de: Hamburg");
    BOOST_TEST(in("de", {"visit", "visit-hh-2027", "title"})
               == "translated de: Wirtschaftsdelegation Groningen in Hamburg 2027");
}

BOOST_AUTO_TEST_CASE(a_region_reads_its_language) {
    BOOST_TEST(in("de-AT") == "translated de: Runder Tisch Bahn und Erreichbarkeit");
    BOOST_TEST(in("nl-BE") == "source nl: Rondetafel spoor en bereikbaarheid");
    ChangeSet flemish;
    flemish.create(Translation{Id<Translation>("x"), "programme_item", "it-20", "title", "nl-BE", "Rondetafel treinverkeer",
                               "Rondetafel spoor en bereikbaarheid", Origin::human, hamburg});
    commit(flemish);
    BOOST_TEST(in("nl-BE") == "translated nl-BE: Rondetafel treinverkeer");
    BOOST_TEST(in("nl") == "source nl: Rondetafel spoor en bereikbaarheid");
}

BOOST_AUTO_TEST_CASE(english_bridges_what_is_missing) {
    BOOST_TEST(in("fr") == "missing en: Round table rail and access");
    erase("de");
    BOOST_TEST(in("de") == "missing en: Round table rail and access");
    erase("en");
    BOOST_TEST(in("de") == "missing nl: Rondetafel spoor en bereikbaarheid");
    BOOST_TEST(in("en") == "missing nl: Rondetafel spoor en bereikbaarheid");
}

BOOST_AUTO_TEST_CASE(a_changed_text_makes_its_translations_stale_and_setting_it_back_makes_them_fresh) {
    retitle("Rondetafel spoor");
    BOOST_TEST(in("nl") == "source nl: Rondetafel spoor");
    BOOST_TEST(in("de") == "stale de: Runder Tisch Bahn und Erreichbarkeit");
    BOOST_TEST(in("fr") == "missing nl: Rondetafel spoor"); // stale English helps nobody
    retitle("Rondetafel spoor en bereikbaarheid");
    BOOST_TEST(in("de") == "translated de: Runder Tisch Bahn und Erreichbarkeit");
}

BOOST_AUTO_TEST_CASE(moving_an_item_leaves_its_translations_alone) {
    commit(move("it-20", Minutes(30)));
    BOOST_TEST(picture.items.row(Id<ProgrammeItem>("it-20"))->rev == 2);
    BOOST_TEST(in("de") == "translated de: Runder Tisch Bahn und Erreichbarkeit");
}

BOOST_AUTO_TEST_CASE(a_text_rewritten_in_another_language) {
    retitle("Runder Tisch Bahn", "de");
    BOOST_TEST(in("de") == "source de: Runder Tisch Bahn");
    BOOST_TEST(in("nl") == "missing de: Runder Tisch Bahn");
}

BOOST_AUTO_TEST_CASE(what_is_not_there) {
    BOOST_TEST(in("de", title("it-99")) == "missing : ");
    BOOST_TEST(in("de", {"programme_item", "it-20", "note"}) == "missing : ");
    BOOST_TEST(in("de", {"vehicle", "veh-1", "name"}) == "missing : ");
    retitle("");
    BOOST_TEST(in("de") == "source nl: ");
}

BOOST_AUTO_TEST_CASE(the_service_answers_many_keys_in_their_order) {
    auto const request = json::parse(R"({"language":"de","keys":[{"entity":"programme_item","id":"it-20","field":"title"},
        {"entity":"programme_item","id":"nope","field":"title"},{"entity":"city","id":"city-hb","field":"name"}]})");
    BOOST_TEST(
        json::serialize(texts_service(picture, request).value())
        == R"({"texts":[{"entity":"programme_item","id":"it-20","field":"title","text":"Runder Tisch Bahn und Erreichbarkeit","language":"de","state":"translated"},)"
           R"({"entity":"programme_item","id":"nope","field":"title","text":"","language":"","state":"missing"},)"
           R"({"entity":"city","id":"city-hb","field":"name","text":"Bremen","language":"de","state":"translated"}]})");
    BOOST_TEST(texts_service(picture, json::parse(R"({"language":"Deutsch!","keys":[]})")).error().field == "/language");
    BOOST_TEST(texts_service(picture, json::parse(R"({"language":"de","keys":[{"entity":7}]})")).error().field
               == "/keys/0/entity");
}

BOOST_AUTO_TEST_CASE(the_texts_of_a_visit) {
    auto const view = texts_view(picture, *picture.visits.find(hamburg), "de");
    auto const& texts = view.at("texts").as_array();
    std::map<std::string, int> states;
    for (auto const& text : texts) ++states[std::string(text.at("state").as_string())];
    // One visit, 30 items, one city, four themes translated; four tracks and three outcomes have only Dutch names.
    BOOST_TEST(states["translated"] == 36);
    BOOST_TEST(states["missing"] == 7);
    BOOST_TEST(texts.at(0).at("entity").as_string() == "visit");
    BOOST_TEST(texts.at(5).at("id").as_string() == "it-01");
    BOOST_TEST(texts.at(5).at("translation").at("id").as_string() == "programme_item.it-01.title.de");
    BOOST_TEST(texts.at(5).at("translation").at("rev").as_int64() == 1);
    BOOST_TEST(texts.at(5).at("source").at("language").as_string() == "nl");
    BOOST_TEST(texts.at(1).at("translation").is_null());
}

BOOST_AUTO_TEST_CASE(texts_of_other_plugins_are_texts_too) {
    ChangeSet change;
    change.create(Outcome{Id<Outcome>("oc-9"), hamburg, {"Intentieverklaring", "nl"}});
    change.create(Agreement{Id<Agreement>("agr-1"), {"Stedenband", "nl"}});
    for (auto const& [entity, id, text] :
         {std::tuple("outcome", "oc-9", "Absichtserklärung"), std::tuple("agreement", "agr-1", "Städtepartnerschaft")})
        change.create(Translation{Id<Translation>(id),
                                  entity,
                                  id,
                                  "title",
                                  "de",
                                  text,
                                  id == std::string("oc-9") ? "Intentieverklaring" : "Stedenband",
                                  Origin::machine,
                                  {}});
    commit(change);
    BOOST_TEST(in("de", {"outcome", "oc-9", "title"}) == "translated de: Absichtserklärung");
    BOOST_TEST(in("de", {"agreement", "agr-1", "title"}) == "translated de: Städtepartnerschaft");
    BOOST_TEST(picture.visit_of({"outcome", "oc-9", "title"}).str() == "visit-hh-2027");
    BOOST_TEST(picture.subjects_of(hamburg).back().second == "oc-9");
}

BOOST_AUTO_TEST_CASE(languages_are_tags) {
    for (auto const* good : {"nl", "de", "en", "nds", "de-AT", "zh-Hant-TW"}) BOOST_TEST(is_language(good), good);
    for (auto const* bad : {"", "n", "DE", "Deutsch", "d e", "de-", "de_AT", "de\n", "-de", "xx", "xx-NL"}) BOOST_TEST(!is_language(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()
