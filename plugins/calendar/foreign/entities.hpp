// SPDX-License-Identifier: EUPL-1.2
// What comes in from other calendars: where it comes from, which is its owner's business, and what of it the programme
// must know, which is only when somebody is busy.
#pragma once

#include <kogge/id.hpp>
#include <kogge/model/people.hpp>
#include <kogge/time.hpp>

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kogge::calendar::foreign {

enum class ForeignKind { ics, caldav, file };
BOOST_DESCRIBE_ENUM(ForeignKind, ics, caldav, file)

/// What went wrong at the last look; `none` when nothing did. words.hpp has the sentences.
enum class LookError {
    none,
    invalid_address, // no http(s) address, or one with a name and password in it
    refused,         // an address the operator does not allow, a redirect that is not followed
    unreachable,
    timeout,
    sign_in,   // 401, 403
    not_found, // 404
    gone,      // 410
    status,    // any other that is no success
    too_large,
    web_page,     // HTML: nearly always a page to sign in
    encoding,     // UTF-16, NUL
    not_calendar, // anything else that is no iCalendar
    truncated,
    too_much,   // more than can be worked out
    no_calendar // a CalDAV account in which no calendar was found
};
BOOST_DESCRIBE_ENUM(LookError, none, invalid_address, refused, unreachable, timeout, sign_in, not_found, gone, status, too_large,
                    web_page, encoding, not_calendar, truncated, too_much, no_calendar)

/// A calendar that a person has elsewhere. Nobody but this plugin sees it, and others through its routes only in part: an
/// address is often a secret itself (Google's "private address"), so it is kept as passwords are.
struct ForeignCalendar {
    Id<ForeignCalendar> id;
    Id<Person> person;
    std::string name;
    ForeignKind kind = ForeignKind::ics;
    std::string host;                    // of the address: what others may know of it
    std::optional<std::string> url;      // sensitive
    std::optional<std::string> user;     // sensitive
    std::optional<std::string> password; // sensitive
    bool show_details = false;           // titles come in, too: only the person may say so
    std::optional<std::string> consent;  // who said yes, when somebody else put it in
    std::string colour;
    std::optional<std::string> zone; // of floating times and days; without it what the calendar says, else the house's
    std::string added_by;            // the caller who did
    // What the last looks brought:
    std::optional<std::string> etag;          // sensitive: Google puts the address in it
    std::optional<std::string> last_modified;
    std::optional<Day> window_day;            // the day for which busy times were last worked out
    std::optional<LocalTime> last_ok, failing_since; // UTC
    LookError error = LookError::none;
    std::string error_detail;
    std::int64_t failures = 0;
    std::int64_t events = 0; // in it
    std::int64_t refresh_minutes = 0; // what the calendar asks for; 0: nothing
    // Of an uploaded file, what is needed to work out busy times on another day, and the same of the file before it, in
    // pieces: the store takes no longer texts. Empty: none.
    std::vector<std::string> content, previous; // sensitive
};
BOOST_DESCRIBE_STRUCT(ForeignCalendar, (), (id, person, name, kind, host, url, user, password, show_details, consent, colour, zone, added_by, etag,
                                            last_modified, window_day, last_ok, failing_since, error, error_detail, failures, events,
                                            refresh_minutes, content, previous))

/// A stretch of a person's time that is taken elsewhere. Times are UTC. The id says which calendar, which event and which
/// recurrence of it, so that the next look finds it again.
struct BusyTime {
    Id<BusyTime> id;
    Id<Person> person;
    Id<ForeignCalendar> source;
    LocalTime starts, ends;
    bool tentative = false;
    std::optional<std::string> title; // only with show_details
};
BOOST_DESCRIBE_STRUCT(BusyTime, (), (id, person, source, starts, ends, tentative, title))

} // namespace kogge::calendar::foreign
