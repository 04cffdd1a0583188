// SPDX-License-Identifier: EUPL-1.2
#include "http/server.hpp"

#include "http/events.hpp"
#include "http/guard.hpp"
#include "http/transport.hpp"
#include "http/wire.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

namespace kogge::host::http {
namespace {

using boost::system::error_code;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

constexpr auto never = Clock::time_point::max();
constexpr std::size_t read_size = 16 * 1024;
constexpr std::size_t most_unparsed = 64 * 1024;   // of a body: a chunk line that never ends stops here

using Counter = std::atomic<std::uint64_t>;
void count(Counter& counter, std::uint64_t n = 1) { counter.fetch_add(n, std::memory_order_relaxed); }

struct alignas(64) Counters {
    Counter requests = 0, cache_hits = 0, timeouts = 0, bytes_sent = 0, connections = 0, refused = 0, streams = 0;
    std::array<Counter, 6> by_class{};
};

/// What all threads share. Outlives every session.
struct Shared {
    ServerOptions const&                options;
    Hooks const&                        hooks;
    Dispatcher const&                   dispatcher;
    asio::thread_pool&                  pool;
    std::shared_ptr<asio::ssl::context> tls;
    std::atomic<bool>                   stopping = false;
    std::atomic<std::size_t>            open = 0;
    std::mutex                          mutex{};
    std::condition_variable             drained{};

    /// What coroutines end with when something threw in them.
    void log(std::exception_ptr const& error) const {
        if (error && hooks.on_error) hooks.on_error("connection", nullptr, error);
    }
};

class Session;

/// One I/O thread. Everything in it but the counters is touched by that thread only.
struct Loop {
    explicit Loop(Shared& s) : shared(s), acceptor(context), ticker(context), work(asio::make_work_guard(context)) {}

    Shared&                                   shared;
    Counters                                  counters;
    std::unordered_set<Session*>              sessions;
    asio::io_context                          context{1};
    Acceptor                                  acceptor;
    Timer                                     ticker;
    bool                                      finished = false;
    asio::executor_work_guard<Executor>       work;
    std::thread                               thread;
};

/// One connection, from accept to close. Its coroutine owns it; deadlines are checked by the loop's sweep, which costs one
/// comparison now and then instead of a timer for each read and write.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(Loop& loop, std::unique_ptr<Transport> transport, std::string remote, bool refuse)
        : loop_(loop), transport_(std::move(transport)), remote_(std::move(remote)), refuse_(refuse) {
        loop_.sessions.insert(this);
        ++loop_.shared.open;
        count(loop_.counters.connections);
    }
    ~Session() {
        loop_.sessions.erase(this);
        std::lock_guard const lock(loop_.shared.mutex);
        if (--loop_.shared.open == 0) loop_.shared.drained.notify_all();
    }
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    Task<void> run();
    static Task<void> live(std::shared_ptr<Session> self) { co_await self->run(); }

    void sweep(Clock::time_point now);   // cuts what is over its deadline
    void wind_down();                    // stop(): an idle connection or an event stream ends now
    void cut();                          // stop(), deadline over

private:
    enum class Head { complete, refused, gone };
    struct Exchange {
        Request           request;
        Framing           framing;
        Found             found;
        bool              keep = false;
        bool              http10 = false;
        Clock::time_point begun = Clock::now();
    };

    Task<bool> serve_one();
    Task<Head> read_head(HeadScanner&, Refusal&);
    std::optional<Refusal> parse(Parser&, std::size_t head, Exchange&);
    Task<bool> with_body(Parser&, Exchange&);
    Task<bool> without_it(Parser&, Exchange&, Answer const&);
    Task<std::optional<Refusal>> read_body(Parser&);
    Task<std::size_t> read_more(error_code&);
    Task<void> on_worker(std::function<void()> work);

