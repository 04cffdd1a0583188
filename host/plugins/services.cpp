// SPDX-License-Identifier: EUPL-1.2
// The tables of abi.h's services, over Ground. Nothing thrown in here may cross: each function ends in a status.
#include "plugins/host.hpp"
#include "plugins/plugin.hpp"

#include <kogge/json.hpp>

#include <boost/describe.hpp>

#include <array>

namespace kogge::host::plugins {

std::string& thread_error() {
    thread_local std::string text;
    return text;
}

namespace {

Plugin& plugin_of(kg_host const* host) { return *static_cast<Plugin*>(host->host_data); }
std::string_view view(kg_str s) { return {s.p ? s.p : "", s.n}; }
std::string text(kg_str s) { return std::string(view(s)); }
void put(kg_sink sink, std::string_view bytes) { sink.put(sink.ctx, bytes.data(), bytes.size()); }

kg_status status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid: return KG_E_ARG;
        case ErrorCode::not_found: return KG_E_NOTFOUND;
        case ErrorCode::denied: return KG_E_DENIED;
        case ErrorCode::conflict: return KG_E_CONFLICT;
        case ErrorCode::refused: return KG_E_REFUSED;
        case ErrorCode::unsupported: return KG_E_UNSUPPORTED;
        case ErrorCode::timeout: return KG_E_TIMEOUT;
        case ErrorCode::busy: return KG_E_BUSY;
        case ErrorCode::failed: return KG_E_FAIL;
    }
    return KG_E_FAIL;
}
kg_status fail(Error const& error) {
    thread_error() = error.field.empty() ? error.message : error.field + ": " + error.message;
    return status_of(error.code);
}

template <class Body>
kg_status guarded(Body&& body) noexcept {
    try {
        return body();
    } catch (std::exception const& e) {
        thread_error() = e.what();
    } catch (...) {
        thread_error() = "unknown exception";
    }
    return KG_E_EXCEPTION;
}

/// Registrations belong to start(): later the host has long acted on them.
template <class Body>
kg_status while_starting(kg_host const* host, Body&& body) {
    return guarded([&]() -> kg_status {
        if (!plugin_of(host).starting)
            return fail({ErrorCode::denied, "this may only be called from start()"});
        return body(plugin_of(host));
    });
}

void log_write(kg_host const* host, std::int32_t level, kg_str message, kg_str fields) {
    guarded([&]() -> kg_status {
        auto& plugin = plugin_of(host);
        plugin.ground.log(plugin.manifest.name, level, view(message), view(fields));
        return KG_OK;
    });
}

kg_status config_get(kg_host const* host, kg_str key, kg_sink out) {
    return guarded([&]() -> kg_status {
        auto& plugin = plugin_of(host);
        auto const value = plugin.ground.setting(plugin.manifest.name, view(key));
        if (!value)
            return fail({ErrorCode::not_found, "no setting '" + text(key) + "'"});
        put(out, *value);
        return KG_OK;
    });
}

std::int64_t clock_now(kg_host const* host) { return plugin_of(host).ground.now_us(); }

kg_status store_entity(kg_host const* host, kg_str description) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        auto value = parse_json(view(description));
        if (!value)
            return fail(value.error());
        if (!value.value().is_object())
            return fail(invalid("an entity's description is a JSON object"));
        plugin.entities.push_back(std::move(value.value().get_object()));
        return KG_OK;
    });
}

kg_status store_get(kg_host const* host, kg_str kind, kg_str id, kg_sink out) {
    return guarded([&]() -> kg_status {
        auto& plugin = plugin_of(host);
        auto document = plugin.ground.get(plugin.manifest.name, view(kind), view(id));
        if (!document)
            return fail(document.error());
        put(out, document.value());
        return KG_OK;
    });
}

