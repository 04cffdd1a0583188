// SPDX-License-Identifier: EUPL-1.2
#pragma once
// A blocking socket for tests. Waits for bytes, never for time; the receive time-out only turns a hang into a failure.

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace kogge::host::http::test {

struct Reply {
    int         status = 0;
    std::string head, body;

    [[nodiscard]] bool has(std::string_view line) const { return (head + "\r\n").find("\r\n" + std::string(line) + "\r\n") != std::string::npos; }
    [[nodiscard]] std::string value(std::string_view name) const {
        auto const at = head.find("\r\n" + std::string(name) + ": ");
        if (at == std::string::npos) return {};
        auto const begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

class Client {
public:
    explicit Client(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        timeval const limit{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        if (receive_buffer > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        BOOST_REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    ~Client() { ::close(socket_); }
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    Client& send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto const n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) break;   // the server has closed: the reply tells
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return *this;
    }
    /// A request with Host and the given further header lines.
    Client& get(std::string_view target, std::string_view lines = "", std::string_view method = "GET") {
        return send(std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: x\r\n" + std::string(lines) + "\r\n");
    }
    /// Head, and body by Content-Length. Status 0 when the connection ended instead.
    Reply reply(bool bare = false) {
        Reply reply;
        auto const head = read_until("\r\n\r\n");
        if (head.empty()) return reply;
        reply.head = head.substr(0, head.size() - 4);
        reply.status = std::atoi(reply.head.substr(9, 3).c_str());
        auto const length = static_cast<std::size_t>(std::atol(reply.value("Content-Length").c_str()));
        while (!bare && received_.size() < length && more()) {}
        if (!bare) {
            reply.body = received_.substr(0, length);
            received_.erase(0, length);
        }
        return reply;
    }
    /// Up to and with `mark`; empty at the end of the connection.
    std::string read_until(std::string_view mark) {
        while (received_.find(mark) == std::string::npos)
            if (!more()) return {};
        auto const end = received_.find(mark) + mark.size();
        auto const text = received_.substr(0, end);
        received_.erase(0, end);
        return text;
    }
    /// Everything until the server closes. A hang fails.
    std::string rest() {
        while (more()) {}
        return std::exchange(received_, {});
    }
    void done_sending() { ::shutdown(socket_, SHUT_WR); }

private:
    bool more() {
        char buffer[16384];
        auto const n = ::recv(socket_, buffer, sizeof buffer, 0);
        if (n < 0) BOOST_REQUIRE_MESSAGE(errno != EAGAIN, "the server neither answered nor closed");
        if (n <= 0) return false;
        received_.append(buffer, static_cast<std::size_t>(n));
        return true;
    }

    int         socket_;
    std::string received_;
};

}  // namespace kogge::host::http::test
