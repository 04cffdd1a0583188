// SPDX-License-Identifier: EUPL-1.2
#include "api/address.hpp"
#include "api/openapi.hpp"
#include "api/route.hpp"
#include "api/routes.hpp"
#include "daemon/house.hpp"

#include <array>

namespace kogge::host::api {

namespace {

Result<http::Response> list_plugins(House& house) {
    static constexpr std::array words{"running", "refused", "disabled"};
    json::array list;
    for (auto const& status : house.plugins().list())
        list.push_back({{"name", status.name}, {"version", status.version}, {"state", words[std::size_t(status.state)]}, {"reason", status.reason}});
    return answer({{"plugins", std::move(list)}});
}

Result<http::Response> describe_api(House& house, http::Request const& request) {
    auto response = answer(openapi(house.descriptions(), house.route_docs(), public_address(house.config(), request)));
    response.set("Cache-Control", "public, max-age=60");
    return response;
}

Result<http::Response> list_descriptions(House& house) {
    json::array list;
    for (auto const& description : house.descriptions())
        if (is_general(description))
            list.push_back(description);
    return answer(std::move(list));
}

/// Prometheus text format.
Result<http::Response> metrics(House& house) {
    auto const cache = house.cache().stats();
    std::string out;
    auto const add = [&](std::string_view name, std::string_view kind, std::uint64_t value) {
        out += "# TYPE kogge_" + std::string(name) + " " + std::string(kind) + "\nkogge_" + std::string(name) + " " + std::to_string(value) + "\n";
    };
    for (auto const& [name, value] : house.server_metrics())
        add(name, name.ends_with("open") ? "gauge" : "counter", value);
    add("cache_entries", "gauge", cache.entries);
    add("cache_bytes", "gauge", cache.bytes);
    add("cache_hits_total", "counter", cache.hits);
    add("cache_misses_total", "counter", cache.misses);
    add("change_log_seq", "counter", std::uint64_t(house.store().seq()));
    add("event_streams_open", "gauge", house.hub().listeners());
    return http::Response::text(200, std::move(out), "text/plain; version=0.0.4; charset=utf-8");
}

Result<http::Response> health(House&, http::Request const&) { return http::Response::text(200, "ok\n"); }

Result<http::Response> readiness(House& house, http::Request const&) {
    for (auto const& status : house.plugins().list())
        if (status.state == plugins::State::refused)
            return http::Response::text(200, "ok, but the plugin " + status.name + " " + status.reason + "\n");
    return http::Response::text(200, "ok\n");
}

} // namespace

void add_system_routes(House& house) {
    auto const add = adder(house);
    add("GET", "/api/v1/plugins", "read", [](House& h, http::Request const&) { return list_plugins(h); });
    add("GET", "/api/v1/entities", "read", [](House& h, http::Request const&) { return list_descriptions(h); });
    add("GET", "/openapi.json", "public", describe_api);
    add("GET", "/healthz", "public", health);
    add("GET", "/readyz", "public", readiness);
    add("GET", "/metrics", "read", [](House& h, http::Request const&) { return metrics(h); });
    add("GET", "/{file*}", "public", [](House& h, http::Request const& request) -> Result<http::Response> {
        auto const file = request.param("file");
        if (file.starts_with("api/") || file.starts_with("feeds/"))
            return http::problem(404, "not found", "there is no " + request.path);
        return h.assets().serve(request, file.empty() ? "index.html" : file);
    });
}

} // namespace kogge::host::api
