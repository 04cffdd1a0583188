// SPDX-License-Identifier: EUPL-1.2
#include "http/transport.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace kogge::host::http {
namespace {

using boost::system::error_code;

class Plain final : public Transport {
public:
    explicit Plain(Socket socket) : socket_(std::move(socket)) {
        error_code ignored;
        socket_.non_blocking(true, ignored);
    }
    Task<void> handshake(error_code&) override { co_return; }
    Task<std::size_t> read_some(asio::mutable_buffer into, error_code& ec) override {
        return socket_.async_read_some(into, asio::redirect_error(use_task, ec));
    }
    Task<std::size_t> write(Pieces pieces, error_code& ec) override { return asio::async_write(socket_, pieces, asio::redirect_error(use_task, ec)); }
    std::size_t write_now(Pieces const& pieces) override {
        error_code would_block;
        return socket_.write_some(pieces, would_block);
    }
    Task<void> finish(error_code& ec) override {
        socket_.shutdown(Socket::shutdown_send, ec);
        co_return;
    }
    Socket& socket() override { return socket_; }

private:
    Socket socket_;
};

class Tls final : public Transport {
public:
    Tls(Socket socket, asio::ssl::context& context) : stream_(std::move(socket), context) {}
    Task<void> handshake(error_code& ec) override { return stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(use_task, ec)); }
    Task<std::size_t> read_some(asio::mutable_buffer into, error_code& ec) override {
        return stream_.async_read_some(into, asio::redirect_error(use_task, ec));
    }
    Task<std::size_t> write(Pieces pieces, error_code& ec) override { return asio::async_write(stream_, pieces, asio::redirect_error(use_task, ec)); }
    std::size_t write_now(Pieces const&) override { return 0; }
    Task<void> finish(error_code& ec) override { return stream_.async_shutdown(asio::redirect_error(use_task, ec)); }
    Socket& socket() override { return stream_.next_layer(); }

private:
    asio::ssl::stream<Socket> stream_;
};

}  // namespace

std::unique_ptr<Transport> make_plain(Socket socket) { return std::make_unique<Plain>(std::move(socket)); }

std::unique_ptr<Transport> make_tls(Socket socket, asio::ssl::context& context) { return std::make_unique<Tls>(std::move(socket), context); }

std::shared_ptr<asio::ssl::context> load_tls(std::string const& chain, std::string const& key, std::string& wrong) {
    using Context = asio::ssl::context;
    auto context = std::make_shared<Context>(Context::tls_server);
    error_code ec;
    context->set_options(Context::default_workarounds | Context::no_tlsv1 | Context::no_tlsv1_1 | Context::no_compression, ec);
    if (!ec) context->use_certificate_chain_file(chain, ec);
    if (ec) wrong = "cannot use the TLS certificate chain " + chain + ": " + ec.message();
    if (!ec) {
        context->use_private_key_file(key, Context::pem, ec);
        if (ec) wrong = "cannot use the TLS private key " + key + ": " + ec.message();
    }
    return ec ? nullptr : context;
}

}  // namespace kogge::host::http
