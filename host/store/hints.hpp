// SPDX-License-Identifier: EUPL-1.2
// Daemons on one PostgreSQL tell each other that there is something new. Only a hint: what is new stands in the log, and who
// hears nothing looks now and then. On a connection of its own, since NOTIFY in every commit costs most of the throughput
// (2,182 transactions/s become 298); many commits become one NOTIFY.
#pragma once

#include "store/dialect.hpp"

#include <atomic>
#include <functional>
#include <thread>

namespace kogge::host::store {

class Session;

class Hints {
  public:
    /// `heard` is called on the thread of the hints: when another daemon told something, and whenever a connection was made.
    Hints(Dialect const& dialect, std::function<void()> heard);
    ~Hints();
    Hints(Hints const&) = delete;

    /// Any thread; does not wait.
    void tell();
    /// Whether hints arrive just now: else look often.
    bool listening() const { return listening_; }

  private:
    void loop();
    void serve(Session& session);
    /// Until somebody tells something, a notice arrives on `socket` (-1: none), the end has come or `milliseconds` have passed (-1: for ever).
    void wait(int socket, int milliseconds);
    void wake();

    Dialect const& dialect_;
    std::function<void()> heard_;
    int waker_; // an eventfd
    std::atomic<bool> due_ = false, listening_ = false, stopping_ = false;
    std::thread thread_;
};

} // namespace kogge::host::store
