// SPDX-License-Identifier: EUPL-1.2
// A WebDAV request and its answer without a socket or a host: what the server is tested with.
#pragma once

#include "dav/collection.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::calendar::dav {

struct DavRequest {
    std::string_view method, target, body;
    std::function<std::optional<std::string>(std::string_view)> header; // any case
    Principal who;
};

struct DavResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string type = "application/xml; charset=utf-8"; // of the body

    void set(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
};

} // namespace kogge::calendar::dav
