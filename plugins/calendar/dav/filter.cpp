// SPDX-License-Identifier: EUPL-1.2
#include "dav/filter.hpp"

#include "ical/values.hpp"

#include <unicode/unistr.h>

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t deepest_filter = 6, longest_pattern = 10'000;

Refusal bad_filter(std::string message) { return condition(403, ns::caldav, "valid-filter", std::move(message)); }
Refusal unsupported_filter(std::string message) { return condition(403, ns::caldav, "supported-filter", std::move(message)); }

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return out;
}

Answer<Instant> read_utc(std::string_view text) {
    auto const stamp = ical::read_date_time(text);
    if (!stamp || stamp.value().kind != ical::Stamp::Kind::utc)
        return bad_filter("'" + std::string(text.substr(0, 40)) + "' is no moment in UTC; write it as 20270421T052400Z");
    return Instant(stamp.value().wall.time_since_epoch());
}

Answer<ParameterFilter> read_parameter(Element const& element) {
    ParameterFilter out{upper(element.attribute("name")), false, {}};
    if (out.name.empty())
        return bad_filter("a param-filter has a name");
    for (auto const* child : element.elements())
        if (child->is(ns::caldav, "is-not-defined"))
            out.not_defined = true;
        else if (child->is(ns::caldav, "text-match")) {
            KOGGE_TRY(out.text, read_text_match(*child));
        } else
            return unsupported_filter("a param-filter holds is-not-defined or text-match, not " + child->name.name.substr(0, 60));
    return out;
}

Answer<PropertyFilter> read_property(Element const& element) {
    PropertyFilter out;
    out.name = upper(element.attribute("name"));
    if (out.name.empty())
        return bad_filter("a prop-filter has a name");
    for (auto const* child : element.elements())
        if (child->is(ns::caldav, "is-not-defined"))
            out.not_defined = true;
        else if (child->is(ns::caldav, "text-match")) {
            KOGGE_TRY(out.text, read_text_match(*child));
        } else if (child->is(ns::caldav, "time-range")) {
            KOGGE_TRY(out.range, read_range(*child));
        } else if (child->is(ns::caldav, "param-filter")) {
            KOGGE_TRY(auto parameter, read_parameter(*child));
            out.parameters.push_back(std::move(parameter));
        } else
            return unsupported_filter("a prop-filter does not hold " + child->name.name.substr(0, 60));
    return out;
}

Answer<ComponentFilter> read_component(Element const& element, std::size_t depth) {
    ComponentFilter out;
    out.name = upper(element.attribute("name"));
    if (out.name.empty())
        return bad_filter("a comp-filter has a name");
    if (depth > deepest_filter)
        return bad_filter("comp-filters nest deeper than any calendar does");
    for (auto const* child : element.elements())
        if (child->is(ns::caldav, "is-not-defined"))
            out.not_defined = true;
        else if (child->is(ns::caldav, "time-range")) {
            KOGGE_TRY(out.range, read_range(*child));
        } else if (child->is(ns::caldav, "prop-filter")) {
            KOGGE_TRY(auto property, read_property(*child));
            out.properties.push_back(std::move(property));
        } else if (child->is(ns::caldav, "comp-filter")) {
            KOGGE_TRY(auto component, read_component(*child, depth + 1));
            out.components.push_back(std::move(component));
        } else
            return unsupported_filter("a comp-filter does not hold " + child->name.name.substr(0, 60));
    if (out.not_defined && (out.range || !out.properties.empty() || !out.components.empty()))
        return bad_filter("is-not-defined stands alone in its comp-filter");
    static constexpr std::string_view ranged[] = {"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VALARM", "VAVAILABILITY"};
    if (out.range && std::find(std::begin(ranged), std::end(ranged), out.name) == std::end(ranged))
        return bad_filter("a " + out.name.substr(0, 40) + " has no time range");
    return out;
}

bool in_range(ical::Property const& property, Interval range, ical::ZoneBook const& zones) {
    if (auto const period = ical::read_period(property.value())) {
        auto const clock = zones.clock(period.value().begin, property);
        return range.contains(clock.at(period.value().begin.wall));
    }
    for (auto const text : ical::split_list(property.value())) {
        auto const stamp = ical::read_stamp(text);
        if (!stamp)
            continue;
        auto const begin = zones.clock(stamp.value(), property).at(stamp.value().wall);
        auto const end = stamp.value().kind == ical::Stamp::Kind::date ? begin + std::chrono::days(1) : begin + std::chrono::seconds(1);
        if (Interval{begin, end}.overlaps(range))
            return true;
    }
    return false;
}

bool matches(ical::Property const& property, PropertyFilter const& filter, ical::ZoneBook const& zones) {
    if (filter.range && !in_range(property, *filter.range, zones))
        return false;
    if (filter.text && !filter.text->matches(ical::read_text(property.value())))
        return false;
    return std::all_of(filter.parameters.begin(), filter.parameters.end(), [&](auto const& wanted) {
        auto const value = property.parameter(wanted.name);
        if (wanted.not_defined || !value)
            return wanted.not_defined && !value;
        return !wanted.text || wanted.text->matches(*value);
    });
}

bool passes(ical::Component const& component, PropertyFilter const& filter, ical::ZoneBook const& zones) {
    auto const all = component.all(filter.name);
    if (filter.not_defined)
        return all.empty();
    return std::any_of(all.begin(), all.end(), [&](auto const* property) { return matches(*property, filter, zones); });
}

