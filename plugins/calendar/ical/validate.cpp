// SPDX-License-Identifier: EUPL-1.2
#include "ical/validate.hpp"

#include "ical/series_walk.hpp"

#include <algorithm>
#include <set>

namespace kogge::calendar::ical {

namespace {

using Problem = std::optional<ObjectProblem>;

Problem data(std::string message) { return ObjectProblem{Precondition::valid_calendar_data, std::move(message)}; }
Problem resource(std::string message) { return ObjectProblem{Precondition::valid_calendar_object_resource, std::move(message)}; }

std::string place(Component const& component) { return "line " + std::to_string(component.line) + ": " + component.name + " "; }

Problem check_calendar(Component const& calendar) {
    if (auto const version = calendar.value("VERSION"); !version.empty() && version != "2.0")
        return data("VERSION:" + std::string(version.substr(0, 20)) + " is not iCalendar 2.0");
    if (auto const method = calendar.value("METHOD"); !method.empty())
        return resource("METHOD:" + std::string(method.substr(0, 20)) + " makes this a message, not an entry of a calendar; leave it out");
    return {};
}

Problem check_once(Component const& component) {
    for (auto const* name : {"UID", "DTSTART", "DTEND", "DUE", "DURATION", "RECURRENCE-ID", "SUMMARY", "STATUS", "SEQUENCE"})
        if (auto const all = component.all(name); all.size() > 1)
            return data("line " + std::to_string(all[1]->line()) + ": " + name + " stands there twice");
    return {};
}

Problem check_order(Component const& component, ZoneBook const& zones) {
    auto const* end = component.find(component.is("VTODO") ? "DUE" : "DTEND");
    auto const* begin = component.find("DTSTART");
    if (!begin || !end)
        return {};
    auto const from = read_stamp(begin->value()), to = read_stamp(end->value());
    if (!from || !to) // said better by the walk
        return {};
    if ((from.value().kind == Stamp::Kind::date) != (to.value().kind == Stamp::Kind::date))
        return data(about(*end, invalid("is a day where DTSTART is a time, or the other way round")).message);
    if (zones.clock(to.value(), *end).at(to.value().wall) < zones.clock(from.value(), *begin).at(from.value().wall))
        return data(about(*end, invalid(std::string(end->value()) + " is before DTSTART:" + std::string(begin->value()))).message);
    return {};
}

/// One UID, one master, each override once.
Problem check_identity(std::vector<Component const*> const& parts, ObjectKind const& kind) {
    std::set<std::string> ids;
    for (auto const* part : parts) {
        if (part->value("UID").empty())
            return resource(place(*part) + "has no UID");
        if (part->name != kind.type)
            return resource(place(*part) + "stands beside " + kind.type + "; an object has one kind of component");
        if (part->value("UID") != kind.uid)
            return resource(place(*part) + "has another UID than the first; an object has one");
        auto const* id = part->find("RECURRENCE-ID");
        auto const key = id ? id->parameter("TZID").value_or("") + ":" + std::string(id->value()) : std::string();
        if (!ids.insert(key).second)
            return resource(place(*part) + (id ? "changes the same instance again: RECURRENCE-ID:" + std::string(id->value())
                                               : "is there twice without RECURRENCE-ID; a series has one master"));
    }
    return {};
}

Problem check_times(Component const& calendar, std::vector<Component const*> const& parts) {
    ZoneBook const zones(calendar);
    for (auto const* part : parts) {
        if (auto problem = check_once(*part))
            return problem;
        if (part->is("VEVENT") && !part->find("DTSTART"))
            return data(place(*part) + "has no DTSTART");
        if (auto problem = check_order(*part, zones))
            return problem;
    }
    for (auto const& series : series_of(calendar))
        if (auto const walk = SeriesWalk::of(series, zones, 0); !walk)
            return data(walk.error().message);
    return {};
}

} // namespace

Validated validate_object(Component const& calendar) {
    Validated out;
    std::vector<Component const*> parts;
    for (auto const& part : calendar.components)
        if (!part.is("VTIMEZONE"))
            parts.push_back(&part);
    if (!parts.empty())
        out.kind = {parts.front()->name, std::string(parts.front()->value("UID"))};
    out.problem = check_calendar(calendar);
    if (!out.problem && parts.empty())
        out.problem = resource("there is no component but VTIMEZONE in it; an object has a VEVENT, VTODO or the like");
    if (!out.problem)
        out.problem = check_identity(parts, out.kind);
    if (!out.problem)
        out.problem = check_times(calendar, parts);
    return out;
}

} // namespace kogge::calendar::ical
