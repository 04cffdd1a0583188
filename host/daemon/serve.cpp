// SPDX-License-Identifier: EUPL-1.2
#include "daemon/serve.hpp"

#include "daemon/data_folder.hpp"
#include "daemon/house.hpp"
#include "daemon/notify.hpp"
#include "daemon/run_note.hpp"
#include "http/server.hpp"
#include "identity/secret.hpp"

#include <csignal>
#include <ctime>

namespace kogge::host {

namespace {

constexpr std::chrono::seconds to_finish{20}; // kogge.service gives 30 in all

/// SIGTERM, SIGINT and SIGHUP as something to wait for. Made before any thread, which inherit that they are blocked.
class Signals {
  public:
    Signals() {
        std::signal(SIGPIPE, SIG_IGN);
        sigemptyset(&set_);
        for (int const signal : {SIGTERM, SIGINT, SIGHUP})
            sigaddset(&set_, signal);
        pthread_sigmask(SIG_BLOCK, &set_, &before_);
    }
    ~Signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    Signals(Signals const&) = delete;

    /// The signal, or 0 when `at_most` has passed without one.
    int wait(std::optional<std::chrono::microseconds> at_most) const {
        if (!at_most)
            return std::max(sigwaitinfo(&set_, nullptr), 0);
        timespec const limit{at_most->count() / 1'000'000, at_most->count() % 1'000'000 * 1000};
        return std::max(sigtimedwait(&set_, nullptr, &limit), 0);
    }

  private:
    sigset_t set_{}, before_{};
};

/// Keeps the run note where it is while it lives.
class Note {
  public:
    explicit Note(Config const& config) : config_(config) {}
    ~Note() { remove_run_note(config_); }
    Note(Note const&) = delete;
    Result<void> leave(RunNote const& note) const { return write_run_note(config_, note); }

  private:
    Config const& config_;
};

http::ServerOptions server_options(Config const& config, HostPort const& at) {
    http::ServerOptions options;
    options.address = at.address;
    options.port = at.port;
    options.threads = config.threads;
    options.workers = config.workers;
    options.max_body = std::size_t(config.max_body_mb) << 20U;
    options.tls_chain = config.tls_certificate;
    options.tls_key = config.tls_key;
    return options;
}

std::string url_of(Config const& config, std::string const& address, unsigned port) {
    auto const host = address.find(':') == std::string::npos ? address : "[" + address + "]";
    return (config.tls_certificate.empty() ? "http://" : "https://") + host + ":" + std::to_string(port);
}

/// Where this machine reaches a server that listens on `address`.
std::string reachable(std::string const& address) { return address == "0.0.0.0" ? "127.0.0.1" : address == "::" ? "::1" : address; }

std::vector<std::pair<std::string, std::uint64_t>> numbers(http::Metrics const& metrics) {
    return {{"http_requests_total", metrics.requests},
            {"http_answers_2xx_total", metrics.success},
            {"http_answers_3xx_total", metrics.redirection},
            {"http_answers_4xx_total", metrics.client_error},
            {"http_answers_5xx_total", metrics.server_error},
            {"http_cache_hits_total", metrics.cache_hits},
            {"http_timeouts_total", metrics.timeouts},
            {"http_sent_bytes_total", metrics.bytes_sent},
            {"http_connections_total", metrics.connections},
            {"http_connections_refused_total", metrics.connections_refused},
            {"http_connections_open", metrics.connections_open}};
}

void wait_for_the_end(Signals const& signals, House& house) {
    auto const watchdog = watchdog_interval();
    for (;;) {
        int const signal = signals.wait(watchdog);
        if (signal == SIGTERM || signal == SIGINT)
            return;
        if (signal == SIGHUP)
            house.log(KG_LOG_INFO, "kogge", "settings are read at the start only: restart to have them changed");
        else if (watchdog)
            notify_systemd("WATCHDOG=1");
    }
}

} // namespace

Result<void> serve(Config const& config) {
    Signals const signals;
    KOGGE_TRY(auto const at, parse_listen(config.listen));
    KOGGE_TRY(auto const folder, DataFolder::take(config.data_dir));
    Note const note(config);
    KOGGE_TRY(auto const house, House::open({.config = config}));
    auto const token = make_secret();
    house->identity().admit(token, "cli");

    KOGGE_TRY(house->work()); // before the first request: it may fetch or wake a job
    http::Server server(server_options(config, at), house->router(), house->cache(), house->hooks());
    house->measure([&server] { return numbers(server.metrics()); });
    if (auto const wrong = server.start())
        return Error{ErrorCode::failed, *wrong};
    KOGGE_TRY(note.leave({url_of(config, reachable(at.address), server.port()), token}));
    house->log(KG_LOG_INFO, "kogge", "serving " + url_of(config, at.address, server.port()));
    if (!house->identity().has_users())
        house->log(KG_LOG_WARN, "kogge", "nobody can sign in yet; make a user with: kogge user add NAME");
    notify_systemd("READY=1");

    wait_for_the_end(signals, *house);
    notify_systemd("STOPPING=1");
    house->log(KG_LOG_INFO, "kogge", "stopping");
    house->hub().close();
    server.stop(to_finish);
    house->measure({});
    return boost::outcome_v2::success();
}

} // namespace kogge::host
