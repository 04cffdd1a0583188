// SPDX-License-Identifier: EUPL-1.2
#include "store/test_store.hpp"

namespace kogge::host::store::test {

BOOST_FIXTURE_TEST_SUITE(undo_suite, Fixture)

BOOST_AUTO_TEST_CASE(undo_restores_everything_but_the_revisions) {
    small_world();
    auto const without_revisions = [&] {
        auto text = everything();
        for (auto at = text.find("\"rev\":"); at != text.npos; at = text.find("\"rev\":", at + 1))
            text.erase(at, text.find(',', at) - at + 1);
        return text;
    };
    auto const before = without_revisions();
    auto const done = must(change(
        R"({"op":"update","entity":"programme_item","id":"it-1","fields":{"meal":"lunch","venue":null}},{"op":"delete","entity":"person","id":"p-2"},)"
        + create("theme", "th-1", R"({"name":{"text":"Waterstof","language":"nl"}})")));
    auto const undo = store->undo_of(done.seq).value();
    BOOST_TEST((store->apply(undo, "bob").verdict == Verdict::committed));
    BOOST_TEST(without_revisions() == before);
    BOOST_TEST(get("programme_item", "it-1").at("rev").as_int64() == 3);
    BOOST_TEST(get("person", "p-2").at("rev").as_int64() == 3); // 1, deleted as 2, back as 3: newer for every calendar
}

BOOST_AUTO_TEST_CASE(undo_of_a_cascade_brings_back_all_that_went_along) {
    small_world();
    auto const done = must(change(R"({"op":"delete","entity":"visit","id":"v-1"})"));
    auto const undo = store->undo_of(done.seq - 1).value(); // any entry of it
    BOOST_TEST((store->apply(undo, "bob").verdict == Verdict::committed));
    BOOST_TEST(text("programme_item", "it-1", "tracks") == R"(["t-1"])");
}

BOOST_AUTO_TEST_CASE(undo_says_who_changed_it_since) {
    small_world();
    auto const first = must(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"name":"A"}})"));
    must(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"capacity":5}})"));
    BOOST_TEST(store->undo_of(first.seq).has_value()); // another field is no hindrance
    must(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"name":"B"}})"));
    auto const refused = store->undo_of(first.seq);
    BOOST_TEST((refused.error().code == ErrorCode::conflict));
    BOOST_TEST(refused.error().message.find("venue ve-1 has been changed since (name) by ada") == 0U);
    auto const made = must(change(create("theme", "th-1", "{}")));
    must(change(R"({"op":"update","entity":"theme","id":"th-1","fields":{"name":{"text":"x","language":"nl"}}})"));
    BOOST_TEST((store->undo_of(made.seq).error().code == ErrorCode::conflict));
}

BOOST_AUTO_TEST_CASE(undo_knows_no_change_that_is_not_there_or_internal) {
    small_world();
    BOOST_TEST((store->undo_of(4711).error().code == ErrorCode::not_found));
    auto const made = must(change(create("key", "k-1", R"({"name":"n"})")));
    BOOST_TEST((store->undo_of(made.seq).error().code == ErrorCode::not_found));
    BOOST_TEST(log({.since = made.seq - 1}).empty());
}

BOOST_AUTO_TEST_CASE(undo_brings_sensitive_fields_back_too) {
    small_world();
    must(change(create("care", "ca-1", R"({"person":"p-1","diet":"halal","steps":3})")));
    auto const done = must(change(R"({"op":"delete","entity":"care","id":"ca-1"})"));
    BOOST_TEST((store->apply(store->undo_of(done.seq).value(), "bob").verdict == Verdict::committed));
    auto const back = store->get("care", "ca-1", {.care = true, .actor = "bob"}).value();
    BOOST_TEST(back.at("diet").as_string() == "halal");
    BOOST_TEST(back.at("steps").as_int64() == 3);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
