// SPDX-License-Identifier: EUPL-1.2
// Looks into one mailbox. Blocks; one thread.
#pragma once

#include "mail/settings.hpp"

#include <kogge/result.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kogge::host::mail {

/// RFC 3501 §2.3.1.1: a UID means something only together with the mailbox's validity.
struct BoxState {
    std::int64_t validity = 0;
    std::int64_t next_uid = 0;
};

class Imap {
  public:
    Imap(Server server, std::size_t most_bytes, std::function<bool()> stopping);
    ~Imap();
    Imap(Imap const&) = delete;

    Result<BoxState> state();
    /// UIDs that match an IMAP search ("UID 17:*", "SINCE 18-Nov-2026"), ascending.
    Result<std::vector<std::int64_t>> search(std::string const& criteria);
    Result<std::int64_t> size(std::int64_t uid);
    /// A whole message, or its header alone. More than the limit is an error.
    Result<std::string> fetch(std::int64_t uid, bool header_only);
    /// Signs out.
    void rest();

  private:
    struct Talk;
    Result<std::string> ask(std::string const& url, std::string const& command);

    Server server_;
    std::string base_, box_; // imap://host:143/ and the mailbox's name as a URL spells it
    std::size_t most_bytes_;
    std::function<bool()> stopping_;
    std::unique_ptr<Talk> talk_;
};

} // namespace kogge::host::mail
