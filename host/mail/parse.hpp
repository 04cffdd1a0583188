// SPDX-License-Identifier: EUPL-1.2
// The bytes of a mail somebody sent, as an IncomingMail. Never fails: what cannot be read is left empty.
#pragma once

#include <kogge/model/mail.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace kogge::host::mail {

/// A report of a mail server that one of our mails did not arrive (RFC 3464).
struct Bounce {
    std::string message_id; // ours
    std::string words;      // the server's diagnostic
};

struct Letter {
    IncomingMail mail; // without id, time and state
    std::optional<Bounce> bounce;
};

/// `bytes` is bounded by whoever fetched it; of its parts the first 50 leaves are named, and text
/// and calendars among them kept.
Letter parse(std::string_view bytes);

} // namespace kogge::host::mail
