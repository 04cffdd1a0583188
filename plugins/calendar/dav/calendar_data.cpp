// SPDX-License-Identifier: EUPL-1.2
#include "dav/calendar_data.hpp"

#include "dav/filter.hpp"
#include "ical/foreign_zone.hpp"
#include "ical/values.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

using ical::Component;
using ical::Stamp;

Answer<ComponentWanted> read_component(Element const& element, int depth) {
    ComponentWanted out;
    out.name = std::string(element.attribute("name"));
    if (out.name.empty() || depth > 6)
        return condition(400, ns::caldav, "valid-calendar-data", "a comp of calendar-data has a name");
    auto const inside = element.elements();
    out.all_properties = std::any_of(inside.begin(), inside.end(), [](auto const* e) { return e->is(ns::caldav, "allprop"); });
    out.all_components = std::any_of(inside.begin(), inside.end(), [](auto const* e) { return e->is(ns::caldav, "allcomp"); });
    for (auto const* child : inside)
        if (child->is(ns::caldav, "prop"))
            out.properties.push_back({std::string(child->attribute("name")), child->attribute("novalue") == "yes"});
        else if (child->is(ns::caldav, "comp")) {
            KOGGE_TRY(auto component, read_component(*child, depth + 1));
            out.components.push_back(std::move(component));
        }
    return out;
}

Component shaped(Component const& from, ComponentWanted const& wanted) {
    auto out = from;
    if (!wanted.all_properties) {
        out.properties.clear();
        for (auto const& property : from.properties)
            for (auto const& name : wanted.properties)
                if (property.is(name.name)) {
                    out.properties.push_back(property);
                    if (name.no_value)
                        out.properties.back().set_value("");
                    break;
                }
    }
    if (wanted.all_components)
        return out;
    out.components.clear();
    for (auto const& inner : from.components)
        for (auto const& shape : wanted.components)
            if (inner.is(shape.name)) {
                out.components.push_back(shaped(inner, shape));
                break;
            }
    return out;
}

/// Where `stamp` is in UTC; days and floating times stay what they are.
ical::Property in_utc(std::string_view name, Stamp stamp, ical::Clock const& clock, bool floating) {
    if (stamp.kind == Stamp::Kind::local && !floating)
        stamp = {ical::Wall(clock.at(stamp.wall).time_since_epoch()), Stamp::Kind::utc};
    ical::Property out(name, ical::to_text(stamp));
    if (stamp.kind == Stamp::Kind::date)
        out.set_parameter("VALUE", "DATE");
    return out;
}

bool is_floating(Component const& component) {
    auto const* start = component.find("DTSTART");
    return start && !start->parameter("TZID") && !std::string_view(start->value()).ends_with('Z');
}

Component instance_of(ical::Occurrence const& occurrence, bool recurs) {
    auto out = *occurrence.component;
    for (auto const* name : {"DTSTART", "DTEND", "DUE", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})
        out.remove(name);
    bool const floating = is_floating(*occurrence.component);
    out.properties.push_back(in_utc("DTSTART", occurrence.begin, occurrence.clock, floating));
    if (occurrence.end && !out.find("DURATION"))
        out.properties.push_back(in_utc(out.is("VTODO") ? "DUE" : "DTEND", *occurrence.end, occurrence.clock, floating));
    if (recurs)
        out.properties.push_back(in_utc("RECURRENCE-ID", occurrence.recurrence, occurrence.clock, floating));
    return out;
}

bool recurs(ical::Series const& series) {
    return !series.master || series.master->find("RRULE") || series.master->find("RDATE") || !series.overrides.empty();
}

/// RFC 4791 §9.6.5: instances instead of rules, in UTC, without time zones.
Answer<Component> expanded(Component const& calendar, Interval range, ical::ZoneBook const& zones) {
    auto out = calendar;
    out.components.clear();
    for (auto const& series : ical::series_of(calendar)) {
        auto const found = ical::occurrences(series, range, zones);
        if (!found)
            continue; // it says no time that could be expanded
        if (!found.value().cut.empty())
            return condition(403, ns::caldav, "max-instances", found.value().cut + "; ask for a shorter time");
        for (auto const& occurrence : found.value().list)
            out.components.push_back(instance_of(occurrence, recurs(series)));
    }
    for (auto const& component : calendar.components)
        if (component.is("VFREEBUSY") || component.is("VAVAILABILITY"))
            out.components.push_back(component);
    return out;
}

