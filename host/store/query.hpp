// SPDX-License-Identifier: EUPL-1.2
// What readers ask, as SQL: filters over the columns of a kind.
#pragma once

#include "store/rows.hpp"
#include "store/store.hpp"

#include <string>
#include <vector>

namespace kogge::host::store {

struct Where {
    std::string sql = "1 = 1";
    std::vector<Cell> values;
    void add(std::string_view condition, std::vector<Cell> more) {
        sql += " AND ";
        sql += condition;
        for (auto& value : more) values.push_back(std::move(value));
    }
};

/// An error names the field (`/starts`) that cannot be compared so, or the value that is none of it.
Result<Where> where_of(Dialect const& dialect, EntityType const& type, std::vector<Condition> const& conditions);

} // namespace kogge::host::store