    Task<bool> reply(Exchange&, Answer const&);
    Task<bool> refuse(Exchange&, Refusal const&);
    Task<bool> write_all(Pieces);
    Task<bool> write_text(std::string_view);
    Task<void> stream(Subscription&);
    Task<void> stream_loop(Subscription&, Timer&);
    static Task<void> watch(std::shared_ptr<Session> self);
    Task<void> linger();
    class Listening;
    void record(Exchange const&, Answer const&, std::size_t bytes);
    void poke();
    void deadline_in(std::chrono::milliseconds span) { deadline_ = Clock::now() + span; }
    [[nodiscard]] std::string_view received() const { return {static_cast<char const*>(buffer_.data().data()), buffer_.size()}; }
    [[nodiscard]] ServerOptions const& options() const { return loop_.shared.options; }

    Loop&                         loop_;
    std::unique_ptr<Transport>    transport_;
    std::string                   remote_;
    bool                          refuse_;
    boost::beast::flat_buffer     buffer_;
    std::string                   tail_;              // Date, Last-Modified, Connection, blank line
    Clock::time_point             deadline_ = never;
    bool                          timed_out_ = false;
    bool                          idle_ = false;      // between requests, nothing received
    bool                          fresh_ = true;      // no request yet
    Timer*                        stream_timer_ = nullptr;
    bool                          stream_over_ = false;   // the client has gone or the server stops
    bool                          watched_ = false;
    std::size_t                   streamed_ = 0;
};

// ---- reading ---------------------------------------------------------------------------------------------------------

Task<std::size_t> Session::read_more(error_code& ec) {
    auto const n = co_await transport_->read_some(buffer_.prepare(read_size), ec);
    buffer_.commit(n);
    co_return n;
}

Task<Session::Head> Session::read_head(HeadScanner& scanner, Refusal& refusal) {
    if (received().starts_with("\r\n")) buffer_.consume(2);   // RFC 9112 §2.2: one empty line before a request is ignored
    deadline_in(buffer_.size() == 0 && !fresh_ ? options().idle_timeout : options().header_timeout);
    while (true) {
        if (auto wrong = scanner.scan(received())) {
            refusal = std::move(*wrong);
            co_return Head::refused;
        }
        if (scanner.size() > 0) break;
        idle_ = buffer_.size() == 0;
        if (idle_ && loop_.shared.stopping) co_return Head::gone;
        error_code ec;
        co_await read_more(ec);
        if (timed_out_ && buffer_.size() > 0) {
            refusal = {408, "the request head did not arrive in time"};
            co_return Head::refused;
        }
        if (ec) co_return Head::gone;
        if (std::exchange(idle_, false) && !fresh_) deadline_in(options().header_timeout);
    }
    fresh_ = false;
    deadline_ = never;
    co_return Head::complete;
}

std::optional<Refusal> Session::parse(Parser& parser, std::size_t head, Exchange& exchange) {
    error_code ec;
    parser.header_limit(static_cast<std::uint32_t>(options().max_head + 1));
    parser.body_limit(boost::none);   // set by with_body once the route is known
    auto const used = parser.put(asio::const_buffer(received().data(), head), ec);
    if (ec == boost::beast::http::error::bad_version) return Refusal{505, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
    if (ec || used != head || !parser.is_header_done()) return Refusal{400, "the request head is malformed: " + (ec ? ec.message() : "incomplete")};
    buffer_.consume(head);

    auto const& message = parser.get();
    auto& request = exchange.request;
    request.remote = remote_;
    request.method = message.method_string();
    for (auto const& field : message) request.headers.emplace_back(field.name_string(), field.value());
    if (auto refusal = check_head(request, message.version(), exchange.framing)) return refusal;
    if (auto wrong = parse_target(message.target(), request)) return Refusal{400, std::move(*wrong)};
    exchange.keep = message.keep_alive();
    exchange.http10 = message.version() < 11;
    return std::nullopt;
}

Task<std::optional<Refusal>> Session::read_body(Parser& parser) {
    deadline_in(options().body_timeout);
    parser.eager(true);
    while (!parser.is_done()) {
        error_code ec;
        if (buffer_.size() > 0) {
            buffer_.consume(parser.put(buffer_.data(), ec));
            if (ec == boost::beast::http::error::body_limit) co_return Refusal{413, "the body is longer than this address takes"};
            if (ec && ec != boost::beast::http::error::need_more) co_return Refusal{400, "the body is malformed: " + ec.message()};
            if (parser.is_done()) break;
            if (!ec) continue;
        }
        if (buffer_.size() > most_unparsed) co_return Refusal{400, "a chunk line is too long"};
        co_await read_more(ec);
        if (timed_out_) co_return Refusal{408, "the request body did not arrive in time"};
        if (ec) co_return Refusal{0, {}};   // the client has gone: nobody to tell
    }
    deadline_ = never;
    co_return std::nullopt;
}

// ---- one request -----------------------------------------------------------------------------------------------------

/// Runs `work` on the pool and resumes on this loop.
Task<void> Session::on_worker(std::function<void()> work) {
    std::exception_ptr error;
    auto& pool = loop_.shared.pool;
    auto const executor = loop_.context.get_executor();
    auto initiate = [&error, &pool, executor, work = std::move(work)](auto handler) {
        asio::post(pool, [&error, executor, work, handler = std::move(handler)]() mutable {
            try {
                work();
            } catch (...) {
                error = std::current_exception();
            }
            asio::post(executor, std::move(handler));
        });
    };
    co_await asio::async_initiate<asio::use_awaitable_t<Executor> const, void()>(initiate, use_task);
    if (error) std::rethrow_exception(error);
}

/// False when the connection is at its end.
Task<bool> Session::serve_one() {
    HeadScanner scanner(options().max_target, options().max_head);
    Refusal refusal;
    auto const head = co_await read_head(scanner, refusal);
    if (head == Head::gone) co_return false;

    Exchange exchange;
    if (head == Head::refused) co_return co_await refuse(exchange, refusal);
    Parser parser;
    if (auto const wrong = parse(parser, scanner.size(), exchange)) co_return co_await refuse(exchange, *wrong);

    auto const& dispatcher = loop_.shared.dispatcher;
    exchange.found = dispatcher.route(exchange.request);
    bool const bodiless = !exchange.framing.has_body();
    if (auto const answer = dispatcher.at_once(exchange.request, exchange.found, bodiless)) {
        if (!bodiless) co_return co_await without_it(parser, exchange, *answer);
        co_return co_await reply(exchange, *answer);
    }
    if (!bodiless) co_return co_await with_body(parser, exchange);

    std::optional<Answer> answer;
    std::function<void()> work = [&] {
        answer = dispatcher.refused(exchange.request, *exchange.found.route);
        if (!answer) answer = dispatcher.handle(exchange.request, *exchange.found.route);
    };
    co_await on_worker(std::move(work));
    co_return co_await reply(exchange, *answer);
}

/// Permission first, then the body, then the handler: nobody uploads 64 MiB to be told 401.
Task<bool> Session::with_body(Parser& parser, Exchange& exchange) {
    auto const& dispatcher = loop_.shared.dispatcher;
    auto const& route = *exchange.found.route;
    auto const limit = std::min(route.max_body, options().max_body);
    if (exchange.framing.length > limit) {
        Refusal const too_long{413, "the body is longer than the " + std::to_string(limit) + " bytes this address takes"};
        co_return co_await refuse(exchange, too_long);
    }
    std::optional<Answer> answer;
    std::function<void()> permit = [&] { answer = dispatcher.refused(exchange.request, route); };
    co_await on_worker(std::move(permit));
    if (answer) co_return co_await without_it(parser, exchange, *answer);
    if (exchange.framing.expects_continue && buffer_.size() == 0 && !co_await write_text("HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
    parser.body_limit(limit);
    if (auto const refusal = co_await read_body(parser)) {
        if (refusal->status == 0) co_return false;
        co_return co_await refuse(exchange, *refusal);
    }
    exchange.request.body = std::move(parser.get().body());
    std::function<void()> work = [&] { answer = dispatcher.handle(exchange.request, route); };
    co_await on_worker(std::move(work));
    co_return co_await reply(exchange, *answer);
}

/// Answers a request whose body nobody needs. A small one is read and forgotten, so that a client that is asked for its
/// password, as every CalDAV client first is, keeps its connection; a large one, or one that waits to be asked for, is not.
Task<bool> Session::without_it(Parser& parser, Exchange& exchange, Answer const& answer) {
    bool const small = !exchange.framing.expects_continue && exchange.framing.length <= most_unparsed;
    if (small && exchange.keep) {
        parser.body_limit(most_unparsed);
        auto const refusal = co_await read_body(parser);
        if (refusal && refusal->status == 0) co_return false;
        exchange.keep = !refusal;
    } else {
        exchange.keep = false;
    }
    co_return co_await reply(exchange, answer);
}

Task<void> Session::run() {
    error_code ec;
    deadline_in(options().header_timeout);
    co_await transport_->handshake(ec);
    if (ec) co_return;
    if (refuse_) {
        count(loop_.counters.refused);
        Exchange exchange;
        Refusal const full{503, "too many connections; try again shortly"};
        co_await refuse(exchange, full);
    } else {
        while (co_await serve_one()) {}
    }
    transport_->socket().close(ec);
}

// ---- writing ---------------------------------------------------------------------------------------------------------

/// Drops what has been written.
void advance(Pieces& pieces, std::size_t n) {
    for (auto& piece : pieces) {
        auto const here = std::min(n, piece.size());
        piece += here;
        n -= here;
    }
}

Task<bool> Session::write_all(Pieces pieces) {
    advance(pieces, transport_->write_now(pieces));
    auto const left = asio::buffer_size(pieces);
    if (left == 0) co_return true;
    timed_out_ = false;
    deadline_in(options().write_timeout + std::chrono::seconds(left / (16 * 1024)));
    error_code ec;
    co_await transport_->write(pieces, ec);
    deadline_ = never;
    co_return !ec;
}

Task<bool> Session::write_text(std::string_view text) {
    Pieces const pieces{asio::buffer(text)};
    co_return co_await write_all(pieces);
}

Task<bool> Session::reply(Exchange& exchange, Answer const& answer) {
    bool const keep = exchange.keep && !answer.stream && !loop_.shared.stopping;
    bool const bare = exchange.request.method == "HEAD";
    count(loop_.counters.requests);   // before the write: who has the answer finds it counted
    count(loop_.counters.by_class[static_cast<std::size_t>(answer.status / 100)]);
    if (answer.from_cache) count(loop_.counters.cache_hits);
    tail_ = date_line();
    tail_.append(answer.last_modified_line(std::time(nullptr)));
    tail_.append(!keep ? "Connection: close\r\n" : exchange.http10 ? "Connection: keep-alive\r\n" : "").append("\r\n");

    auto const body = bare ? std::string_view{} : answer.body();
    Pieces const pieces{asio::buffer(answer.head()), asio::buffer(tail_), asio::buffer(body)};
    bool const written = co_await write_all(pieces);
    auto bytes = body.size();
    if (written && answer.stream && !bare) {
        co_await stream(*answer.stream);
        bytes = streamed_;
    } else if (written && !keep) {
        co_await linger();
    }
    record(exchange, answer, bytes);
    co_return written && keep;
}

Task<bool> Session::refuse(Exchange& exchange, Refusal const& refusal) {
    if (refusal.status == 408) count(loop_.counters.timeouts);
    exchange.keep = false;
    Answer const answer(exchange.request, problem(refusal.status, "", refusal.detail));
    co_return co_await reply(exchange, answer);
}

void Session::record(Exchange const& exchange, Answer const& answer, std::size_t bytes) {
    count(loop_.counters.bytes_sent, bytes);
    if (!loop_.shared.hooks.access_log) return;
    auto const span = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange.begun);
    auto const* route = exchange.found.route;
    loop_.shared.hooks.access_log({exchange.request.method, route ? std::string_view(route->pattern) : "", remote_, answer.status, bytes, span.count()});
}

/// Closing a socket with unread input resets the connection and may destroy the answer on its way. So: say that we are
/// done, then read and forget until the client closes too, for a moment.
Task<void> Session::linger() {
    static constexpr int most_reads = 256;
    deadline_in(options().linger_timeout);
    timed_out_ = false;
    error_code ec;
    co_await transport_->finish(ec);
    for (int i = 0; i < most_reads && !ec && !timed_out_; ++i) {
        buffer_.clear();
        co_await read_more(ec);
    }
}

// ---- event streams ---------------------------------------------------------------------------------------------------

/// While it lives, pushes from any thread wake the session.
class Session::Listening {
public:
    Listening(Session& session, Subscription& subscription, Timer& timer) : session_(session), subscription_(subscription) {
        count(session_.loop_.counters.streams);
        session_.stream_timer_ = &timer;
        subscription_.on_ready([weak = session_.weak_from_this(), executor = session_.loop_.context.get_executor()] {
            asio::post(executor, [weak] {
                if (auto const self = weak.lock()) self->poke();
            });
        });
    }
    ~Listening() {
        subscription_.on_ready({});
        subscription_.close();
        session_.stream_timer_ = nullptr;
        session_.loop_.counters.streams.fetch_sub(1, std::memory_order_relaxed);
    }
    Listening(Listening const&) = delete;
    Listening& operator=(Listening const&) = delete;

private:
    Session&      session_;
    Subscription& subscription_;
};

Task<void> Session::stream(Subscription& subscription) {
    Timer timer(loop_.context.get_executor());
    Listening const listening(*this, subscription, timer);
    watched_ = true;
    co_spawn(loop_.context, watch(shared_from_this()), [&shared = loop_.shared](std::exception_ptr error) { shared.log(error); });
    co_await stream_loop(subscription, timer);
    subscription.close();

    deadline_in(options().linger_timeout);
    error_code ec;
    co_await transport_->finish(ec);
    while (watched_) {
        timer.expires_at(never);
        co_await timer.async_wait(asio::redirect_error(use_task, ec));
    }
}

Task<void> Session::stream_loop(Subscription& subscription, Timer& timer) {
    while (!stream_over_ && !loop_.shared.stopping) {
        auto const taken = subscription.take();
        streamed_ += taken.text.size();
        if (!taken.text.empty() && !co_await write_text(taken.text)) co_return;
        if (taken.last) co_return;
        if (!taken.text.empty()) continue;
        error_code poked;
        timer.expires_after(options().heartbeat);
        co_await timer.async_wait(asio::redirect_error(use_task, poked));
        if (!poked && !co_await write_text(":\n\n")) co_return;
    }
}

/// Notices that the client has gone while there is nothing to write.
Task<void> Session::watch(std::shared_ptr<Session> self) {
    error_code ec;
    while (!ec) {
        self->buffer_.clear();
        co_await self->read_more(ec);
    }
    self->watched_ = false;
    self->stream_over_ = true;
    self->poke();
}

void Session::poke() {
    if (stream_timer_) stream_timer_->cancel();
}

// ---- deadlines and stop ----------------------------------------------------------------------------------------------

void Session::sweep(Clock::time_point now) {
    if (now < deadline_) return;
    timed_out_ = true;
    error_code ignored;
    transport_->socket().cancel(ignored);   // whatever waits ends with an error; its coroutine reads timed_out_
}

void Session::wind_down() {
    stream_over_ = true;
    poke();
    error_code ignored;
    if (idle_) transport_->socket().cancel(ignored);
}

void Session::cut() {
    error_code ignored;
    transport_->socket().close(ignored);
    stream_over_ = true;
    poke();
}

/// Checks the deadlines of one loop until its context runs out of work.
Task<void> sweep(Loop& loop, std::chrono::milliseconds tick) {
    error_code ec;
    while (!ec && !loop.finished) {
        loop.ticker.expires_after(tick);
        co_await loop.ticker.async_wait(asio::redirect_error(use_task, ec));
        auto const now = Clock::now();
        for (auto* session : loop.sessions) session->sweep(now);
    }
}

// ---- accepting -------------------------------------------------------------------------------------------------------

void admit(Loop& loop, Socket socket) {
    auto& shared = loop.shared;
    static constexpr std::size_t also_refused_politely = 64;
    auto const open = shared.open + 1;
    if (open > shared.options.max_connections + also_refused_politely) {
        count(loop.counters.refused);
        return;
    }
    error_code ec;
    socket.set_option(tcp::no_delay(true), ec);
    auto const peer = socket.remote_endpoint(ec);
    auto remote = ec ? std::string{} : peer.address().to_string();
    auto transport = shared.tls ? make_tls(std::move(socket), *shared.tls) : make_plain(std::move(socket));
    auto session = std::make_shared<Session>(loop, std::move(transport), std::move(remote), open > shared.options.max_connections);
    co_spawn(loop.context, Session::live(std::move(session)), [&shared](std::exception_ptr error) { shared.log(error); });
}

Task<void> accept(Loop& loop) {
    while (!loop.shared.stopping) {
        error_code ec;
        auto socket = co_await loop.acceptor.async_accept(asio::redirect_error(use_task, ec));
        if (!loop.acceptor.is_open()) co_return;
        try {
            if (!ec) {
                admit(loop, std::move(socket));
                continue;
            }
        } catch (...) {
            loop.shared.log(std::current_exception());
        }
        Timer pause(loop.context.get_executor(), std::chrono::milliseconds(50));   // out of descriptors, most likely
        co_await pause.async_wait(asio::redirect_error(use_task, ec));
    }
}

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// Opens a listening socket. Without `share` it fails when anybody else listens there.
error_code listen(Acceptor& acceptor, tcp::endpoint const& endpoint, bool share) {
    error_code ec;
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec && share) acceptor.set_option(ReusePort(true), ec);
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    return ec;
}

unsigned or_else(unsigned value, unsigned otherwise) { return value > 0 ? value : otherwise; }

ServerOptions completed(ServerOptions options) {
    auto const processors = std::max(1U, std::thread::hardware_concurrency());
    options.threads = or_else(options.threads, processors);
    options.workers = or_else(options.workers, std::max(4U, 2 * processors));
    return options;
}

std::chrono::milliseconds tick_for(ServerOptions const& options) {
    auto const shortest = std::min({options.header_timeout, options.body_timeout, options.idle_timeout, options.write_timeout, options.linger_timeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions o, Router const& router, Cache& cache, Hooks h)
        : options(completed(std::move(o))), hooks(std::move(h)), dispatcher(router, cache, hooks), pool(options.workers),
          shared{options, hooks, dispatcher, pool, nullptr} {}

    std::optional<std::string> open();
    void run();
    void for_each_session(void (Session::*)());
    bool wait_drained(std::chrono::milliseconds);

    ServerOptions const                options;
    Hooks const                        hooks;
    Dispatcher const                   dispatcher;
    asio::thread_pool                  pool;
    Shared                             shared;
    std::vector<std::unique_ptr<Loop>> loops;
    std::uint16_t                      port = 0;
    std::mutex                         stopping;
    bool                               running = false;
};

std::optional<std::string> Server::Impl::open() {
    auto const where = options.address + ':' + std::to_string(options.port);
    error_code ec;
    auto const address = asio::ip::make_address(options.address, ec);
    if (ec) return "cannot listen on " + where + ": the address is not a numeric IP address";
    tcp::endpoint endpoint(address, options.port);
    if (options.port != 0) {   // SO_REUSEPORT would let a second daemon steal half the connections
        asio::io_context context;
        Acceptor probe(context);
        if ((ec = listen(probe, endpoint, false))) return "cannot listen on " + where + ": " + ec.message();
    }
    for (unsigned i = 0; i < options.threads; ++i) {
        auto& loop = *loops.emplace_back(std::make_unique<Loop>(shared));
        if ((ec = listen(loop.acceptor, endpoint, true))) return "cannot listen on " + where + ": " + ec.message();
        endpoint.port(loop.acceptor.local_endpoint().port());
    }
    port = endpoint.port();
    return std::nullopt;
}

void Server::Impl::run() {
    running = true;
    auto const log = [this](std::exception_ptr error) { shared.log(error); };
    for (auto& loop : loops) {
        co_spawn(loop->context, accept(*loop), log);
        co_spawn(loop->context, sweep(*loop, tick_for(options)), log);
        loop->thread = std::thread([&context = loop->context] { context.run(); });
    }
}

void Server::Impl::for_each_session(void (Session::*deed)()) {
    for (auto& loop : loops)
        asio::post(loop->context, [&sessions = loop->sessions, deed] {
            for (auto* session : sessions) (session->*deed)();
        });
}

bool Server::Impl::wait_drained(std::chrono::milliseconds span) {
    std::unique_lock lock(shared.mutex);
    return shared.drained.wait_for(lock, span, [&] { return shared.open == 0; });
}

Server::Server(ServerOptions options, Router const& router, Cache& cache, Hooks hooks)
    : impl_(std::make_unique<Impl>(std::move(options), router, cache, std::move(hooks))) {}

Server::~Server() { stop(); }

std::optional<std::string> Server::start() {
    auto const& options = impl_->options;
    if (impl_->port != 0) return "the server has been started already";
    if (options.tls_chain.empty() != options.tls_key.empty()) return "TLS needs both the certificate chain and the private key";
    std::string wrong;
    if (!options.tls_chain.empty() && !(impl_->shared.tls = load_tls(options.tls_chain, options.tls_key, wrong))) return wrong;
    if (auto failed = impl_->open()) {
        impl_->loops.clear();
        return failed;
    }
    impl_->run();
    return std::nullopt;
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::stop(std::chrono::milliseconds deadline) {
    std::lock_guard const once(impl_->stopping);
    if (!std::exchange(impl_->running, false)) return;
    impl_->shared.stopping = true;
    for (auto& loop : impl_->loops)
        asio::post(loop->context, [&acceptor = loop->acceptor] {
            error_code ignored;
            acceptor.close(ignored);
        });
    impl_->for_each_session(&Session::wind_down);
    if (!impl_->wait_drained(deadline)) impl_->for_each_session(&Session::cut);
    impl_->pool.join();   // handlers that still run hand their answers to closed connections
    for (auto& loop : impl_->loops) {
        asio::post(loop->context, [&stopped = *loop] {
            stopped.finished = true;
            stopped.ticker.cancel();
        });
        loop->work.reset();
    }
    for (auto& loop : impl_->loops) loop->thread.join();
}

Metrics Server::metrics() const {
    Metrics sum;
    for (auto const& loop : impl_->loops) {
        auto const& c = loop->counters;
        sum.requests += c.requests;
        sum.informational += c.by_class[1];
        sum.success += c.by_class[2];
        sum.redirection += c.by_class[3];
        sum.client_error += c.by_class[4];
        sum.server_error += c.by_class[5];
        sum.cache_hits += c.cache_hits;
        sum.timeouts += c.timeouts;
        sum.bytes_sent += c.bytes_sent;
        sum.connections += c.connections;
        sum.connections_refused += c.refused;
        sum.streams_open += c.streams;
    }
    sum.connections_open = impl_->shared.open;
    return sum;
}

}  // namespace kogge::host::http
