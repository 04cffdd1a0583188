// SPDX-License-Identifier: EUPL-1.2
// Sends what is queued. The queue is the entities; in memory stands only which of them are due when.
//
// One mail goes: claimed by its revision (of several daemons one wins), handed to the server, written down. Whoever dies in
// between leaves a claim that runs out, and the mail is sent again with the same Message-ID: at least once, never lost.
#pragma once

#include "mail/compose.hpp"
#include "mail/ground.hpp"
#include "mail/settings.hpp"
#include "mail/smtp.hpp"

#include <kogge/model/mail.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::mail {

/// The way out. `deliver` as Smtp::deliver; `rest` when nothing more is to be sent for now.
struct Carrier {
    std::function<Delivered(std::string const& from, std::string const& to, std::string const& bytes)> deliver;
    std::function<void()> rest;
};

class Outbox {
  public:
    Outbox(Settings const& settings, Ground ground, Carrier carrier);

    /// Batches of the store with the kind outgoing_mail; true when one of them is due now. On the writer's lane.
    bool tell(std::string_view batch);
    /// Sends what is due. One thread.
    void run();
    std::size_t waiting() const;

  private:
    struct Waiting {
        std::int64_t not_before = 0; // seconds since 1970
    };
    struct Taken {
        OutgoingMail mail;
        std::int64_t rev = 0;
    };
    std::vector<std::string> due() const;
    bool send(std::string const& id);
    bool still_due(OutgoingMail const& mail) const;
    Result<Taken> read(std::string const& id) const;
    Result<void> claim(Taken& taken);
    bool settle(Taken taken, Delivered const& delivered);
    void write(Taken const& taken, json::object fields, std::string const& reason);
    void give_up(Taken const& taken, std::string const& why);
    void outage(std::string const& words);
    std::chrono::seconds wait_after(int tries, std::chrono::seconds at_most) const;

    Settings settings_;
    Sender sender_;
    Ground ground_;
    Carrier carrier_;
    mutable std::mutex mutex_;
    std::map<std::string, Waiting> waiting_;
    int outages_ = 0; // in a row
    Instant pause_until_{};
};

} // namespace kogge::host::mail
