// SPDX-License-Identifier: EUPL-1.2
#include "dav/properties.hpp"

#include "dav/filter.hpp"
#include "ical/lines.hpp"
#include "ical/zones.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace kogge::calendar::dav {

namespace {

using Kind = Resource::Kind;

struct Known {
    Live live;
    char const* space;
    char const* name;
    bool all = false; // RFC 4918 §9.1: what allprop gives
    bool set = false; // by a client
};

constexpr Known known[] = {
    {Live::resourcetype, ns::dav, "resourcetype", true},
    {Live::displayname, ns::dav, "displayname", true, true},
    {Live::getetag, ns::dav, "getetag", true},
    {Live::getcontenttype, ns::dav, "getcontenttype", true},
    {Live::getcontentlength, ns::dav, "getcontentlength", true},
    {Live::getlastmodified, ns::dav, "getlastmodified", true},
    {Live::creationdate, ns::dav, "creationdate", true},
    {Live::supportedlock, ns::dav, "supportedlock", true},
    {Live::lockdiscovery, ns::dav, "lockdiscovery", true},
    {Live::current_user_principal, ns::dav, "current-user-principal"},
    {Live::current_user_privilege_set, ns::dav, "current-user-privilege-set"},
    {Live::supported_privilege_set, ns::dav, "supported-privilege-set"},
    {Live::acl, ns::dav, "acl"},
    {Live::acl_restrictions, ns::dav, "acl-restrictions"},
    {Live::inherited_acl_set, ns::dav, "inherited-acl-set"},
    {Live::principal_collection_set, ns::dav, "principal-collection-set"},
    {Live::owner, ns::dav, "owner"},
    {Live::group, ns::dav, "group"},
    {Live::principal_url, ns::dav, "principal-URL"},
    {Live::alternate_uri_set, ns::dav, "alternate-URI-set"},
    {Live::group_member_set, ns::dav, "group-member-set"},
    {Live::group_membership, ns::dav, "group-membership"},
    {Live::supported_report_set, ns::dav, "supported-report-set"},
    {Live::sync_token, ns::dav, "sync-token"},
    {Live::calendar_home_set, ns::caldav, "calendar-home-set"},
    {Live::calendar_user_address_set, ns::caldav, "calendar-user-address-set"},
    {Live::calendar_user_type, ns::caldav, "calendar-user-type"},
    {Live::schedule_inbox_url, ns::caldav, "schedule-inbox-URL"},
    {Live::schedule_outbox_url, ns::caldav, "schedule-outbox-URL"},
    {Live::schedule_default_calendar_url, ns::caldav, "schedule-default-calendar-URL", false, true},
    {Live::schedule_calendar_transp, ns::caldav, "schedule-calendar-transp", false, true},
    {Live::schedule_tag, ns::caldav, "schedule-tag"},
    {Live::calendar_description, ns::caldav, "calendar-description", false, true},
    {Live::calendar_timezone, ns::caldav, "calendar-timezone", false, true},
    {Live::calendar_timezone_id, ns::caldav, "calendar-timezone-id", false, true},
    {Live::supported_calendar_component_set, ns::caldav, "supported-calendar-component-set", false, true},
    {Live::supported_calendar_component_sets, ns::caldav, "supported-calendar-component-sets"},
    {Live::supported_calendar_data, ns::caldav, "supported-calendar-data"},
    {Live::supported_collation_set, ns::caldav, "supported-collation-set"},
    {Live::max_resource_size, ns::caldav, "max-resource-size"},
    {Live::min_date_time, ns::caldav, "min-date-time"},
    {Live::max_date_time, ns::caldav, "max-date-time"},
    {Live::max_instances, ns::caldav, "max-instances"},
    {Live::max_attendees_per_instance, ns::caldav, "max-attendees-per-instance"},
    {Live::calendar_availability, ns::caldav, "calendar-availability", false, true},
    {Live::calendar_data, ns::caldav, "calendar-data"},
    {Live::getctag, ns::server, "getctag"},
    {Live::calendar_color, ns::apple, "calendar-color", false, true},
    {Live::calendar_order, ns::apple, "calendar-order", false, true},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < std::size(known); ++i)
        if (std::size_t(known[i].live) != i)
            return false;
    return true;
}
static_assert(in_order(), "a row per enumerator, in their order");

