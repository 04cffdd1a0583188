// SPDX-License-Identifier: EUPL-1.2
// Commands of whoever keeps Kogge running.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/words.hpp"
#include "daemon/run_note.hpp"
#include "daemon/serve.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <filesystem>

namespace kogge::host::cli {

namespace {

namespace fs = std::filesystem;

struct Doubt {
    std::string setting, what;
};

/// The nearest folder above that is there: what is missing below it is made when it is needed.
fs::path standing(fs::path path) {
    std::error_code ec;
    while (!fs::exists(path, ec) && path.has_parent_path() && path != path.parent_path()) path = path.parent_path();
    return path.empty() ? fs::path(".") : path;
}

void writable(std::vector<Doubt>& doubts, std::string setting, fs::path const& path) {
    if (auto const at = standing(path); ::access(at.c_str(), W_OK | X_OK) != 0)
        doubts.push_back({std::move(setting), "cannot write to " + at.string()});
}

void readable(std::vector<Doubt>& doubts, std::string setting, fs::path const& path) {
    if (!path.empty() && ::access(path.c_str(), R_OK) != 0)
        doubts.push_back({std::move(setting), "cannot read " + path.string()});
}

/// Whether a PostgreSQL server answers there; it is not signed in to, so that nothing is migrated by looking.
void reachable(std::vector<Doubt>& doubts, std::string const& url) {
    switch (::PQping(url.c_str())) {
    case PQPING_OK: return;
    case PQPING_REJECT: return doubts.push_back({"store.url", "the PostgreSQL server refuses connections just now"});
    case PQPING_NO_RESPONSE: return doubts.push_back({"store.url", "no PostgreSQL server answers there"});
    case PQPING_NO_ATTEMPT: return doubts.push_back({"store.url", "is no PostgreSQL address that can be used"});
    }
}

std::vector<Doubt> doubts_about(Config const& config) {
    std::vector<Doubt> doubts;
    writable(doubts, "KOGGE_DATA_DIR", config.data_dir);
    auto const url = store_url(config);
    constexpr std::string_view sqlite = "sqlite://";
    if (url.starts_with(sqlite))
        writable(doubts, "store.url", fs::path(url.substr(sqlite.size())).parent_path());
    else
        reachable(doubts, url);
    writable(doubts, "store.backup_dir", backup_folder(config));
    if (auto const mail = mail::ready(config.mail); !mail) doubts.push_back({mail.error().field, mail.error().message});
    readable(doubts, "plugins.folder", plugin_folder(config));
    readable(doubts, "demo.scenario", demo_scenario(config));
    readable(doubts, "server.web_root", config.web_root);
    readable(doubts, "server.tls_certificate", config.tls_certificate);
    readable(doubts, "server.tls_key", config.tls_key);
    if (config.tls_certificate.empty() != config.tls_key.empty())
        doubts.push_back({"server.tls_key", "certificate and key go together: set both or neither"});
    return doubts;
}

/// Where what counts, without the password of a database.
std::vector<std::pair<std::string, std::string>> places(Context const& context) {
    auto const& config = context.config();
    auto url = store_url(config);
    if (auto const at = url.find('@'), colon = url.find(':', url.find("//") + 2); at != url.npos && colon < at)
        url.replace(colon + 1, at - colon - 1, "…");
    return {{"file", context.config_file().empty() ? "(none: defaults)" : context.config_file()},
            {"data folder", config.data_dir.string()},
            {"server.listen", config.listen},
            {"store.url", url},
            {"store.backup_dir", backup_folder(config).string()},
            {"plugins.folder", plugin_folder(config).string()},
            {"demo.scenario", demo_scenario(config).string()}};
}

/// To another folder, which may be on another disk. What is there already stays.
Result<void> carry(fs::path const& from, fs::path const& to) {
    std::error_code ec;
    bool const copied = fs::copy_file(from, to, ec);
    if (!copied)
        return Error{ErrorCode::failed,
                     "the backup is in " + from.string() + ", but could not be put into " + to.string() + ": " + ec.message()};
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, ec);
    fs::remove(from, ec);
    return boost::outcome_v2::success();
}

} // namespace

Result<void> run_daemon(Context& context) { return serve(context.config()); }

Result<void> plugin_list(Context& context) {
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/plugins"));
    if (context.wants_json()) {
        context.print_json(document);
        return boost::outcome_v2::success();
    }
    auto const& language = context.language();
    Table table({words::name.in(language), words::version.in(language), words::state.in(language), words::reason.in(language)});
    for (auto const& plugin : list_at(document, "plugins"))
        table.row({text_at(plugin, "name"), text_at(plugin, "version"), text_at(plugin, "state"), text_at(plugin, "reason")});
    context.print(table);
    return boost::outcome_v2::success();
}

Result<void> check_config(Context& context) {
    auto const doubts = doubts_about(context.config());
    if (context.wants_json()) {
        json::object settings;
        for (auto const& [name, value] : places(context)) settings[name] = value;
        json::array list;
        for (auto const& doubt : doubts) list.push_back({{"setting", doubt.setting}, {"what", doubt.what}});
        context.print_json(json::value{{"settings", std::move(settings)}, {"problems", std::move(list)}});
    } else {
        Table table({"setting", "value"});
        for (auto const& [name, value] : places(context)) table.row({name, value});
        context.print(table);
    }
    for (auto const& doubt : doubts) context.remark(doubt.setting + ": " + doubt.what);
    if (doubts.empty()) {
        context.remark("the configuration is good");
        return boost::outcome_v2::success();
    }
    return invalid(std::to_string(doubts.size()) + (doubts.size() == 1 ? " setting needs" : " settings need") + " a look");
}

/// Opening the store is what migrates it, with a backup first.
Result<void> migrate(Context& context) {
    KOGGE_TRY(auto* const api, context.client());
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/changes?limit=1"));
    if (context.wants_json()) context.print_json(json::value{{"seq", document.at("seq")}, {"running", api->running()}});
    context.remark(api->running()
                       ? "the daemon that serves " + context.config().data_dir.string() + " migrated the store when it started"
                       : store_url(context.config()).substr(0, store_url(context.config()).find('@')) + " is up to date");
    return boost::outcome_v2::success();
}

Result<void> backup(Context& context) {
    auto const wanted = context.arguments()[0].empty() ? fs::path() : fs::absolute(context.arguments()[0]);
    if (std::error_code ec; !wanted.empty() && fs::exists(wanted, ec))
        return Error{ErrorCode::conflict, wanted.string() + " is there already; name another file"};
    KOGGE_TRY(auto made, context.ask("POST", "/api/v1/backup"));
    if (!wanted.empty()) {
        KOGGE_TRY(carry(text_at(made, "file"), wanted));
        made.as_object()["file"] = wanted.string();
    }
    if (context.wants_json())
        context.print_json(made);
    else
        context.print(text_at(made, "file"));
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
