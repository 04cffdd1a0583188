// SPDX-License-Identifier: EUPL-1.2
#pragma once
// Bytes in and out of one connection, plain or TLS, so that the session is compiled once. Asio, no Beast.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace boost::asio::ssl { class context; }

namespace kogge::host::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
template <class T> using Task = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
inline constexpr asio::use_awaitable_t<Executor> use_task{};

/// Head, tail of the head, body: written in one go.
using Pieces = std::array<asio::const_buffer, 3>;

/// Used from the connection's I/O thread only. One read and one write may be under way together; arguments taken by
/// reference must outlive the returned task.
class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual Task<void> handshake(boost::system::error_code&) = 0;
    [[nodiscard]] virtual Task<std::size_t> read_some(asio::mutable_buffer, boost::system::error_code&) = 0;
    [[nodiscard]] virtual Task<std::size_t> write(Pieces, boost::system::error_code&) = 0;
    /// What the kernel takes without waiting; 0 when that is not possible.
    [[nodiscard]] virtual std::size_t write_now(Pieces const&) = 0;
    /// Says goodbye in the protocol's way; the socket stays open for reading.
    [[nodiscard]] virtual Task<void> finish(boost::system::error_code&) = 0;
    [[nodiscard]] virtual Socket& socket() = 0;
};

[[nodiscard]] std::unique_ptr<Transport> make_plain(Socket);
[[nodiscard]] std::unique_ptr<Transport> make_tls(Socket, asio::ssl::context&);

/// TLS 1.2 and 1.3. Returns nothing and a message when the files do not load.
[[nodiscard]] std::shared_ptr<asio::ssl::context> load_tls(std::string const& chain, std::string const& key, std::string& wrong);

}  // namespace kogge::host::http
