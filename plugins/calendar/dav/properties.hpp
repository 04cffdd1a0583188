// SPDX-License-Identifier: EUPL-1.2
// Properties of resources: what a PROPFIND or a report asks for, and what of it is there. A list of thousands of members is
// written straight into the answer: names are looked up once, values are appended.
#pragma once

#include "dav/calendar_data.hpp"
#include "dav/tree.hpp"
#include "dav/xml.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::dav {

enum class Live {
    resourcetype, displayname, getetag, getcontenttype, getcontentlength, getlastmodified, creationdate, supportedlock, lockdiscovery,
    current_user_principal, current_user_privilege_set, supported_privilege_set, acl, acl_restrictions, inherited_acl_set,
    principal_collection_set, owner, group, principal_url, alternate_uri_set, group_member_set, group_membership, supported_report_set, sync_token,
    calendar_home_set, calendar_user_address_set, calendar_user_type, schedule_inbox_url, schedule_outbox_url, schedule_default_calendar_url,
    schedule_calendar_transp, schedule_tag, calendar_description, calendar_timezone, calendar_timezone_id, supported_calendar_component_set,
    supported_calendar_component_sets, supported_calendar_data, supported_collation_set, max_resource_size, min_date_time, max_date_time,
    max_instances, max_attendees_per_instance, calendar_availability, calendar_data, getctag, calendar_color, calendar_order,
};

/// Nothing: a property of the user's own, or none.
std::optional<Live> live_of(Name const& name);
/// Whether a client may set it (PROPPATCH, MKCALENDAR).
bool may_be_set(Live property);

struct Wanted {
    Name name;
    std::optional<Live> live;
    std::optional<DataWanted> data;         // of calendar-data
    std::vector<Wanted> inside;             // expand-property
    bool expand = false;
};

struct Selection {
    enum class Kind { named, all, names } kind = Kind::named;
    std::vector<Wanted> wanted; // with `all`: what is asked for besides
    bool minimal = false;       // Prefer: return=minimal: nothing about what is not there
    /// Of DAV:prop; the refusal is that of a calendar-data in it.
    static Answer<Selection> read(Element const& prop);
};

struct ServerLimits {
    std::size_t resource_bytes = std::size_t(4) << 20; // of one object
    std::size_t instances = 20'000;
    std::size_t attendees = 1'000;
};

/// What writing properties needs besides the resource.
struct Sight {
    Tree const& tree;
    Principal const& who;
    CalendarPrincipal const* self; // of `who`
    ServerLimits const& limits;
    std::function<std::string(std::string const& href)> locks; // D:activelock elements of a resource
};

/// Appends the element with its value; false when this resource has no such property.
bool put_property(std::string& out, Live property, Resource const& resource, Sight const& sight);
/// Appends D:response for the resource.
Answer<void> put_response(std::string& out, Resource const& resource, Selection const& selection, Sight const& sight);
/// Appends a D:response that is only a status.
void put_status(std::string& out, std::string_view href, int status, Refusal const* why = nullptr);
std::string status_line(int status);

void begin_multistatus(std::string& out);
void end_multistatus(std::string& out);

/// urn:kogge:sync:<collection>:<change-log number>
std::string sync_token(Collection const& collection, std::int64_t revision);
/// "2026-11-25T00:00:00Z" of RFC 3339, "Wed, 25 Nov 2026 00:00:00 GMT" of HTTP.
std::string http_date(Instant at);

} // namespace kogge::calendar::dav
