// SPDX-License-Identifier: EUPL-1.2
// The daemon as systemd and its neighbours see it: a process of its own, signals, the run note, the lock.
#include "daemon/serve.hpp"

#include "daemon/data_folder.hpp"
#include "daemon/run_note.hpp"
#include "http/test_client.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

using namespace kogge;
using namespace kogge::host;

namespace {

/// serve() in a child process that tells us, as it would tell systemd, when it is ready.
class Child {
  public:
    explicit Child(Config const& config) : manager_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        timeval const limit{30, 0};
        setsockopt(manager_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        auto const path = (config.data_dir / "notify").string();
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        BOOST_REQUIRE(::bind(manager_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        process_ = ::fork();
        if (process_ == 0) {
            ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
            ::_exit(serve(config) ? 0 : 1);
        }
        BOOST_REQUIRE(process_ > 0);
    }
    ~Child() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
        ::close(manager_);
    }
    std::string heard() const {
        char buffer[200];
        auto const n = ::recv(manager_, buffer, sizeof buffer, 0);
        return n < 0 ? "nothing" : std::string(buffer, std::size_t(n));
    }
    void signal(int number) const { ::kill(process_, number); }
    int ended() {
        int status = -1;
        ::waitpid(std::exchange(process_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    int manager_;
    pid_t process_ = -1;
};

struct Folder {
    Folder() {
        std::filesystem::create_directories(config.data_dir);
        config.listen = "127.0.0.1:0";
        config.log_level = "error";
        config.plugin_folder = (config.data_dir / "no-plugins").string();
        std::filesystem::create_directories(config.plugin_folder);
    }
    ~Folder() { std::filesystem::remove_all(config.data_dir); }
    static Config fresh() {
        Config out;
        out.data_dir = std::filesystem::temp_directory_path() / ("kogge-serve-" + make_uuid());
        return out;
    }
    Config config = fresh();
};

std::uint16_t port_of(RunNote const& note) { return std::uint16_t(std::stoi(note.url.substr(note.url.rfind(':') + 1))); }

int status(RunNote const& note, std::string_view target) {
    http::test::Client client(port_of(note));
    client.get(target, "Authorization: Bearer " + note.token + "\r\n");
    return client.reply().status;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_daemon_says_when_it_serves_survives_sighup_and_ends_in_order, Folder) {
    Child child(config);
    BOOST_REQUIRE(child.heard() == "READY=1");
    auto const note = read_run_note(config).value();
    BOOST_TEST(unsigned(std::filesystem::status(run_note_path(config)).permissions()) == 0600u);
    BOOST_TEST(status(note, "/healthz") == 200);
    BOOST_TEST(status(note, "/api/v1/users") == 200); // the note's token has every right
    BOOST_TEST(status({note.url, std::string(43, 'x')}, "/api/v1/users") == 401);

    BOOST_TEST(DataFolder::take(config.data_dir).error().message == "another kogge is using " + config.data_dir.string());
    BOOST_TEST(serve(config).error().message == "another kogge is using " + config.data_dir.string());
    BOOST_TEST(read_run_note(config).value().token == note.token); // the one that serves keeps its note

    child.signal(SIGHUP);
    BOOST_TEST(status(note, "/healthz") == 200);

    http::test::Client listener(port_of(note));
    listener.get("/api/v1/events", "Authorization: Bearer " + note.token + "\r\n");
    listener.read_until("event: ready");
    child.signal(SIGTERM);
    BOOST_TEST(child.heard() == "STOPPING=1");
    listener.rest(); // the stream ends, it does not hang
    BOOST_TEST(child.ended() == 0);
    BOOST_TEST(!std::filesystem::exists(run_note_path(config)));
    BOOST_TEST(DataFolder::take(config.data_dir).has_value());
}

BOOST_FIXTURE_TEST_CASE(what_keeps_it_from_serving_is_said, Folder) {
    config.listen = "localhost:0";
    BOOST_TEST(serve(config).error().message == "cannot listen on localhost:0: the address is not a numeric IP address");
    config.listen = "127.0.0.1:0";
    config.tls_certificate = "/nowhere/chain.pem";
    BOOST_TEST(serve(config).error().message == "TLS needs both the certificate chain and the private key");
    config.tls_key = "/nowhere/key.pem";
    BOOST_TEST(serve(config).error().message.find("/nowhere/chain.pem") != std::string::npos);
    config.tls_certificate = config.tls_key = "";
    config.web_root = "/nowhere";
    BOOST_TEST(serve(config).error().message == "server.web_root: there is no folder /nowhere");
}
