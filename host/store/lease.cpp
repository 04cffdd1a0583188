// SPDX-License-Identifier: EUPL-1.2
#include "store/lease.hpp"

namespace kogge::host::store {

Pool::Pool(Dialect const& dialect, unsigned size, std::chrono::milliseconds patience) : dialect_(dialect), patience_(patience) {
    for (unsigned i = 0; i < std::max(size, 1U); ++i) free_.push_back(std::make_unique<Session>(dialect));
}

Pool::Lease Pool::take() {
    std::unique_ptr<Session> session;
    {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, patience_, [&] { return !free_.empty(); }))
            throw DatabaseError(Trouble::busy,
                                "all connections for reading are in use; raise their number or ask less at a time");
        session = std::move(free_.back()); // the one used last: its statements are warm
        free_.pop_back();
    }
    if (session->broken()) {
        try {
            session->reconnect();
        } catch (...) {
            give_back(std::move(session));
            throw;
        }
    }
    return {*this, std::move(session)};
}

void Pool::give_back(std::unique_ptr<Session> session) noexcept {
    if (!session) return;
    session->rollback();
    {
        std::lock_guard const lock(mutex_);
        free_.push_back(std::move(session));
    }
    returned_.notify_one();
}

} // namespace kogge::host::store
