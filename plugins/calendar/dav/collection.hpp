// SPDX-License-Identifier: EUPL-1.2
// What the CalDAV server asks of a collection, and nothing of where it comes from: `stored` keeps what clients put,
// `projected` draws entities of the programme and turns a PUT into their change set. The protocol (paths, XML, headers, locks,
// filters) is on the other side and knows no entity. Everything here is called on the plugin's strand; objects are handed out
// for the length of one request.
#pragma once

#include "dav/answer.hpp"
#include "ical/busy.hpp"
#include "ical/parse.hpp"

#include <kogge/id.hpp>
#include <kogge/time.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kogge {
struct Person;
}

namespace kogge::calendar::dav {

/// Who asks: a user of the house, or a program's token.
struct Principal {
    std::string id;   // as the change log names it: "user:<id>"
    std::string name; // of /dav/principals/{name}/
    std::set<std::string> rights; // read, write, care, admin
    std::optional<Id<Person>> person; // who they are in the programme
    bool writes_own = true;           // may change their own calendars: a user unless their token only reads
    std::string language = "en";
    std::string actor; // who the change log names when somebody else's deed changes theirs; "": themselves
    bool may(std::string_view right) const { return rights.contains(std::string(right)); }
};

/// What a principal may do with a collection and what is in it (RFC 3744 §3, RFC 4791 §6.1.1).
struct Privileges {
    bool read = false;
    bool write = false;      // write-content, bind, unbind
    bool properties = false; // write-properties: name, colour …
    bool share = false;      // read-acl, write-acl, and deleting the collection itself
    bool free_busy = false;  // read-free-busy; `read` implies it
};

using Bytes = std::shared_ptr<std::string const>;

/// One resource of a collection, without its content.
struct Member {
    std::string name;         // last segment of the path, not percent-encoded: "3f2a.ics"
    std::string etag;         // strong, with its quotes; changes exactly when the bytes do
    std::string type;         // VEVENT, VTODO, VJOURNAL, VFREEBUSY, VAVAILABILITY; "" in a plain collection
    std::string uid;          // "" in a plain collection
    std::string content_type; // "text/calendar; charset=utf-8; component=VEVENT"
    std::string schedule_tag; // RFC 6638 §3.2.10, with quotes; "": it is no scheduling object
    std::size_t size = 0;
    Instant created{}, modified{};
};

struct Property {
    std::string space, name;
    std::string xml; // the whole element as it was set, namespaces declared
    friend bool operator==(Property const&, Property const&) = default;
};

struct Share {
    std::string principal; // its id; "all": everybody who may sign in
    bool write = false;
    friend bool operator==(Share const&, Share const&) = default;
};

/// What a collection says of itself.
struct About {
    enum class Kind { calendar, inbox, outbox, plain } kind = Kind::calendar;
    std::string id;          // stable, never used again for another; goes into sync tokens
    std::string slug;        // its segment in the home it is listed in
    std::string owner;       // name of the principal; "": nobody's own, as a visit is
    std::string displayname, description;
    std::string colour;      // "#rrggbbaa" as Apple writes it; "": none
    std::optional<int> order;
    std::string timezone;    // VCALENDAR with one VTIMEZONE, as the client put it; "": `zone` as we write it
    Zone zone;               // in which floating times and days are read
    std::vector<std::string> components{"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"};
    bool transparent = false; // schedule-calendar-transp: does not count for the owner's free-busy
    std::vector<Property> dead;
    std::vector<Share> shares;
    Instant created{}, modified{};
};

/// PROPPATCH, MKCALENDAR and extended MKCOL, already read; applied whole or not at all. Nothing: left as it is.
struct PropertyChanges {
    std::optional<std::string> displayname, description, colour, timezone;
    std::optional<std::optional<int>> order;
    std::optional<std::vector<std::string>> components; // when it is made only
    std::optional<bool> transparent;
    std::vector<Property> set_dead;
    std::vector<Property> remove_dead; // `xml` is empty
    std::optional<std::vector<Share>> shares; // ACL
    std::optional<Zone> zone;                 // of `timezone`, or by calendar-timezone-id (RFC 7809)
};

struct PutRequest {
    std::string name;  // of the member
    std::string_view bytes;
    std::string_view content_type; // as sent; "" when it was not
    /// The state the client has seen: its etag, or "must not exist". Nothing: whatever is there is replaced. Checked by the protocol before,
    /// and once more by the collection where somebody may have come in between (412).
    std::optional<std::string> based_on;
    bool must_be_new = false;
    /// By If-Schedule-Tag-Match: takes place although others' participation has changed since (RFC 6638 §3.2.10.1).
    bool schedule_tag_matched = false;
    /// By the server itself: an answer has come in. The Schedule-Tag stays, so that the client's next PUT is not refused for it.
    bool keep_schedule_tag = false;
    /// Parsed and validated (ical/validate.hpp) by the protocol; null for plain collections only.
    ical::Component const* parsed = nullptr;
    std::string uid, component; // of `parsed`
};
struct PutDone {
    bool created = false;
    std::string etag;         // "": what is stored is not what was put, the client has to look (RFC 4791 §5.3.4)
    std::string schedule_tag; // "": none
    std::string name;         // as it is found from now on
};

/// What happened since a token.
struct Changes {
    std::vector<std::string> changed; // names that were put, each once
    std::vector<std::string> removed; // names that were here and are gone
    std::int64_t until = 0;           // the token of what this leads to; smaller than the newest when cut short
    bool cut = false;                 // `most` was reached: ask on from `until`
};

class Collection {
  public:
    virtual ~Collection() = default;

