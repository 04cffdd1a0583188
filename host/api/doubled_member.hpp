// SPDX-License-Identifier: EUPL-1.2
// Of a member that stands twice in one JSON object, readers differ on which one counts: what one of them checked is not
// what the other obeys. Boost.JSON keeps the last in silence, so we look ourselves.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kogge::host::api {

/// A JSON pointer to the first member of `text` that stands twice in its object. `text` is well-formed JSON; of anything
/// else the answer means nothing.
std::optional<std::string> doubled_member(std::string_view text);

} // namespace kogge::host::api
