// SPDX-License-Identifier: EUPL-1.2
// What became of a change set, in the words of host/README.md.
#pragma once

#include "http/message.hpp"
#include "store/store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>

namespace kogge::host {
class House;
}

namespace kogge::host::api {

/// Findings with their `key` and their sentence in `language`.
json::array rendered(House& house, json::array const& findings, std::string const& language);
json::object outcome_document(House& house, store::Outcome const& outcome, std::string const& language);
/// With the status that fits: 200, 409 or 422 (400 for what the documents cannot be).
http::Response outcome_answer(House& house, store::Outcome const& outcome, std::string const& language);

} // namespace kogge::host::api
