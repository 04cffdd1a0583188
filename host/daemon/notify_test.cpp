// SPDX-License-Identifier: EUPL-1.2
#include "daemon/notify.hpp"

#include <kogge/id.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace kogge::host;

namespace {

/// A datagram socket as systemd opens one; `name` begins with '/' or, abstract, with '@'.
struct Manager {
    explicit Manager(std::string const& name) : socket(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
        timeval const limit{10, 0};
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name.copy(address.sun_path, sizeof address.sun_path - 1);
        if (name.front() == '@')
            address.sun_path[0] = '\0';
        auto const size = socklen_t(offsetof(sockaddr_un, sun_path) + name.size());
        BOOST_REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    ~Manager() {
        ::unsetenv("NOTIFY_SOCKET");
        ::close(socket);
    }
    std::string heard() const {
        char buffer[100];
        auto const n = ::recv(socket, buffer, sizeof buffer, 0);
        return n < 0 ? "nothing" : std::string(buffer, std::size_t(n));
    }
    int socket;
};

} // namespace

BOOST_AUTO_TEST_CASE(systemd_hears_of_it_on_a_path_and_on_an_abstract_socket) {
    auto const path = std::filesystem::temp_directory_path() / ("kogge-notify-" + kogge::make_uuid());
    for (auto const& name : {path.string(), "@kogge-notify-" + kogge::make_uuid()}) {
        Manager const manager(name);
        notify_systemd("READY=1");
        BOOST_TEST(manager.heard() == "READY=1");
    }
    std::filesystem::remove(path);
    notify_systemd("READY=1"); // nobody asked
}

BOOST_AUTO_TEST_CASE(the_watchdog_is_fed_at_half_its_time_and_only_by_the_process_it_is_meant_for) {
    BOOST_TEST(!watchdog_interval().has_value());
    ::setenv("WATCHDOG_USEC", "3000000", 1);
    BOOST_TEST(watchdog_interval().value().count() == 1'500'000);
    ::setenv("WATCHDOG_PID", "1", 1);
    BOOST_TEST(!watchdog_interval().has_value());
    ::unsetenv("WATCHDOG_PID");
    ::setenv("WATCHDOG_USEC", "soon", 1);
    BOOST_TEST(!watchdog_interval().has_value());
    ::unsetenv("WATCHDOG_USEC");
}
