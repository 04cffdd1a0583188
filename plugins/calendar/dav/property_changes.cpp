// SPDX-License-Identifier: EUPL-1.2
#include "dav/property_changes.hpp"

#include "ical/foreign_zone.hpp"

#include <algorithm>
#include <charconv>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t longest_property = 64 * 1024, most_properties = 500;

Refusal protected_property() { return condition(403, ns::dav, "cannot-modify-protected-property", "this property is the server's own"); }

/// A VCALENDAR with exactly one VTIMEZONE; the zone it means, when the database has it.
Answer<Zone> read_timezone(std::string const& text) {
    auto const parsed = ical::parse_object(text);
    auto const bad = [](std::string message) { return condition(403, ns::caldav, "valid-calendar-data", std::move(message)); };
    if (!parsed)
        return bad(parsed.error().message);
    auto const& inside = parsed.value().components;
    if (inside.size() != 1 || !inside.front().is("VTIMEZONE"))
        return bad("a calendar-timezone is a VCALENDAR with one VTIMEZONE in it");
    return ical::ZoneBook(parsed.value()).clock(inside.front().value("TZID")).zone().value_or(Zone());
}

Answer<std::vector<std::string>> read_components(Element const& value) {
    static constexpr std::string_view known[] = {"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"};
    std::vector<std::string> out;
    for (auto const* comp : value.elements()) {
        auto const name = comp->attribute("name");
        if (std::find(std::begin(known), std::end(known), name) == std::end(known))
            return condition(403, ns::caldav, "supported-calendar-component", "a calendar holds VEVENT, VTODO, VJOURNAL, VFREEBUSY or VAVAILABILITY, not '" + std::string(name.substr(0, 40)) + "'");
        out.emplace_back(name);
    }
    if (out.empty())
        return condition(403, ns::caldav, "supported-calendar-component", "a calendar holds something");
    return out;
}

Answer<std::optional<int>> read_order(std::string const& text) {
    int value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return refusal(409, "calendar-order is a whole number");
    return std::optional(value);
}

void set_dead(PropertyChanges& changes, Instruction const& wish) {
    auto const same = [&](auto const& other) { return other.space == wish.name.space && other.name == wish.name.name; };
    std::erase_if(changes.set_dead, same);
    std::erase_if(changes.remove_dead, same);
    if (wish.set)
        changes.set_dead.push_back({wish.name.space, wish.name.name, to_xml(wish.value)});
    else
        changes.remove_dead.push_back({wish.name.space, wish.name.name, {}});
}

Answer<void> read_one(ReadChanges& out, Instruction const& wish, bool making) {
    auto& changes = out.changes;
    auto const live = live_of(wish.name);
    auto const text = wish.set ? wish.value.text() : std::string();
    if (text.size() > longest_property)
        return refusal(507, "a property has at most " + std::to_string(longest_property) + " bytes");
    if (!live) {
        set_dead(changes, wish);
        if (wish.set && changes.set_dead.back().xml.size() > longest_property)
            return refusal(507, "a property has at most " + std::to_string(longest_property) + " bytes");
        return boost::outcome_v2::success();
    }
    switch (*live) {
    case Live::displayname: changes.displayname = text; break;
    case Live::calendar_description: changes.description = text; break;
    case Live::calendar_color: changes.colour = text.substr(0, 40); break;
    case Live::calendar_order:
        changes.order = std::optional<int>();
        if (wish.set) {
            KOGGE_TRY(changes.order, read_order(text));
        }
        break;
    case Live::calendar_timezone:
        changes.zone = Zone();
        changes.timezone = text;
        if (wish.set) {
            KOGGE_TRY(changes.zone, read_timezone(text));
        }
        break;
    case Live::calendar_timezone_id: {
        auto zone = wish.set ? Zone::parse(text) : Result<Zone>(Zone());
        if (!zone)
            return condition(403, ns::caldav, "valid-timezone", zone.error().message);
        changes.zone = zone.value();
        changes.timezone = std::string();
        break;
    }
    case Live::schedule_calendar_transp: changes.transparent = wish.set && wish.value.child(ns::caldav, "transparent"); break;
    case Live::supported_calendar_component_set: {
        if (!making || !wish.set)
            return protected_property();
        KOGGE_TRY(changes.components, read_components(wish.value));
        break;
    }
    case Live::calendar_availability:
        if (wish.set)
            if (auto const parsed = ical::parse_object(text); !parsed)
                return condition(403, ns::caldav, "valid-calendar-data", parsed.error().message);
        out.availability = text;
        break;
    case Live::schedule_default_calendar_url: {
        auto const* href = wish.value.child(ns::dav, "href");
        if (!wish.set || !href)
            return condition(403, ns::caldav, "valid-schedule-default-calendar-URL", "name a calendar of yours as DAV:href");
        out.default_calendar_href = href->text();
        break;
    }
    default: return protected_property();
    }
    return boost::outcome_v2::success();
}

} // namespace

Answer<std::vector<Instruction>> read_instructions(Element const& update) {
    std::vector<Instruction> out;
    for (auto const* part : update.elements()) {
        bool const set = part->is(ns::dav, "set");
        if (!set && !part->is(ns::dav, "remove"))
            continue;
        auto const* prop = part->child(ns::dav, "prop");
        if (!prop)
            return refusal(400, "DAV:set and DAV:remove hold a DAV:prop");
        for (auto const* property : prop->elements())
            out.push_back({property->name, set, *property});
        if (out.size() > most_properties)
            return refusal(507, "no more than " + std::to_string(most_properties) + " properties are set at once");
    }
    if (out.empty())
        return refusal(400, "there is no property in it to set or remove");
    return out;
}

