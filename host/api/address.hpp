// SPDX-License-Identifier: EUPL-1.2
// Where people reach this daemon.
#pragma once

#include "daemon/config.hpp"
#include "http/message.hpp"

#include <string>

namespace kogge::host::api {

/// As configured, else as this request came in: "https://kogge.example.org", without a slash at the end.
inline std::string public_address(Config const& config, http::Request const& request) {
    if (!config.public_url.empty())
        return config.public_url;
    return (config.tls_certificate.empty() ? "http://" : "https://") + std::string(request.header("Host").value_or("localhost"));
}

} // namespace kogge::host::api