    virtual About const& about() const = 0;
    virtual Privileges privileges(Principal const& who) const = 0;
    /// Change-log number of the newest change of a member or of the collection itself: sync-token and getctag.
    virtual std::int64_t revision() const = 0;

    /// Members, in any order. The reference dies when the call returns.
    virtual void each(std::function<void(Member const&)> const& visit) const = 0;
    virtual std::size_t count() const = 0;
    virtual Member const* find(std::string_view name) const = 0;
    virtual Member const* find_uid(std::string_view uid) const = 0;
    virtual Bytes bytes(Member const& member) const = 0;

    /// At most `most` entries since `token`; a token that is too old or not ours is refused by the protocol with
    /// valid-sync-token when this answers nothing.
    virtual std::optional<Changes> changes(std::int64_t token, std::size_t most) const = 0;

    /// Members of `component` (VEVENT …; "" any) that may happen in `range` when floating times are read in `zone`.
    /// `exact`: the member needs no look at its bytes for a plain time-range; otherwise the protocol evaluates it.
    virtual void overlapping(std::string_view component, Interval range, Zone zone,
                             std::function<void(Member const&, bool exact)> const& visit) const = 0;
    /// What it blocks, for free-busy; not joined.
    virtual std::vector<ical::BusyPeriod> busy(Interval range, Zone zone) const = 0;

    virtual Answer<PutDone> put(Principal const& who, PutRequest const& request) = 0;
    /// `based_on` as in PutRequest.
    virtual Answer<void> erase(Principal const& who, std::string_view name, std::optional<std::string> const& based_on) = 0;
    virtual Answer<void> patch(Principal const& who, PropertyChanges const& changes) = 0;
    /// Dead properties of a member (WebDAV's own, RFC 4918 §4); a collection that keeps none refuses.
    virtual std::vector<Property> dead_properties(Member const&) const { return {}; }
    virtual Answer<void> patch_member(Principal const&, std::string_view, PropertyChanges const&) {
        return condition(403, ns::dav, "cannot-modify-protected-property", "properties of this resource cannot be set");
    }
};

/// Where collections come from. The server asks each source in turn.
class Source {
  public:
    virtual ~Source() = default;
    /// All collections that stand in the home of `owner` (name of a principal) and that `who` may know of. Plain
    /// collections that lie deeper are found by path only.
    virtual std::vector<std::shared_ptr<Collection>> home(Principal const& who, std::string_view owner) = 0;
    /// One of them by its path below the home ("work", "notes/2027"); null when there is none or `who` must not know.
    virtual std::shared_ptr<Collection> find(Principal const& who, std::string_view owner, std::string_view path) = 0;
};

} // namespace kogge::calendar::dav
