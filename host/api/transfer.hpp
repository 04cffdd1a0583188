// SPDX-License-Identifier: EUPL-1.2
// Documents that carry many entities at once: how an import becomes a change set, and how an export is gathered.
#pragma once

#include "model/core.hpp"
#include "store/store.hpp"

#include <kogge/json.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kogge::host {
class House;
}

namespace kogge::host::api {

inline constexpr std::string_view export_format = "kogge-export/1";

/// What a document wants to create, and which of its parts nobody understood.
struct Draft {
    json::array changes;
    std::vector<std::string> skipped;
    std::vector<std::string> origins; // where in the document each change stands ("/entities/visit/3"); empty: unknown
};

/// Recognises the format and lets host and plugins read their parts. `text` is the document's own text.
Result<Draft> read_document(House& house, json::object const& document, std::string const& text);

/// True when every field of `wanted` stands in `stored` with the same value.
bool already_so(json::value const& wanted, json::value const& stored);

/// {"format","seq","visit","entities":{kind:[document…]}}: everything, or one visit with all that it refers to.
Result<json::object> gather_export(House& house, std::string const& visit, store::Access const& access);

} // namespace kogge::host::api
