// SPDX-License-Identifier: EUPL-1.2
// What users keep in their own calendars. Facts like any other, in the change log with the user as actor, but the calendar
// plugin's own (EntityOptions::own): no list, log, event, export or other plugin sees them.
#pragma once

#include <kogge/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::dav {

/// Whoever has asked for a calendar once: the names that others can share with and invite.
struct CalendarPrincipal {
    static constexpr std::string_view kind = "calendar_principal";
    Id<CalendarPrincipal> id;
    std::string user;                  // "user:<id>", as the change log names them
    std::string name;                  // what they sign in with
    std::optional<std::string> person; // their id in the programme
    std::string default_calendar;      // slug in their home: where invitations go
    std::string availability;          // VCALENDAR with VAVAILABILITY (RFC 7953 §7.2.4); "": none
};
BOOST_DESCRIBE_STRUCT(CalendarPrincipal, (), (id, user, name, person, default_calendar, availability))

struct StoredShare {
    std::string principal; // its `user`; "all": everybody who may sign in
    bool write = false;
};
BOOST_DESCRIBE_STRUCT(StoredShare, (), (principal, write))

struct StoredProperty {
    std::string space, name, xml;
};
BOOST_DESCRIBE_STRUCT(StoredProperty, (), (space, name, xml))

enum class CollectionKind { calendar, inbox, plain };
BOOST_DESCRIBE_ENUM(CollectionKind, calendar, inbox, plain)

struct CalendarCollection {
    static constexpr std::string_view kind = "calendar_collection";
    Id<CalendarCollection> id;
    std::string owner;  // CalendarPrincipal::user
    std::string parent; // id of the plain collection it lies in; "": the home
    std::string slug;   // its segment of the path
    CollectionKind type = CollectionKind::calendar;
    std::string displayname, description, colour;
    std::optional<std::int64_t> order;
    std::string timezone; // VCALENDAR as the client put it
    std::string zone;     // IANA name
    std::vector<std::string> components;
    bool transparent = false;
    std::vector<StoredShare> shares;
    std::vector<StoredProperty> properties; // dead ones
    std::int64_t created = 0;               // seconds since 1970 UTC
};
BOOST_DESCRIBE_STRUCT(CalendarCollection, (), (id, owner, parent, slug, type, displayname, description, colour, order, timezone, zone, components, transparent, shares, properties, created))

struct CalendarObject {
    static constexpr std::string_view kind = "calendar_object";
    Id<CalendarObject> id;
    Id<CalendarCollection> collection;
    std::string name;      // last segment of the path
    std::string uid;       // "" in a plain collection
    std::string component; // VEVENT, VTODO …
    std::string data;      // exactly the bytes that were put
    std::vector<std::string> more; // of them, what one text of the store does not hold
    bool base64 = false;   // `data` is, because the bytes are no UTF-8
    std::string content_type;
    std::string schedule_tag;               // without quotes; "": no scheduling object
    std::vector<StoredProperty> properties; // dead ones
    std::int64_t created = 0;               // seconds since 1970 UTC
};
BOOST_DESCRIBE_STRUCT(CalendarObject, (), (id, collection, name, uid, component, data, more, base64, content_type, schedule_tag, properties, created))

} // namespace kogge::calendar::dav
