// SPDX-License-Identifier: EUPL-1.2
// The change log: one entry per changed entity, numbered without gaps in the order of the commits.
#pragma once

#include "store/rows.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::store {

struct Entry {
    std::int64_t seq = 0;
    std::string change_set;
    std::int64_t at_us = 0;
    std::string actor, reason, entity, id, visit;
    std::int64_t rev = 0;
    std::string op;
    std::string before, after; // JSON text of the fields, sensitive ones sealed; empty: none
};

void write_entry(Session& session, Entry const& entry);
/// Entries in order of seq. `where` is SQL after WHERE, with `?` for `values`.
std::vector<Entry> read_entries(Session& session, std::string_view where, std::vector<Cell> values, int limit);
/// The last revision an entity had before it was deleted; 0: there was none.
std::int64_t last_revision(Session& session, std::string_view entity, std::string_view id);

/// The fields of a document as the log keeps them: sensitive ones sealed; with `other`, only those that differ from it.
std::string log_text(Cipher const& cipher, EntityType const& type, json::object const& document,
                     json::object const* other = nullptr);
/// And back: opened, or left out when `sensitive` is false. Fields the description no longer has are left out, too.
std::optional<json::object> log_fields(Cipher const& cipher, EntityType const& type, std::string_view id,
                                       std::string const& text, bool sensitive);

/// An instant as documents write it, with the fraction of a second where there is one.
std::string instant_text(std::int64_t us);

} // namespace kogge::host::store
