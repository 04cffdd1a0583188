// SPDX-License-Identifier: EUPL-1.2
// What a mail that came in changes: whose answer it is, whether it is theirs to give, and whether it is to what they were told
// last. Pure: a mail and the ledger give a change set, in which the mail itself is taken or ignored with a sentence for staff.
#pragma once

#include "invite/ledger.hpp"
#include "invite/letter.hpp"
#include "invite/reply.hpp"

#include <kogge/change.hpp>

namespace kogge::calendar {

/// Never answers anything: what has to be answered, staff answer. So no two machines ever write to each other.
ChangeSet take(Row<IncomingMail> const& mail, Picture const& picture, Ledger const& ledger, InviteSettings const& settings, Instant now);

/// Sets an answer; a wish for a substitute stays open until staff decide.
void answer(Invitation& invitation, Answer answer, std::optional<Substitute> substitute, std::string comment, std::string by, Instant at);

/// The link whose address a mail was sent to: office+link@example.org.
std::string link_in(std::string_view address, std::string_view office);

} // namespace kogge::calendar
