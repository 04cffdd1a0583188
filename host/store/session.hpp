// SPDX-License-Identifier: EUPL-1.2
// The only door to SOCI: one connection with its cache of prepared statements. Every result is read to its end, nothing
// goes through soci::row, and what an error says never carries a bound value.
#pragma once

#include "store/dialect.hpp"

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::store {

/// How a column is kept: BIGINT, double precision or TEXT.
enum class Storage : char { integer = 'i', real = 'r', text = 't' };

/// One value on its way into a statement or out of a result.
struct Cell {
    Storage storage = Storage::text;
    bool null = true;
    long long integer = 0;
    double real = 0;
    std::string text;

    Cell() = default;
    explicit Cell(Storage s) : storage(s) {} // a null
    Cell(long long value) : storage(Storage::integer), null(false), integer(value) {}
    Cell(std::int64_t value) : Cell(static_cast<long long>(value)) {}
    Cell(int value) : Cell(static_cast<long long>(value)) {}
    Cell(double value) : storage(Storage::real), null(false), real(value) {}
    Cell(std::string value) : null(false), text(std::move(value)) {}
    Cell(std::string_view value) : Cell(std::string(value)) {}
    Cell(char const* value) : Cell(std::string(value)) {}
};
using Cells = std::span<Cell const>;

enum class Trouble { lost, busy, full, constraint, other };

/// The database refused or is gone. The message names the statement, never a value in it.
struct DatabaseError : std::runtime_error {
    DatabaseError(Trouble t, std::string const& message) : std::runtime_error(message), trouble(t) {}
    Trouble trouble;
};

class Session {
  public:
    explicit Session(Dialect const& dialect);
    ~Session();
    Session(Session const&) = delete;

    Dialect const& dialect() const { return dialect_; }
    /// Runs a statement with `?` for each value; the number of rows it touched.
    long long execute(std::string_view sql, Cells values);
    long long execute(std::string_view sql, std::initializer_list<Cell> values = {}) {
        return execute(sql, Cells(values.begin(), values.size()));
    }
    /// `columns` names the storage of each column of the result ("tii"). The cells live until the next row.
    void query(std::string_view sql, Cells values, std::string_view columns, std::function<void(Cells)> const& each);
    void query(std::string_view sql, std::initializer_list<Cell> values, std::string_view columns,
               std::function<void(Cells)> const& each) {
        query(sql, Cells(values.begin(), values.size()), columns, each);
    }
    /// The first column of the first row; a null cell when there is none.
    Cell value(std::string_view sql, std::initializer_list<Cell> values, Storage storage);
    /// One statement as it is, not kept: tables, indexes, PRAGMAs.
    void run(std::string const& sql);

    void begin();
    void commit();
    /// Never throws: a connection that cannot roll back is opened anew before its next use.
    void rollback() noexcept;
    bool in_transaction() const { return in_transaction_; }
    /// Asks the server whether it is there.
    bool alive() noexcept;
    /// Forgets the prepared statements, which belong to the old connection, and connects again.
    void reconnect();
    bool broken() const { return broken_; }
    /// PostgreSQL: where notices of LISTEN arrive, for poll(); and whether somebody else's came since the last call.
    int descriptor() const;
    bool take_notices();
    std::size_t prepared() const;

  private:
    struct Prepared;
    struct Impl;
    void connect();
    Prepared& prepare(std::string_view sql, Cells values, std::string_view columns);
    [[noreturn]] void raise(std::string_view sql);
    template <class F>
    auto guarded(std::string_view sql, F&& work);

    Dialect const& dialect_;
    std::unique_ptr<Impl> impl_;
    bool in_transaction_ = false;
    bool broken_ = false;
};

/// Rolls back what was not committed when it leaves.
class Transaction {
  public:
    explicit Transaction(Session& session) : session_(session) { session_.begin(); }
    ~Transaction() { session_.rollback(); }
    void commit() { session_.commit(); }

  private:
    Session& session_;
};

} // namespace kogge::host::store
