// SPDX-License-Identifier: EUPL-1.2
#pragma once
// The daemon's HTTP/1.1 server: limits, time-outs, TLS, graceful stop. Handlers never see a socket.

#include "http/cache.hpp"
#include "http/dispatch.hpp"
#include "http/router.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace kogge::host::http {

struct ServerOptions {
    std::string   address = "127.0.0.1";
    std::uint16_t port = 0;                  // 0: any free port, see Server::port
    unsigned      threads = 0;               // I/O threads; 0: one for each processor
    unsigned      workers = 0;               // handler threads; 0: twice the processors, at least 4

    std::size_t   max_target = 8 * 1024;     // 414
    std::size_t   max_head = 16 * 1024;      // 431
    std::size_t   max_body = 64U << 20U;     // 413; Route::max_body is usually smaller
    std::size_t   max_connections = 4096;    // 503

    // All absolute: a trickle of bytes does not extend them.
    std::chrono::milliseconds header_timeout{10'000};   // first byte (of a connection: the accept) to end of head; 408
    std::chrono::milliseconds body_timeout{30'000};     // whole body; 408
    std::chrono::milliseconds idle_timeout{60'000};     // between two requests; closed silently
    std::chrono::milliseconds write_timeout{30'000};    // plus one second for each 16 KiB
    std::chrono::milliseconds linger_timeout{1'000};    // after a closing answer, so that the client can read it
    std::chrono::milliseconds heartbeat{15'000};        // comment line on a silent event stream

    std::string   tls_chain, tls_key;        // PEM files; both set: TLS, both empty: plain
};

/// Counts since start. A refusal by the guard counts as a request.
struct Metrics {
    std::uint64_t requests = 0;
    std::uint64_t informational = 0, success = 0, redirection = 0, client_error = 0, server_error = 0;   // answers by class
    std::uint64_t cache_hits = 0;
    std::uint64_t timeouts = 0;
    std::uint64_t bytes_sent = 0;
    std::uint64_t connections = 0, connections_open = 0, connections_refused = 0;
    std::uint64_t streams_open = 0;
};

/// Router, cache and hooks must outlive the server; hooks are copied.
class Server {
public:
    Server(ServerOptions, Router const&, Cache&, Hooks = {});
    ~Server();   // stop()
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    /// Binds and starts the threads. Returns what went wrong, or nothing. Once only.
    [[nodiscard]] std::optional<std::string> start();
    /// The port bound by start().
    [[nodiscard]] std::uint16_t port() const;
    /// Accepts nothing more, ends event streams and idle connections, lets running requests finish until the deadline,
    /// then cuts them. A handler that never returns is waited for: long work belongs into a job.
    /// Any thread but the server's own; a second call does nothing.
    void stop(std::chrono::milliseconds deadline = std::chrono::seconds(10));
    [[nodiscard]] Metrics metrics() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kogge::host::http