ReadChanges read_changes(std::vector<Instruction> const& wishes, bool making) {
    ReadChanges out;
    for (auto const& wish : wishes)
        if (auto const read = read_one(out, wish, making); !read)
            out.failed.emplace(wish.name, read.error());
    return out;
}

std::optional<Answer<About::Kind>> wanted_kind(std::vector<Instruction>& wishes) {
    auto const found = std::find_if(wishes.begin(), wishes.end(), [](auto const& wish) { return wish.name == Name{ns::dav, "resourcetype"}; });
    if (found == wishes.end())
        return std::nullopt;
    auto const types = found->value.elements();
    Answer<About::Kind> kind = About::Kind::plain;
    for (auto const* type : types)
        if (type->is(ns::caldav, "calendar"))
            kind = About::Kind::calendar;
        else if (!type->is(ns::dav, "collection"))
            kind = condition(403, ns::dav, "valid-resourcetype", "collections of this kind are not kept here: " + type->name.name.substr(0, 60));
    wishes.erase(found);
    return kind;
}

void put_outcome(std::string& out, std::vector<Instruction> const& wishes, ReadChanges const& read, Name const& root, std::string_view href) {
    out += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<" + std::string(prefix_of(root.space)) + root.name + std::string(declarations()) + ">";
    if (!href.empty())
        out += "<D:response><D:href>" + escaped(href) + "</D:href>";
    std::string fell;
    std::set<Name> said;
    for (auto const& wish : wishes) {
        if (!said.insert(wish.name).second)
            continue;
        auto const failed = read.failed.find(wish.name);
        if (failed == read.failed.end()) {
            put_empty(fell, wish.name);
            continue;
        }
        auto const& why = failed->second;
        out += "<D:propstat><D:prop>";
        put_empty(out, wish.name);
        out += "</D:prop><D:status>" + status_line(why.status) + "</D:status>";
        if (!why.condition.empty()) {
            out += "<D:error>";
            put_empty(out, {why.space, why.condition});
            out += "</D:error>";
        }
        out += "<D:responsedescription>" + escaped(why.message) + "</D:responsedescription></D:propstat>";
    }
    if (!fell.empty())
        out += "<D:propstat><D:prop>" + fell + "</D:prop><D:status>" + status_line(read.failed.empty() ? 200 : 424) + "</D:status></D:propstat>";
    if (!href.empty())
        out += "</D:response>";
    out += "</" + std::string(prefix_of(root.space)) + root.name + ">\n";
}

Answer<std::vector<Share>> read_shares(Element const& acl, Tree const& tree, Principal const& owner) {
    std::vector<Share> out;
    for (auto const* ace : acl.elements()) {
        if (!ace->is(ns::dav, "ace") || ace->child(ns::dav, "protected") || ace->child(ns::dav, "inherited"))
            continue;
        auto const* who = ace->child(ns::dav, "principal");
        auto const* grant = ace->child(ns::dav, "grant");
        if (ace->child(ns::dav, "deny") || ace->child(ns::dav, "invert"))
            return condition(403, ns::dav, ace->child(ns::dav, "deny") ? "grant-only" : "no-invert", "privileges are granted here, to somebody by name");
        if (!who || !grant)
            return refusal(400, "an ace has a principal and a grant");
        Share share;
        if (who->child(ns::dav, "authenticated") || who->child(ns::dav, "all"))
            share.principal = "all";
        else if (auto const* href = who->child(ns::dav, "href")) {
            auto const path = read_path(href->text());
            auto const* principal = path && path.value().segments.size() == 2 && path.value().segments[0] == "principals" ? tree.shelf().principal_named(path.value().segments[1]) : nullptr;
            if (!principal)
                return condition(403, ns::dav, "recognized-principal", "there is nobody of that name: " + href->text().substr(0, 120));
            share.principal = principal->user;
        } else
            return condition(403, ns::dav, "allowed-principal", "a calendar is shared with a principal's href or with all who are signed in");
        bool reads = false;
        for (auto const* privilege : grant->elements())
            for (auto const* name : privilege->elements()) {
                reads |= name->is(ns::dav, "read") || name->is(ns::dav, "all") || name->is(ns::dav, "write");
                share.write |= name->is(ns::dav, "write") || name->is(ns::dav, "all") || name->is(ns::dav, "write-content") || name->is(ns::dav, "bind");
            }
        if (!reads)
            return condition(403, ns::dav, "not-supported-privilege", "a calendar is shared to read, or to read and write");
        if (share.principal != owner.id)
            out.push_back(std::move(share));
    }
    return out;
}

Answer<std::optional<std::string>> default_calendar_of(ReadChanges const& read, Tree const& tree, Principal const& who) {
    if (!read.default_calendar_href)
        return std::optional<std::string>();
    auto const path = read_path(*read.default_calendar_href);
    auto const found = path ? tree.find(who, path.value()) : Answer<Resource>(path.error());
    if (!found || found.value().kind != Resource::Kind::collection || found.value().collection->about().kind != About::Kind::calendar || found.value().segments.size() != 3 ||
        found.value().collection->about().owner != who.name)
        return condition(403, ns::caldav, "valid-schedule-default-calendar-URL", "name a calendar of yours, directly in your home");
    return std::optional(found.value().segments[2]);
}

} // namespace kogge::calendar::dav
