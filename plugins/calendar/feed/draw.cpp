// SPDX-License-Identifier: EUPL-1.2
#include "feed/event.hpp"

#include "ical/lines.hpp"
#include "ical/zones.hpp"

#include <algorithm>
#include <cmath>

namespace kogge::calendar {

namespace {

char const* status_text(EventStatus status) {
    switch (status) {
        case EventStatus::tentative: return "TENTATIVE";
        case EventStatus::cancelled: return "CANCELLED";
        case EventStatus::confirmed: break;
    }
    return "CONFIRMED";
}

/// Degrees with six decimals, whatever the locale: 0.1 m, and all that libical keeps.
std::string degrees(double value) {
    auto const micro = std::llround(value * 1e6);
    auto const size = std::llabs(micro);
    char out[32];
    std::snprintf(out, sizeof out, "%s%lld.%06lld", micro < 0 ? "-" : "", size / 1'000'000, size % 1'000'000);
    return out;
}
std::string degrees(GeoPoint const& point) { return degrees(point.latitude) + ";" + degrees(point.longitude); }

std::string date_text(Day day) {
    auto text = to_text(day);
    std::erase(text, '-');
    return text;
}

void when(Lines& lines, Event const& event) {
    if (event.days) {
        lines.raw("DTSTART;VALUE=DATE", date_text(event.days->first)).raw("DTEND;VALUE=DATE", date_text(event.days->second));
        return;
    }
    auto const starts = stamp(event.starts), ends = stamp(event.ends);
    lines.raw("DTSTART" + starts.parameters, starts.value);
    if (instant_of(event.ends) > instant_of(event.starts)) // without an end: ends when it begins
        lines.raw("DTEND" + ends.parameters, ends.value);
}

void where(Lines& lines, Event const& event) {
    if (!event.location.empty())
        lines.text("LOCATION", event.location);
    if (event.geo)
        lines.raw("GEO", degrees(*event.geo));
}

/// RFC 9073 §7.2, beside LOCATION and GEO, which older clients read.
void spots(Lines& lines, std::vector<Spot> const& spots) {
    for (auto const& spot : spots) {
        lines.raw("BEGIN", "VLOCATION").raw("UID", spot.uid).text("NAME", spot.name);
        if (!spot.address.empty())
            lines.text("DESCRIPTION", spot.address);
        if (spot.point)
            lines.raw("GEO", degrees(*spot.point));
        lines.raw("END", "VLOCATION");
    }
}

/// RFC 5545 §3.6.6, with a UID of its own (RFC 9074 §4) so that a client that has put one off knows it again.
void alarm(Lines& lines, Event const& event) {
    if (!event.alarm || event.days || event.status == EventStatus::cancelled)
        return;
    auto const minutes = std::to_string(*event.alarm);
    lines.raw("BEGIN", "VALARM").raw("UID", "alarm-" + minutes + "-" + event.uid).raw("ACTION", "DISPLAY");
    lines.raw("TRIGGER", "-PT" + minutes + "M").text("DESCRIPTION", event.summary.text).raw("END", "VALARM");
}

std::string paragraphs(std::vector<std::string> const& lines) {
    std::string out;
    for (auto const& line : lines)
        out += (out.empty() ? "" : "\n") + line;
    return out;
}

} // namespace

std::string to_ical(Event const& event) {
    std::string out;
    out.reserve(1024);
    Lines lines(out);
    auto const revised = utc(event.revised);
    lines.raw("BEGIN", "VEVENT").raw("UID", event.uid).raw("SEQUENCE", std::to_string(event.sequence)).raw("DTSTAMP", revised).raw("LAST-MODIFIED", revised);
    if (event.created)
        lines.raw("CREATED", utc(*event.created));
    when(lines, event);
    lines.raw("STATUS", status_text(event.status)).raw("TRANSP", event.status == EventStatus::cancelled || !event.busy ? "TRANSPARENT" : "OPAQUE");
    lines.raw("CLASS", event.internal ? "PRIVATE" : "PUBLIC");
    lines.text("SUMMARY", event.summary.text, event.summary.language);
    where(lines, event);
    if (!event.description.empty())
        lines.text("DESCRIPTION", paragraphs(event.description), event.language);
    if (!event.category.empty())
        lines.text("CATEGORIES", event.category, event.language);
    if (!event.color.empty())
        lines.raw("COLOR", event.color);
    lines.uri("CONFERENCE;VALUE=URI;FEATURE=VIDEO", event.conference).uri("URL", event.link);
    spots(lines, event.spots);
    alarm(lines, event);
    lines.raw("END", "VEVENT");
    return out;
}

} // namespace kogge::calendar
