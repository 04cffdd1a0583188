// SPDX-License-Identifier: EUPL-1.2
#pragma once
// From a checked request to an answer in bytes: route, permission, cache, handler. Knows no socket.

#include "http/cache.hpp"
#include "http/message.hpp"
#include "http/router.hpp"

#include <ctime>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kogge::host::http {

/// One line of the access log. Names the pattern, never the path: paths carry tokens. Views live for the call only.
struct AccessRecord {
    std::string_view method;
    std::string_view pattern;          // empty when no route was found
    std::string_view remote;
    int              status = 0;
    std::size_t      bytes = 0;        // of the body, or of the whole stream
    long             microseconds = 0;
};

/// All are optional, and called from several threads at once.
struct Hooks {
    /// A refusal, or nothing. May set `request.identity`. Runs on a worker before the body is read and before the handler; when
    /// the answer is in the cache it runs on an I/O thread instead, so it must not wait for anything slow.
    /// Without this hook only routes that need "public" are served.
    std::function<std::optional<Response>(Request&, Route const&)> authorise;
    /// An exception left a handler; the client sees a 500 naming `incident` and nothing else. Without a route the exception
    /// ended a connection.
    std::function<void(std::string_view incident, Route const*, std::exception_ptr)> on_error;
    std::function<void(AccessRecord const&)> access_log;
};

/// An answer ready to be written: head (without Date, Connection, blank line) and body, its own or the cache's.
class Answer {
public:
    Answer() = default;
    /// Serialises; gzips when the client and the content allow. Throws std::invalid_argument on a malformed header.
    Answer(Request const&, Response);
    /// Picks the variant and decides between 200 and 304.
    Answer(Request const&, std::shared_ptr<CachedBody const>);

    int                           status = 200;
    bool                          from_cache = false;
    std::shared_ptr<Subscription> stream;

    [[nodiscard]] std::string_view head() const { return shared_head_ ? *shared_head_ : head_; }
    [[nodiscard]] std::string_view body() const { return shared_body_ ? *shared_body_ : body_; }
    /// The cache dates by the second. Within that second a later change would carry the same date, so the date is only
    /// told afterwards (RFC 9110 §8.8.2.2): then If-Modified-Since can never miss a change.
    [[nodiscard]] std::string_view last_modified_line(std::time_t now) const;

private:
    std::string                       head_, body_;
    std::shared_ptr<CachedBody const> cached_;
    std::string const*                shared_head_ = nullptr;
    std::string const*                shared_body_ = nullptr;
};

/// Any thread.
class Dispatcher {
public:
    Dispatcher(Router const& router, Cache& cache, Hooks const& hooks) : router_(router), cache_(cache), hooks_(hooks) {}

    /// Looks up the route and moves its parameters into the request.
    [[nodiscard]] Found route(Request&) const;
    /// The answer when it needs no handler: cached, no such route, wrong method, OPTIONS. `bodiless` requests only hit the cache.
    [[nodiscard]] std::optional<Answer> at_once(Request&, Found const&, bool bodiless) const;
    /// The refusal of the authorise hook, or nothing.
    [[nodiscard]] std::optional<Answer> refused(Request&, Route const&) const;
    /// Runs the handler and keeps the answer if it may be kept. Never throws for what the handler did.
    [[nodiscard]] Answer handle(Request const&, Route const&) const;

private:
    [[nodiscard]] std::optional<Response> authorise(Request&, Route const&) const;
    [[nodiscard]] Answer incident(Request const&, Route const&) const;

    Router const& router_;
    Cache&        cache_;
    Hooks const&  hooks_;
};

}  // namespace kogge::host::http
