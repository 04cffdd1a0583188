// SPDX-License-Identifier: EUPL-1.2
// A change set as it was sent, decoded strictly: its shape, the names in it, and every value by itself.
#pragma once

#include "store/catalogue.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kogge::host::store {

constexpr std::size_t most_changes = 250'000; // of one change set: an import of 100,000 items with all that belongs to them

enum class Op { create, update, erase };
std::string_view to_text(Op op);

/// One change as asked for. `fields` holds canonical values: all of them for a creation, the named ones for an update.
struct Asked {
    Op op = Op::create;
    EntityType const* type = nullptr;
    std::string id;
    std::optional<std::int64_t> rev;
    json::object fields;
};

struct ChangeSetRequest {
    std::string reason;
    bool dry_run = false;
    std::set<std::string> confirm; // finding keys, or "*"
    std::vector<Asked> changes;

    bool confirms(std::string const& key) const { return confirm.contains("*") || confirm.contains(key); }
};

Result<ChangeSetRequest> read_change_set(Catalogue const& catalogue, json::object const& document);

} // namespace kogge::host::store