bool has(ical::Component const& calendar, ical::Component const& inside, ComponentFilter const& filter, ical::ZoneBook const& zones);

bool passes(ical::Component const& calendar, ical::Component const& component, ComponentFilter const& filter, ical::ZoneBook const& zones) {
    return std::all_of(filter.properties.begin(), filter.properties.end(), [&](auto const& property) { return passes(component, property, zones); }) &&
           std::all_of(filter.components.begin(), filter.components.end(), [&](auto const& inner) { return has(calendar, component, inner, zones); });
}

/// Whether `inside` has a component as the filter wants it. A time range is about the whole series, with its overrides.
bool has(ical::Component const& calendar, ical::Component const& inside, ComponentFilter const& filter, ical::ZoneBook const& zones) {
    auto const named = [&](auto const& component) { return component.is(filter.name); };
    if (filter.not_defined)
        return std::none_of(inside.components.begin(), inside.components.end(), named);
    if (filter.range)
        if (auto const met = ical::time_range_matches(calendar, filter.name, *filter.range, zones); met && !met.value())
            return false;
    return std::any_of(inside.components.begin(), inside.components.end(), [&](auto const& component) { return named(component) && passes(calendar, component, filter, zones); });
}

} // namespace

std::string folded(std::string_view text, Collation collation) {
    if (collation == Collation::octet)
        return std::string(text);
    if (collation == Collation::ascii_casemap)
        return upper(text);
    std::string out;
    icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int(text.size()))).foldCase().toUTF8String(out);
    return out;
}

bool TextMatch::matches(std::string_view value) const {
    auto const other = folded(value, collation);
    auto const wanted = std::string_view(text);
    bool const found = kind == Kind::equals        ? other == wanted
                       : kind == Kind::starts_with ? std::string_view(other).starts_with(wanted)
                       : kind == Kind::ends_with   ? std::string_view(other).ends_with(wanted)
                                                   : other.find(wanted) != other.npos;
    return found != negate;
}

Answer<TextMatch> read_text_match(Element const& element, Collation otherwise) {
    TextMatch out;
    out.collation = otherwise;
    if (auto const wanted = element.attribute("collation"); !wanted.empty() && wanted != "default") {
        auto const known = std::find(std::begin(collations), std::end(collations), wanted);
        if (known == std::end(collations))
            return condition(403, ns::caldav, "supported-collation", "the collation '" + std::string(wanted.substr(0, 40)) + "' is not known; use i;ascii-casemap, i;octet or i;unicode-casemap");
        out.collation = Collation(known - std::begin(collations));
    }
    out.negate = element.attribute("negate-condition") == "yes";
    auto const kind = element.attribute("match-type");
    out.kind = kind == "equals" ? TextMatch::Kind::equals : kind == "starts-with" ? TextMatch::Kind::starts_with : kind == "ends-with" ? TextMatch::Kind::ends_with : TextMatch::Kind::contains;
    auto const text = element.text();
    if (text.size() > longest_pattern)
        return bad_filter("a text-match is longer than " + std::to_string(longest_pattern) + " bytes");
    out.text = folded(text, out.collation);
    return out;
}

Answer<Interval> read_range(Element const& range) {
    auto out = ical::whole_time();
    auto const start = range.attribute("start"), end = range.attribute("end");
    if (start.empty() && end.empty())
        return bad_filter("a time-range has a start, an end or both");
    if (!start.empty()) {
        KOGGE_TRY(out.begin, read_utc(start));
    }
    if (!end.empty()) {
        KOGGE_TRY(out.end, read_utc(end));
    }
    if (out.end <= out.begin)
        return bad_filter("a time-range ends after it begins");
    return out;
}

Answer<ComponentFilter> read_filter(Element const& filter) {
    auto const inside = filter.elements();
    if (inside.size() != 1 || !inside.front()->is(ns::caldav, "comp-filter"))
        return bad_filter("a filter holds one comp-filter, that of VCALENDAR");
    KOGGE_TRY(auto out, read_component(*inside.front(), 0));
    if (out.name != "VCALENDAR")
        return bad_filter("the outermost comp-filter is that of VCALENDAR, not of " + out.name.substr(0, 40));
    return out;
}

bool matches(ical::Component const& calendar, ComponentFilter const& filter, ical::ZoneBook const& zones) {
    return filter.not_defined ? false : passes(calendar, calendar, filter, zones);
}

std::optional<PlainQuery> plain_query(ComponentFilter const& filter) {
    if (filter.not_defined || !filter.properties.empty() || filter.components.size() > 1)
        return std::nullopt;
    if (filter.components.empty())
        return PlainQuery{};
    auto const& inner = filter.components.front();
    if (inner.not_defined || !inner.properties.empty() || !inner.components.empty() || inner.name == "VTIMEZONE" || inner.name == "VALARM")
        return std::nullopt;
    return PlainQuery{inner.name, inner.range};
}

PlainQuery narrowing(ComponentFilter const& filter) {
    for (auto const& inner : filter.components)
        if (!inner.not_defined && inner.name != "VTIMEZONE" && inner.name != "VALARM")
            return {inner.name, inner.range};
    return {};
}

std::string wanted_uid(ComponentFilter const& filter) {
    for (auto const& inner : filter.components)
        for (auto const& property : inner.properties)
            if (property.name == "UID" && property.text && !property.text->negate && !inner.not_defined)
                return property.text->text;
    return {};
}

} // namespace kogge::calendar::dav
