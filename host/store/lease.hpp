// SPDX-License-Identifier: EUPL-1.2
// Connections for reading, lent to one reader at a time. What comes back is rolled back; what has died is connected anew.
#pragma once

#include "store/session.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace kogge::host::store {

class Pool {
  public:
    Pool(Dialect const& dialect, unsigned size, std::chrono::milliseconds patience = std::chrono::seconds(10));

    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Session> session) : pool_(pool), session_(std::move(session)) {}
        ~Lease() { pool_.give_back(std::move(session_)); }
        Lease(Lease const&) = delete;
        Session& operator*() const { return *session_; }
        Session* operator->() const { return session_.get(); }

      private:
        Pool& pool_;
        std::unique_ptr<Session> session_;
    };
    /// Throws DatabaseError when nobody gives one back in time, or the database does not answer.
    Lease take();

    /// Reads, once more on a new connection when the old one turns out to be dead.
    template <class F>
    auto read(F const& work) {
        auto session = take();
        try {
            return work(*session);
        } catch (DatabaseError const& e) {
            if (e.trouble != Trouble::lost) throw;
        }
        session->reconnect();
        return work(*session);
    }

  private:
    void give_back(std::unique_ptr<Session> session) noexcept;

    Dialect const& dialect_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Session>> free_;
};

} // namespace kogge::host::store
