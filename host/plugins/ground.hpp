// SPDX-License-Identifier: EUPL-1.2
// What the house lends its plugins. The daemon implements it over store and router, the test host over a store in
// memory; a plugin cannot tell which it stands on.
#pragma once

#include <kogge/result.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
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
    std::string method, target, params, query, user, language, body, headers;
};
struct RouteResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<std::string> depends;
    std::string body;
};
using RouteHandler = std::function<RouteResponse(RouteRequest const&)>;

struct RouteSpec {
    std::vector<std::string> methods;
    std::string pattern, needs;
    RouteHandler handler;
    bool basic = false;                                // sign-in by HTTP Basic is offered as well
    std::size_t max_body = std::size_t(1) << 20U;
};

/// Work on a plugin's strand that no request asks for. `run` may block on the store.
struct JobSpec {
    std::string name;
    std::chrono::seconds every{}; // after it last returned; 0: only when woken
    std::function<void()> run;
};

/// As abi.h's kg_fetched_fn has them; called once, where the plugin's jobs run.
using FetchDone = std::function<void(std::string_view answer, std::string_view body)>;

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
    virtual void follow(std::string const& plugin, std::vector<std::string> const& kinds, std::function<void(std::string_view batch)> tell) = 0;
    virtual Result<void> job(std::string const& plugin, JobSpec spec) = 0;

    // While it runs, from its strand. `plugin` asks: its own kinds (EntityOptions::own) are there for nobody else.
    virtual Result<std::string> get(std::string const& plugin, std::string_view kind, std::string_view id) = 0;
    virtual Result<void> list(std::string const& plugin, std::string_view kind, boost::json::object const& filter, std::function<void(std::string_view)> const& each) = 0;
    /// `query` and the entries as in abi.h's kg_store.log.
    virtual Result<void> log_entries(std::string const& plugin, boost::json::object const& query, std::function<void(std::string_view)> const& each) = 0;
    virtual Applied apply(std::string const& plugin, std::string_view change_set) = 0;
    /// `request` as in abi.h's kg_fetch.start. An error is about the request itself; then `done` is never called.
    virtual Result<void> fetch(std::string const& plugin, boost::json::object const& request, FetchDone done) = 0;

    // Any time, any thread.
    virtual Result<void> wake(std::string const& plugin, std::string_view job) = 0;
    virtual std::optional<std::string> setting(std::string const& plugin, std::string_view key) = 0;
    virtual std::int64_t now_us() = 0;
    virtual void log(std::string const& plugin, int level, std::string_view message, std::string_view fields) = 0;
};

} // namespace kogge::host::plugins
