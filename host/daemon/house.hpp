// SPDX-License-Identifier: EUPL-1.2
// Everything of a running Kogge but its sockets: store, plugins, identity, router and caches, put together. `kogge serve`
// lays an http::Server on top; the command line on a stopped daemon's data and the test host ask it directly.
#pragma once

#include "daemon/config.hpp"
#include "http/cache.hpp"
#include "http/dispatch.hpp"
#include "http/events.hpp"
#include "http/router.hpp"
#include "identity/identity.hpp"
#include "plugins/host.hpp"
#include "store/store.hpp"
#include "web/assets.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kogge::host {

struct HouseOptions {
    Config config;
    bool in_memory = false;                       // the test host: SQLite in memory, no files
    std::function<std::int64_t()> now_us;         // empty: the system's clock
    std::function<void(plugins::PluginHost&)> add_plugins; // empty: load the configured folder
    std::function<void(int level, std::string_view part, std::string_view message)> log; // empty: standard error
};

class House : private plugins::Ground {
  public:
    /// Opens the data folder, migrates, loads the plugins and their read models. The error says what to do.
    static Result<std::unique_ptr<House>> open(HouseOptions options);
    ~House() override;

    store::Store& store() { return *store_; }
    plugins::PluginHost& plugins() { return *plugins_; }
    Identity& identity() { return *identity_; }
    http::Router& router() { return router_; }
    http::Cache& cache() { return cache_; }
    http::EventHub& hub() { return hub_; }
    Config const& config() const { return options_.config; }
    web::Assets const& assets() const { return assets_; }
    std::vector<json::object> const& descriptions() const { return descriptions_; }
    std::int64_t now_us() override;

    /// For an http::Server over router() and cache().
    http::Hooks hooks();
    /// A request from inside the house, with every right: `actor` is who the change log will name.
    http::Response request(std::string_view method, std::string_view target, std::string body, std::string const& actor);

    /// Applies a change set for `actor`.
    store::Outcome apply(json::object const& change_set, std::string const& actor, bool dry_run);
    void log(int level, std::string_view part, std::string_view message);

  private:
    explicit House(HouseOptions options);
    Result<void> start();

    // plugins::Ground
    Result<void> entity(std::string const& plugin, json::object const& description) override;
    Result<void> route(std::string const& plugin, plugins::RouteSpec spec) override;
    void follow(std::vector<std::string> const& kinds, std::function<void(std::string_view batch)> tell) override;
    Result<std::string> get(std::string_view kind, std::string_view id) override;
    Result<void> list(std::string_view kind, json::object const& filter, std::function<void(std::string_view)> const& each) override;
    Result<void> log_entries(json::object const& query, std::function<void(std::string_view)> const& each) override;
    plugins::Applied apply(std::string const& plugin, std::string_view change_set) override;
    std::optional<std::string> setting(std::string const& plugin, std::string_view key) override;
    void log(std::string const& plugin, int level, std::string_view message, std::string_view fields) override;

    struct Following {
        std::vector<std::string> kinds;
        std::function<void(std::string_view)> tell;
    };

    HouseOptions options_;
    http::Router router_;
    http::Cache cache_;
    http::EventHub hub_;
    web::Assets assets_;
    std::vector<json::object> descriptions_;
    std::vector<Following> followings_; // asked for while plugins start, begun once the store is open
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Identity> identity_;
    std::unique_ptr<plugins::PluginHost> plugins_;
};

} // namespace kogge::host
