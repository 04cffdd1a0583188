// SPDX-License-Identifier: EUPL-1.2
#include "dav/projected_extra.hpp"

#include "ical/values.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace kogge::calendar::dav {

namespace {

using ical::Component;
using ical::Property;

/// RRULE and its like are refused before anybody asks here; GEO follows the venue.
constexpr std::array of_the_entity{"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "STATUS", "SUMMARY", "LOCATION", "GEO", "DESCRIPTION"};

std::string upper(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return out;
}

/// Without parameters: clients reorder them, and drop LANGUAGE.
std::vector<std::string> values(Component const& event, std::string_view name) {
    std::vector<std::string> out;
    for (auto const* property : event.all(name))
        out.push_back(ical::read_text(property->value()));
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> texts(Component const& event, std::string_view name) {
    std::vector<std::string> out;
    for (auto const& component : event.components)
        if (component.is(name))
            out.push_back(ical::to_text(component));
    std::sort(out.begin(), out.end());
    return out;
}

/// What came with LF alone stands between lines of ours that end in CRLF.
std::string with_crlf(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
            out += '\r';
        out += text[i];
    }
    return out;
}

} // namespace

bool is_of_the_entity(std::string_view property) {
    return std::any_of(of_the_entity.begin(), of_the_entity.end(), [&](auto const* name) { return ical::same_name(name, property); });
}

std::string extra_of(Component const& sent, Component const& ours) {
    std::string out;
    std::set<std::string> seen;
    for (auto const& property : sent.properties) {
        auto const name = upper(property.name());
        if (is_of_the_entity(name) || !seen.insert(name).second || values(sent, name) == values(ours, name))
            continue;
        for (auto const* one : sent.all(name))
            one->write(out);
    }
    seen.clear();
    for (auto const& component : sent.components) {
        auto const name = upper(component.name);
        if (!seen.insert(name).second || texts(sent, name) == texts(ours, name))
            continue;
        for (auto const& one : sent.components)
            if (one.is(name))
                ical::write(one, out);
    }
    return with_crlf(out);
}

Component with_extra(Component ours, std::string_view extra) {
    std::string text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n";
    text.append(extra).append("END:VEVENT\r\nEND:VCALENDAR\r\n");
    auto const read = extra.empty() ? invalid("nothing to add") : ical::parse_object(text);
    auto const* event = read && !read.value().components.empty() ? &read.value().components.front() : nullptr;
    if (!event)
        return ours;
    std::set<std::string> properties, components;
    for (auto const& property : event->properties)
        properties.insert(upper(property.name()));
    for (auto const& component : event->components)
        components.insert(upper(component.name));
    std::erase_if(ours.properties, [&](Property const& one) { return properties.contains(upper(one.name())); });
    std::erase_if(ours.components, [&](Component const& one) { return components.contains(upper(one.name)); });
    ours.properties.insert(ours.properties.end(), event->properties.begin(), event->properties.end());
    ours.components.insert(ours.components.end(), event->components.begin(), event->components.end());
    return ours;
}

} // namespace kogge::calendar::dav