Known const& entry_of(Live live) { return known[std::size_t(live)]; }
Name name_of(Live live) { return {entry_of(live).space, entry_of(live).name}; }

void element(std::string& out, Live live, std::string_view inside) {
    auto const& entry = entry_of(live);
    auto const prefix = prefix_of(entry.space);
    if (inside.empty()) {
        ((out += '<') += prefix) += entry.name;
        out += "/>";
        return;
    }
    ((out += '<') += prefix) += entry.name;
    out += '>';
    out += inside;
    ((out += "</") += prefix) += entry.name;
    out += '>';
}
bool text(std::string& out, Live live, std::string_view value) {
    element(out, live, escaped(value));
    return true;
}
bool raw(std::string& out, Live live, std::string_view xml) {
    element(out, live, xml);
    return true;
}
std::string href(std::string_view path) { return "<D:href>" + escaped(path) + "</D:href>"; }

bool is_calendar(Resource const& r) { return r.kind == Kind::collection && r.collection->about().kind == About::Kind::calendar; }
bool is_inbox(Resource const& r) { return r.kind == Kind::collection && r.collection->about().kind == About::Kind::inbox; }

std::string resourcetype(Resource const& r) {
    switch (r.kind) {
    case Kind::member: return {};
    case Kind::principal: return "<D:collection/><D:principal/>";
    case Kind::outbox: return "<D:collection/><C:schedule-outbox/>";
    case Kind::collection:
        return std::string("<D:collection/>") + (is_calendar(r) ? "<C:calendar/>" : is_inbox(r) ? "<C:schedule-inbox/>" : "");
    default: return "<D:collection/>";
    }
}

std::string display_name(Resource const& r, Sight const& sight) {
    switch (r.kind) {
    case Kind::principal:
    case Kind::home: return sight.tree.display_name(*r.principal);
    case Kind::collection: return r.collection->about().displayname;
    default: return {};
    }
}

void privilege(std::string& out, char const* name) { (((out += "<D:privilege><") += name) += "/></D:privilege>"); }

std::string privilege_set(Resource const& r) {
    std::string out;
    auto const& may = r.privileges;
    if (may.read) {
        privilege(out, "D:read");
        privilege(out, "D:read-current-user-privilege-set");
    }
    if (may.read || may.free_busy)
        privilege(out, "C:read-free-busy");
    if (may.write && may.properties)
        privilege(out, "D:write");
    if (may.write)
        for (auto const* name : {"D:write-content", "D:bind", "D:unbind"})
            privilege(out, name);
    if (may.properties)
        privilege(out, "D:write-properties");
    if (may.share)
        for (auto const* name : {"D:all", "D:read-acl", "D:write-acl", "D:unlock"})
            privilege(out, name);
    if (r.kind == Kind::outbox && may.write)
        for (auto const* name : {"C:schedule-send", "C:schedule-send-invite", "C:schedule-send-reply", "C:schedule-send-freebusy"})
            privilege(out, name);
    if (is_inbox(r))
        for (auto const* name : {"C:schedule-deliver", "C:schedule-deliver-invite", "C:schedule-deliver-reply", "C:schedule-query-freebusy"})
            privilege(out, name);
    return out;
}

std::string_view supported_privileges() {
    static std::string const all = [] {
        auto const one = [](char const* name, std::string const& inside, char const* words, bool abstract = false) {
            return std::string("<D:supported-privilege><D:privilege><") + name + "/></D:privilege>" + (abstract ? "<D:abstract/>" : "") + "<D:description xml:lang=\"en\">" + words +
                   "</D:description>" + inside + "</D:supported-privilege>";
        };
        return one("D:all", one("D:read", one("C:read-free-busy", "", "see when it is busy") + one("D:read-current-user-privilege-set", "", "see what one may do", true), "read") +
                                one("D:write", one("D:write-content", "", "change objects") + one("D:write-properties", "", "change properties") + one("D:bind", "", "add objects") + one("D:unbind", "", "delete objects"), "write") +
                                one("D:read-acl", "", "see with whom it is shared", true) + one("D:write-acl", "", "share it", true) + one("D:unlock", "", "take away a lock", true),
                   "everything");
    }();
    return all;
}

