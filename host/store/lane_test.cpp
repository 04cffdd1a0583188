// SPDX-License-Identifier: EUPL-1.2
#include "store/test_store.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace kogge::host::store::test {

namespace {

/// Holds the lane inside a check until opened, so that what arrives meanwhile shares the next transaction.
struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool closed = true, entered = false;
    void pass() {
        std::unique_lock lock(mutex);
        entered = true;
        changed.notify_all();
        changed.wait(lock, [&] { return !closed; });
    }
    void await_entry() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return entered; });
    }
    void open() {
        std::lock_guard const lock(mutex);
        closed = false;
        changed.notify_all();
    }
};

/// Until that many change sets stand in the queue behind the gate.
void await_queue(Store const& store, std::size_t length) {
    while (store.waiting() < length) std::this_thread::yield();
}

std::string person(std::string const& id) { return change(create("person", id, R"({"family_name":"x"})")); }

} // namespace

BOOST_FIXTURE_TEST_SUITE(lane, Fixture)

BOOST_AUTO_TEST_CASE(seq_is_gapless_under_eight_writers) {
    constexpr int writers = 8, each = 25;
    std::mutex mutex;
    std::set<std::int64_t> acknowledged;
    std::vector<std::int64_t> told;
    store->on_commit([&](Commit const& commit) { told.push_back(commit.seq); });
    std::vector<std::thread> threads;
    for (int w = 0; w < writers; ++w)
        threads.emplace_back([&, w] {
            for (int i = 0; i < each; ++i) {
                auto const id = std::to_string(w) + "-" + std::to_string(i);
                auto const out = apply(change(create("person", id, "{}") + "," + create("theme", id, "{}")));
                std::lock_guard const lock(mutex);
                if (out.verdict == Verdict::committed) acknowledged.insert(out.seq);
            }
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(acknowledged.size() == std::size_t(writers * each));
    BOOST_TEST(store->seq() == writers * each * 2);
    BOOST_TEST(std::is_sorted(told.begin(), told.end()));
    BOOST_TEST(told.size() == acknowledged.size());
    auto const entries = log({.limit = 10'000});
    std::int64_t expected = 0;
    for (auto const& entry : entries) BOOST_TEST(entry.at("seq").as_int64() == ++expected);
    BOOST_TEST(expected == writers * each * 2);
}

BOOST_AUTO_TEST_CASE(readers_see_whole_change_sets_while_others_write) {
    std::atomic<bool> writing = true;
    std::atomic<int> failed = 0, halves = 0, read = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 6; ++i) // more than there are connections
        readers.emplace_back([&] {
            do {
                auto const entries = store->log({.limit = 10'000});
                auto const persons = store->list("person", {.limit = 10'000});
                failed += !entries || !persons;
                halves += entries && entries.value().size() % 2 != 0;
                ++read;
            } while (writing);
        });
    for (int i = 0; i < 60; ++i) {
        auto const id = std::to_string(i);
        must(change(create("person", id, "{}") + "," + create("theme", id, "{}")));
    }
    writing = false;
    for (auto& reader : readers) reader.join();
    BOOST_TEST(failed == 0);
    BOOST_TEST(read >= 6);
    if (backend() != "memory") // there readers may see what is not committed yet
        BOOST_TEST(halves == 0);
}

BOOST_AUTO_TEST_CASE(of_many_updates_based_on_one_revision_one_wins) {
    must(person("p-1"));
    std::atomic<int> won = 0, lost = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            auto const out = apply(change(R"({"op":"update","entity":"person","id":"p-1","rev":1,"fields":{"family_name":")"
                                          + std::to_string(i) + R"("}})"));
            (out.verdict == Verdict::committed ? won : lost)++;
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(won == 1);
    BOOST_TEST(lost == 7);
}

BOOST_AUTO_TEST_CASE(what_waits_together_sees_what_came_before_also_in_the_mirrors) {
    Gate gate;
    std::set<std::string> mirror; // of persons, as a plugin would keep it
    std::vector<std::string> seen_by_check;
    store->follow({"person"}, [&](std::string_view batch) {
        auto const document = json::parse(batch);
        for (auto const& one : document.at("changes").as_array()) mirror.emplace(one.at("id").as_string());
    });
    check = [&](std::string_view request) {
        if (request.find("first") != request.npos) gate.pass();
        std::string seen;
        for (auto const& id : mirror) seen += id + " ";
        seen_by_check.push_back(seen);
        return Checked();
    };
    std::atomic<int> committed = 0;
    auto const add = [&](char const* id) { committed += apply(person(id)).verdict == Verdict::committed; };
    std::thread first(add, "first");
    gate.await_entry();
    std::thread second(add, "second");
    await_queue(*store, 1);
    std::thread third(add, "third");
    await_queue(*store, 2);
    gate.open();
    first.join();
    second.join();
    third.join();
    BOOST_TEST(committed == 3);
    BOOST_TEST_REQUIRE(seen_by_check.size() == 3U);
    BOOST_TEST(seen_by_check[0] == "");
    BOOST_TEST(seen_by_check[1] == "first ");
    BOOST_TEST(seen_by_check[2] == "first second ");
}

BOOST_AUTO_TEST_CASE(a_check_that_throws_fails_its_change_set_only) {
    check = [](std::string_view request) -> Checked {
        if (request.find("bad") != request.npos) throw std::runtime_error("no answer");
        return {};
    };
    BOOST_TEST((apply(person("bad")).verdict == Verdict::failed));
    BOOST_TEST((apply(person("good")).verdict == Verdict::committed));
    BOOST_TEST(store->seq() == 1);
}

BOOST_AUTO_TEST_CASE(a_change_set_the_database_refuses_falls_alone) {
    if (backend() == "postgres") return; // the trigger is SQLite's
    session()->run(
        "CREATE TRIGGER refuse BEFORE INSERT ON person WHEN new.id = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END");
    Gate gate;
    check = [&](std::string_view request) {
        if (request.find("first") != request.npos) gate.pass();
        return Checked();
    };
    std::map<std::string, Outcome> outcomes;
    std::mutex mutex;
    auto const add = [&](std::string const& id) {
        auto out = apply(change(create("theme", id, "{}") + "," + create("person", id, "{}")));
        std::lock_guard const lock(mutex);
        outcomes[id] = std::move(out);
    };
    std::thread first(add, "first");
    gate.await_entry();
    std::thread second(add, "refused");
    await_queue(*store, 1);
    std::thread third(add, "third");
    await_queue(*store, 2);
    gate.open();
    first.join();
    second.join();
    third.join();
    BOOST_TEST((outcomes["first"].verdict == Verdict::committed));
    BOOST_TEST((outcomes["refused"].verdict == Verdict::failed));
    BOOST_TEST((outcomes["third"].verdict == Verdict::committed));
    BOOST_TEST(store->seq() == 4);
    BOOST_TEST(count("theme") == 2U);
}

BOOST_AUTO_TEST_CASE(a_commit_that_fails_is_taken_back_from_the_mirrors) {
    if (backend() != "file") return; // what makes COMMIT fail is SQLite's
    {
        auto const session = this->session();
        session->run("CREATE TABLE nobody (id BIGINT PRIMARY KEY)");
        session->run("CREATE TABLE orphan (parent BIGINT REFERENCES nobody (id) DEFERRABLE INITIALLY DEFERRED)");
        session->run(
            "CREATE TRIGGER orphans AFTER INSERT ON person WHEN new.id = 'poison' BEGIN INSERT INTO orphan VALUES (1); END");
    }
    must(person("p-1"));
    std::map<std::string, json::object> mirror;
    store->follow({"person"}, [&](std::string_view batch) {
        auto const document = json::parse(batch);
        for (auto const& one : document.at("changes").as_array())
            if (auto const id = std::string(one.at("id").as_string()); one.at("after").is_null())
                mirror.erase(id);
            else
                mirror[id] = one.at("after").as_object();
    });
    auto const before = mirror;
    std::string seen;
    Gate gate;
    check = [&](std::string_view request) {
        if (request.find("first") != request.npos) gate.pass();
        if (request.find("poison") != request.npos) seen = json::serialize(mirror.at("p-1").at("family_name"));
        return Checked();
    };
    std::atomic<int> committed = 0;
    auto const send = [&](std::string const& text) { committed += apply(text).verdict == Verdict::committed; };
    std::thread first(send, change(create("theme", "first", "{}")));
    gate.await_entry();
    std::thread second(send, change(R"({"op":"update","entity":"person","id":"p-1","fields":{"family_name":"moved"}})"));
    await_queue(*store, 1);
    std::thread third(send, person("poison"));
    await_queue(*store, 2);
    gate.open();
    first.join();
    second.join();
    third.join();
    BOOST_TEST(committed == 1);      // the first, alone in its transaction
    BOOST_TEST(seen == "\"moved\""); // the check of the third stood on the second
    BOOST_TEST((mirror == before));  // and both were taken back
    BOOST_TEST(store->seq() == 2);
    BOOST_TEST(count("person") == 1U);
}

BOOST_AUTO_TEST_CASE(two_daemons_on_one_postgresql_follow_each_other) {
    if (backend() != "postgres") return;
    small_world();
    std::mutex mutex;
    std::condition_variable arrived;
    std::vector<json::object> batches;
    std::vector<Commit> commits;
    auto other = Store::open(options()).value();
    other->follow({"venue"}, [&](std::string_view text) {
        std::lock_guard const lock(mutex);
        batches.push_back(json::parse(text).as_object());
    });
    other->on_commit([&](Commit const& commit) {
        std::lock_guard const lock(mutex);
        commits.push_back(commit);
        arrived.notify_all();
    });
    batches.clear();
    must(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"name":"A"}})"));
    must(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"name":"B","capacity":3}})"));
    {
        std::unique_lock lock(mutex); // an idle daemon notices by itself
        BOOST_TEST_REQUIRE(arrived.wait_for(lock, std::chrono::seconds(20), [&] { return commits.size() == 2; }));
        auto const& first = batches.at(0).at("changes").at(0);
        BOOST_TEST(first.at("before").at("name").as_string() == "Rathaus");
        BOOST_TEST(first.at("after").at("name").as_string() == "A");
        BOOST_TEST(first.at("after").at("rev").as_int64() == 2);
        auto const& second = batches.at(1).at("changes").at(0);
        BOOST_TEST(json::serialize(second.at("before")) == json::serialize(first.at("after")));
        BOOST_TEST(second.at("after").at("capacity").as_int64() == 3);
        BOOST_TEST(commits[1].actor == "ada");
    }
    // and what it writes itself comes after
    auto const out = other->apply(json::parse(change(create("theme", "th-1", "{}"))).as_object(), "bob");
    BOOST_TEST(out.seq == 12);
    auto const mine = apply(change(create("theme", "th-2", "{}")));
    BOOST_TEST(mine.seq == 13);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
