// SPDX-License-Identifier: EUPL-1.2
// iTIP objects (RFC 5546) around events that the feeds draw: the same VEVENT, with who invites and who is invited in front.
#pragma once

#include "feed/event.hpp"
#include "invite/entities.hpp"

#include <string>
#include <vector>

namespace kogge::calendar {

/// Somebody with an address: the office that invites, a guest.
struct Party {
    std::string name, address;
};

/// The UID feeds give an entry (feed/event.cpp), and back; the entry of a UID that is none of ours is nothing.
std::string uid_of(EntryId const& entry);
std::optional<EntryId> entry_of_uid(std::string_view uid);

/// METHOD:REQUEST. Only the recipient is named: who else comes is nobody's business. Asks for an answer unless there is one.
std::string request(Event const& event, Party const& office, Party const& guest, Answer answer);
/// METHOD:CANCEL
std::string cancel(Event const& event, Party const& office, Party const& guest);
/// METHOD:PUBLISH, what a digest carries: REQUEST is for one UID (RFC 5546 §3.2.2), and a client would show only the first.
std::string publish(std::vector<Event> const& events, Party const& office);
/// METHOD:DECLINECOUNTER (RFC 5546 §3.2.8): no times, for nothing has changed.
std::string decline_counter(EntryId const& entry, std::int64_t sequence, Party const& office, Party const& guest, std::string const& comment, Instant now);

} // namespace kogge::calendar
