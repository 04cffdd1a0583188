// SPDX-License-Identifier: EUPL-1.2
// Documents in and out of the tables of their kinds. A document here is whole: {"id","rev","updated_us",…fields}.
#pragma once

#include "store/catalogue.hpp"
#include "store/cipher.hpp"
#include "store/session.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::store {

struct Column {
    Field const* field;
    std::string name;
    Storage storage;
    bool utc = false; // the instant derived from a local time, for comparing
};

/// How a field is kept: what is sensitive is text, encrypted.
Storage storage_of(Field const& field);
std::vector<Column> columns_of(EntityType const& type);

struct Table {
    explicit Table(EntityType const& entity_type);

    EntityType const* type;
    std::vector<Column> columns;                // without id, rev and updated_us, which come first
    std::string insert, update, remove, select; // `select` is without WHERE
    std::string shape;                          // of select's columns
};

/// A field of some kind that refers to another.
struct Inbound {
    Table const* table;
    Field const* field;
    bool cascade;
    bool linked; // inside a list or an object: found through kogge_links
};

class Rows {
  public:
    Rows(Catalogue const& catalogue, Cipher const& cipher);

    Catalogue const& catalogue() const { return catalogue_; }
    Cipher const& cipher() const { return cipher_; }
    Table const* table(std::string_view kind) const;
    std::vector<Inbound> const& inbound(std::string_view kind) const;

    /// Throws when a sensitive value does not open; without `sensitive` such fields are left out.
    json::object document(Table const& table, Cells row, bool sensitive) const;
    std::optional<json::object> load(Session& session, Table const& table, std::string_view id, bool sensitive = true) const;
    /// All documents of a kind by id, `limit` at a time.
    void each(Session& session, Table const& table, int limit,
              std::function<void(std::vector<json::object>&&)> const& page) const;

    void insert(Session& session, Table const& table, json::object const& document) const;
    void update(Session& session, Table const& table, json::object const& before, json::object const& after) const;
    void remove(Session& session, Table const& table, json::object const& before) const;
    /// The cell a value is kept as.
    Cell cell(EntityType const& type, std::string_view id, Column const& column, json::value const& value) const;

  private:
    void links(Session& session, EntityType const& type, json::object const* before, json::object const* after) const;
    std::vector<Cell> cells(Table const& table, json::object const& document) const;

    Catalogue const& catalogue_;
    Cipher const& cipher_;
    std::map<std::string, Table, std::less<>> tables_;
    std::map<std::string, std::vector<Inbound>, std::less<>> inbound_;
};

std::string_view text_of(json::object const& document, std::string_view name);
std::int64_t number_of(json::object const& document, std::string_view name);
/// The visit a document belongs to: its own id for a visit; empty for what belongs to none.
std::string visit_of(EntityType const& type, json::object const& document);
/// Where a sensitive value lives, for the cipher.
std::string place_of(EntityType const& type, std::string_view id, Field const& field);

} // namespace kogge::host::store
