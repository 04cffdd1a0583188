// SPDX-License-Identifier: EUPL-1.2
#include "store/hints.hpp"
#include "store/test_store.hpp"

#include <condition_variable>
#include <mutex>

namespace kogge::host::store::test {

namespace {

/// Counts what it heard, and waits for it.
struct Ear {
    std::mutex mutex;
    std::condition_variable arrived;
    int heard = 0;

    std::function<void()> listener() {
        return [this] {
            std::lock_guard const lock(mutex);
            ++heard;
            arrived.notify_all();
        };
    }
    bool wait_for(int times) {
        std::unique_lock lock(mutex);
        return arrived.wait_for(lock, std::chrono::seconds(20), [&] { return heard >= times; });
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(hints, Fixture)

BOOST_AUTO_TEST_CASE(one_daemon_hears_the_other_and_not_itself) {
    if (backend() != "postgres") return;
    auto const dialect = Dialect::of(database.url).value();
    Ear here, there;
    Hints mine(dialect, here.listener()), theirs(dialect, there.listener());
    BOOST_TEST_REQUIRE(here.wait_for(1)); // each has looked once
    BOOST_TEST_REQUIRE(there.wait_for(1));
    for (int i = 0; i < 100; ++i) mine.tell();
    BOOST_TEST(there.wait_for(2));
    theirs.tell();
    BOOST_TEST(here.wait_for(2)); // its own are before that one, and nobody was told of them
    std::lock_guard const lock(here.mutex);
    BOOST_TEST(here.heard == 2);
}

BOOST_AUTO_TEST_CASE(a_lost_connection_is_made_anew_and_everybody_looks) {
    if (backend() != "postgres") return;
    auto const dialect = Dialect::of(database.url).value();
    Ear ear;
    Hints hints(dialect, ear.listener());
    BOOST_TEST_REQUIRE(ear.wait_for(1));
    BOOST_TEST(hints.listening());
    session()->run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN kogge' AND datname = current_database()");
    BOOST_TEST(ear.wait_for(2));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
