// SPDX-License-Identifier: EUPL-1.2
// A house in memory for the host's own tests, asked from inside or through a real server on a free port.
#pragma once

#include "daemon/house.hpp"
#include "http/server.hpp"
#include "http/test_client.hpp"

#include <kogge/json.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <fstream>
#include <iterator>
#include <mutex>

namespace kogge::host::test {

inline std::string file_text(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << path);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct InMemory {
    explicit InMemory(std::function<void(plugins::PluginHost&)> add = [](plugins::PluginHost&) {}) {
        HouseOptions options;
        options.in_memory = true;
        options.now_us = [this] { return now_us.load(); };
        options.add_plugins = std::move(add);
        options.log = [this](int, std::string_view part, std::string_view message) {
            std::lock_guard const lock(logging);
            logged.push_back(std::string(part) + ": " + std::string(message));
        };
        auto opened = House::open(std::move(options));
        if (!opened)
            BOOST_FAIL(opened.error().message);
        house = std::move(opened).value();
    }

    http::Response ask(std::string_view method, std::string_view target, std::string body = {}) { return house->request(method, target, std::move(body), "test"); }
    /// The answer's document; fails when its status is another.
    json::value asked(int status, std::string_view method, std::string_view target, std::string body = {}) {
        auto const response = ask(method, target, std::move(body));
        BOOST_REQUIRE_MESSAGE(response.status == status, method << " " << target << " answered " << response.status << ": " << response.body);
        return response.body.empty() ? json::value() : json::parse(response.body);
    }
    bool has_logged(std::string_view part_of_it) {
        std::lock_guard const lock(logging);
        return std::any_of(logged.begin(), logged.end(), [&](auto const& line) { return line.find(part_of_it) != line.npos; });
    }

    std::atomic<std::int64_t> now_us{1'800'000'000'000'000};
    std::mutex logging;
    std::vector<std::string> logged;
    std::unique_ptr<House> house;
};

/// With a server in front.
struct Served : InMemory {
    explicit Served(std::function<void(plugins::PluginHost&)> add = [](plugins::PluginHost&) {}) : InMemory(std::move(add)) {
        http::ServerOptions options;
        options.threads = 1;
        server = std::make_unique<http::Server>(options, house->router(), house->cache(), house->hooks());
        auto const wrong = server->start();
        BOOST_REQUIRE_MESSAGE(!wrong, wrong.value_or(""));
    }
    ~Served() {
        house->hub().close();
        server->stop();
    }

    http::test::Reply send(std::string_view method, std::string_view target, std::string_view lines = "", std::string_view body = "") {
        http::test::Client client(server->port());
        auto head = std::string(lines);
        if (!body.empty())
            head += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        client.get(target, head, method).send(body);
        return client.reply(method == "HEAD");
    }

    std::unique_ptr<http::Server> server;
};

} // namespace kogge::host::test
