// SPDX-License-Identifier: EUPL-1.2
#include "store/hints.hpp"

#include "store/session.hpp"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace kogge::host::store {

namespace {

constexpr int rest_ms = 20;      // between two hints of one daemon
constexpr int again_ms = 1'000;  // until a lost connection is made anew

} // namespace

Hints::Hints(Dialect const& dialect, std::function<void()> heard)
    : dialect_(dialect), heard_(std::move(heard)), waker_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (waker_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    thread_ = std::thread([this] { loop(); });
}

Hints::~Hints() {
    stopping_ = true;
    wake();
    thread_.join();
    close(waker_);
}

void Hints::tell() {
    if (!due_.exchange(true)) wake();
}

void Hints::wake() { eventfd_write(waker_, 1); }

void Hints::loop() {
    while (!stopping_) {
        try {
            Session session(dialect_);
            session.run("LISTEN kogge");
            listening_ = true;
            heard_(); // what came before nobody told
            serve(session);
        } catch (DatabaseError const&) {
            // the server is away, as the lane's own connection has noticed or will
        }
        listening_ = false;
        if (!stopping_) wait(-1, again_ms);
    }
}

void Hints::serve(Session& session) {
    while (!stopping_) {
        if (session.take_notices()) heard_();
        if (due_.exchange(false)) {
            session.run("NOTIFY kogge");
            poll(nullptr, 0, rest_ms); // what is told meanwhile goes together
        } else
            wait(session.descriptor(), -1);
    }
}

void Hints::wait(int socket, int milliseconds) {
    std::array<pollfd, 2> both{{{waker_, POLLIN, 0}, {socket, POLLIN, 0}}};
    poll(both.data(), socket < 0 ? 1 : 2, milliseconds);
    eventfd_t told = 0;
    eventfd_read(waker_, &told);
}

} // namespace kogge::host::store
