// SPDX-License-Identifier: EUPL-1.2
#include "http/server.hpp"
#include "http/events.hpp"
#include "http/test_client.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <condition_variable>
#include <future>
#include <mutex>
#include <ostream>
#include <thread>
#include <vector>

using namespace kogge::host::http;
using test::Client;
using namespace std::chrono_literals;

namespace {

ServerOptions quick() {
    ServerOptions options;
    options.threads = 2;
    options.workers = 2;
    options.linger_timeout = 200ms;
    return options;
}

struct World {
    explicit World(ServerOptions options = quick(), Hooks hooks = {}) : server(options, router, cache, std::move(hooks)) {
        add("GET", "/plain", [](Request const&) { return Response::text(200, "hello"); });
        add("GET", "/cached", [this](Request const&) {
            auto r = Response::json(200, '"' + std::string(5000, 'c') + '"');
            r.depends_on = {"visit:1"};
            ++made;
            return r;
        });
        add("GET", "/big", [](Request const&) { return Response::json(200, '"' + std::string(5000, 'b') + '"'); });
        add("POST", "/echo", [](Request const& r) { return Response::text(200, r.body); });
        add("GET", "/events", [this](Request const& r) {
            auto subscription = hub.subscribe({"t"});
            subscription->push({"", "hello", std::string(r.header("Last-Event-ID").value_or("none"))});
            return Response::events(subscription);
        });
        auto const failed = server.start();
        BOOST_REQUIRE_MESSAGE(!failed, failed.value_or(""));
    }
    void add(std::string method, std::string pattern, Handler handler) {
        BOOST_REQUIRE(!router.add({std::move(method), std::move(pattern), "public", std::move(handler), 10'000}));
    }
    [[nodiscard]] Client client() const { return Client(server.port()); }

    Router           router;
    Cache            cache;
    EventHub         hub{8, 64U << 20U};
    std::atomic<int> made = 0;
    Server           server;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(one_connection_serves_many_requests) {
    World world;
    auto client = world.client();
    for (int i = 0; i < 3; ++i) {
        auto const reply = client.get("/plain").reply();
        BOOST_TEST(reply.status == 200);
        BOOST_TEST(reply.body == "hello");
        BOOST_TEST(!reply.value("Date").empty());
        BOOST_TEST(reply.value("Connection") == "");
    }
    BOOST_TEST(client.get("/plain", "Connection: close\r\n").reply().has("Connection: close"));
    BOOST_TEST(client.rest() == "");
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order) {
    World world;
    auto client = world.client();
    (void)client.get("/cached").reply();
    client.send("GET /cached HTTP/1.1\r\nHost: x\r\n\r\nGET /plain HTTP/1.1\r\nHost: x\r\n\r\nPOST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                "GET /nope HTTP/1.1\r\nHost: x\r\n\r\nGET /cached HTTP/1.1\r\nHost: x\r\n\r\n");
    BOOST_TEST(client.reply().body.size() == 5002U);
    BOOST_TEST(client.reply().body == "hello");
    BOOST_TEST(client.reply().body == "abc");
    BOOST_TEST(client.reply().status == 404);
    BOOST_TEST(client.reply().body.size() == 5002U);
    BOOST_TEST(world.made == 1);
}

BOOST_AUTO_TEST_CASE(head_has_the_length_and_no_body) {
    World world;
    auto client = world.client();
    BOOST_TEST(client.get("/plain", "", "HEAD").reply(true).has("Content-Length: 5"));
    (void)client.get("/cached").reply();
    BOOST_TEST(client.get("/cached", "", "HEAD").reply(true).has("Content-Length: 5002"));
    BOOST_TEST(client.get("/plain").reply().body == "hello");   // nothing was left over
}

BOOST_AUTO_TEST_CASE(head_first_keeps_what_get_would) {
    World world;
    auto client = world.client();
    auto const head = client.get("/cached", "", "HEAD").reply(true);
    BOOST_TEST(!head.value("ETag").empty());
    BOOST_TEST(client.get("/cached").reply().value("ETag") == head.value("ETag"));
    BOOST_TEST(world.made == 1);
}

BOOST_AUTO_TEST_CASE(a_small_body_nobody_needs_does_not_cost_the_connection) {
    World world;
    auto client = world.client();
    auto const body = std::string("Content-Length: 4\r\n");
    BOOST_TEST(client.get("/nope", body, "PROPFIND").send("abcd").reply().status == 404);
    BOOST_TEST(client.get("/plain", body, "PROPFIND").send("abcd").reply().status == 405);
    BOOST_TEST(client.get("/plain", "Transfer-Encoding: chunked\r\n", "PROPFIND").send("3\r\nabc\r\n0\r\n\r\n").reply().status == 405);
    BOOST_TEST(client.get("/plain").reply().body == "hello");   // nothing was left over
    BOOST_TEST(client.get("/nope", "Content-Length: 100000\r\n", "PUT").reply().has("Connection: close"));
    BOOST_TEST(client.rest() == "");
    auto asking = world.client();
    BOOST_TEST(asking.get("/nope", "Content-Length: 4\r\nExpect: 100-continue\r\n", "PUT").reply().has("Connection: close"));
}

BOOST_AUTO_TEST_CASE(an_endless_body_nobody_needs_ends_the_connection) {
    World world;
    auto client = world.client();
    client.get("/nope", "Transfer-Encoding: chunked\r\n", "PUT");
    client.send("10000\r\n" + std::string(0x10000, 'x') + "\r\n1\r\nx\r\n");
    auto const reply = client.reply();
    BOOST_TEST(reply.status == 404);
    BOOST_TEST(reply.has("Connection: close"));
}

BOOST_AUTO_TEST_CASE(what_the_client_has_is_not_sent_again) {
    World world;
    auto client = world.client();
    auto const tag = client.get("/cached").reply().value("ETag");
    for (auto const& have : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
        auto const reply = client.get("/cached", "If-None-Match: " + have + "\r\n").reply();
        BOOST_TEST(reply.status == 304);
        BOOST_TEST(reply.value("ETag") == tag);
        BOOST_TEST(reply.value("Cache-Control") == "private, no-cache");
        BOOST_TEST(reply.value("Content-Length") == "");
    }
    BOOST_TEST(client.get("/cached", "If-None-Match: \"x\"\r\nIf-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT\r\n").reply().status == 200);
    BOOST_TEST(world.server.metrics().cache_hits == 5U);
}

BOOST_AUTO_TEST_CASE(gzip_for_who_can_read_it) {
    World world;
    auto client = world.client();
    for (auto const* target : {"/cached", "/cached", "/big"}) {
        auto const packed = client.get(target, "Accept-Encoding: gzip\r\n").reply();
        BOOST_TEST(packed.has("Content-Encoding: gzip"));
        BOOST_TEST(packed.has("Vary: Accept-Encoding"));
        BOOST_TEST(packed.body.size() < 200U);
        BOOST_TEST(packed.body.starts_with("\x1f\x8b"));
        BOOST_TEST(client.get(target).reply().body.size() == 5002U);
    }
    BOOST_TEST(!client.get("/plain", "Accept-Encoding: gzip\r\n").reply().has("Content-Encoding: gzip"));
}

BOOST_AUTO_TEST_CASE(a_change_reaches_the_client) {
    World world;
    auto client = world.client();
    (void)client.get("/cached").reply();
    (void)client.get("/cached").reply();
    BOOST_TEST(world.made == 1);
    world.cache.invalidate(std::vector<std::string>{"visit:1"});
    (void)client.get("/cached").reply();
    BOOST_TEST(world.made == 2);
}

BOOST_AUTO_TEST_CASE(the_wrong_method_learns_the_right_one) {
    World world;
    auto client = world.client();
    auto const reply = client.get("/plain", "", "DELETE").reply();
    BOOST_TEST(reply.status == 405);
    BOOST_TEST(reply.value("Allow") == "GET, HEAD, OPTIONS");
    BOOST_TEST(client.get("*", "", "OPTIONS").reply().status == 204);
}

BOOST_AUTO_TEST_CASE(bodies_come_by_length_in_chunks_and_after_100_continue) {
    World world;
    auto client = world.client();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n");
    BOOST_TEST(client.reply().body == "abcde");
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    BOOST_TEST(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    BOOST_TEST(client.send("hi").reply().body == "hi");
}

BOOST_AUTO_TEST_CASE(http_1_0_closes_unless_asked) {
    World world;
    auto client = world.client();
    BOOST_TEST(client.send("GET /plain HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").reply().has("Connection: keep-alive"));
    BOOST_TEST(client.send("GET /plain HTTP/1.0\r\n\r\n").reply().has("Connection: close"));
    BOOST_TEST(client.rest() == "");
}

struct Hostile {
    char const* name;
    std::string bytes;
    int         status;
};
std::ostream& operator<<(std::ostream& out, Hostile const& hostile) { return out << hostile.name; }

std::vector<Hostile> const hostile{
    {"no host", "GET /plain HTTP/1.1\r\n\r\n", 400},
    {"two hosts", "GET /plain HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"host with a path", "GET /plain HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"empty host", "GET /plain HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"unknown transfer encoding", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
    {"chunked twice", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", 501},
    {"two transfer encodings", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"identity", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n", 501},
    {"gzip, chunked", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
    {"chunked in 1.0", "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"length and chunked", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"chunked and length", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400},
    {"length list", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\nhello", 400},
    {"length twice", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
    {"length signed", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello", 400},
    {"length negative", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400},
    {"length hexadecimal", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nhello", 400},
    {"length empty", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n", 400},
    {"length overflow", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
    {"length huge", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775807\r\n\r\n", 413},
    {"body too long", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10001\r\n\r\n" + std::string(10001, 'x'), 413},
    {"chunks too long", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2711\r\n" + std::string(10001, 'x') + "\r\n0\r\n\r\n", 413},
    {"chunk size huge", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", 413},
    {"chunk size overflow", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n", 400},
    {"chunk size not hexadecimal", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
    {"chunk without end", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n", 400},
    {"chunk extension without end", "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'x'), 400},
    {"bare LF", "GET /plain HTTP/1.1\nHost: x\n\n", 400},
    {"bare CR", "GET /plain HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400},
    {"NUL in a header", std::string("GET /plain HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n", 38), 400},
    {"folded header", "GET /plain HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400},
    {"space before colon", "GET /plain HTTP/1.1\r\nHost : x\r\n\r\n", 400},
    {"header without colon", "GET /plain HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", 400},
    {"header without name", "GET /plain HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", 400},
    {"space in a name", "GET /plain HTTP/1.1\r\nHost: x\r\nA b: y\r\n\r\n", 400},
    {"control in a value", "GET /plain HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n", 400},
    {"no version", "GET /plain\r\n\r\n", 400},
    {"version 2", "GET /plain HTTP/2.0\r\nHost: x\r\n\r\n", 505},
    {"http/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"unknown method", "BREW /plain HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"lower-case method", "get /plain HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"TRACE", "TRACE /plain HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 501},
    {"method with a bracket", "G(T /plain HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"no method", " /plain HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"two spaces", "GET  /plain HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"relative target", "GET plain HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"dot segments", "GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"encoded dot segments", "GET /%2e%2e/etc HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"encoded NUL", "GET /plain%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"bad escape", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"fragment", "GET /plain#x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"raw byte in the target", "GET /pl\xe4in HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"long target", "GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
    {"long target without end", "GET /" + std::string(9000, 'x'), 414},
    {"long head", "GET /plain HTTP/1.1\r\nHost: x\r\nA: " + std::string(17'000, 'x') + "\r\n\r\n", 431},
    {"long head without end", "GET /plain HTTP/1.1\r\nHost: x\r\nA: " + std::string(40'000, 'x'), 431},
    {"unknown expectation", "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1\r\n\r\nx", 417},
    {"TLS to a plain port", std::string("\x16\x03\x01\x02\x00\x01\n\n", 8), 400},
};

BOOST_DATA_TEST_CASE(hostile_requests_are_refused_and_the_connection_closed, hostile, attack) {
    World world;
    auto client = world.client();
    client.send(attack.bytes);
    auto const reply = client.reply();
    BOOST_TEST(reply.status == attack.status);
    BOOST_TEST(reply.has("Content-Type: application/problem+json"));
    BOOST_TEST(reply.has("Connection: close"));
    BOOST_TEST(reply.body.find("\"detail\":\"") != std::string::npos);
    client.done_sending();
    BOOST_TEST(client.rest() == "");   // nothing of what followed was taken for a request
}

BOOST_AUTO_TEST_CASE(a_slow_head_or_body_is_told_408_and_closed) {
    auto options = quick();
    options.header_timeout = options.body_timeout = 100ms;
    World world(options);
    auto head = world.client(), body = world.client(), silent = world.client();
    head.send("GET /plain HTTP/1.1\r\nHo");
    body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
    BOOST_TEST(head.reply().status == 408);
    BOOST_TEST(body.reply().status == 408);
    BOOST_TEST(head.rest() + body.rest() + silent.rest() == "");
    BOOST_TEST(world.server.metrics().timeouts == 2U);
}

BOOST_AUTO_TEST_CASE(a_trickle_does_not_extend_the_deadline) {
    auto options = quick();
    options.header_timeout = 150ms;
    options.max_head = 1U << 30U;   // only the deadline can end it
    World world(options);
    auto client = world.client();
    std::atomic<bool> closed = false;
    std::jthread trickle([&] {
        client.send("GET /plain HTTP/1.1\r\nA: ");
        while (!closed) {
            client.send("x");
            std::this_thread::yield();
        }
    });
    auto const status = client.reply().status;
    closed = true;
    BOOST_TEST(status == 408);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed_without_a_word) {
    auto options = quick();
    options.idle_timeout = 100ms;
    World world(options);
    auto client = world.client();
    BOOST_TEST(client.get("/plain").reply().status == 200);
    BOOST_TEST(client.rest() == "");
}

BOOST_AUTO_TEST_CASE(beyond_the_most_connections_there_is_503) {
    auto options = quick();
    options.max_connections = 2;
    World world(options);
    auto first = world.client(), second = world.client();
    BOOST_TEST(first.get("/plain").reply().status == 200);
    BOOST_TEST(second.get("/plain").reply().status == 200);
    auto third = world.client();
    BOOST_TEST(third.reply().status == 503);
    BOOST_TEST(first.get("/plain").reply().status == 200);
    BOOST_TEST(world.server.metrics().connections_refused == 1U);
}

BOOST_AUTO_TEST_CASE(permission_comes_before_the_upload) {
    Hooks hooks;
    hooks.authorise = [](Request const& request, Route const&) -> std::optional<Response> {
        if (request.header("Authorization")) return std::nullopt;
        return problem(401, "", "sign in first");
    };
    World world(quick(), hooks);
    auto client = world.client();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
    BOOST_TEST(client.reply().status == 401);   // and no 100 Continue
    auto known = world.client();
    known.send("POST /echo HTTP/1.1\r\nHost: x\r\nAuthorization: y\r\nContent-Length: 2\r\n\r\nok");
    BOOST_TEST(known.reply().body == "ok");
}

BOOST_AUTO_TEST_CASE(the_access_log_names_the_pattern_and_not_the_path) {
    std::promise<std::string> logged;
    Hooks hooks;
    hooks.access_log = [&](AccessRecord const& r) {
        logged.set_value(std::string(r.method) + ' ' + std::string(r.pattern) + ' ' + std::to_string(r.status) + ' ' + std::to_string(r.bytes) + ' ' + std::string(r.remote));
    };
    World world(quick(), hooks);
    world.add("GET", "/feeds/{token}.ics", [](Request const&) { return Response::text(200, "cal"); });
    auto client = world.client();
    (void)client.get("/feeds/secret.ics").reply();
    BOOST_TEST(logged.get_future().get() == "GET /feeds/{token}.ics 200 3 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(events_arrive_as_they_are_published) {
    World world;
    auto client = world.client();
    auto const head = client.get("/events", "Last-Event-ID: 41\r\n").reply();
    BOOST_TEST(head.has("Content-Type: text/event-stream"));
    BOOST_TEST(client.read_until("\n\n") == "event: hello\ndata: 41\n\n");
    for (int i = 0; i < 3; ++i) {
        world.hub.publish("t", {std::to_string(i), "leg", "late"});
        BOOST_TEST(client.read_until("\n\n") == "id: " + std::to_string(i) + "\nevent: leg\ndata: late\n\n");
    }
    world.hub.close();
    BOOST_TEST(client.rest() == "");
}

BOOST_AUTO_TEST_CASE(a_silent_stream_has_a_heartbeat) {
    auto options = quick();
    options.heartbeat = 20ms;
    World world(options);
    auto client = world.client();
    (void)client.get("/events").reply();
    BOOST_TEST(client.read_until("data: none\n\n:\n\n:\n\n").size() > 0U);
}

BOOST_AUTO_TEST_CASE(a_slow_consumer_is_dropped_and_told_so) {
    World world;
    Client client(world.server.port(), 4096);
    (void)client.get("/events").reply();
    BOOST_TEST(client.read_until("\n\n") == "event: hello\ndata: none\n\n");
    std::string const much(1U << 20U, 'x');
    int published = 0;
    for (; published < 200 && world.hub.listeners() > 0; ++published) world.hub.publish("t", {"", "", much});
    BOOST_TEST(world.hub.listeners() == 0U);
    auto const text = client.rest();
    BOOST_TEST(text.ends_with("event: lagged\ndata: too slow: reload\n\n"));
    BOOST_TEST(text.size() < static_cast<std::size_t>(published) * much.size());
}

BOOST_AUTO_TEST_CASE(a_client_that_leaves_ends_its_subscription) {
    World world;
    std::promise<std::shared_ptr<Subscription>> given;
    world.add("GET", "/mine", [&](Request const&) {
        auto subscription = world.hub.subscribe();
        given.set_value(subscription);
        return Response::events(subscription);
    });
    auto client = std::make_unique<Client>(world.server.port());
    (void)client->get("/mine").reply();
    auto const subscription = given.get_future().get();
    client.reset();
    while (!subscription->closed()) std::this_thread::yield();   // hangs, and the test's time-out fails it, if nobody notices
    BOOST_TEST(!subscription->lagged());
}

BOOST_AUTO_TEST_CASE(stop_lets_the_running_request_finish_and_ends_the_rest) {
    World world;
    std::promise<void> entered, go;
    world.add("GET", "/slow", [&](Request const&) {
        entered.set_value();
        go.get_future().wait();
        return Response::text(200, "done");
    });
    auto busy = world.client(), idle = world.client(), stream = world.client();
    (void)idle.get("/plain").reply();
    (void)stream.get("/events").reply();
    busy.get("/slow");
    entered.get_future().wait();
    std::thread stopper([&] { world.server.stop(); });
    BOOST_TEST(idle.rest() == "");
    BOOST_TEST(stream.rest().starts_with("event: hello"));
    go.set_value();
    auto const reply = busy.reply();
    BOOST_TEST(reply.body == "done");
    BOOST_TEST(reply.has("Connection: close"));
    BOOST_TEST(busy.rest() == "");
    busy.done_sending();
    stopper.join();
    BOOST_TEST(world.server.metrics().connections_open == 0U);
}

BOOST_AUTO_TEST_CASE(stop_cuts_what_is_over_the_deadline) {
    World world;
    auto client = world.client();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
    (void)client.read_until("100 Continue\r\n\r\n");
    world.server.stop(50ms);
    BOOST_TEST(client.rest() == "");
    BOOST_TEST(world.server.metrics().connections_open == 0U);
}

BOOST_AUTO_TEST_CASE(a_second_server_on_the_same_port_is_an_error) {
    World world;
    auto options = quick();
    options.port = world.server.port();
    Server second(options, world.router, world.cache);
    BOOST_TEST(second.start().value_or("").find("cannot listen on 127.0.0.1:") == 0U);
}

BOOST_AUTO_TEST_CASE(a_missing_certificate_is_an_error) {
    Router router;
    Cache cache;
    auto options = quick();
    options.tls_chain = options.tls_key = "/nonexistent.pem";
    Server server(options, router, cache);
    BOOST_TEST(server.start().value_or("").find("/nonexistent.pem") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
