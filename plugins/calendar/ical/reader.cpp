// SPDX-License-Identifier: EUPL-1.2
#include "ical/reader.hpp"

#include <libical/ical.h>

#include <ctime>
#include <memory>

namespace kogge::calendar {

namespace {

struct Free {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, Free>;

std::string words(char const* text) { return text ? text : ""; }

std::string value_of(icalproperty* property) {
    auto* text = property ? icalproperty_get_value_as_string_r(property) : nullptr;
    auto out = words(text);
    icalmemory_free_buffer(text);
    return out;
}

std::string parameter_of(icalproperty* property, char const* name) {
    auto* text = property ? icalproperty_get_parameter_as_string_r(property, name) : nullptr;
    auto out = words(text);
    icalmemory_free_buffer(text);
    return out;
}

/// All errors libical left in the tree, in words.
std::string complaints(icalcomponent* component) {
    std::string out;
    for (auto* p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); p;
         p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
        out += (out.empty() ? "" : "; ") + words(icalproperty_get_xlicerror(p));
    for (auto* child = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); child;
         child = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        if (auto const below = complaints(child); !below.empty())
            out += (out.empty() ? "" : "; ") + below;
    return out;
}

icalproperty* first(icalcomponent* component, icalproperty_kind kind) { return icalcomponent_get_first_property(component, kind); }

/// A time with the zone its TZID names in this calendar. libical 3 leaves the zone out when DTEND has another than DTSTART.
Result<icaltimetype> time_of(icalcomponent* calendar, icalproperty* property, std::string& zone_name) {
    auto time = icalvalue_get_datetime(icalproperty_get_value(property));
    zone_name = parameter_of(property, "TZID");
    if (time.is_date && parameter_of(property, "VALUE") == "DATE") // a day: from midnight, wherever one is
        return time;
    if (zone_name.empty()) {
        if (!icaltime_is_utc(time))
            return invalid("a time without a zone: " + value_of(property));
        zone_name = "UTC";
        return time;
    }
    auto* zone = icalcomponent_get_timezone(calendar, zone_name.c_str());
    if (!zone)
        return invalid("no VTIMEZONE for TZID " + zone_name);
    icaltime_set_timezone(&time, zone);
    return time;
}

Instant instant(icaltimetype time) { return Instant(std::chrono::seconds(icaltime_as_timet_with_zone(time, time.zone))); }

Result<ReadEvent> read_event(icalcomponent* calendar, icalcomponent* event) {
    ReadEvent out;
    out.uid = words(icalcomponent_get_uid(event));
    out.sequence = icalcomponent_get_sequence(event);
    out.status = value_of(first(event, ICAL_STATUS_PROPERTY));
    auto* const summary = first(event, ICAL_SUMMARY_PROPERTY);
    out.summary = summary ? words(icalproperty_get_summary(summary)) : "";
    out.language = parameter_of(summary, "LANGUAGE");
    out.location = words(icalcomponent_get_location(event));
    out.description = words(icalcomponent_get_description(event));
    for (auto const kind : {ICAL_DTSTAMP_PROPERTY, ICAL_LASTMODIFIED_PROPERTY, ICAL_DTSTART_PROPERTY, ICAL_DTEND_PROPERTY})
        out.times[icalproperty_kind_to_string(kind)] = value_of(first(event, kind));
    auto* const begin = first(event, ICAL_DTSTART_PROPERTY);
    if (out.uid.empty() || !begin || out.times["DTSTAMP"].empty())
        return invalid("UID, DTSTAMP or DTSTART is missing from event '" + out.uid + "'");
    KOGGE_TRY(auto const starts, time_of(calendar, begin, out.begin_zone));
    out.begins = out.ends = instant(starts);
    if (auto* const end = first(event, ICAL_DTEND_PROPERTY)) {
        KOGGE_TRY(auto const ends, time_of(calendar, end, out.end_zone));
        out.ends = instant(ends);
    }
    return out;
}

Result<Component> parse(std::string const& text) {
    Component calendar(icalparser_parse_string(text.c_str()));
    if (!calendar || icalcomponent_isa(calendar.get()) != ICAL_VCALENDAR_COMPONENT)
        return invalid("not one VCALENDAR");
    if (auto const wrong = complaints(calendar.get()); !wrong.empty())
        return invalid(wrong);
    return calendar;
}

} // namespace

void prepare_reader() { icaltimezone_get_utc_timezone(); }

Result<ReadCalendar> read_calendar(std::string const& text) {
    KOGGE_TRY(auto const calendar, parse(text));
    ReadCalendar out;
    for (auto* p = icalcomponent_get_first_property(calendar.get(), ICAL_ANY_PROPERTY); p;
         p = icalcomponent_get_next_property(calendar.get(), ICAL_ANY_PROPERTY)) {
        auto const kind = icalproperty_isa(p);
        if (kind == ICAL_NAME_PROPERTY)
            out.name = words(icalproperty_get_name(p));
        else if (kind == ICAL_METHOD_PROPERTY)
            out.method = value_of(p);
        else if (kind == ICAL_REFRESHINTERVAL_PROPERTY)
            out.refresh = value_of(p);
    }
    for (auto* child = icalcomponent_get_first_component(calendar.get(), ICAL_ANY_COMPONENT); child;
         child = icalcomponent_get_next_component(calendar.get(), ICAL_ANY_COMPONENT)) {
        if (icalcomponent_isa(child) == ICAL_VTIMEZONE_COMPONENT)
            out.zones.push_back(value_of(first(child, ICAL_TZID_PROPERTY)));
        else if (icalcomponent_isa(child) == ICAL_VEVENT_COMPONENT) {
            KOGGE_TRY(auto event, read_event(calendar.get(), child));
            out.events.push_back(std::move(event));
        }
    }
    return out;
}

Result<std::vector<std::chrono::seconds>> offsets_by(std::string const& text, std::vector<std::chrono::local_seconds> const& walls) {
    KOGGE_TRY(auto const calendar, parse(text));
    auto* const component = icalcomponent_get_first_component(calendar.get(), ICAL_VTIMEZONE_COMPONENT);
    auto const id = value_of(component ? first(component, ICAL_TZID_PROPERTY) : nullptr);
    auto* const zone = icalcomponent_get_timezone(calendar.get(), id.c_str());
    if (!zone)
        return invalid("no VTIMEZONE");
    std::vector<std::chrono::seconds> out;
    for (auto const wall : walls) {
        auto time = icaltime_from_timet_with_zone(static_cast<std::time_t>(wall.time_since_epoch().count()), 0, nullptr);
        int daylight = 0;
        out.emplace_back(icaltimezone_get_utc_offset(zone, &time, &daylight));
    }
    return out;
}

} // namespace kogge::calendar
