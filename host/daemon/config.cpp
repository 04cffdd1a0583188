// SPDX-License-Identifier: EUPL-1.2
#include "daemon/config.hpp"

#include "outbound/address.hpp"

#include <kogge/json.hpp>

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <sstream>

extern char** environ;

namespace kogge::host {

namespace {

/// One row per key: where it stands in the file and how its text becomes the value.
struct Key {
    std::string_view section, name;
    std::function<bool(Config&, std::string const&)> set;
    std::string_view wants;
};

bool to_number(std::string const& text, auto& out) {
    auto const* end = text.data() + text.size();
    auto const [at, error] = std::from_chars(text.data(), end, out);
    return error == std::errc() && at == end;
}

auto text_key(std::string Config::*member) {
    return [member](Config& config, std::string const& value) { return config.*member = value, true; };
}
template <class T>
auto number_key(T Config::*member) {
    return [member](Config& config, std::string const& value) { return to_number(value, config.*member); };
}
auto choice_key(std::string Config::*member, std::set<std::string> choices) {
    return [member, choices = std::move(choices)](Config& config, std::string const& value) {
        return choices.contains(value) && (config.*member = value, true);
    };
}

std::set<std::string> split(std::string const& list) {
    std::set<std::string> out;
    std::istringstream in(list);
    for (std::string name; std::getline(in, name, ',');)
        if (!name.empty())
            out.insert(name);
    return out;
}

auto above_zero(unsigned Config::*member) {
    return [member](Config& config, std::string const& value) { return to_number(value, config.*member) && config.*member > 0; };
}

bool set_allow_private(Config& config, std::string const& list) {
    auto const blocks = split(list);
    config.allow_private.assign(blocks.begin(), blocks.end());
    return outbound::AddressRules::parse(config.allow_private).has_value();
}

auto mail_text(mail::Server mail::Settings::*server, std::string mail::Server::*member) {
    return [=](Config& config, std::string const& value) { return config.mail.*server.*member = value, true; };
}
auto mail_url(mail::Server mail::Settings::*server, std::vector<std::string> schemes) {
    return [=](Config& config, std::string const& value) {
        (config.mail.*server).url = value;
        return value.empty() || std::any_of(schemes.begin(), schemes.end(), [&](auto const& scheme) { return value.starts_with(scheme) && value.size() > scheme.size() && value.find_first_of(" @") == value.npos; });
    };
}
bool seconds(std::string const& value, std::chrono::seconds& out) {
    unsigned number = 0;
    bool const good = to_number(value, number) && number > 0;
    out = std::chrono::seconds(number);
    return good;
}
bool set_mail_mb(Config& config, std::string const& value) {
    unsigned mb = 0;
    bool const good = to_number(value, mb) && mb > 0;
    config.mail.most_bytes = std::size_t(mb) << 20U;
    return good;
}
bool set_starttls(Config& config, std::string const& value) {
    static std::map<std::string, mail::Starttls> const ways{
        {"required", mail::Starttls::required}, {"if_offered", mail::Starttls::if_offered}, {"never", mail::Starttls::never}};
    auto const way = ways.find(value);
    if (way == ways.end())
        return false;
    config.mail.smtp.starttls = config.mail.imap.starttls = way->second;
    return true;
}

constexpr std::string_view sqlite = "sqlite://";

bool is_store_url(std::string_view url) {
    return url.empty() || url == "sqlite::memory:" || (url.starts_with(sqlite) && url.size() > sqlite.size()) || url.starts_with("postgresql://") ||
           url.starts_with("postgres://");
}

bool set_public_url(Config& config, std::string const& url) {
    config.public_url = url;
    while (config.public_url.ends_with('/'))
        config.public_url.pop_back();
    return url.empty() || url.starts_with("https://") || url.starts_with("http://");
}

std::vector<Key> const& keys() {
    static std::vector<Key> const table{
        {"server", "listen", [](Config& c, std::string const& v) { return bool(parse_listen(v)) && (c.listen = v, true); }, "an address and port such as 127.0.0.1:8420"},
        {"server", "threads", number_key(&Config::threads), "a whole number"},
        {"server", "workers", number_key(&Config::workers), "a whole number"},
        {"server", "public_url", set_public_url, "an address such as https://kogge.example.org"},
        {"server", "tls_certificate", text_key(&Config::tls_certificate), "a path"},
        {"server", "tls_key", text_key(&Config::tls_key), "a path"},
        {"server", "max_body_mb", number_key(&Config::max_body_mb), "a whole number"},
        {"server", "web_root", text_key(&Config::web_root), "a path"},
        {"store", "url", [](Config& c, std::string const& v) { return is_store_url(v) && (c.store_url = v, true); },
         "sqlite://path or postgresql://user@host/database"},
        {"store", "backup_dir", text_key(&Config::backup_dir), "a path"},
        {"plugins", "folder", text_key(&Config::plugin_folder), "a path"},
        {"plugins", "disabled", [](Config& c, std::string const& v) { return c.disabled_plugins = split(v), true; }, "a list of names"},
        {"log", "level", choice_key(&Config::log_level, {"debug", "info", "warn", "error"}), "debug, info, warn or error"},
        {"log", "format", choice_key(&Config::log_format, {"text", "json"}), "text or json"},
        {"identity", "session_hours", [](Config& c, std::string const& v) { return to_number(v, c.session_hours) && c.session_hours > 0; },
         "a whole number above 0"},
        {"outbound", "allow_private", set_allow_private, "a list of blocks of addresses such as 10.0.0.0/8"},
        {"outbound", "max_mb", above_zero(&Config::fetch_max_mb), "a whole number above 0"},
        {"outbound", "timeout_s", above_zero(&Config::fetch_timeout_s), "a whole number above 0"},
        {"mail", "smtp_url", mail_url(&mail::Settings::smtp, {"smtp://", "smtps://"}), "an address such as smtp://mail.example.org:587 or smtps://mail.example.org"},
        {"mail", "user", mail_text(&mail::Settings::smtp, &mail::Server::user), "a name"},
        {"mail", "password", mail_text(&mail::Settings::smtp, &mail::Server::password), "a password"},
        {"mail", "password_file", mail_text(&mail::Settings::smtp, &mail::Server::password_file), "a path"},
        {"mail", "starttls", set_starttls, "required, if_offered or never"},
        {"mail", "from", [](Config& c, std::string const& v) { return c.mail.from = v, true; }, "an address"},
        {"mail", "from_name", [](Config& c, std::string const& v) { return c.mail.from_name = v, true; }, "a name"},
        {"mail", "reply_to", [](Config& c, std::string const& v) { return c.mail.reply_to = v, true; }, "an address"},
        {"mail", "retry_seconds", [](Config& c, std::string const& v) { return seconds(v, c.mail.retry); }, "a whole number above 0"},
        {"mail", "max_tries", [](Config& c, std::string const& v) { return to_number(v, c.mail.most_tries) && c.mail.most_tries > 0; }, "a whole number above 0"},
        {"mail", "imap_url", mail_url(&mail::Settings::imap, {"imap://", "imaps://"}), "an address such as imaps://mail.example.org/INBOX"},
        {"mail", "imap_user", mail_text(&mail::Settings::imap, &mail::Server::user), "a name"},
        {"mail", "imap_password", mail_text(&mail::Settings::imap, &mail::Server::password), "a password"},
        {"mail", "imap_password_file", mail_text(&mail::Settings::imap, &mail::Server::password_file), "a path"},
        {"mail", "poll_seconds", [](Config& c, std::string const& v) { return seconds(v, c.mail.poll); }, "a whole number above 0"},
        {"mail", "max_mb", set_mail_mb, "a whole number above 0"},
        {"demo", "scenario", text_key(&Config::demo_scenario), "a path"},
    };
    return table;
}

std::string text_of(toml::node const& node) {
    if (auto const* text = node.as_string())
        return text->get();
    if (auto const* list = node.as_array()) {
        std::string out;
        for (auto const& item : *list)
            out += (out.empty() ? "" : ",") + text_of(item);
        return out;
    }
    std::ostringstream out;
    node.visit([&](auto const& n) { out << n; });
    return out.str();
}

json::value json_of(toml::node const& node) {
    if (auto const* table = node.as_table()) {
        json::object out;
        for (auto const& [key, value] : *table)
            out[std::string(key.str())] = json_of(value);
        return out;
    }
    if (auto const* list = node.as_array()) {
        json::array out;
        for (auto const& item : *list)
            out.push_back(json_of(item));
        return out;
    }
    if (auto const* number = node.as_integer())
        return number->get();
    if (auto const* number = node.as_floating_point())
        return number->get();
    if (auto const* flag = node.as_boolean())
        return flag->get();
    return json::string(text_of(node));
}

std::string place(std::filesystem::path const& file, toml::source_region const& at) {
    return file.string() + ":" + std::to_string(at.begin.line) + ":" + std::to_string(at.begin.column);
}

Result<void> apply_section(Config& config, std::filesystem::path const& file, std::string_view section, toml::table const& table) {
    for (auto const& [name, value] : table) {
        auto const key = std::find_if(keys().begin(), keys().end(), [&](Key const& k) { return k.section == section && k.name == name.str(); });
        auto const full = std::string(section) + "." + std::string(name.str());
        if (key == keys().end())
            return invalid(place(file, value.source()) + ": there is no setting '" + full + "'", full);
        if (!key->set(config, text_of(value)))
            return invalid(place(file, value.source()) + ": '" + full + "' wants " + std::string(key->wants) + ", not '" + text_of(value) + "'", full);
    }
    return boost::outcome_v2::success();
}

Result<void> apply_file(Config& config, std::filesystem::path const& file) {
    toml::table root;
    try {
        root = toml::parse_file(file.string());
    } catch (toml::parse_error const& e) {
        return invalid(place(file, e.source()) + ": " + std::string(e.description()));
    }
    for (auto const& [name, node] : root) {
        auto const section = std::string(name.str());
        auto const* table = node.as_table();
        if (!table)
            return invalid(place(file, node.source()) + ": '" + section + "' stands outside a [section]", section);
        if (section == "plugin") {
            for (auto const& [plugin, settings] : *table)
                config.plugin[std::string(plugin.str())] = json_of(settings).is_object() ? json_of(settings).as_object() : json::object{};
            continue;
        }
        KOGGE_TRY(apply_section(config, file, section, *table));
    }
    return boost::outcome_v2::success();
}

/// The folder this program runs from.
std::filesystem::path program_folder() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

/// The first of `places` (seen from this program) that is there, else the last.
std::filesystem::path beside_program(std::initializer_list<char const*> places) {
    std::filesystem::path path;
    std::error_code ignored;
    for (auto const* place : places) {
        path = (program_folder() / place).lexically_normal();
        if (std::filesystem::exists(path, ignored))
            break;
    }
    return path;
}

/// Paths people write are relative to the data folder, not to wherever the program was started.
void anchor(Config& config) {
    for (auto member : {&Config::tls_certificate, &Config::tls_key, &Config::web_root, &Config::backup_dir, &Config::plugin_folder, &Config::demo_scenario})
        if (auto& path = config.*member; !path.empty())
            path = (config.data_dir / path).string();
    for (auto* server : {&config.mail.smtp, &config.mail.imap})
        if (auto& path = server->password_file; !path.empty())
            path = (config.data_dir / path).string();
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return out;
}

} // namespace

Result<HostPort> parse_listen(std::string const& text) {
    auto const colon = text.rfind(':');
    unsigned port = 0;
    if (colon == text.npos || colon == 0 || !to_number(text.substr(colon + 1), port) || port > 65535)
        return invalid("'" + text + "' is not an address and port such as 127.0.0.1:8420");
    auto address = text.substr(0, colon);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    return HostPort{std::move(address), static_cast<std::uint16_t>(port)};
}

std::map<std::string, std::string> environment() {
    std::map<std::string, std::string> out;
    for (auto** entry = environ; *entry; ++entry) {
        std::string_view const text(*entry);
        auto const equals = text.find('=');
        if (equals != text.npos)
            out.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return out;
}

Result<Config> read_config(std::filesystem::path const& file, std::map<std::string, std::string> const& environment) {
    Config config;
    if (!file.empty()) {
        if (!std::filesystem::exists(file))
            return Error{ErrorCode::not_found, "there is no " + file.string()};
        KOGGE_TRY(apply_file(config, file));
    }
    for (auto const& key : keys()) {
        auto const name = "KOGGE_" + upper(key.section) + "_" + upper(key.name);
        auto const set = environment.find(name);
        if (set != environment.end() && !key.set(config, set->second))
            return invalid(name + " wants " + std::string(key.wants) + ", not '" + set->second + "'", name);
    }
    auto const get = [&](char const* name) {
        auto const found = environment.find(name);
        return found == environment.end() ? std::string() : found->second;
    };
    if (auto const dir = get("KOGGE_DATA_DIR"); !dir.empty())
        config.data_dir = dir;
    else if (auto const xdg = get("XDG_DATA_HOME"); !xdg.empty())
        config.data_dir = std::filesystem::path(xdg) / "kogge";
    else
        config.data_dir = std::filesystem::path(get("HOME").empty() ? "." : get("HOME")) / ".local/share/kogge";
    config.data_dir = std::filesystem::absolute(config.data_dir);
    anchor(config);
    return config;
}

std::string store_url(Config const& config) {
    if (config.store_url.empty())
        return std::string(sqlite) + (config.data_dir / "kogge.db").string();
    if (!config.store_url.starts_with(sqlite))
        return config.store_url;
    return std::string(sqlite) + (config.data_dir / config.store_url.substr(sqlite.size())).string();
}

std::filesystem::path backup_folder(Config const& config) {
    return config.backup_dir.empty() ? config.data_dir / "backups" : std::filesystem::path(config.backup_dir);
}

std::filesystem::path plugin_folder(Config const& config) {
    return config.plugin_folder.empty() ? beside_program({"../plugins", "../../plugins", "../lib/kogge/plugins"}) : std::filesystem::path(config.plugin_folder);
}

std::filesystem::path demo_scenario(Config const& config) {
    return config.demo_scenario.empty() ? beside_program({"../../../config/demo/demo.json", "../share/kogge/demo/demo.json"})
                                        : std::filesystem::path(config.demo_scenario);
}

} // namespace kogge::host
