// SPDX-License-Identifier: EUPL-1.2
// Invitations from users' own calendars (RFC 6638 §3.2): who is told what when an object with an organiser and attendees is put
// or deleted, and what becomes of the copies of those who have a calendar here; others are mailed (RFC 6047). Pure: iCalendar in,
// iCalendar out. What the client put is left as it is, but for a SCHEDULE-STATUS at those who cannot be told.
#pragma once

#include "ical/parse.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::dav {

/// Whose address it is, as an id that compares: a user's, or "mailto:…" of somebody else; "": nobody who can be told.
using WhoseAddress = std::function<std::string(std::string_view address)>;

struct Message {
    std::string to;             // as WhoseAddress names them
    std::string method;         // REQUEST, CANCEL, REPLY
    ical::Component calendar;   // with METHOD
    std::string attendee;       // of a REPLY: whose answer, as WhoseAddress names them
};

/// What the owner's change of one object tells others. Null: it was not there, or is no more.
std::vector<Message> messages_of(ical::Component const* before, ical::Component const* after, std::string const& owner, WhoseAddress const& whose);

/// The copy of a REQUEST that lies in the attendee's calendar; with the alarms they set in theirs.
ical::Component copy_for_attendee(ical::Component const& request, ical::Component const* theirs);
/// Everything in it is cancelled.
ical::Component cancelled(ical::Component const& theirs);
/// The organiser's copy with the answer of one attendee in it; nothing when they are not asked there.
std::optional<ical::Component> with_answer(ical::Component const& organisers, Message const& reply, WhoseAddress const& whose);

/// The attendee `self` has only answered anew: nothing but their PARTSTAT and RSVP, and what programs write by themselves, differs.
/// Then the Schedule-Tag stays (RFC 6638 §3.2.10 as python-caldav's suite reads it): it guards what the organiser says.
bool only_answers(ical::Component const& before, ical::Component const& after, std::string const& self, WhoseAddress const& whose);

/// The object with SCHEDULE-STATUS at those attendees.
ical::Component with_status(ical::Component calendar, std::vector<std::string> const& attendees, std::string_view status, WhoseAddress const& whose);

struct Letter {
    std::string subject, text;
};
/// What a mail about it says to people; programs read the part beside it.
Letter letter_of(Message const& message, std::string_view language);

std::string uid_of(ical::Component const& calendar);

} // namespace kogge::calendar::dav
