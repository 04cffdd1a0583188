// SPDX-License-Identifier: EUPL-1.2
// What a mail answers (RFC 5546 §3.2.3, §3.2.7, RFC 6047), read with patience: Exchange leaves ORGANIZER out, Proton the
// method= of the part, Google sends application/ics, Apple names people by EMAIL, some add a RECURRENCE-ID to what never recurs.
#pragma once

#include "invite/entities.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kogge::calendar {

/// An answer to one entry.
struct Reply {
    enum class Kind { answer, counter, refresh };
    Kind kind = Kind::answer;
    EntryId entry;
    std::string attendee; // whose answer it says it is: an address in lower case; empty: it does not say
    Answer answer = Answer::none;
    std::optional<Substitute> substitute; // of a delegation
    std::optional<Interval> proposed;     // of a counter-proposal
    std::int64_t sequence = 0;
    std::optional<Instant> stamp;         // DTSTAMP
    std::string comment;
};

struct Replies {
    std::vector<Reply> list;
    std::string why; // there is none: a sentence for staff
};

/// `floating` is the zone of proposed times that name none.
Replies read_replies(IncomingMail const& mail, Zone floating);

/// Without blanks, in lower case.
std::string same_address(std::string_view address);

/// A Message-ID without its angle brackets.
std::string bare_id(std::string_view id);

} // namespace kogge::calendar
