// SPDX-License-Identifier: EUPL-1.2
// An OutgoingMail as the bytes a mail server takes: RFC 5322, MIME, and RFC 6047 for a calendar part.
#pragma once

#include <kogge/model/mail.hpp>
#include <kogge/result.hpp>

#include <string>
#include <string_view>

namespace kogge::host::mail {

struct Sender {
    std::string address, name, reply_to;
};

/// Lines end with CR LF. The same mail gives the same bytes but for MIME's boundaries. An error says which field cannot be
/// sent as it is; line breaks in what becomes a header are blanks.
Result<std::string> compose(OutgoingMail const& mail, Sender const& sender, Instant date);

/// "<id>@<domain of the sender>" for a mail that names none.
std::string message_id_of(OutgoingMail const& mail, Sender const& sender);

/// name@domain in ASCII, as it may stand in SMTP without quoting (RFC 5321 §4.1.2).
bool is_address(std::string_view text);

} // namespace kogge::host::mail
