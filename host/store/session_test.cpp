// SPDX-License-Identifier: EUPL-1.2
// Each case is named after a trap of SOCI, SQLite or libpq that the store stands beside.
#include "store/lease.hpp"
#include "store/test_store.hpp"

#include <fstream>
#include <thread>

namespace kogge::host::store::test {

namespace {

struct Bench {
    Database database;
    Dialect dialect = Dialect::of(database.url).value();
    Session session{dialect};

    Bench() { session.run("CREATE TABLE t (i BIGINT, r DOUBLE PRECISION, s " + dialect.text + ")"); }
    void add(Cell i, Cell r, Cell s) { session.execute("INSERT INTO t (i, r, s) VALUES (?, ?, ?)", {i, r, s}); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(session_traps, Bench)

BOOST_AUTO_TEST_CASE(integers_are_not_cut_to_32_bits) {
    add(9'007'199'254'740'991LL, 0.1, "x");
    BOOST_TEST(session.value("SELECT i FROM t", {}, Storage::integer).integer == 9'007'199'254'740'991LL);
    BOOST_TEST(session.value("SELECT i + 1 FROM t", {}, Storage::integer).integer == 9'007'199'254'740'992LL);
    BOOST_TEST(session.value("SELECT COUNT(*) FROM t", {}, Storage::integer).integer == 1);
    BOOST_TEST(session.value("SELECT r FROM t", {}, Storage::real).real == 0.1);
}

BOOST_AUTO_TEST_CASE(nulls_stay_nulls_also_in_a_kept_statement) {
    add(Cell(Storage::integer), Cell(Storage::real), Cell(Storage::text));
    add(1, 1.5, "one");
    add(Cell(Storage::integer), 2.5, Cell(Storage::text));
    std::string shown;
    session.query("SELECT i, s FROM t ORDER BY r", {}, "it", [&](Cells row) {
        shown += (row[0].null ? "-" : std::to_string(row[0].integer)) + (row[1].null ? "-" : row[1].text) + " ";
    });
    BOOST_TEST((shown == "-- 1one -- " || shown == "1one -- -- ")); // where nulls sort is the backend's
}

BOOST_AUTO_TEST_CASE(a_statement_is_prepared_once) {
    for (int i = 0; i < 5; ++i) add(i, 0.0, "x");
    auto const before = session.prepared();
    for (int i = 0; i < 5; ++i) add(i, 0.0, "x");
    BOOST_TEST(session.prepared() == before);
}

BOOST_AUTO_TEST_CASE(a_result_is_drained_even_when_its_reader_throws) {
    for (int i = 0; i < 100; ++i) add(i, 0.0, "x");
    auto const read = [&] { session.query("SELECT i FROM t", {}, "i", [](Cells) { throw std::runtime_error("enough"); }); };
    BOOST_CHECK_THROW(read(), std::runtime_error);
    Session writer(dialect);
    writer.begin(); // an open cursor would make this "locked" at once
    writer.execute("UPDATE t SET i = 7 WHERE i = 3");
    writer.commit();
    BOOST_TEST(session.value("SELECT COUNT(*) FROM t WHERE i = 7", {}, Storage::integer).integer == 2); // no snapshot is pinned
}

BOOST_AUTO_TEST_CASE(a_write_transaction_is_immediate_and_waits_its_turn) {
    if (backend() == "memory") return; // table locks of a shared cache know no waiting: only the lane writes there
    session.begin();
    add(1, 0.0, "first");
    std::thread other([&] {
        Session second(dialect);
        second.begin();
        second.execute("UPDATE t SET s = 'second' WHERE i = 1");
        second.commit();
    });
    session.commit();
    other.join();
    BOOST_TEST(session.value("SELECT COUNT(*) FROM t", {}, Storage::integer).integer == 1);
}

BOOST_AUTO_TEST_CASE(a_lease_is_rolled_back_when_it_returns) {
    Pool pool(dialect, 1);
    {
        auto const lease = pool.take();
        lease->begin();
        lease->execute("INSERT INTO t (i, r, s) VALUES (1, 1.0, 'x')");
    }
    auto const again = pool.take();
    BOOST_TEST(!again->in_transaction());
    BOOST_TEST(again->value("SELECT COUNT(*) FROM t", {}, Storage::integer).integer == 0);
}

BOOST_AUTO_TEST_CASE(an_empty_pool_says_so_instead_of_blocking_for_ever) {
    Pool pool(dialect, 1, std::chrono::milliseconds(1));
    auto const lease = pool.take();
    BOOST_CHECK_EXCEPTION(pool.take(), DatabaseError, [](DatabaseError const& e) { return e.trouble == Trouble::busy; });
}

BOOST_AUTO_TEST_CASE(errors_carry_no_bound_values) {
    session.run("CREATE TABLE u (s " + dialect.text + " PRIMARY KEY)");
    session.execute("INSERT INTO u (s) VALUES (?)", {"passport-NX123"});
    auto const twice = [&] { session.execute("INSERT INTO u (s) VALUES (?)", {"passport-NX123"}); };
    BOOST_CHECK_EXCEPTION(twice(), DatabaseError, [](DatabaseError const& e) {
        return e.trouble == Trouble::constraint && std::string(e.what()).find("NX123") == std::string::npos
               && std::string(e.what()).find("INSERT INTO u") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(pragmas_are_set_again_after_every_connect) {
    if (backend() != "file") return;
    for (int i = 0; i < 2; ++i) {
        BOOST_TEST(session.value("PRAGMA foreign_keys", {}, Storage::integer).integer == 1);
        BOOST_TEST(session.value("PRAGMA synchronous", {}, Storage::integer).integer == 2); // FULL
        BOOST_TEST(session.value("PRAGMA busy_timeout", {}, Storage::integer).integer == 5000);
        BOOST_TEST(session.value("PRAGMA journal_mode", {}, Storage::text).text == "wal");
        session.reconnect();
    }
}

BOOST_AUTO_TEST_CASE(a_reconnect_forgets_the_statements_of_the_old_connection) {
    add(1, 0.0, "x");
    BOOST_TEST(session.prepared() > 0U);
    session.reconnect();
    BOOST_TEST(session.prepared() == 0U);
    add(2, 0.0, "y");
    BOOST_TEST(session.value("SELECT COUNT(*) FROM t", {}, Storage::integer).integer == 2);
}

BOOST_AUTO_TEST_CASE(a_connection_the_server_cut_is_noticed_and_made_anew) {
    if (backend() != "postgres") return;
    Pool pool(dialect, 1);
    auto const pid = pool.read([](Session& s) { return s.value("SELECT pg_backend_pid()", {}, Storage::integer).integer; });
    session.value("SELECT CAST(pg_terminate_backend(CAST(? AS integer)) AS text)", {pid}, Storage::text);
    BOOST_TEST(pool.read([](Session& s) { return s.value("SELECT 41 + 1", {}, Storage::integer).integer; }) == 42);
}

BOOST_AUTO_TEST_CASE(text_is_kept_to_the_byte) {
    std::string const text = "it's 50% of \\ \"x\" :name ? \xc3\xa9 \n\t -- /* */ E'' arr[1:2]";
    add(1, 0.0, text);
    BOOST_TEST(session.value("SELECT s FROM t WHERE s = ?", {text}, Storage::text).text == text);
    std::string const large(300'000, 'x');
    add(2, 0.0, large);
    BOOST_TEST(session.value("SELECT s FROM t WHERE i = 2", {}, Storage::text).text == large);
}

BOOST_AUTO_TEST_CASE(text_compares_byte_by_byte) {
    for (auto const* word : {"a", "B", "_", "é", "Z"}) add(1, 0.0, word);
    std::string order;
    session.query("SELECT s FROM t ORDER BY s", {}, "t", [&](Cells row) { order += row[0].text; });
    BOOST_TEST(order == "BZ_aé");
}

BOOST_AUTO_TEST_CASE(no_backend_is_loaded_from_the_current_directory) {
    // SOCI loads a backend named by string from "." first. Ours are factory objects, so a name in a URL reaches no loader.
    BOOST_TEST(!Dialect::of("empty://x").has_value());
    BOOST_TEST(!Dialect::of("sqlite3://x").has_value());
    BOOST_TEST(!Dialect::of("sqlite://relative.db").has_value());
    BOOST_TEST(!Dialect::of("sqlite:///x\" readonly=1").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
