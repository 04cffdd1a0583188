// SPDX-License-Identifier: EUPL-1.2
// Which zone a TZID of somebody else's calendar means. In this order:
//   1. none: floating, read in the calendar's X-WR-TIMEZONE where it has one that is known, else in the zone the caller names;
//      a trailing Z: UTC. A DATE is a day in the zone the caller names.
//   2. a name of the tz database in any case, alone or behind a prefix (/freeassociation.sourceforge.net/Europe/Berlin), blanks
//      around it forgiven: the database, whatever a VTIMEZONE of that name says. Zone data is what our host keeps up to date,
//      theirs is as old as the sender.
//   3. a Windows name ("W. Europe Standard Time", CLDR's table as ICU has it), a suffix (" 1") forgiven: the database, unless the
//      text has a VTIMEZONE of that TZID with other offsets in the year of the calendar's last DTSTART: then that.
//   4. a VTIMEZONE of that TZID: where its X-LIC-LOCATION is a name of the database, that; else as it stands ("Customized Time Zone").
//   5. "(UTC+01:00) Amsterdam, Berlin", as Windows shows zones: the first place the database knows with that winter offset,
//      or the offset alone; "UTC+2", "GMT-05:00".
//   6. nothing: read as floating, with a remark. Not as UTC, as libical would: a local meeting is nearly always meant locally.
#pragma once

#include "ical/parse.hpp"
#include "ical/values.hpp"

#include <kogge/time.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::ical {

/// What a VTIMEZONE says, worked out.
struct ZoneChanges;

/// Turns wall clocks into moments and back: a zone of the tz database, or what a VTIMEZONE says. Cheap to copy; thread-safe.
class Clock {
  public:
    Clock() = default; // UTC
    explicit Clock(Zone zone) : zone_(zone) {}
    explicit Clock(std::shared_ptr<ZoneChanges const> changes) : changes_(std::move(changes)) {}

    /// Skipped times are read with the offset before the gap, times that come twice as the first (RFC 5545 §3.3.5).
    Instant at(Wall wall) const;
    Wall wall(Instant at) const;
    /// Of the tz database, when it is one.
    std::optional<Zone> zone() const { return changes_ ? std::nullopt : std::optional(zone_); }
    /// "Europe/Berlin", "UTC", or the TZID of the VTIMEZONE.
    std::string const& name() const;
    friend bool operator==(Clock const&, Clock const&) = default;

  private:
    Zone zone_;
    std::shared_ptr<ZoneChanges const> changes_;
};

/// A Windows name as a zone of the tz database (for the whole world, as CLDR has it): "W. Europe Standard Time" is Europe/Berlin.
std::optional<Zone> windows_zone(std::string_view name);
/// Rule 2 for a name alone.
std::optional<Zone> database_zone(std::string_view tzid);

/// Reads one VTIMEZONE for the years 1900 to 2100; after that its last offset stays. An error when it has no observance, no offset,
/// or rules beyond any budget (more than 4,000 changes).
Result<Clock> read_vtimezone(Component const& vtimezone);

/// The zones of one VCALENDAR. Keeps nothing of the calendar.
class ZoneBook {
  public:
    /// `floating` is the zone of days, and of times without any.
    explicit ZoneBook(Component const& calendar, Zone floating = {});
    explicit ZoneBook(Zone floating = {}) : days_(floating), floating_(floating) {}

    Clock clock(std::string_view tzid) const; // "" is floating
    Clock days() const { return days_; }
    Clock floating() const { return floating_; }
    /// The clock a stamp is read by: UTC, the TZID of its property, floating, or that of days.
    Clock clock(Stamp const& stamp, Property const& property) const;
    /// TZIDs found unknown, contradicted or broken: a sentence each, 100 at most. 200 VTIMEZONEs are worked out at most.
    std::vector<std::string> const& remarks() const { return remarks_; }

  private:
    void remark(std::string sentence);
    Clock resolve(std::string const& tzid, Component const* vtimezone, int year);

    Clock days_, floating_;
    std::map<std::string, Clock, std::less<>> clocks_;
    std::vector<std::string> remarks_;
    std::size_t worked_out_ = 0;
};

/// The moment that a property of the component names; nothing when it is not there, no time, or a day.
std::optional<Instant> moment_of(Component const& component, std::string_view property, ZoneBook const& zones);

} // namespace kogge::calendar::ical
