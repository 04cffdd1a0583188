// SPDX-License-Identifier: EUPL-1.2
#include "dav/free_busy.hpp"

#include "ical/lines.hpp"
#include "ical/zones.hpp"

namespace kogge::calendar::dav {

std::string free_busy_text(FreeBusy const& what) {
    std::string out;
    Lines lines(out);
    lines.raw("BEGIN", "VCALENDAR").raw("VERSION", "2.0").raw("PRODID", "-//Kogge//Kogge//EN");
    if (!what.method.empty())
        lines.raw("METHOD", what.method);
    lines.raw("BEGIN", "VFREEBUSY").raw("DTSTAMP", utc(what.now)).raw("DTSTART", utc(what.range.begin)).raw("DTEND", utc(what.range.end));
    if (!what.uid.empty())
        lines.raw("UID", what.uid);
    if (!what.organizer.empty())
        lines.raw("ORGANIZER", what.organizer);
    if (!what.attendee.empty())
        lines.raw("ATTENDEE", what.attendee);
    for (auto const& period : ical::joined(what.periods))
        lines.raw("FREEBUSY;FBTYPE=" + std::string(ical::to_text(period.type)), utc(period.when.begin) + "/" + utc(period.when.end));
    lines.raw("END", "VFREEBUSY").raw("END", "VCALENDAR");
    return out;
}

} // namespace kogge::calendar::dav
