// SPDX-License-Identifier: EUPL-1.2
#include "store/session.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace kogge::host::store {

namespace {

constexpr std::size_t most_prepared = 512;

/// A statement as an error may show it: its beginning, which holds names of tables and no values.
std::string shown(std::string_view sql) { return std::string(sql.substr(0, 60)) + (sql.size() > 60 ? "…" : ""); }

Trouble trouble_of_sqlite(int result) {
    switch (result & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: return Trouble::busy;
    case 13: return Trouble::full;
    case 19: return Trouble::constraint;
    default: return Trouble::other;
    }
}

Trouble trouble_of_postgres(std::string_view state) {
    if (state.starts_with("08") || state.starts_with("57P") || state.empty()
        || std::all_of(state.begin(), state.end(), [](char c) { return c == ' '; }))
        return Trouble::lost;
    if (state.starts_with("40") || state == "55P03" || state == "53300") return Trouble::busy;
    if (state.starts_with("53")) return Trouble::full;
    return state.starts_with("23") ? Trouble::constraint : Trouble::other;
}

/// What SOCI has no words for.
PGconn* libpq_of(soci::session& session) { return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_; }

/// SOCI wants named places; ours are question marks.
std::string with_names(std::string_view sql) {
    std::string out;
    int place = 0;
    for (char const c : sql)
        if (c == '?')
            out += ":p" + std::to_string(place++);
        else
            out += c;
    return out;
}

} // namespace

/// A statement and the places its values go through, which must not move while it lives.
struct Session::Prepared {
    struct Slot {
        Cell cell;
        soci::indicator indicator = soci::i_null;
    };
    Prepared(soci::session& session, std::string_view sql, Cells values, std::string_view columns)
        : statement(session), uses(values.size()), intos(columns.size()), row(columns.size()) {
        statement.alloc();
        statement.prepare(with_names(sql));
        for (std::size_t i = 0; i < uses.size(); ++i)
            bind(uses[i], values[i].storage,
                 [&](auto& value, auto& indicator) { statement.exchange(soci::use(value, indicator)); });
        for (std::size_t i = 0; i < intos.size(); ++i) {
            bind(intos[i], static_cast<Storage>(columns[i]),
                 [&](auto& value, auto& indicator) { statement.exchange(soci::into(value, indicator)); });
            row[i].storage = intos[i].cell.storage;
        }
        statement.define_and_bind();
    }
    static void bind(Slot& slot, Storage storage, auto const& exchange) {
        slot.cell.storage = storage;
        switch (storage) {
        case Storage::integer: return exchange(slot.cell.integer, slot.indicator);
        case Storage::real: return exchange(slot.cell.real, slot.indicator);
        case Storage::text: return exchange(slot.cell.text, slot.indicator);
        }
    }
    void set(Cells values) {
        for (std::size_t i = 0; i < uses.size(); ++i) {
            uses[i].indicator = values[i].null ? soci::i_null : soci::i_ok;
            uses[i].cell.integer = values[i].integer;
            uses[i].cell.real = values[i].real;
            uses[i].cell.text = values[i].text;
        }
    }
    Cells take_row() {
        for (std::size_t i = 0; i < intos.size(); ++i) {
            row[i].null = intos[i].indicator == soci::i_null;
            row[i].integer = intos[i].cell.integer;
            row[i].real = intos[i].cell.real;
            std::swap(row[i].text, intos[i].cell.text);
        }
        return row;
    }

    soci::statement statement;
    std::vector<Slot> uses, intos;
    std::vector<Cell> row;
};

struct Session::Impl {
    soci::session soci;
    std::unordered_map<std::string, std::unique_ptr<Prepared>> prepared;
};

Session::Session(Dialect const& dialect) : dialect_(dialect), impl_(std::make_unique<Impl>()) { connect(); }

Session::~Session() {
    rollback();
    impl_->prepared.clear();
}

std::size_t Session::prepared() const { return impl_->prepared.size(); }

void Session::raise(std::string_view sql) {
    Trouble trouble = Trouble::other;
    std::string code;
    try {
        throw;
    } catch (soci::sqlite3_soci_error const& e) {
        trouble = trouble_of_sqlite(e.result());
        code = "SQLite error " + std::to_string(e.result());
    } catch (soci::postgresql_soci_error const& e) {
        trouble = trouble_of_postgres(e.sqlstate());
        code = "SQLSTATE " + e.sqlstate();
    } catch (soci::soci_error const&) {
        // What libpq cannot reach, or loses, comes without a SQLSTATE.
        trouble = dialect_.postgres ? Trouble::lost : Trouble::other;
        code = dialect_.postgres ? "the server does not answer" : "a driver error";
    }
    broken_ = broken_ || trouble == Trouble::lost;
    throw DatabaseError(trouble, "the database refused '" + shown(sql) + "' (" + code + ")");
}

