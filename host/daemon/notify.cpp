// SPDX-License-Identifier: EUPL-1.2
#include "daemon/notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace kogge::host {

namespace {

std::optional<long> number_in(char const* variable) {
    auto const* text = std::getenv(variable);
    if (!text)
        return std::nullopt;
    long number = 0;
    auto const* end = text + std::strlen(text);
    auto const [at, error] = std::from_chars(text, end, number);
    return error == std::errc() && at == end ? std::optional(number) : std::nullopt;
}

} // namespace

void notify_systemd(std::string_view state) {
    auto const* path = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (!path || (*path != '/' && *path != '@') || std::strlen(path) >= sizeof address.sun_path)
        return;
    std::memcpy(address.sun_path, path, std::strlen(path));
    if (*path == '@')
        address.sun_path[0] = '\0'; // an abstract socket
    int const socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return;
    auto const size = socklen_t(offsetof(sockaddr_un, sun_path) + std::strlen(path));
    (void)::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr const*>(&address), size);
    ::close(socket);
}

std::optional<std::chrono::microseconds> watchdog_interval() {
    auto const interval = number_in("WATCHDOG_USEC");
    auto const process = number_in("WATCHDOG_PID");
    if (!interval || *interval <= 0 || (process && *process != ::getpid()))
        return std::nullopt;
    return std::chrono::microseconds(*interval / 2);
}

} // namespace kogge::host