std::string ace(std::string const& principal, std::string_view privileges, bool fixed) {
    std::string out = "<D:ace><D:principal>" + principal + "</D:principal><D:grant>";
    out += privileges;
    out += "</D:grant>";
    out += fixed ? "<D:protected/></D:ace>" : "</D:ace>";
    return out;
}

bool acl(std::string& out, Resource const& r, Sight const& sight) {
    std::string inside;
    std::string all;
    privilege(all, "D:all");
    std::string owner = r.collection ? r.collection->about().owner : r.principal ? r.principal->name : std::string();
    if (!owner.empty())
        inside += ace(href(principal_href(owner)), all, true);
    if (r.collection && r.privileges.share)
        for (auto const& share : r.collection->about().shares) {
            auto const* other = sight.tree.shelf().principal(share.principal);
            if (!other && share.principal != "all")
                continue;
            std::string grants;
            privilege(grants, "D:read");
            if (share.write)
                privilege(grants, "D:write");
            inside += ace(other ? href(principal_href(other->name)) : std::string("<D:authenticated/>"), grants, false);
        }
    return raw(out, Live::acl, inside);
}

std::string reports(Resource const& r) {
    std::string out;
    auto const add = [&](char const* name) { ((out += "<D:supported-report><D:report><") += name) += "/></D:report></D:supported-report>"; };
    for (auto const* name : {"D:expand-property", "D:principal-match", "D:principal-property-search", "D:principal-search-property-set", "D:acl-principal-prop-set"})
        add(name);
    if (r.kind == Kind::collection) {
        add("D:sync-collection");
        if (r.collection->about().kind != About::Kind::plain)
            for (auto const* name : {"C:calendar-query", "C:calendar-multiget", "C:free-busy-query"})
                add(name);
    }
    return out;
}

/// VCALENDAR with the VTIMEZONE of a collection: the client's, or ours for the years around now.
std::string timezone_of(About const& about) {
    if (!about.timezone.empty() || about.zone.name() == "UTC")
        return about.timezone;
    std::string out;
    put_line(out, "BEGIN:VCALENDAR");
    put_line(out, "VERSION:2.0");
    put_line(out, "PRODID:-//Kogge//Kogge//EN");
    auto const year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())).year();
    out += vtimezone(about.zone, Years{int(year) - 1, int(year) + 3});
    put_line(out, "END:VCALENDAR");
    return out;
}

std::string components(std::vector<std::string> const& names) {
    std::string out;
    for (auto const& name : names)
        out += "<C:comp name=\"" + escaped(name) + "\"/>";
    return out;
}

std::string lock_kinds() {
    auto const one = [](char const* scope) { return std::string("<D:lockentry><D:lockscope><D:") + scope + "/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>"; };
    return one("exclusive") + one("shared");
}

bool of_principal(std::string& out, Live live, Resource const& r, Sight const& sight) {
    if (r.kind != Kind::principal)
        return false;
    auto const& name = r.principal->name;
    switch (live) {
    case Live::principal_url: return raw(out, live, href(principal_href(name)));
    case Live::alternate_uri_set:
    case Live::group_member_set:
    case Live::group_membership: return raw(out, live, {});
    case Live::calendar_home_set: return raw(out, live, href(home_href(name)));
    case Live::calendar_user_type: return text(out, live, "INDIVIDUAL");
    case Live::schedule_inbox_url: return raw(out, live, href(home_href(name) + std::string(inbox_slug) + "/"));
    case Live::schedule_outbox_url: return raw(out, live, href(home_href(name) + std::string(outbox_slug) + "/"));
    case Live::calendar_user_address_set: {
        std::string inside;
        for (auto const& address : sight.tree.addresses(*r.principal))
            inside += href(address);
        return raw(out, live, inside);
    }
    default: return false;
    }
}

