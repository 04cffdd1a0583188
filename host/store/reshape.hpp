// SPDX-License-Identifier: EUPL-1.2
// One field of one kind on its way from an older description to a newer one: judged value by value first, then rewritten.
#pragma once

#include "store/rows.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kogge::host::store {

class Reshape {
  public:
    /// `stored` is how the column is kept: 'i', 'r', 't', or 's' for sealed text; absent: there is no such column yet.
    Reshape(Rows const& rows, EntityType const& type, Field const& field, std::optional<char> stored)
        : rows_(rows), type_(type), field_(field), stored_(stored) {}

    /// Whether every stored value can be one of the new description. Only reads.
    Result<void> judge(Session& session) const;
    /// Adds the column where it is missing and rewrites what reads differently now, in the log, too.
    void apply(Session& session) const;

  private:
    struct Value {
        std::string id;
        Cell cell;
    };
    std::vector<Value> values(Session& session) const;
    json::value old_value(std::string_view id, Cell const& cell) const;
    Result<json::value> new_value(Value const& value) const;
    void reseal_log(Session& session) const;

    Rows const& rows_;
    EntityType const& type_;
    Field const& field_;
    std::optional<char> stored_;
};

/// How a column of a field is kept, as Reshape and kogge_kinds.columns spell it.
char kept_as(Field const& field);

} // namespace kogge::host::store
