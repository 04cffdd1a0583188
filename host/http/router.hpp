// SPDX-License-Identifier: EUPL-1.2
#pragma once
// Which handler answers a method and a path, and what the caller must be allowed to do.

#include "http/message.hpp"

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace kogge::host::http {

/// Runs on a worker thread, several at a time; may block on the store. An exception becomes a 500 with an incident id.
using Handler = std::function<Response(Request const&)>;

/// Pattern segments are literals (`visits`), a parameter (`{visit}`, never empty) with literal text around it
/// (`{token}.ics`), or, last, the rest of the path (`{file*}`, may be empty). A trailing slash counts.
struct Route {
    std::string method;
    std::string pattern;
    std::string needs;                       // scope the authorise hook checks; "public" must be said
    Handler     handler;
    std::size_t max_body = 1024 * 1024;      // never above ServerOptions::max_body
    std::string owner = {};                  // who added it, for messages: "logistics"
    bool        basic = false;               // for the authorise hook: HTTP Basic is offered and taken here
};

/// `route` is null for 404 (`allow` empty) and 405 (`allow` is the header's value).
struct Found {
    Route const* route = nullptr;            // lives as long as the router
    Fields       params;
    std::string  allow;
};

/// Any thread. Routes may be added while requests are served; they are never removed.
class Router {
public:
    Router();
    ~Router();
    Router(Router const&) = delete;
    Router& operator=(Router const&) = delete;

    /// Returns what is wrong (no scope, bad pattern, taken by another route) or nothing.
    [[nodiscard]] std::optional<std::string> add(Route);

    /// Literals win over parameters, longer literal text over shorter, parameters over the rest of the path.
    /// HEAD falls back on GET.
    [[nodiscard]] Found find(std::string_view method, std::string_view path) const;

private:
    struct Node;
    struct Entry;
    struct Search;

    mutable std::shared_mutex mutex_;
    std::list<Entry>          entries_;      // stable addresses
    std::unique_ptr<Node>     root_;
};

}  // namespace kogge::host::http
