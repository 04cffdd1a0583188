// SPDX-License-Identifier: EUPL-1.2
// HTTP Basic (RFC 7617), for clients that know nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kogge::host::api {

struct BasicCredentials {
    std::string name, password; // UTF-8, without control characters
};

/// Of an Authorization header; nothing when it has another scheme or is malformed.
std::optional<BasicCredentials> read_basic(std::string_view header);

} // namespace kogge::host::api
