// SPDX-License-Identifier: EUPL-1.2
#include "http/dispatch.hpp"

#include "http/negotiate.hpp"
#include "http/wire.hpp"

#include <array>
#include <cstdio>
#include <random>
#include <utility>

namespace kogge::host::http {
namespace {

bool safe(Request const& request) { return request.method == "GET" || request.method == "HEAD"; }

std::string incident_id() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%012llx", static_cast<unsigned long long>(random() >> 16U));
    return text.data();
}

bool may_keep(Request const& request, Response const& response) {
    if (!safe(request) || response.status != 200 || response.stream || response.cached) return false;
    if (!response.cacheable && response.depends_on.empty()) return false;
    return !response.header("Set-Cookie") && response.header("Cache-Control").value_or("").find("no-store") == std::string_view::npos;
}

/// A handler that sets its own ETag means these very bytes (CalDAV clients send it back in If-Match): left untouched.
bool worth_gzip(Request const& request, Response const& response) {
    return response.body.size() > gzip_threshold && !response.header("Content-Encoding") && !response.header("ETag") &&
           compressible(response.header("Content-Type").value_or("")) && accepts_gzip(request);
}

void pack(Response& response) {
    auto packed = gzip(response.body, Effort::once);
    if (packed.size() >= response.body.size()) return;
    response.body = std::move(packed);
    response.set("Content-Encoding", "gzip");
    response.headers.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace

Answer::Answer(Request const& request, Response response) {
    if (response.cached) {
        *this = Answer(request, std::move(response.cached));
        from_cache = false;
        return;
    }
    auto const unchanged = [&] {
        auto const date = parse_http_date(response.header("Last-Modified").value_or(""));
        return safe(request) && response.status == 200 && not_modified(request, response.header("ETag").value_or(""), date);
    };
    if (response.stream) {
        head_ = serialize_head(response, std::nullopt);
    } else if (unchanged()) {
        response.status = 304;
        head_ = serialize_head(response, std::nullopt);
    } else {
        if (worth_gzip(request, response)) pack(response);
        if (response.status == 204 || response.status == 304) response.body.clear();
        head_ = serialize_head(response, response.body.size());
        body_ = std::move(response.body);
    }
    status = response.status;
    stream = std::move(response.stream);
}

Answer::Answer(Request const& request, std::shared_ptr<CachedBody const> cached) : from_cache(true), cached_(std::move(cached)) {
    auto const* packed = accepts_gzip(request) ? cached_->packed() : nullptr;
    auto const& variant = packed ? *packed : cached_->plain;
    static std::string const nothing;
    if (not_modified(request, variant.etag, cached_->last_modified)) {
        status = 304;
        shared_head_ = &variant.not_modified_head;
        shared_body_ = &nothing;
    } else {
        shared_head_ = &variant.ok_head;
        shared_body_ = &variant.body;
    }
}

std::string_view Answer::last_modified_line(std::time_t now) const {
    return cached_ && now > cached_->last_modified ? std::string_view(cached_->last_modified_line) : std::string_view{};
}

Found Dispatcher::route(Request& request) const {
    auto found = router_.find(request.method, request.path);
    request.params = std::move(found.params);
    return found;
}

std::optional<Answer> Dispatcher::at_once(Request& request, Found const& found, bool bodiless) const {
    if (found.route) {
        if (!bodiless || !safe(request)) return std::nullopt;
        auto cached = cache_.find(request.target);
        if (!cached || (cached->unpacked() && accepts_gzip(request))) return std::nullopt; // packing is work for handle()
        if (auto refusal = refused(request, *found.route)) return refusal;
        return Answer(request, std::move(cached));
    }
    if (request.method == "OPTIONS" && (!found.allow.empty() || request.path == "*")) {
        Response response{204, {}, {}, {}, {}, {}, false};
        if (!found.allow.empty()) response.set("Allow", found.allow);
        return Answer(request, std::move(response));
    }
    if (found.allow.empty()) return Answer(request, problem(404, "", "there is nothing at this address"));
    auto response = problem(405, "", request.method + " is not possible here, only " + found.allow);
    return Answer(request, std::move(response.set("Allow", found.allow)));
}

std::optional<Response> Dispatcher::authorise(Request& request, Route const& route) const {
    if (hooks_.authorise) return hooks_.authorise(request, route);
    if (route.needs == "public") return std::nullopt;
    return problem(403, "", "this needs the scope " + route.needs);
}

std::optional<Answer> Dispatcher::refused(Request& request, Route const& route) const try {
    if (auto refusal = authorise(request, route)) return Answer(request, std::move(*refusal));
    return std::nullopt;
} catch (...) {
    return incident(request, route);
}

Answer Dispatcher::handle(Request const& request, Route const& route) const try {
    auto const wants_gzip = accepts_gzip(request);
    if (auto const kept = wants_gzip && safe(request) ? cache_.find(request.target) : nullptr; kept && kept->unpacked()) {
        kept->pack();
        return Answer(request, kept);
    }
    auto const ticket = cache_.ticket();
    auto response = route.handler(request);
    if (!may_keep(request, response)) return Answer(request, std::move(response));
    auto tags = std::move(response.depends_on);
    auto const cached = make_cached(std::move(response));
    if (wants_gzip) cached->pack();
    cache_.insert(request.target, cached, std::move(tags), ticket);
    Response answer;
    answer.cached = cached;
    return Answer(request, std::move(answer));
} catch (...) {
    return incident(request, route);
}

Answer Dispatcher::incident(Request const& request, Route const& route) const {
    auto const id = incident_id();
    if (hooks_.on_error) hooks_.on_error(id, &route, std::current_exception());
    return Answer(request, problem(500, "", "something went wrong here; the log has it under this incident", "\"incident\":" + json_quote(id)));
}

}  // namespace kogge::host::http