/// RFC 4791 §9.6.6: only those overrides that happen in the range, or would have without them.
void limit_recurrences(Component& calendar, Interval range, ical::ZoneBook const& zones) {
    std::erase_if(calendar.components, [&](Component const& component) {
        auto const* recurrence = component.find("RECURRENCE-ID");
        if (!recurrence || recurrence->parameter("RANGE"))
            return false;
        auto const stamp = ical::read_stamp(recurrence->value());
        if (!stamp)
            return false;
        auto const original = zones.clock(stamp.value(), *recurrence).at(stamp.value().wall);
        ical::Series const alone{nullptr, {&component}};
        auto const now = ical::occurrences(alone, range, zones);
        return !range.contains(original) && now && now.value().list.empty();
    });
}

void limit_free_busy(Component& calendar, Interval range) {
    for (auto& component : calendar.components) {
        if (!component.is("VFREEBUSY"))
            continue;
        for (auto& property : component.properties) {
            if (!property.is("FREEBUSY"))
                continue;
            std::string kept;
            for (auto const text : ical::split_list(property.value())) {
                auto const period = ical::read_period(text);
                if (!period)
                    continue;
                Instant const begin(period.value().begin.wall.time_since_epoch());
                auto const end = period.value().end ? Instant(period.value().end->wall.time_since_epoch()) : begin + period.value().length.days + period.value().length.time;
                if (Interval{begin, end}.overlaps(range))
                    kept += (kept.empty() ? "" : ",") + std::string(text);
            }
            property.set_value(kept);
        }
        std::erase_if(component.properties, [](auto const& property) { return property.is("FREEBUSY") && property.value().empty(); });
    }
}

} // namespace

Answer<DataWanted> read_data_wanted(Element const& element) {
    DataWanted out;
    auto const type = element.attribute("content-type");
    auto const version = element.attribute("version");
    if ((!type.empty() && type != "text/calendar") || (!version.empty() && version != "2.0"))
        return condition(403, ns::caldav, "supported-calendar-data", "calendar data is text/calendar, version 2.0, and nothing else");
    for (auto const* child : element.elements())
        if (child->is(ns::caldav, "comp")) {
            KOGGE_TRY(out.shape, read_component(*child, 0));
        } else if (child->is(ns::caldav, "expand")) {
            KOGGE_TRY(out.expand, read_range(*child));
        } else if (child->is(ns::caldav, "limit-recurrence-set")) {
            KOGGE_TRY(out.limit_recurrences, read_range(*child));
        } else if (child->is(ns::caldav, "limit-freebusy-set")) {
            KOGGE_TRY(out.limit_free_busy, read_range(*child));
        }
    return out;
}

Answer<std::string> part_of(std::string_view bytes, DataWanted const& wanted, Zone floating) {
    if (wanted.whole())
        return std::string(bytes);
    auto parsed = ical::parse_object(bytes);
    if (!parsed)
        return std::string(bytes);
    auto calendar = std::move(parsed).value();
    ical::ZoneBook const zones(calendar, floating);
    if (wanted.expand) {
        KOGGE_TRY(auto instances, expanded(calendar, *wanted.expand, zones));
        calendar = std::move(instances);
    }
    if (wanted.limit_recurrences)
        limit_recurrences(calendar, *wanted.limit_recurrences, zones);
    if (wanted.limit_free_busy)
        limit_free_busy(calendar, *wanted.limit_free_busy);
    if (wanted.without_zones)
        std::erase_if(calendar.components, [](Component const& component) { return component.is("VTIMEZONE") && Zone::parse(component.value("TZID")); });
    return ical::to_text(wanted.shape && wanted.shape->name == "VCALENDAR" ? shaped(calendar, *wanted.shape) : calendar);
}

} // namespace kogge::calendar::dav
