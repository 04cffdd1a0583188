// SPDX-License-Identifier: EUPL-1.2
#include "plugins/host.hpp"

#include "plugins/plugin.hpp"

#include <kogge/json.hpp>

#include <boost/dll/shared_library.hpp>

#include <algorithm>

namespace kogge::host::plugins {

namespace {

std::string_view view(kg_str s) { return {s.p ? s.p : "", s.n}; }
kg_str str(std::string_view text) { return {text.data(), text.size()}; }
kg_sink sink(std::string& out) {
    return {&out, [](void* ctx, char const* p, std::size_t n) { static_cast<std::string*>(ctx)->append(p, n); }};
}

RouteResponse answer_of(Plugin& plugin, kg_http_fn run, void* ctx, RouteRequest const& request) {
    RouteResponse out;
    kg_http_request const raw{sizeof(kg_http_request), 0, str(request.method), str(request.target), str(request.params),
                              str(request.query), str(request.user), str(request.language), str(request.body), str(request.headers)};
    kg_http_response const sinks{
        &out,
        [](void* to, std::int32_t status) { static_cast<RouteResponse*>(to)->status = status; },
        [](void* to, kg_str name, kg_str value) { static_cast<RouteResponse*>(to)->headers.emplace_back(view(name), view(value)); },
        [](void* to, kg_str tag) { static_cast<RouteResponse*>(to)->depends.emplace_back(view(tag)); },
        [](void* to, char const* p, std::size_t n) { static_cast<RouteResponse*>(to)->body.append(p, n); }};
    Strand::Hold const inside(plugin.strand);
    if (!plugin.running)
        throw std::runtime_error("the plugin " + plugin.manifest.name + " is stopped");
    thread_error().clear();
    if (auto const status = run(ctx, &raw, &sinks); status != KG_OK)
        throw std::runtime_error(plugin.manifest.name + ": " + thread_error());
    return out;
}

/// Hands what the plugin registered in start() over to the ground, all or up to the first refusal.
Result<void> hand_over(Plugin& plugin) {
    auto const& name = plugin.manifest.name;
    for (auto const& description : plugin.entities) {
        KOGGE_TRY(plugin.ground.entity(name, description));
    }
    for (auto const& wish : plugin.routes) {
        RouteSpec spec{.methods = wish.methods, .pattern = wish.pattern, .needs = wish.needs, .basic = wish.basic};
        spec.handler = [&plugin, wish](RouteRequest const& request) { return answer_of(plugin, wish.run, wish.ctx, request); };
        if (wish.max_body)
            spec.max_body = std::size_t(*wish.max_body);
        KOGGE_TRY(plugin.ground.route(name, std::move(spec)));
    }
    for (auto const& wish : plugin.jobs) {
        auto run = [&plugin, wish] {
            Strand::Hold const inside(plugin.strand);
            if (plugin.running)
                wish.run(wish.ctx);
        };
        KOGGE_TRY(plugin.ground.job(name, {wish.name, std::chrono::seconds(wish.seconds), std::move(run)}));
    }
    for (auto const& following : plugin.followings)
        plugin.ground.follow(name, following.kinds, [&plugin, following](std::string_view batch) {
            Strand::Firm const inside(plugin.strand);
            if (plugin.running)
                following.tell(following.ctx, str(batch));
        });
    return boost::outcome_v2::success();
}

Result<void> may_run(Manifest const& manifest) {
    if (manifest.sdk != int(KG_ABI_MAJOR))
        return Error{ErrorCode::unsupported, "was built for SDK " + std::to_string(manifest.sdk) + ", this daemon speaks SDK " +
                                                 std::to_string(KG_ABI_MAJOR) + "; ask its maker for a newer build"};
    for (auto const& service : manifest.services)
        if (!service_table(service))
            return Error{ErrorCode::unsupported, "asks for the service " + service + ", which this daemon does not offer; a newer Kogge may"};
    return boost::outcome_v2::success();
}

} // namespace

PluginHost::PluginHost(Ground& ground) : ground_(ground) {}
PluginHost::~PluginHost() { stop(); }

void PluginHost::refuse(std::string name, std::string version, std::string reason, State state) {
    ground_.log(name, state == State::disabled ? KG_LOG_INFO : KG_LOG_ERROR, "plugin " + name + " " + reason, {});
    others_.push_back({std::move(name), std::move(version), state, std::move(reason)});
}

void PluginHost::begin(std::unique_ptr<Plugin> plugin, kg_entry const* entry) {
    auto started = plugin->begin(entry);
    if (started)
        started = hand_over(*plugin);
    if (started) {
        plugins_.push_back(std::move(plugin));
        return;
    }
    auto const name = plugin->manifest.name;
    auto const version = plugin->manifest.version;
    plugin->end();
    refuse(name, version, started.error().message);
    plugins_.push_back(std::move(plugin)); // routes it may have got must find it, stopped
}

void PluginHost::add(Manifest manifest, kg_entry const& entry) {
    if (auto const ok = may_run(manifest); !ok)
        return refuse(manifest.name, manifest.version, ok.error().message);
    begin(std::make_unique<Plugin>(std::move(manifest), *this, ground_), &entry);
}

void PluginHost::load(std::filesystem::path const& folder, std::set<std::string> const& disabled) {
    std::vector<std::pair<std::filesystem::path, Manifest>> found;
    std::error_code ec;
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(folder, ec))
        if (entry.path().extension() == ".so")
            files.push_back(entry.path());
    if (ec)
        ground_.log("plugins", KG_LOG_ERROR, "cannot read the plugin folder " + folder.string() + ": " + ec.message(), {});
    std::sort(files.begin(), files.end());
    for (auto const& file : files) {
        auto manifest = read_manifest(file);
        if (!manifest) {
            refuse(file.stem().string(), "", manifest.error().message);
            continue;
        }
        auto const& m = manifest.value();
        if (disabled.contains(m.name))
            refuse(m.name, m.version, "is disabled in the configuration", State::disabled);
        else if (auto const ok = may_run(m); !ok)
            refuse(m.name, m.version, ok.error().message);
        else if (std::any_of(found.begin(), found.end(), [&](auto const& other) { return other.second.name == m.name; }))
            refuse(m.name, m.version, "is there twice; " + file.filename().string() + " was left out");
        else
            found.emplace_back(file, std::move(manifest).value());
    }
    std::set<std::string> provided;
    for (auto const& [file, manifest] : found)
        provided.insert(manifest.provides.begin(), manifest.provides.end());
    for (auto& [file, manifest] : found) {
        auto const missing = std::find_if(manifest.needs.begin(), manifest.needs.end(), [&](auto const& need) { return !provided.contains(need); });
        if (missing != manifest.needs.end()) {
            refuse(manifest.name, manifest.version, "needs the service " + *missing + ", which no plugin here provides; install one that does");
            continue;
        }
        namespace dll = boost::dll;
        dll::fs::error_code error;
        auto library = std::make_shared<dll::shared_library>();
        library->load(file, error, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
        if (error || !library->has(KG_ENTRY_SYMBOL)) {
            refuse(manifest.name, manifest.version, error ? "cannot be loaded: " + error.message() : std::string("does not export ") + KG_ENTRY_SYMBOL);
            continue;
        }
        auto const* entry = &library->get<kg_entry const>(KG_ENTRY_SYMBOL);
        auto plugin = std::make_unique<Plugin>(std::move(manifest), *this, ground_);
        plugin->library = std::move(library);
        begin(std::move(plugin), entry);
    }
}

void PluginHost::stop() {
    for (auto plugin = plugins_.rbegin(); plugin != plugins_.rend(); ++plugin)
        (*plugin)->end();
}

std::vector<Status> PluginHost::list() const {
    std::vector<Status> out;
    for (auto const& plugin : plugins_)
        if (plugin->running)
            out.push_back({plugin->manifest.name, plugin->manifest.version, State::running, {}});
    out.insert(out.end(), others_.begin(), others_.end());
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    return out;
}

CheckReport PluginHost::check(std::string_view request) {
    CheckReport report;
    auto const move_all = [](boost::json::object& from, char const* name, boost::json::array& to) {
        if (auto* list = from.if_contains(name); list && list->is_array())
            for (auto& item : list->get_array())
                to.push_back(std::move(item));
    };
    for (auto const& plugin : plugins_) {
        Strand::Firm const inside(plugin->strand);
        if (!plugin->running)
            continue;
        for (auto const& check : plugin->checks) {
            std::string answer;
            thread_error().clear();
            auto const status = check.run(check.ctx, str(request), sink(answer));
            auto document = status == KG_OK ? parse_json(answer) : Result<json::value>(Error{ErrorCode::failed, thread_error()});
            if (!document || !document.value().is_object()) {
                report.failed.push_back(plugin->manifest.name + ": " + (document ? "no JSON object" : document.error().message));
                continue;
            }
            auto& object = document.value().get_object();
            move_all(object, "before", report.before);
            move_all(object, "after", report.after);
            move_all(object, "affected", report.affected);
        }
    }
    return report;
}

Result<ImportReport> PluginHost::import(std::string_view format, std::string_view document) {
    ImportReport report;
    for (auto const& plugin : plugins_) {
        Strand::Firm const inside(plugin->strand);
        if (!plugin->running)
            continue;
        for (auto const& importer : plugin->importers) {
            if (importer.format != format)
                continue;
            std::string answer;
            thread_error().clear();
            if (importer.run(importer.ctx, str(document), sink(answer)) != KG_OK)
                return Error{ErrorCode::invalid, plugin->manifest.name + ": " + thread_error()};
            KOGGE_TRY(auto part, parse_json(answer));
            KOGGE_TRY(auto const sections, from_json<std::vector<std::string>>(part.as_object().at("sections")));
            report.claims.insert(sections.begin(), sections.end());
            for (auto& change : part.as_object().at("changes").as_array())
                report.changes.push_back(std::move(change));
        }
    }
    return report;
}

Result<std::string> PluginHost::call(std::string_view service, std::string_view request) {
    for (auto const& plugin : plugins_) {
        auto const provider = plugin->providers.find(service);
        if (provider == plugin->providers.end() || !plugin->running)
            continue;
        Strand::Hold const inside(plugin->strand);
        std::string answer;
        thread_error().clear();
        if (provider->second.run(provider->second.ctx, str(request), sink(answer)) != KG_OK)
            return Error{ErrorCode::failed, plugin->manifest.name + ": " + thread_error()};
        return answer;
    }
    return Error{ErrorCode::unsupported, "no plugin provides " + std::string(service)};
}

std::string PluginHost::sentence(std::string_view code, boost::json::object const& args, std::string_view language) const {
    auto const key = "finding." + std::string(code);
    auto const find = [&](std::string_view wanted) -> boost::json::string const* {
        for (auto const& plugin : plugins_)
            if (auto const* catalogue = plugin->manifest.i18n.if_contains(wanted); catalogue && catalogue->is_object())
                if (auto const* text = catalogue->get_object().if_contains(key); text && text->is_string())
                    return &text->get_string();
        return nullptr;
    };
    auto const* text = find(language);
    if (!text)
        text = find("en");
    if (!text)
        return std::string(code);
    std::string out;
    std::string_view rest(*text);
    while (!rest.empty()) {
        auto const open = rest.find('{');
        auto const close = open == rest.npos ? rest.npos : rest.find('}', open);
        out += rest.substr(0, close == rest.npos ? rest.npos : open);
        if (close == rest.npos)
            break;
        auto const name = rest.substr(open + 1, close - open - 1);
        if (auto const* value = args.if_contains(name); value && value->is_string())
            out += std::string_view(value->get_string());
        else
            out += rest.substr(open, close - open + 1);
        rest.remove_prefix(close + 1);
    }
    return out;
}

} // namespace kogge::host::plugins