/// An optional JSON object a plugin hands over: a filter, a query.
Result<json::object> object_of(kg_str document, std::string_view what) {
    if (document.n == 0)
        return json::object();
    KOGGE_TRY(auto value, parse_json(view(document)));
    if (!value.is_object())
        return invalid(std::string(what) + " is a JSON object");
    return std::move(value.get_object());
}

kg_status store_list(kg_host const* host, kg_str kind, kg_str filter, kg_sink out) {
    return guarded([&]() -> kg_status {
        auto const conditions = object_of(filter, "a filter");
        if (!conditions)
            return fail(conditions.error());
        auto& plugin = plugin_of(host);
        auto done = plugin.ground.list(plugin.manifest.name, view(kind), conditions.value(), [&](std::string_view document) { put(out, document); });
        return done ? KG_OK : fail(done.error());
    });
}

kg_status store_log(kg_host const* host, kg_str query, kg_sink out) {
    return guarded([&]() -> kg_status {
        auto const wanted = object_of(query, "a log query");
        if (!wanted)
            return fail(wanted.error());
        auto& plugin = plugin_of(host);
        auto done = plugin.ground.log_entries(plugin.manifest.name, wanted.value(), [&](std::string_view entry) { put(out, entry); });
        return done ? KG_OK : fail(done.error());
    });
}

kg_status store_apply(kg_host const* host, kg_str change_set, kg_sink out) {
    return guarded([&]() -> kg_status {
        auto& plugin = plugin_of(host);
        auto const applied = [&] {
            Strand::Pause const others_may_enter;
            return plugin.ground.apply(plugin.manifest.name, view(change_set));
        }();
        put(out, applied.outcome);
        return applied.error ? fail(*applied.error) : KG_OK;
    });
}

kg_status store_follow(kg_host const* host, kg_str kinds, kg_follow_fn tell, void* ctx) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        auto value = parse_json(view(kinds));
        if (!value)
            return fail(value.error());
        auto names = from_json<std::vector<std::string>>(value.value());
        if (!names)
            return fail(names.error());
        plugin.followings.push_back({std::move(names).value(), tell, ctx});
        return KG_OK;
    });
}

kg_status checks_add(kg_host const* host, kg_str name, kg_check_fn run, void* ctx) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        plugin.checks.push_back({text(name), run, ctx});
        return KG_OK;
    });
}

kg_status http_route(kg_host const* host, kg_str method, kg_str pattern, kg_str needs, kg_http_fn run, void* ctx) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        plugin.routes.push_back({{text(method)}, text(pattern), text(needs), false, std::nullopt, run, ctx});
        return KG_OK;
    });
}

/// As abi.h's kg_http.serve spells it.
struct ServeWish {
    std::vector<std::string> methods;
    std::string pattern, needs;
    bool basic = false;
    std::optional<std::int64_t> max_body;
};
BOOST_DESCRIBE_STRUCT(ServeWish, (), (methods, pattern, needs, basic, max_body))

Result<ServeWish> serve_wish(kg_str route) {
    KOGGE_TRY(auto const document, object_of(route, "a route"));
    if (auto const name = unknown_member<ServeWish>(document))
        return invalid("a route has no member '" + name->substr(0, 80) + "'", "/" + *name);
    KOGGE_TRY(auto wish, from_json<ServeWish>(document));
    if (wish.methods.empty())
        return invalid("a route names its methods", "/methods");
    if (wish.max_body && *wish.max_body < 0)
        return invalid("max_body counts bytes", "/max_body");
    return wish;
}

kg_status http_serve(kg_host const* host, kg_str route, kg_http_fn run, void* ctx) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        auto wish = serve_wish(route);
        if (!wish)
            return fail(wish.error());
        auto& [methods, pattern, needs, basic, max_body] = wish.value();
        plugin.routes.push_back({std::move(methods), std::move(pattern), std::move(needs), basic, max_body, run, ctx});
        return KG_OK;
    });
}

