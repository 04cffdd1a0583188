// SPDX-License-Identifier: EUPL-1.2
// What the house lends its plugins. The daemon implements it over store and router, the test host over a store in
// memory; a plugin cannot tell which it stands on.
#pragma once

#include <kogge/result.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::host::plugins {

/// A request as it crosses the boundary: everything already text or JSON text.
struct RouteRequest {
    std::string method, target, params, query, user, language, body;
};
struct RouteResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<std::string> depends;
    std::string body;
};
using RouteHandler = std::function<RouteResponse(RouteRequest const&)>;

struct RouteSpec {
    std::string method, pattern, needs;
    RouteHandler handler;
};

/// What a change set led to, as the API spells it; `error` is set for conflict, refusal and failure.
struct Applied {
    std::string outcome;
    std::optional<Error> error;
};

class Ground {
  public:
    virtual ~Ground() = default;

    // While a plugin starts: its wishes, handed over together once start() has succeeded.
    virtual Result<void> entity(std::string const& plugin, boost::json::object const& description) = 0;
    virtual Result<void> route(std::string const& plugin, RouteSpec spec) = 0;
    /// `tell` gets the batches of abi.h's kg_follow_fn, first what is stored, then each commit; always one at a time.
    virtual void follow(std::vector<std::string> const& kinds, std::function<void(std::string_view batch)> tell) = 0;

    // While it runs, from its strand.
    virtual Result<std::string> get(std::string_view kind, std::string_view id) = 0;
    virtual Result<void> list(std::string_view kind, boost::json::object const& filter, std::function<void(std::string_view)> const& each) = 0;
    /// `query` and the entries as in abi.h's kg_store.log.
    virtual Result<void> log_entries(boost::json::object const& query, std::function<void(std::string_view)> const& each) = 0;
    virtual Applied apply(std::string const& plugin, std::string_view change_set) = 0;

    // Any time, any thread.
    virtual std::optional<std::string> setting(std::string const& plugin, std::string_view key) = 0;
    virtual std::int64_t now_us() = 0;
    virtual void log(std::string const& plugin, int level, std::string_view message, std::string_view fields) = 0;
};

} // namespace kogge::host::plugins
