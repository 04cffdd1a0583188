// SPDX-License-Identifier: EUPL-1.2
// What became of a change set, in the words of host/README.md.
#pragma once

#include "http/message.hpp"
#include "store/store.hpp"

#include <kogge/json.hpp>

#include <optional>
#include <string>

namespace kogge::host {
class House;
}

namespace kogge::host::api {

/// Findings with their `key` and their sentence in `language`.
json::array rendered(House& house, json::array const& findings, std::string const& language);
json::object outcome_document(House& house, store::Outcome const& outcome, std::string const& language);
/// What stands in the way of a change set that was not taken, in one sentence.
std::optional<Error> error_of(store::Outcome const& outcome, std::string const& language = "en");
/// With the status that fits: 200; 409 and 422, where the outcome is a problem document as well; a plain problem for what
/// the documents cannot be. To a dry run what would be refused is an answer like any other.
http::Response outcome_answer(House& house, store::Outcome const& outcome, std::string const& language, bool dry_run = false);

} // namespace kogge::host::api