kg_status import_add(kg_host const* host, kg_str format, kg_import_fn run, void* ctx) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        plugin.importers.push_back({text(format), run, ctx});
        return KG_OK;
    });
}

kg_status provide_add(kg_host const* host, kg_str id, kg_call_fn run, void* ctx) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        if (!plugin.providers.try_emplace(text(id), Plugin::Provider{run, ctx}).second)
            return fail({ErrorCode::conflict, "already provides " + text(id)});
        return KG_OK;
    });
}

kg_status provide_call(kg_host const* host, kg_str id, kg_str request, kg_sink out) {
    return guarded([&]() -> kg_status {
        auto answer = [&] {
            Strand::Pause const others_may_enter;
            return plugin_of(host).host.call(view(id), view(request));
        }();
        if (!answer)
            return fail(answer.error());
        put(out, answer.value());
        return KG_OK;
    });
}

kg_status jobs_every(kg_host const* host, kg_str name, std::uint32_t seconds, kg_job_fn run, void* ctx) {
    return while_starting(host, [&](Plugin& plugin) -> kg_status {
        plugin.jobs.push_back({text(name), seconds, run, ctx});
        return KG_OK;
    });
}

kg_status jobs_wake(kg_host const* host, kg_str name) {
    return guarded([&]() -> kg_status {
        auto& plugin = plugin_of(host);
        auto done = plugin.ground.wake(plugin.manifest.name, view(name));
        return done ? KG_OK : fail(done.error());
    });
}

kg_status fetch_start(kg_host const* host, kg_str request, kg_fetched_fn done, void* ctx) {
    return guarded([&]() -> kg_status {
        auto const wish = object_of(request, "a fetch");
        if (!wish)
            return fail(wish.error());
        auto& plugin = plugin_of(host);
        auto answered = [&plugin, done, ctx](std::string_view answer, std::string_view body) {
            Strand::Hold const inside(plugin.strand);
            if (plugin.running)
                done(ctx, {answer.data(), answer.size()}, {body.data(), body.size()});
        };
        auto const started = plugin.ground.fetch(plugin.manifest.name, wish.value(), std::move(answered));
        return started ? KG_OK : fail(started.error());
    });
}

kg_log const log_table{sizeof(kg_log), 0, log_write};
kg_config const config_table{sizeof(kg_config), 0, config_get};
kg_clock const clock_table{sizeof(kg_clock), 0, clock_now};
kg_store const store_table{sizeof(kg_store), 0, store_entity, store_get, store_list, store_apply, store_follow, store_log};
kg_checks const checks_table{sizeof(kg_checks), 0, checks_add};
kg_http const http_table{sizeof(kg_http), 0, http_route, http_serve};
kg_import const import_table{sizeof(kg_import), 0, import_add};
kg_provide const provide_table{sizeof(kg_provide), 0, provide_add, provide_call};
kg_jobs const jobs_table{sizeof(kg_jobs), 0, jobs_every, jobs_wake};
kg_fetch const fetch_table{sizeof(kg_fetch), 0, fetch_start};

struct Named {
    std::string_view id;
    void const* table;
};
constexpr std::array services{
    Named{KG_LOG, &log_table},       Named{KG_CONFIG, &config_table}, Named{KG_CLOCK, &clock_table},   Named{KG_STORE, &store_table},
    Named{KG_CHECKS, &checks_table}, Named{KG_HTTP, &http_table},     Named{KG_IMPORT, &import_table}, Named{KG_PROVIDE, &provide_table},
    Named{KG_JOBS, &jobs_table},     Named{KG_FETCH, &fetch_table},
};

} // namespace

void const* service_table(std::string_view id) {
    for (auto const& service : services)
        if (service.id == id)
            return service.table;
    return nullptr;
}

std::vector<std::string> service_names() {
    std::vector<std::string> names;
    for (auto const& service : services)
        names.emplace_back(service.id);
    return names;
}

} // namespace kogge::host::plugins
