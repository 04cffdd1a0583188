// SPDX-License-Identifier: EUPL-1.2
#include "store/bench_raw.hpp"

#include <sqlite3.h>

#include <map>
#include <stdexcept>

namespace bench {

namespace {

constexpr char const* null_mark = "\1";

void must(int result, int expected, sqlite3* db) {
    if (result != expected) throw std::runtime_error(sqlite3_errmsg(db));
}

void run(sqlite3* db, char const* sql) { must(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK, db); }

RawRows::Table read(sqlite3* db, std::string const& table, std::string const& where, std::string const& prefix) {
    RawRows::Table out;
    sqlite3_stmt* select = nullptr;
    must(sqlite3_prepare_v2(db, ("SELECT * FROM " + table + " WHERE " + where).c_str(), -1, &select, nullptr), SQLITE_OK, db);
    must(sqlite3_bind_text(select, 1, prefix.c_str(), -1, SQLITE_TRANSIENT), SQLITE_OK, db);
    auto const columns = sqlite3_column_count(select);
    out.insert = "INSERT INTO " + table + " VALUES (?";
    for (int i = 1; i < columns; ++i) out.insert += ", ?";
    out.insert += ")";
    while (sqlite3_step(select) == SQLITE_ROW) {
        auto& row = out.rows.emplace_back();
        for (int i = 0; i < columns; ++i) {
            auto const* text = sqlite3_column_text(select, i);
            row.emplace_back(text ? reinterpret_cast<char const*>(text) : null_mark);
        }
    }
    sqlite3_finalize(select);
    return out;
}

} // namespace

struct RawWriter::Impl {
    sqlite3* db = nullptr;
    std::map<std::string, sqlite3_stmt*> prepared;
    ~Impl() {
        for (auto const& [sql, statement] : prepared) sqlite3_finalize(statement);
        sqlite3_close(db);
    }
    sqlite3_stmt* prepare(std::string const& sql) {
        auto& statement = prepared[sql];
        if (!statement) must(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr), SQLITE_OK, db);
        return statement;
    }
};

RawWriter::RawWriter(std::string const& file) : impl_(std::make_unique<Impl>()) {
    must(sqlite3_open(file.c_str(), &impl_->db), SQLITE_OK, impl_->db);
    run(impl_->db, "PRAGMA journal_mode=WAL");
    run(impl_->db, "PRAGMA synchronous=FULL");
}

RawWriter::~RawWriter() = default;
RawWriter::RawWriter(RawWriter&&) noexcept = default;

RawRows RawWriter::rows_of(std::string const& file, std::string const& prefix) const {
    Impl from;
    must(sqlite3_open_v2(file.c_str(), &from.db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK, from.db);
    return {{read(from.db, "programme_item", "id GLOB ?1 || '*'", prefix),
             read(from.db, "kogge_links", "source GLOB ?1 || '*'", prefix),
             read(from.db, "kogge_log", "id GLOB ?1 || '*' ORDER BY seq", prefix)}};
}

void RawWriter::write(RawRows const& rows) {
    auto const step = [&](sqlite3_stmt* statement) {
        must(sqlite3_step(statement), SQLITE_DONE, impl_->db);
        sqlite3_reset(statement);
    };
    step(impl_->prepare("BEGIN IMMEDIATE"));
    for (auto const& table : rows.tables) {
        auto* insert = impl_->prepare(table.insert);
        for (auto const& row : table.rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                must(row[i] == null_mark
                         ? sqlite3_bind_null(insert, int(i) + 1)
                         : sqlite3_bind_text(insert, int(i) + 1, row[i].data(), int(row[i].size()), SQLITE_STATIC),
                     SQLITE_OK, impl_->db);
            step(insert);
        }
    }
    step(impl_->prepare("UPDATE kogge_counter SET seq = seq + 20 WHERE id = 1"));
    step(impl_->prepare("COMMIT"));
}

} // namespace bench
