// SPDX-License-Identifier: EUPL-1.2
// Against a real server on this machine, which the rules allow only where a test says so.
#include "outbound/fetcher.hpp"

#include "http/server.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <zlib.h>

#include <algorithm>
#include <condition_variable>
#include <future>

using namespace kogge;
using namespace kogge::host;
using namespace kogge::host::outbound;
using namespace std::chrono_literals;

namespace {

std::string gzipped(std::string const& text) {
    z_stream stream{};
    BOOST_REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
    stream.avail_in = unsigned(text.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = unsigned(out.size());
    BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

struct Web {
    Web() {
        add("GET", "/hello", [](auto const&) { return http::Response::text(200, "moin").set("X-One", "1"); });
        add("GET", "/large", [](auto const&) { return http::Response::text(200, std::string(100'000, 'x')); });
        add("GET", "/bomb", [](auto const&) { return http::Response::text(200, gzipped(std::string(50'000'000, '\0'))).set("Content-Encoding", "gzip"); });
        add("GET", "/packed", [](auto const&) { return http::Response::text(200, gzipped("BEGIN:VCALENDAR")).set("Content-Encoding", "gzip"); });
        add("GET", "/nonsense", [](auto const&) { return http::Response::text(200, "this is not gzip").set("Content-Encoding", "gzip"); });
        add("GET", "/slow", [this](auto const&) { return released.wait_for(60s), http::Response::text(200, "late"); });
        add("GET", "/to", [](auto const& request) { return http::Response::text(int(std::stoi(std::string(*request.query("status")))), "").set("Location", *request.query("where")); });
        add("GET", "/round", [](auto const& request) { return http::Response::text(302, "").set("Location", "/round?" + std::to_string(request.target.size())); });
        for (auto const* method : {"GET", "POST", "PROPFIND", "PUT"})
            add(method, "/echo", [](auto const& request) {
                boost::json::object out{{"method", request.method}, {"body", request.body}};
                for (auto const* name : {"Depth", "Authorization", "Cookie", "Content-Type", "If-None-Match"})
                    out[name] = request.header(name).value_or("-");
                return http::Response::json(200, boost::json::serialize(out));
            });
        for (auto const* method : {"POST", "PROPFIND"})
            for (auto const* status : {"301", "302", "303", "307", "308"})
                add(method, "/sends" + std::string(status), [status](auto const&) { return http::Response::text(std::stoi(status), "").set("Location", "/echo"); });
        http::ServerOptions options;
        options.threads = 1;
        options.workers = 4;
        http::Hooks hooks;
        server = std::make_unique<http::Server>(options, router, cache, hooks);
        auto const wrong = server->start();
        BOOST_REQUIRE_MESSAGE(!wrong, wrong.value_or(""));
    }
    ~Web() {
        release.set_value();
        server->stop();
    }

    void add(std::string method, std::string pattern, http::Handler handler) {
        auto const wrong = router.add({std::move(method), std::move(pattern), "public", std::move(handler)});
        BOOST_REQUIRE_MESSAGE(!wrong, wrong.value_or(""));
    }
    std::string url(std::string const& path, std::string const& host = "127.0.0.1") const { return "http://" + host + ":" + std::to_string(server->port()) + path; }

    std::promise<void> release;
    std::shared_future<void> released{release.get_future()};
    http::Router router;
    http::Cache cache;
    std::unique_ptr<http::Server> server;
};

struct Ground : Web {
    explicit Ground(std::vector<std::string> const& allowed = {"127.0.0.1"}) : fetcher(AddressRules::parse(allowed).value(), limits) {}

    Result<Answer> get(std::string const& url, boost::json::object wish = {}) {
        wish["url"] = url;
        KOGGE_TRY(auto request, read_request(wish, limits));
        auto const promise = std::make_shared<std::promise<Result<Answer>>>(); // the fetcher's thread may still be in set_value()
        KOGGE_TRY(fetcher.start(std::move(request), [promise](Result<Answer> result) { promise->set_value(std::move(result)); }));
        return promise->get_future().get();
    }
    boost::json::object echo(std::string const& path, boost::json::object wish) {
        auto const answer = get(url(path), std::move(wish));
        BOOST_REQUIRE_MESSAGE(answer, (answer ? "" : answer.error().message));
        return boost::json::parse(answer.value().body).as_object();
    }

    Limits limits{1'000'000, 60s, 5};
    Fetcher fetcher;
};
struct Strict : Ground {
    Strict() : Ground(std::vector<std::string>{}) {}
};

std::string denied(Result<Answer> const& result) {
    BOOST_REQUIRE_MESSAGE(!result, "it was answered");
    BOOST_TEST(int(result.error().code) == int(ErrorCode::denied), result.error().message);
    return result.error().message;
}
std::string too_large(Result<Answer> const& result) {
    BOOST_REQUIRE(result.has_error());
    BOOST_TEST(int(result.error().code) == int(ErrorCode::refused), result.error().message);
    return result.error().message;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(an_answer_comes_back_whole, Ground) {
    auto const answer = get(url("/hello")).value();
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body == "moin");
    BOOST_TEST(answer.headers.at("x-one") == "1");
    BOOST_TEST(answer.url == url("/hello"));
    BOOST_TEST(get(url("/nowhere")).value().status == 404);
}

BOOST_FIXTURE_TEST_CASE(this_machine_is_not_reached_by_any_name_or_spelling, Strict) {
    auto const port = ":" + std::to_string(server->port());
    for (auto const* host : {"127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.2", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[::]", "127.0.0.1."})
        BOOST_TEST(!get("http://" + std::string(host) + port + "/hello"), host << " was reached");
    BOOST_TEST(denied(get(url("/hello"))) == "127.0.0.1 is not reached: 127.0.0.1 is this machine (loopback); the operator may allow it in [outbound] allow_private");
    BOOST_TEST(denied(get("http://localhost" + port + "/hello")).find("loopback") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_redirect_is_checked_like_the_first_address, Ground) {
    BOOST_TEST(get(url("/to?status=302&where=/hello")).value().body == "moin");
    BOOST_TEST(get(url("/to?status=302&where=/hello")).value().url == url("/hello"));
    BOOST_TEST(get(url("/to?status=301&where=/hello")).value().moved.value() == url("/hello")); // to be asked there from now on
    BOOST_TEST(!get(url("/to?status=302&where=/hello")).value().moved.has_value());
    BOOST_TEST(denied(get(url("/to?status=301&where=" + url("/hello", "127.0.0.2")))).find("127.0.0.2 is this machine") != std::string::npos);
    BOOST_TEST(denied(get(url("/to?status=301&where=file:///etc/passwd"))).find("'file' addresses are not fetched") != std::string::npos);
    BOOST_TEST(denied(get(url("/to?status=301&where=gopher://127.0.0.1:25/x"))).find("'gopher'") != std::string::npos);
    BOOST_TEST(denied(get(url("/to?status=307&where=http://u:p@127.0.0.1/"))).find("name and password") != std::string::npos);
    BOOST_TEST(denied(get(url("/round"))).find("after too many") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_redirect_keeps_the_method_unless_it_means_to_change_it, Ground) {
    boost::json::object const post{{"method", "POST"}, {"body", "x"}}, propfind{{"method", "PROPFIND"}, {"body", "<x/>"}, {"headers", {{"Depth", "1"}}}};
    for (auto const* status : {"301", "302", "303"})
        BOOST_TEST(echo("/sends" + std::string(status), post).at("method").as_string() == "GET", status);
    for (auto const* status : {"307", "308"})
        BOOST_TEST(echo("/sends" + std::string(status), post).at("body").as_string() == "x", status);
    for (auto const* status : {"301", "302", "307", "308"}) {
        auto const seen = echo("/sends" + std::string(status), propfind);
        BOOST_TEST(seen.at("method").as_string() == "PROPFIND", status);
        BOOST_TEST(seen.at("body").as_string() == "<x/>");
        BOOST_TEST(seen.at("Depth").as_string() == "1");
    }
}

BOOST_AUTO_TEST_CASE(secrets_do_not_follow_to_another_host) {
    Ground ground({"127.0.0.0/8"});
    boost::json::object const secret{{"user", "anna"}, {"password", "geheim"}, {"headers", {{"Cookie", "a=b"}}}};
    // Digest is offered as well: libcurl shows nothing before it was asked to.
    ground.add("GET", "/private", [](auto const& request) {
        return request.header("Authorization") ? http::Response::text(200, std::string(*request.header("Authorization")))
                                               : http::Response::text(401, "who?").set("WWW-Authenticate", "Basic realm=\"k\"");
    });
    BOOST_TEST(ground.get(ground.url("/private"), secret).value().body == "Basic YW5uYTpnZWhlaW0=");
    BOOST_TEST(ground.get(ground.url("/to?status=302&where=/private"), secret).value().body == "Basic YW5uYTpnZWhlaW0=");
    BOOST_TEST(ground.get(ground.url("/to?status=302&where=" + ground.url("/private", "localhost")), secret).value().status == 401);
    auto const away = ground.get(ground.url("/to?status=302&where=" + ground.url("/echo", "localhost")), secret).value();
    BOOST_TEST(boost::json::parse(away.body).at("Cookie").as_string() == "-");
    BOOST_TEST(boost::json::parse(ground.get(ground.url("/to?status=302&where=/echo"), secret).value().body).at("Cookie").as_string() == "a=b");
}

BOOST_FIXTURE_TEST_CASE(size_is_counted_after_decoding, Ground) {
    BOOST_TEST(get(url("/packed")).value().body == "BEGIN:VCALENDAR");
    BOOST_TEST(get(url("/large"), {{"max_bytes", 100'000}}).value().body.size() == 100'000u);
    BOOST_TEST(too_large(get(url("/large"), {{"max_bytes", 99'999}})) == "what 127.0.0.1 answers is larger than 98 KiB");
    BOOST_TEST(too_large(get(url("/bomb"))) == "what 127.0.0.1 answers is larger than 977 KiB");
    BOOST_TEST(int(get(url("/nonsense")).error().code) == int(ErrorCode::failed));
}

BOOST_FIXTURE_TEST_CASE(who_does_not_answer_in_time_is_left, Ground) {
    auto const late = get(url("/slow"), {{"timeout_s", 1}});
    BOOST_REQUIRE(!late);
    BOOST_TEST(int(late.error().code) == int(ErrorCode::timeout));
    BOOST_TEST(late.error().message == "127.0.0.1 did not answer in time (1 s)");
}

BOOST_FIXTURE_TEST_CASE(who_is_not_there_is_said_to_be_not_there, Ground) {
    auto const nobody = get("http://127.0.0.1:1/");
    BOOST_REQUIRE(!nobody);
    BOOST_TEST(int(nobody.error().code) == int(ErrorCode::failed));
    BOOST_TEST(int(get("http://no-such-host.invalid/").error().code) == int(ErrorCode::failed));
}

BOOST_FIXTURE_TEST_CASE(what_is_asked_arrives, Ground) {
    auto const seen = echo("/echo", {{"method", "PUT"}, {"body", "BEGIN"}, {"headers", {{"Content-Type", "text/calendar"}, {"If-None-Match", "*"}}}});
    BOOST_TEST(seen.at("method").as_string() == "PUT");
    BOOST_TEST(seen.at("body").as_string() == "BEGIN");
    BOOST_TEST(seen.at("Content-Type").as_string() == "text/calendar");
    BOOST_TEST(seen.at("If-None-Match").as_string() == "*");
    BOOST_TEST(seen.at("Authorization").as_string() == "-");
}

BOOST_AUTO_TEST_CASE(many_at_once_are_all_answered_and_an_end_calls_nobody) {
    constexpr int wanted = 200;
    std::mutex mutex;
    std::condition_variable changed;
    int good = 0, seen = 0;
    Ground ground;
    for (int i = 0; i < wanted; ++i) {
        auto request = read_request({{"url", ground.url("/hello")}}, ground.limits).value();
        BOOST_REQUIRE(ground.fetcher.start(std::move(request), [&](Result<Answer> result) {
            std::lock_guard const lock(mutex);
            ++seen;
            good += result && result.value().body == "moin" ? 1 : 0;
            changed.notify_one();
        }));
    }
    {
        std::unique_lock lock(mutex);
        BOOST_REQUIRE(changed.wait_for(lock, 60s, [&] { return seen == wanted; }));
    }
    BOOST_TEST(good == wanted);
    auto slow = read_request({{"url", ground.url("/slow")}}, ground.limits).value();
    BOOST_REQUIRE(ground.fetcher.start(std::move(slow), [](Result<Answer>) { BOOST_ERROR("called after the end"); }));
    ground.fetcher.stop();
    auto late = read_request({{"url", ground.url("/hello")}}, ground.limits).value();
    BOOST_TEST(int(ground.fetcher.start(std::move(late), [](Result<Answer>) {}).error().code) == int(ErrorCode::busy));
}
