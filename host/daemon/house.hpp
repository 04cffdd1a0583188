// SPDX-License-Identifier: EUPL-1.2
// Everything of a running Kogge but its sockets: store, plugins, identity, router and caches, put together. `kogge serve`
// lays an http::Server on top; the command line on a stopped daemon's data and the test host ask it directly.
#pragma once

#include "api/openapi.hpp"
#include "daemon/config.hpp"
#include "daemon/events.hpp"
#include "daemon/log.hpp"
#include "daemon/usage.hpp"
#include "http/cache.hpp"
#include "http/dispatch.hpp"
#include "http/events.hpp"
#include "http/router.hpp"
#include "identity/identity.hpp"
#include "jobs/jobs.hpp"
#include "mail/post.hpp"
#include "outbound/fetcher.hpp"
#include "plugins/host.hpp"
#include "store/store.hpp"
#include "web/assets.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kogge::host {

struct HouseOptions {
    Config config;
    bool in_memory = false;                       // the test host: SQLite in memory, no files
    std::function<std::int64_t()> now_us;         // empty: the system's clock
    std::function<void(plugins::PluginHost&)> add_plugins; // empty: load the configured folder
    LogSink log;                                           // empty: standard error
    /// Answers what plugins fetch (a test); empty: the network. As abi.h's kg_fetch.start and kg_fetched_fn spell it.
    std::function<std::pair<std::string, std::string>(json::object const& request)> answer_fetch;
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
    /// {"at","client","days":{"2027-04-21":fetches}} by the id of a token, of those that were ever used.
    Result<json::object> uses() const;
    Config const& config() const { return options_.config; }
    web::Assets const& assets() const { return assets_; }
    std::vector<json::object> const& descriptions() const { return descriptions_; }
    std::int64_t now_us() override;

    /// Begins what no request asks for: jobs, fetches, mail. Only the daemon does; a house opened to look at stopped data, or by
    /// a test, stays quiet. Until then fetches wait.
    Result<void> work();
    /// In place of work(): runs on this thread what jobs are due by the house's clock, and what they wake.
    std::size_t run_jobs() { return jobs_.run_due(); }

    /// Adds a route of the host's own; a clash is a bug of ours and throws.
    void add_route(http::Route route);
    std::vector<api::RouteDoc> const& route_docs() const { return route_docs_; }
    /// Where GET /metrics finds the server's numbers; name and value. Before the server starts, and after it stopped.
    using ServerMetrics = std::function<std::vector<std::pair<std::string, std::uint64_t>>()>;
    void measure(ServerMetrics metrics) { server_metrics_ = std::move(metrics); }
    std::vector<std::pair<std::string, std::uint64_t>> server_metrics() const;

    /// For an http::Server over router() and cache().
    http::Hooks hooks();
    /// A request from inside the house, with every right: `actor` is who the change log will name. A calendar link is
    /// checked all the same.
    http::Response request(std::string_view method, std::string_view target, std::string body, std::string const& actor);

    /// Applies a change set for `actor`; kinds that are the host's own business (users, tokens) stay unknown to it.
    store::Outcome apply(json::object const& change_set, std::string const& actor, bool dry_run);
    void log(int level, std::string_view part, std::string_view message);

    /// Subscribes to the commits that touch `visit` or something that belongs to no visit (empty: to all). With `since`,
    /// what came after it is in the queue already: nothing is missed, nothing comes twice.
    Result<std::shared_ptr<http::Subscription>> listen(std::string const& visit, std::optional<std::int64_t> since);

  private:
    explicit House(HouseOptions options);
    Result<void> start();
    Result<void> open_assets();
    Result<void> open_store();
    Result<void> open_post();
    void add_host_routes();
    store::Outcome apply_for(std::string const& plugin, json::object const& change_set, std::string const& actor, bool dry_run);
    store::Outcome commit(json::object const& change_set, std::string const& actor, bool dry_run);
    void publish(store::Commit const& commit);
    Result<void> push_missed(http::Subscription& to, std::string const& visit, std::int64_t since);

    // plugins::Ground
    Result<void> entity(std::string const& plugin, json::object const& description) override;
    Result<void> route(std::string const& plugin, plugins::RouteSpec spec) override;
    void follow(std::string const& plugin, std::vector<std::string> const& kinds, std::function<void(std::string_view batch)> tell) override;
    Result<void> job(std::string const& plugin, plugins::JobSpec spec) override;
    Result<std::string> get(std::string const& plugin, std::string_view kind, std::string_view id) override;
    Result<void> list(std::string const& plugin, std::string_view kind, json::object const& filter, std::function<void(std::string_view)> const& each) override;
    Result<void> log_entries(std::string const& plugin, json::object const& query, std::function<void(std::string_view)> const& each) override;
    plugins::Applied apply(std::string const& plugin, std::string_view change_set) override;
    Result<void> fetch(std::string const& plugin, json::object const& request, plugins::FetchDone done) override;
    Result<void> wake(std::string const& plugin, std::string_view job) override;
    std::optional<std::string> setting(std::string const& plugin, std::string_view key) override;
    void log(std::string const& plugin, int level, std::string_view message, std::string_view fields) override;

    /// Whether `plugin` may see and change entities of that kind.
    bool open_to(std::string const& plugin, std::string_view kind) const;

    struct Following {
        std::string plugin;
        std::vector<std::string> kinds;
        std::function<void(std::string_view)> tell;
    };

    HouseOptions options_;
    http::Router router_;
    http::Cache cache_;
    http::EventHub hub_{2 * most_missed, std::size_t(4) << 20U};
    web::Assets assets_;
    std::vector<api::RouteDoc> route_docs_;
    ServerMetrics server_metrics_;
    std::vector<json::object> descriptions_;
    std::map<std::string, std::string, std::less<>> own_kinds_; // EntityOptions::own: kind to plugin
    std::vector<Following> followings_; // asked for while plugins start, begun once the store is open
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<Identity> identity_;
    std::unique_ptr<Usage> usage_;
    std::unique_ptr<plugins::PluginHost> plugins_;
    Jobs jobs_;
    std::unique_ptr<mail::Post> post_; // with [mail], and only in a house that works
    outbound::AddressRules fetch_rules_;
    outbound::Limits fetch_limits_;
    std::unique_ptr<outbound::Fetcher> fetcher_; // since work()
    std::mutex publishing_; // a new listener stands either before a commit or after it
    std::int64_t published_ = 0;
};

} // namespace kogge::host
