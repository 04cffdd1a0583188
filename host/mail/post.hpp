// SPDX-License-Identifier: EUPL-1.2
// The house's post: the outbox and the inbox that [mail] asks for, and what the house must call for them.
#pragma once

#include "mail/inbox.hpp"
#include "mail/outbox.hpp"

#include <atomic>
#include <memory>
#include <string_view>

namespace kogge::host::mail {

class Post {
  public:
    /// `ground.stopping` is set here.
    Post(Settings const& settings, Ground ground);

    static std::vector<std::string> followed() { return {kind_of<OutgoingMail>()}; }
    /// Batches of the store; true: wake send().
    bool tell(std::string_view batch) { return outbox_ && outbox_->tell(batch); }
    bool sends() const { return outbox_ != nullptr; }
    bool collects() const { return inbox_ != nullptr; }
    void send() { outbox_->run(); }       // one thread
    void collect() { inbox_->run(); }     // one thread
    /// Ends what is under way, soon.
    void stop() { stopping_ = true; }

  private:
    std::atomic<bool> stopping_{false};
    std::unique_ptr<Smtp> smtp_;
    std::unique_ptr<Outbox> outbox_;
    std::unique_ptr<Inbox> inbox_;
};

} // namespace kogge::host::mail