bool of_member(std::string& out, Live live, Resource const& r) {
    auto const& member = *r.member;
    switch (live) {
    case Live::getetag: return text(out, live, member.etag);
    case Live::getcontenttype: return text(out, live, member.content_type.empty() ? "application/octet-stream" : member.content_type);
    case Live::getcontentlength: return text(out, live, std::to_string(member.size));
    case Live::getlastmodified: return text(out, live, http_date(member.modified));
    case Live::creationdate: return text(out, live, to_text(member.created));
    case Live::schedule_tag: return !member.schedule_tag.empty() && text(out, live, member.schedule_tag);
    default: return false;
    }
}

bool of_calendar(std::string& out, Live live, Resource const& r, Sight const& sight) {
    auto const& about = r.collection->about();
    switch (live) {
    case Live::supported_calendar_component_set: return raw(out, live, components(about.components));
    case Live::supported_calendar_data: return raw(out, live, "<C:calendar-data content-type=\"text/calendar\" version=\"2.0\"/>");
    case Live::supported_collation_set: {
        std::string inside;
        for (auto const collation : collations)
            inside += "<C:supported-collation>" + std::string(collation) + "</C:supported-collation>";
        return raw(out, live, inside);
    }
    case Live::max_resource_size: return text(out, live, std::to_string(sight.limits.resource_bytes));
    case Live::min_date_time: return text(out, live, "00010101T000000Z");
    case Live::max_date_time: return text(out, live, "99991231T235959Z");
    case Live::max_instances: return text(out, live, std::to_string(sight.limits.instances));
    case Live::max_attendees_per_instance: return text(out, live, std::to_string(sight.limits.attendees));
    case Live::calendar_timezone: {
        auto const zone = timezone_of(about);
        return !zone.empty() && text(out, live, zone);
    }
    case Live::calendar_timezone_id: return about.zone.name() != "UTC" && text(out, live, about.zone.name());
    case Live::schedule_calendar_transp: return is_calendar(r) && raw(out, live, about.transparent ? "<C:transparent/>" : "<C:opaque/>");
    case Live::calendar_description: return !about.description.empty() && text(out, live, about.description);
    default: return false;
    }
}

bool of_inbox(std::string& out, Live live, Sight const& sight) {
    if (!sight.self)
        return false;
    if (live == Live::schedule_default_calendar_url)
        return raw(out, live, href(home_href(sight.self->name) + encode_segment(sight.self->default_calendar) + "/"));
    return live == Live::calendar_availability && !sight.self->availability.empty() && text(out, live, sight.self->availability);
}

bool of_collection(std::string& out, Live live, Resource const& r, Sight const& sight) {
    auto const& about = r.collection->about();
    switch (live) {
    case Live::getctag: return text(out, live, "\"" + std::to_string(r.collection->revision()) + "\"");
    case Live::sync_token: return text(out, live, sync_token(*r.collection, r.collection->revision()));
    case Live::getlastmodified: return text(out, live, http_date(about.modified));
    case Live::creationdate: return text(out, live, to_text(about.created));
    case Live::calendar_color: return !about.colour.empty() && text(out, live, about.colour);
    case Live::calendar_order: return about.order && text(out, live, std::to_string(*about.order));
    default: break;
    }
    if (is_inbox(r) && of_inbox(out, live, sight))
        return true;
    return about.kind != About::Kind::plain && of_calendar(out, live, r, sight);
}

std::string two(unsigned value) { return {char('0' + value / 10), char('0' + value % 10)}; }

} // namespace

