// SPDX-License-Identifier: EUPL-1.2
// What somebody wants fetched, checked before a thread is bothered with it.
#pragma once

#include <kogge/result.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::host::outbound {

/// What an operator allows in [outbound].
struct Limits {
    std::size_t max_bytes = std::size_t(32) << 20U; // of a decoded body
    std::chrono::seconds timeout{60};               // of everything, redirects included
    int redirects = 5;
};

/// An address of http or https, taken apart by the library that will connect to it.
struct Url {
    std::string text; // as it is asked
    std::string scheme, host;
    std::string port;

    bool same_origin(Url const& other) const { return scheme == other.scheme && host == other.host && port == other.port; }
};
/// With `from`: a reference as a redirect has it, resolved against where it came from.
Result<Url> parse_url(std::string_view text, Url const* from = nullptr);

struct Request {
    Url url;
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body, user, password;
    std::size_t max_bytes = 0;
    std::chrono::milliseconds timeout{};
};

/// `wish` as in abi.h's kg_fetch.start; what it may not ask for is cut down to `limits`.
Result<Request> read_request(boost::json::object const& wish, Limits const& limits);

} // namespace kogge::host::outbound
