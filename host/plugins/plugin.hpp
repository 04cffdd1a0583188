// SPDX-License-Identifier: EUPL-1.2
// One loaded plugin: its strand, what it registered, and the C tables it is handed.
#pragma once

#include "plugins/ground.hpp"
#include "plugins/manifest.hpp"

#include <kogge/abi.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kogge::host::plugins {

class PluginHost;

/// The right to be inside a plugin: while one lives, no other thread calls into it. A call that may wait for others
/// (applying a change set, calling another plugin from a route) gives the strand up for its length with Pause.
class Strand {
  public:
    class Hold {
      public:
        explicit Hold(Strand& strand);
        ~Hold();
        Hold(Hold const&) = delete;

      private:
        Strand& strand_;
        Strand* outer_;
    };
    /// Lets go of the strand this thread holds, if it holds one that may be let go of.
    class Pause {
      public:
        Pause();
        ~Pause();
        Pause(Pause const&) = delete;

      private:
        Strand* held_;
    };
    /// As Hold, for calls in which the plugin's world is moved aside: a Pause does nothing.
    class Firm {
      public:
        explicit Firm(Strand& strand) : lock_(strand.mutex_) {}

      private:
        std::lock_guard<std::mutex> lock_;
    };

  private:
    std::mutex mutex_;
};

struct Plugin {
    Plugin(Manifest m, PluginHost& h, Ground& g);
    ~Plugin();

    /// create() and start(); the error is the sentence for `kogge plugin list`.
    Result<void> begin(kg_entry const* entry);
    void end();

    Manifest manifest;
    PluginHost& host;
    Ground& ground;
    Strand strand;
    kg_host table{};
    kg_plugin* instance = nullptr;
    bool starting = false;
    bool running = false;
    std::shared_ptr<void> library; // never unloaded

    struct Check { std::string name; kg_check_fn run; void* ctx; };
    struct Importer { std::string format; kg_import_fn run; void* ctx; };
    struct Provider { kg_call_fn run; void* ctx; };
    struct Following { std::vector<std::string> kinds; kg_follow_fn tell; void* ctx; };
    struct RouteWish { std::vector<std::string> methods; std::string pattern, needs; bool basic; std::optional<std::int64_t> max_body; kg_http_fn run; void* ctx; };
    struct JobWish { std::string name; std::uint32_t seconds; kg_job_fn run; void* ctx; };
    std::vector<Check> checks;
    std::vector<Importer> importers;
    std::map<std::string, Provider, std::less<>> providers;
    std::vector<Following> followings;
    std::vector<RouteWish> routes;
    std::vector<JobWish> jobs;
    std::vector<boost::json::object> entities;
};

/// The text of the last error on this thread, as set by a plugin (set_error) or for it (last_error).
std::string& thread_error();

/// The service table named `id`, or null when this host has none.
void const* service_table(std::string_view id);
std::vector<std::string> service_names();

} // namespace kogge::host::plugins
