// SPDX-License-Identifier: EUPL-1.2
// Which zone a TZID of somebody else's calendar means. In this order:
//   1. none: floating, read in the zone the caller names; a trailing Z: UTC.
//   2. a name of the tz database, alone or behind a prefix (/freeassociation.sourceforge.net/Europe/Berlin), blanks around it
//      forgiven: the database, whatever a VTIMEZONE of that name says. Zone data is what our host keeps up to date, theirs is
//      as old as the sender.
//   3. a Windows name ("W. Europe Standard Time", CLDR's table as ICU has it), a suffix (" 1") forgiven: the database, unless
//      the text has a VTIMEZONE of that TZID with other offsets in the year of `now`: then that.
//   4. a VTIMEZONE of that TZID, as it stands ("Customized Time Zone"); its X-LIC-LOCATION, where that is a known name, first.
//   5. a fixed offset that the name spells out: "UTC+02:00", "(GMT+01.00) Amsterdam", "GMT-0500".
//   6. nothing: read as floating, with a remark. Not as UTC, as libical would: a local meeting is nearly always meant locally.
#pragma once

#include "ical/parse.hpp"
#include "ical/values.hpp"

#include <kogge/time.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::ical {

/// Turns wall clocks into moments and back: a zone of the tz database, or what a VTIMEZONE says. Cheap to copy; thread-safe.
class Clock {
  public:
    Clock() = default; // UTC
    explicit Clock(Zone zone) : zone_(zone) {}

    /// Skipped times are read with the offset before the gap, times that come twice as the first (RFC 5545 §3.3.5).
    Instant at(Wall wall) const;
    Wall wall(Instant at) const;
    /// Of the tz database, when it is one.
    std::optional<Zone> zone() const;
    /// "Europe/Berlin", "UTC", or the TZID of the VTIMEZONE.
    std::string name() const;
    friend bool operator==(Clock const&, Clock const&) = default;

    struct Changes; // of a VTIMEZONE, worked out for 1970 to 2100
  private:
    friend class ZoneBook;
    Zone zone_;
    std::shared_ptr<Changes const> changes_;
};

/// A Windows name as a zone of the tz database (for the whole world, as CLDR has it): "W. Europe Standard Time" is Europe/Berlin.
std::optional<Zone> windows_zone(std::string_view name);
/// Rules 2 and 3 for a name alone.
std::optional<Zone> known_zone(std::string_view tzid);

/// Reads one VTIMEZONE. An error when it has no observance, no offset, or rules beyond any budget (at most 4,000 changes).
Result<Clock> read_vtimezone(Component const& vtimezone);

/// The zones of one VCALENDAR. Does not keep the calendar.
class ZoneBook {
  public:
    /// `floating` is the zone of times without any; `now` picks the year in which VTIMEZONEs are compared (rule 3).
    explicit ZoneBook(Component const& calendar, Zone floating = {}, Instant now = {});
    /// No VTIMEZONE at hand.
    explicit ZoneBook(Zone floating = {}) : floating_(floating) {}

    Clock clock(std::string_view tzid) const; // "" is floating
    Clock floating() const { return Clock(floating_); }
    /// The clock a stamp is read by: UTC, the TZID of its property, or floating. A date is read as floating (it is a day
    /// wherever one is).
    Clock clock(Stamp const& stamp, Property const& property) const;
    /// TZIDs found unknown, contradicted or broken, a sentence each.
    std::vector<std::string> const& remarks() const { return remarks_; }

  private:
    Zone floating_;
    std::map<std::string, Clock, std::less<>> clocks_;
    std::vector<std::string> remarks_;
};

} // namespace kogge::calendar::ical