template <class F>
auto Session::guarded(std::string_view sql, F&& work) {
    try {
        return work();
    } catch (soci::soci_error const&) {
        raise(sql);
    }
}

void Session::connect() {
    auto const& factory = dialect_.postgres ? static_cast<soci::backend_factory const&>(*soci::factory_postgresql())
                                            : static_cast<soci::backend_factory const&>(*soci::factory_sqlite3());
    guarded("connect", [&] { impl_->soci.open(factory, dialect_.connection); });
    in_transaction_ = broken_ = false;
    for (auto const& sql : dialect_.after_connect) run(sql);
}

void Session::reconnect() {
    impl_->prepared.clear();
    try {
        impl_->soci.close();
    } catch (soci::soci_error const&) {
        // it was broken: that is why we are here
    }
    broken_ = true;
    connect();
}

Session::Prepared& Session::prepare(std::string_view sql, Cells values, std::string_view columns) {
    std::string key(sql);
    key += '\n';
    for (auto const& value : values) key += static_cast<char>(value.storage);
    key += '\n';
    key += columns;
    auto found = impl_->prepared.find(key);
    if (found == impl_->prepared.end()) {
        if (impl_->prepared.size() >= most_prepared) impl_->prepared.clear();
        found = impl_->prepared.emplace(std::move(key), std::make_unique<Prepared>(impl_->soci, sql, values, columns)).first;
    }
    found->second->set(values);
    return *found->second;
}

long long Session::execute(std::string_view sql, Cells values) {
    return guarded(sql, [&] {
        auto& prepared = prepare(sql, values, {});
        prepared.statement.execute(true);
        return prepared.statement.get_affected_rows();
    });
}

void Session::query(std::string_view sql, Cells values, std::string_view columns, std::function<void(Cells)> const& each) {
    guarded(sql, [&] {
        auto& prepared = prepare(sql, values, columns);
        struct Drain { // also when `each` throws: an open cursor would pin the snapshot
            soci::statement& statement;
            bool more;
            ~Drain() {
                try {
                    while (more) more = statement.fetch();
                } catch (soci::soci_error const&) {
                    more = false;
                }
            }
        } drain{prepared.statement, false};
        drain.more = prepared.statement.execute(true);
        while (drain.more) {
            each(prepared.take_row());
            drain.more = false;
            drain.more = prepared.statement.fetch();
        }
    });
}

Cell Session::value(std::string_view sql, std::initializer_list<Cell> values, Storage storage) {
    Cell out(storage);
    bool first = true;
    char const column = static_cast<char>(storage);
    query(sql, values, std::string_view(&column, 1), [&](Cells row) {
        if (first) out = row[0];
        first = false;
    });
    return out;
}

void Session::run(std::string const& sql) {
    guarded(sql, [&] {
        soci::statement statement(impl_->soci);
        statement.alloc();
        statement.prepare(sql, soci::details::st_one_time_query);
        statement.define_and_bind();
        if (statement.execute(true))
            while (statement.fetch()) {
            }
    });
}

void Session::begin() {
    run(dialect_.begin);
    in_transaction_ = true;
}

void Session::commit() {
    run("COMMIT");
    in_transaction_ = false;
}

void Session::rollback() noexcept {
    if (!in_transaction_) return;
    in_transaction_ = false;
    try {
        run("ROLLBACK");
    } catch (std::exception const&) {
        broken_ = true;
    }
}

int Session::descriptor() const { return PQsocket(libpq_of(impl_->soci)); }

bool Session::take_notices() {
    auto* const connection = libpq_of(impl_->soci);
    if (PQconsumeInput(connection) == 0) {
        broken_ = true;
        throw DatabaseError(Trouble::lost, "the database is gone");
    }
    bool others = false;
    while (auto* const notice = PQnotifies(connection)) {
        others = others || notice->be_pid != PQbackendPID(connection);
        PQfreemem(notice);
    }
    return others;
}

bool Session::alive() noexcept {
    try {
        return !broken_ && value("SELECT 1", {}, Storage::integer).integer == 1;
    } catch (std::exception const&) {
        return false;
    }
}

} // namespace kogge::host::store
