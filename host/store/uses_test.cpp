// SPDX-License-Identifier: EUPL-1.2
#include "store/test_store.hpp"

namespace kogge::host::store::test {

BOOST_FIXTURE_TEST_SUITE(uses, Fixture)

BOOST_AUTO_TEST_CASE(two_daemons_count_together_and_the_last_look_is_the_last) {
    auto const seq = store->seq();
    std::vector<Use> const here{{"t-1", 20'833, 1'800'000'100, "iOS", 3}, {"t-2", 20'833, 1'800'000'000, "khal", 1}};
    std::vector<Use> const there{{"t-1", 20'833, 1'800'000'050, "Outlook", 2}};
    BOOST_TEST(store->add_uses(here, 0).has_value());
    BOOST_TEST(store->add_uses(there, 0).has_value());
    auto const all = store->uses().value();
    BOOST_REQUIRE(all.size() == 2u);
    BOOST_TEST(all[0].times == 5);
    BOOST_TEST(all[0].client == "iOS");
    BOOST_TEST(all[0].at == 1'800'000'100);
    BOOST_TEST(store->seq() == seq);
    BOOST_TEST(log().empty());
    BOOST_TEST(reopen().has_value());
    if (backend() != "memory")
        BOOST_TEST(store->uses().value().size() == 2u);
}

BOOST_AUTO_TEST_CASE(old_days_are_forgotten_but_the_last_one_is_known_for_ever) {
    std::vector<Use> const days{{"t-1", 100, 1, "a", 1}, {"t-1", 101, 2, "b", 1}, {"t-2", 100, 1, "a", 1}, {"t-2", 200, 3, "c", 1}};
    BOOST_TEST(store->add_uses(days, 150).has_value());
    auto const left = store->uses().value();
    BOOST_REQUIRE(left.size() == 2u);
    BOOST_TEST(left[0].day == 101);
    BOOST_TEST(left[1].day == 200);
}

BOOST_AUTO_TEST_CASE(a_look_at_a_read_model_goes_to_the_access_log) {
    store->note_read("user:1", "GET /dietary", "v-1");
    store->stop();
    std::string seen;
    if (backend() == "memory")
        return; // gone with the store
    session()->query("SELECT actor, entity, id FROM kogge_access", {}, "ttt", [&](Cells row) { seen += row[0].text + " " + row[1].text + " " + row[2].text; });
    BOOST_TEST(seen == "user:1 GET /dietary v-1");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
