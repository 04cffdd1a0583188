// SPDX-License-Identifier: EUPL-1.2
// kogge.toml: what an operator may set. Every key has a default; KOGGE_SECTION_KEY in the environment overrides it.
#pragma once

#include "mail/settings.hpp"

#include <kogge/result.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kogge::host {

struct Config {
    // [server]
    std::string listen = "127.0.0.1:8420";
    unsigned threads = 0; // 0: one per processor
    unsigned workers = 0; // 0: twice the processors, at least 4
    std::string public_url;
    std::string tls_certificate, tls_key;
    unsigned max_body_mb = 64;
    std::string web_root; // serve the desk from here instead of from the binary

    // [store]
    std::string store_url;  // empty: kogge.db in the data folder
    std::string backup_dir; // empty: backups/ in the data folder

    // [plugins]
    std::string plugin_folder; // empty: where this installation keeps them
    std::set<std::string> disabled_plugins;

    // [log]
    std::string log_level = "info";  // debug, info, warn, error
    std::string log_format = "text"; // text, json

    // [identity]
    int session_hours = 12;

    // [outbound]
    std::vector<std::string> allow_private; // blocks of addresses that plugins may fetch from although they are not public
    unsigned fetch_max_mb = 32;
    unsigned fetch_timeout_s = 60;

    // [mail]
    mail::Settings mail;

    // [demo]
    std::string demo_scenario; // empty: the one this installation came with

    // [plugin.<name>]: handed to the plugin as it stands
    std::map<std::string, boost::json::object> plugin;

    // not in the file
    std::filesystem::path data_dir; // KOGGE_DATA_DIR, else $XDG_DATA_HOME/kogge, else ~/.local/share/kogge
};

/// Reads `file` (none: defaults), then the environment; relative paths then start at the data folder. An error names file,
/// line, column and key.
Result<Config> read_config(std::filesystem::path const& file, std::map<std::string, std::string> const& environment);

/// What store::Options takes: the configured place, a relative SQLite path starting at the data folder.
std::string store_url(Config const& config);
std::filesystem::path backup_folder(Config const& config);
/// As configured, else where this program's installation (or build tree) keeps them.
std::filesystem::path plugin_folder(Config const& config);
std::filesystem::path demo_scenario(Config const& config);

/// This process's environment.
std::map<std::string, std::string> environment();

struct HostPort {
    std::string address;
    std::uint16_t port = 0;
};
Result<HostPort> parse_listen(std::string const& text);

} // namespace kogge::host
