// SPDX-License-Identifier: EUPL-1.2
#include "daemon/events.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::host;

namespace {

std::vector<std::string> lists(std::initializer_list<char const*> names) { return {names.begin(), names.end()}; }

store::Changed change(std::string entity, std::string id, std::string visit) { return {std::move(entity), std::move(id), "update", std::move(visit), 2}; }

} // namespace

BOOST_AUTO_TEST_CASE(a_commit_outdates_what_depends_on_its_kind_its_entity_or_its_visit) {
    store::Commit const commit{7, "cs", "ada", "later", 0, {change("programme_item", "it-1", "v"), change("person", "p", "")}};
    BOOST_TEST(tags_of(commit) == lists({"kind:person", "kind:programme_item", "person:p", "programme_item:it-1", "visit:v"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_listener_has_exactly_one_of_the_topics_of_what_concerns_it) {
    auto const hears = [](News const& news, std::string const& visit) {
        auto const topics = topics_of(news);
        int times = 0;
        for (auto const& mine : topics_for(visit))
            times += int(std::count(topics.begin(), topics.end(), mine));
        BOOST_TEST(times == int(concerns(news, visit)));
        return times;
    };
    News const one{1, "", "", "", {change("programme_item", "it-1", "v")}};
    News const two{1, "", "", "", {change("programme_item", "it-1", "v"), change("programme_item", "it-2", "w")}};
    News const shared{1, "", "", "", {change("programme_item", "it-1", "v"), change("person", "p", "")}};
    News const visit{1, "", "", "", {change("visit", "v", "")}};
    BOOST_TEST(hears(one, "") == 1);
    BOOST_TEST(hears(one, "v") == 1);
    BOOST_TEST(hears(one, "w") == 0);
    BOOST_TEST(hears(two, "") == 1);
    BOOST_TEST(hears(two, "w") == 1);
    BOOST_TEST(hears(two, "x") == 0);
    BOOST_TEST(hears(shared, "") == 1);
    BOOST_TEST(hears(shared, "v") == 1);
    BOOST_TEST(hears(shared, "w") == 1);
    BOOST_TEST(hears(visit, "v") == 1);
    BOOST_TEST(hears(visit, "w") == 0);
}

BOOST_AUTO_TEST_CASE(log_entries_of_one_change_set_are_one_event) {
    auto const entries = json::parse(R"([
        {"seq":4,"change_set":"a","at":"","actor":"ada","reason":"r","entity":"visit","id":"v","visit":null,"rev":1,"op":"create"},
        {"seq":5,"change_set":"a","at":"","actor":"ada","reason":"r","entity":"track","id":"t","visit":"v","rev":1,"op":"create"},
        {"seq":6,"change_set":"b","at":"","actor":"bob","reason":"","entity":"track","id":"t","visit":"v","rev":2,"op":"update"}])");
    auto const news = news_of(entries.as_array());
    BOOST_REQUIRE(news.size() == 2u);
    BOOST_TEST(news[0].seq == 5);
    BOOST_TEST(news[0].changes.size() == 2u);
    auto const event = event_of(news[1]);
    BOOST_TEST(event.id == "6");
    BOOST_TEST(event.name == "changes");
    BOOST_TEST(event.data == R"({"seq":6,"change_set":"b","actor":"bob","reason":"","changes":[{"entity":"track","id":"t","op":"update","rev":2,"visit":"v"}]})");
}

BOOST_AUTO_TEST_CASE(a_log_query_says_which_member_it_does_not_know) {
    auto const query = log_query_of(json::parse(R"({"since":3,"limit":5,"entity":"visit","id":"v","visit":"v"})").as_object());
    BOOST_TEST(query.value().since == 3);
    BOOST_TEST(query.value().limit == 5);
    BOOST_TEST(log_query_of(json::parse(R"({"untill":3})").as_object()).error().field == "/untill");
    BOOST_TEST(log_query_of(json::parse(R"({"since":"3"})").as_object()).error().field == "/since");
}