std::optional<Live> live_of(Name const& name) {
    static auto const table = [] {
        std::map<Name, Live> out;
        for (auto const& entry : known)
            out.emplace(Name{entry.space, entry.name}, entry.live);
        return out;
    }();
    auto const found = table.find(name);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

bool may_be_set(Live property) { return entry_of(property).set; }

Answer<Selection> Selection::read(Element const& prop) {
    Selection out;
    for (auto const* child : prop.elements()) {
        Wanted wanted{child->name, live_of(child->name), {}, {}, false};
        if (wanted.live == Live::calendar_data) {
            KOGGE_TRY(wanted.data, read_data_wanted(*child));
        }
        out.wanted.push_back(std::move(wanted));
    }
    return out;
}

bool put_property(std::string& out, Live live, Resource const& r, Sight const& sight) {
    switch (live) {
    case Live::resourcetype: return raw(out, live, resourcetype(r));
    case Live::displayname: {
        auto const name = display_name(r, sight);
        return !name.empty() && text(out, live, name);
    }
    case Live::current_user_principal: return raw(out, live, sight.self ? href(principal_href(sight.self->name)) : std::string("<D:unauthenticated/>"));
    case Live::current_user_privilege_set: return raw(out, live, privilege_set(r));
    case Live::supported_privilege_set: return raw(out, live, supported_privileges());
    case Live::acl: return acl(out, r, sight);
    case Live::acl_restrictions: return raw(out, live, "<D:grant-only/><D:no-invert/>");
    case Live::inherited_acl_set:
    case Live::group: return raw(out, live, {});
    case Live::principal_collection_set: return raw(out, live, href(href_of({"principals"}, true)));
    case Live::supported_report_set: return raw(out, live, reports(r));
    case Live::owner: {
        auto const name = r.collection ? r.collection->about().owner : r.principal ? r.principal->name : std::string();
        return raw(out, live, name.empty() ? std::string() : href(principal_href(name)));
    }
    case Live::supportedlock: return (r.kind == Kind::member || r.kind == Kind::collection) && raw(out, live, lock_kinds());
    case Live::lockdiscovery: return (r.kind == Kind::member || r.kind == Kind::collection) && raw(out, live, sight.locks ? sight.locks(r.href) : std::string());
    case Live::supported_calendar_component_sets:
        return r.kind == Kind::home && raw(out, live, "<C:supported-calendar-component-set>" + components({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"}) + "</C:supported-calendar-component-set>");
    default: break;
    }
    if (r.kind == Kind::member)
        return of_member(out, live, r);
    return r.kind == Kind::collection ? of_collection(out, live, r, sight) : of_principal(out, live, r, sight);
}

namespace {

std::vector<Property> dead_of(Resource const& r) {
    if (r.kind == Kind::member)
        return r.collection->dead_properties(*r.member);
    return r.kind == Kind::collection ? r.collection->about().dead : std::vector<Property>();
}

/// Properties found so far, and the names of those that are not there.
struct Propstat {
    std::string found, missing;
};

Answer<void> put_calendar_data(Propstat& to, Resource const& r, DataWanted const& wanted) {
    if (r.kind != Kind::member || r.member->type.empty()) {
        put_empty(to.missing, name_of(Live::calendar_data));
        return boost::outcome_v2::success();
    }
    auto const bytes = r.collection->bytes(*r.member);
    to.found += "<C:calendar-data>";
    if (wanted.whole())
        put_escaped(to.found, *bytes);
    else {
        KOGGE_TRY(auto const part, part_of(*bytes, wanted, r.collection->about().zone));
        put_escaped(to.found, part);
    }
    to.found += "</C:calendar-data>";
    return boost::outcome_v2::success();
}

/// RFC 3253 §3.8: the hrefs in a property are replaced by responses about what they point to.
Answer<void> put_expanded(Propstat& to, Resource const& r, Wanted const& wanted, Sight const& sight) {
    std::string value;
    if (!wanted.live || !put_property(value, *wanted.live, r, sight)) {
        put_empty(to.missing, wanted.name);
        return boost::outcome_v2::success();
    }
    Selection inner;
    inner.wanted = wanted.inside;
    put_open(to.found, wanted.name);
    for (std::size_t at = value.find("<D:href>"); at != value.npos; at = value.find("<D:href>", at + 1)) {
        auto const begin = at + 8;
        auto const end = value.find("</D:href>", begin);
        auto const path = read_path(std::string_view(value).substr(begin, end - begin));
        auto const target = path ? sight.tree.find(sight.who, path.value()) : Answer<Resource>(path.error());
        if (target) {
            KOGGE_TRY(put_response(to.found, target.value(), inner, sight));
        } else
            put_status(to.found, std::string_view(value).substr(begin, end - begin), 404);
    }
    put_close(to.found, wanted.name);
    return boost::outcome_v2::success();
}

Answer<void> put_wanted(Propstat& to, Resource const& r, Wanted const& wanted, Sight const& sight) {
    if (wanted.live == Live::calendar_data)
        return put_calendar_data(to, r, wanted.data.value_or(DataWanted{}));
    if (wanted.expand && !wanted.inside.empty())
        return put_expanded(to, r, wanted, sight);
    if (wanted.live && put_property(to.found, *wanted.live, r, sight))
        return boost::outcome_v2::success();
    for (auto const& property : wanted.live ? std::vector<Property>() : dead_of(r))
        if (property.space == wanted.name.space && property.name == wanted.name.name) {
            to.found += property.xml;
            return boost::outcome_v2::success();
        }
    put_empty(to.missing, wanted.name);
    return boost::outcome_v2::success();
}

void put_all(Propstat& to, Resource const& r, Selection const& selection, Sight const& sight) {
    bool const names = selection.kind == Selection::Kind::names;
    for (auto const& entry : known) {
        if (!entry.all && !names)
            continue;
        std::string value;
        if (entry.live == Live::calendar_data || !put_property(value, entry.live, r, sight))
            continue;
        if (names)
            put_empty(to.found, {entry.space, entry.name});
        else
            to.found += value;
    }
    for (auto const& property : dead_of(r))
        if (names)
            put_empty(to.found, {property.space, property.name});
        else
            to.found += property.xml;
}

} // namespace

Answer<void> put_response(std::string& out, Resource const& r, Selection const& selection, Sight const& sight) {
    Propstat stat;
    if (selection.kind != Selection::Kind::named)
        put_all(stat, r, selection, sight);
    for (auto const& wanted : selection.wanted) {
        KOGGE_TRY(put_wanted(stat, r, wanted, sight));
    }
    out += "<D:response><D:href>";
    put_escaped(out, r.href);
    out += "</D:href>";
    if (!stat.found.empty() || stat.missing.empty() || selection.minimal)
        ((out += "<D:propstat><D:prop>") += stat.found) += "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>";
    if (!stat.missing.empty() && !selection.minimal)
        ((out += "<D:propstat><D:prop>") += stat.missing) += "</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>";
    out += "</D:response>";
    return boost::outcome_v2::success();
}

void put_status(std::string& out, std::string_view where, int status, Refusal const* why) {
    out += "<D:response><D:href>";
    put_escaped(out, where);
    out += "</D:href><D:status>" + status_line(status) + "</D:status>";
    if (why && !why->condition.empty()) {
        out += "<D:error>";
        put_empty(out, {why->space, why->condition});
        out += "</D:error>";
    }
    if (why && !why->message.empty())
        out += "<D:responsedescription>" + escaped(why->message) + "</D:responsedescription>";
    out += "</D:response>";
}

std::string status_line(int status) {
    static std::map<int, char const*> const words{{200, "OK"}, {201, "Created"}, {204, "No Content"}, {207, "Multi-Status"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"},
                                                  {404, "Not Found"}, {405, "Method Not Allowed"}, {409, "Conflict"}, {412, "Precondition Failed"}, {413, "Content Too Large"},
                                                  {415, "Unsupported Media Type"}, {423, "Locked"}, {424, "Failed Dependency"}, {501, "Not Implemented"}, {502, "Bad Gateway"},
                                                  {503, "Service Unavailable"}, {507, "Insufficient Storage"}};
    auto const found = words.find(status);
    return "HTTP/1.1 " + std::to_string(status) + " " + (found == words.end() ? "Failed" : found->second);
}

void begin_multistatus(std::string& out) {
    out += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus";
    out += declarations();
    out += ">";
}
void end_multistatus(std::string& out) { out += "</D:multistatus>\n"; }

std::string sync_token(Collection const& collection, std::int64_t revision) { return "urn:kogge:sync:" + encode_segment(collection.about().id) + ":" + std::to_string(revision); }

std::string http_date(Instant at) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = std::chrono::floor<std::chrono::days>(at);
    std::chrono::year_month_day const date(day);
    auto const seconds = unsigned((at - day).count());
    return std::string(days[std::chrono::weekday(day).c_encoding()]) + ", " + two(unsigned(date.day())) + " " + months[unsigned(date.month()) - 1] + " " + std::to_string(int(date.year())) + " " +
           two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60) + " GMT";
}

} // namespace kogge::calendar::dav
