// SPDX-License-Identifier: EUPL-1.2
// Collects what arrives in the mailbox, each mail once: how far we read is written in the same change set as the mail.
#pragma once

#include "mail/ground.hpp"
#include "mail/imap.hpp"
#include "mail/parse.hpp"
#include "mail/settings.hpp"

#include <kogge/id.hpp>

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace kogge::host::mail {

/// How far a mailbox was read. The host's own business.
struct MailboxMark {
    Id<MailboxMark> id;
    std::int64_t validity = 0;
    std::int64_t last_uid = 0;
};
BOOST_DESCRIBE_STRUCT(MailboxMark, (), (id, validity, last_uid))

class Inbox {
  public:
    Inbox(Settings const& settings, Ground ground);

    /// One look. One thread.
    void run();

  private:
    struct Mark {
        MailboxMark value;
        std::int64_t rev = 0; // 0: not there yet
    };
    Result<void> look();
    Mark mark() const;
    Result<void> collect(Mark& mark, std::int64_t uid);
    Result<void> advance(Mark& mark, std::int64_t uid, ChangeSet changes);
    Result<void> take(IncomingMail mail, ChangeSet& changes) const;
    Result<void> note_bounce(Bounce const& bounce, ChangeSet& changes) const;

    Settings settings_;
    Ground ground_;
    Imap imap_;
    Id<MailboxMark> id_;
    std::string trouble_; // the last one that was logged
};

} // namespace kogge::host::mail
