// SPDX-License-Identifier: EUPL-1.2
// Loads plugins from a folder and stands on the other side of abi.h: every plugin has a strand, a table of the services
// it was granted, and a state that `kogge plugin list` can explain in one sentence.
#pragma once

#include "plugins/ground.hpp"
#include "plugins/manifest.hpp"

#include <kogge/abi.h>

#include <boost/json/array.hpp>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace kogge::host::plugins {

enum class State { running, refused, disabled };

struct Status {
    std::string name, version;
    State state = State::refused;
    std::string reason; // one sentence; empty when running
};

/// What the checks of all plugins say about one request.
struct CheckReport {
    boost::json::array before, after, affected; // findings and {"person","entity","id"} as in kg_check_fn
    std::vector<std::string> failed;            // "logistics: …": a check that could not answer
};

struct ImportReport {
    boost::json::array changes;
    std::set<std::string> claims;
};

class Plugin;

class PluginHost {
  public:
    explicit PluginHost(Ground& ground);
    ~PluginHost();
    PluginHost(PluginHost const&) = delete;

    /// Reads every manifest in `folder` (*.so), then creates and starts the plugins that may run. Whatever is wrong
    /// with one is its own Status; the others run.
    void load(std::filesystem::path const& folder, std::set<std::string> const& disabled = {});
    /// A plugin linked into this program: for its author's tests.
    void add(Manifest manifest, kg_entry const& entry);
    /// Cuts all callbacks, stops and destroys the plugins. The destructor does it too.
    void stop();

    std::vector<Status> list() const;

    /// Asks every check. `request` is the document of kg_check_fn.
    CheckReport check(std::string_view request);
    /// Every importer of `format` takes its part of the document.
    Result<ImportReport> import(std::string_view format, std::string_view document);
    Result<std::string> call(std::string_view service, std::string_view request);

    /// The sentence of a finding in `language` (then en, then the code): the template "finding.<code>" of any running
    /// plugin, with {names} filled from `args`.
    std::string sentence(std::string_view code, boost::json::object const& args, std::string_view language) const;

  private:
    void begin(std::unique_ptr<Plugin> plugin, kg_entry const* entry);
    void refuse(std::string name, std::string version, std::string reason, State state = State::refused);

    Ground& ground_;
    std::vector<std::unique_ptr<Plugin>> plugins_; // running
    std::vector<Status> others_;                   // refused and disabled
};

} // namespace kogge::host::plugins
