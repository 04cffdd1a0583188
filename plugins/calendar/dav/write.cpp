// SPDX-License-Identifier: EUPL-1.2
// PUT, DELETE, MKCOL, MKCALENDAR, PROPPATCH, ACL, COPY, MOVE, LOCK, UNLOCK.
#include "dav/server.hpp"

#include "dav/delivery.hpp"
#include "dav/property_changes.hpp"
#include "dav/stored.hpp"
#include "ical/validate.hpp"

#include <kogge/id.hpp>

#include <algorithm>
#include <charconv>

namespace kogge::calendar::dav {

namespace {

using Kind = Resource::Kind;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return out;
}

Refusal no_write() { return condition(403, ns::dav, "need-privileges", "you may read here, not write"); }

/// The programme's own invitations go out otherwise, when it is changed.
bool is_stored(Tree const& tree, About const& about) { return tree.shelf().drawer(Id<CalendarCollection>(about.id)) != nullptr; }

/// What others were told of this object, if it is one they are told of.
std::optional<ical::Component> told_of(Tree const& tree, Collection const& collection, Member const& member) {
    auto const& about = collection.about();
    if (about.kind != About::Kind::calendar || member.schedule_tag.empty() || !is_stored(tree, about))
        return std::nullopt;
    auto parsed = ical::parse_object(*collection.bytes(member));
    return parsed ? std::optional(std::move(parsed).value()) : std::nullopt;
}

/// Where the object of that UID is, as a href.
Refusal with_href(Refusal refusal, Resource const& collection) {
    if (refusal.condition == "no-uid-conflict" && !refusal.inside.empty())
        refusal.inside = "<D:href>" + escaped(collection.href + encode_segment(refusal.inside)) + "</D:href>";
    return refusal;
}

Answer<void> fits_collection(About const& about, ServerLimits const& limits, ical::Component const& calendar, ical::ObjectKind const& kind) {
    if (std::find(about.components.begin(), about.components.end(), kind.type) == about.components.end())
        return condition(403, ns::caldav, "supported-calendar-component", "this calendar holds no " + kind.type);
    for (auto const& component : calendar.components)
        if (component.all("ATTENDEE").size() > limits.attendees)
            return condition(403, ns::caldav, "max-attendees-per-instance", "no more than " + std::to_string(limits.attendees) + " people take part in one thing");
    return boost::outcome_v2::success();
}

Answer<void> is_calendar_type(std::string const& type) {
    auto const plain = lower(std::string_view(type).substr(0, type.find(';')));
    auto const end = plain.find_last_not_of(" \t");
    if (!type.empty() && plain.substr(0, end == plain.npos ? 0 : end + 1) != "text/calendar")
        return condition(415, ns::caldav, "supported-calendar-data", "a calendar holds text/calendar, not " + type.substr(0, 80));
    if (auto const at = lower(type).find("charset="); at != std::string::npos) {
        auto charset = lower(type).substr(at + 8);
        std::erase(charset, '"');
        if (!charset.starts_with("utf-8") && !charset.starts_with("utf8") && !charset.starts_with("us-ascii"))
            return condition(415, ns::caldav, "supported-calendar-data", "calendars are in UTF-8, not in " + charset.substr(0, 40));
    }
    return boost::outcome_v2::success();
}

std::optional<std::chrono::seconds> timeout_of(std::optional<std::string> const& header) {
    if (!header)
        return std::nullopt;
    auto const at = header->find("Second-");
    if (at == header->npos)
        return std::nullopt;
    std::int64_t seconds = 0;
    std::from_chars(header->data() + at + 7, header->data() + header->size(), seconds);
    return std::chrono::seconds(seconds);
}

/// "<urn:uuid:…>" without its brackets.
std::string coded_url(std::string_view text) {
    auto const open = text.find('<');
    auto const close = text.find('>');
    return open == text.npos || close == text.npos || close < open ? std::string() : std::string(text.substr(open + 1, close - open - 1));
}

} // namespace

// ---- one resource --------------------------------------------------------------------------------------------------

Server::Reply Server::put(Call const& call) {
    if (call.path.slash)
        return refusal(405, "a collection is made with MKCOL or MKCALENDAR, not put");
    if (call.header("content-range") || call.header("content-encoding").value_or("identity") != "identity")
        return refusal(call.header("content-range") ? 400 : 415, "an object is put whole and as it is");
    if (auto const there = tree_.find(call.who, call.path); there && there.value().kind != Kind::member)
        return refusal(405, "there is a collection at this address");
    KOGGE_TRY(auto const at, tree_.parent(call.who, call.path));
    if (at.kind == Kind::home)
        return condition(403, ns::caldav, "calendar-collection-location-ok", "a home holds calendars; put this into one of them");
    auto const& about = at.collection->about();
    auto const& name = call.path.segments.back();
    auto const* member = at.collection->find(name);
    if (!at.privileges.write || about.kind == About::Kind::inbox)
        return no_write();
    KOGGE_TRY(auto const allowed, may_write(call, call.path, member, false, !member));
    if (call.request.body.size() > limits_.resource_bytes)
        return condition(403, ns::caldav, "max-resource-size", "an object has at most " + std::to_string(limits_.resource_bytes) + " bytes, this one " + std::to_string(call.request.body.size()));
    PutRequest wish{name, call.request.body, {}, allowed.based_on, allowed.must_be_new, allowed.schedule_tag_matched, false, nullptr, {}, {}};
    auto type = call.header("content-type").value_or("");
    std::optional<ical::Component> parsed;
    if (about.kind == About::Kind::calendar) {
        KOGGE_TRY(is_calendar_type(type));
        auto read = ical::parse_object(call.request.body);
        if (!read)
            return condition(403, ns::caldav, "valid-calendar-data", read.error().message);
        parsed = std::move(read).value();
        auto const checked = ical::validate_object(*parsed);
        if (auto const& problem = checked.problem)
            return condition(403, ns::caldav, problem->precondition == ical::Precondition::valid_calendar_data ? "valid-calendar-data" : "valid-calendar-object-resource", problem->message);
        KOGGE_TRY(fits_collection(about, limits_, *parsed, checked.kind));
        wish.parsed = &*parsed;
        wish.uid = checked.kind.uid;
        wish.component = checked.kind.type;
        type = "text/calendar; charset=utf-8; component=" + checked.kind.type;
    }
    wish.content_type = type;
    auto const who_has = [this](std::string_view address) { return whose(address); };
    auto const before = member ? told_of(tree_, *at.collection, *member) : std::nullopt;
    if (auto const* owner = before ? tree_.shelf().principal_named(about.owner) : nullptr)
        wish.keep_schedule_tag = only_answers(*before, *parsed, owner->user, who_has);
    auto done = at.collection->put(call.who, wish);
    if (!done)
        return with_href(done.error(), at);
    if (parsed && is_stored(tree_, about))
        if (auto const untold = deliver(call.who, about.owner, before ? &*before : nullptr, &*parsed); !untold.empty()) {
            auto const said = ical::to_text(with_status(*parsed, untold, "5.1", who_has));
            wish.bytes = said; // the client learns of it because it gets no ETag (RFC 4791 §5.3.4)
            wish.based_on.reset();
            wish.must_be_new = false;
            wish.keep_schedule_tag = true;
            if (auto const kept = at.collection->put(call.who, wish))
                done.value().etag.clear();
        }
    DavResponse out;
    out.status = done.value().created ? 201 : 204;
    if (!done.value().etag.empty())
        out.set("ETag", done.value().etag);
    if (!done.value().schedule_tag.empty())
        out.set("Schedule-Tag", done.value().schedule_tag);
    if (done.value().name != name)
        out.set("Location", at.href + encode_segment(done.value().name));
    if (auto const* now = at.collection->find(done.value().name); now && prefers(call.header("prefer"), "return=representation")) {
        out.status = done.value().created ? 201 : 200;
        out.body = *at.collection->bytes(*now);
        out.type = now->content_type;
        if (done.value().etag.empty())
            out.set("ETag", now->etag);
        out.set("Preference-Applied", "return=representation");
    }
    return out;
}

Server::Reply Server::remove(Call const& call) {
    KOGGE_TRY(auto const at, tree_.find(call.who, call.path));
    if (at.kind != Kind::member && at.kind != Kind::collection)
        return refusal(403, "this is part of the server and stays");
    if (call.request.target.find('#') != call.request.target.npos)
        return refusal(400, "an address with a fragment names no resource");
    KOGGE_TRY(auto const allowed, may_write(call, call.path, at.member, at.kind == Kind::collection, true));
    if (at.kind == Kind::member) {
        if (!at.privileges.write)
            return no_write();
        auto const before = told_of(tree_, *at.collection, *at.member);
        KOGGE_TRY(at.collection->erase(call.who, std::string(at.member->name), allowed.based_on));
        if (before && call.header("schedule-reply").value_or("T") != "F")
            deliver(call.who, at.collection->about().owner, &*before, nullptr);
    } else {
        if (!at.privileges.share)
            return condition(403, ns::dav, "need-privileges", "only its owner deletes a calendar");
        KOGGE_TRY(tree_.stored().remove(call.who, at.home(), at.below_home()));
    }
    locks_.forget(at.href);
    DavResponse out;
    out.status = 204;
    return out;
}

// ---- collections ---------------------------------------------------------------------------------------------------

Server::Reply Server::make(Call const& call) {
    bool const calendar = call.request.method == "MKCALENDAR";
    if (call.path.segments.size() < 3 || call.path.segments[0] != "calendars")
        return refusal(403, "collections are made in one's own home, below " + href_of({"calendars", call.who.name}, true));
    if (tree_.find(call.who, call.path))
        return condition(calendar ? 403 : 405, ns::dav, "resource-must-be-null", "there is something at this address already");
    KOGGE_TRY(auto const at, tree_.parent(call.who, call.path));
    auto const* self = tree_.shelf().principal(call.who.id);
    if (!self || self->name != call.path.segments[1] || !at.privileges.write)
        return no_write();
    KOGGE_TRY(may_write(call, call.path, nullptr, false, true));
    std::vector<Instruction> wishes;
    auto kind = calendar ? About::Kind::calendar : About::Kind::plain;
    if (!call.request.body.empty()) {
        if (auto const type = lower(call.header("content-type").value_or("")); type.find("xml") == type.npos)
            return refusal(415, "the body of " + std::string(call.request.method) + " is XML, or there is none");
        KOGGE_TRY(auto const xml, body(call));
        if (!(calendar ? xml.is(ns::caldav, "mkcalendar") : xml.is(ns::dav, "mkcol")))
            return refusal(415, "the body is not one of this method");
        KOGGE_TRY(wishes, read_instructions(xml));
        if (auto const wanted = wanted_kind(wishes)) {
            KOGGE_TRY(kind, *wanted);
        }
    }
    auto const read = read_changes(wishes, true);
    if (!read.failed.empty()) {
        DavResponse out;
        out.status = 403;
        put_outcome(out.body, wishes, read, calendar ? Name{ns::caldav, "mkcalendar-response"} : Name{ns::dav, "mkcol-response"}, {});
        return out;
    }
    KOGGE_TRY(tree_.stored().make(call.who, call.path.below_home(), kind, read.changes));
    DavResponse out;
    out.status = 201;
    out.set("Cache-Control", "no-cache");
    return out;
}

Server::Reply Server::proppatch(Call const& call) {
    KOGGE_TRY(auto const at, tree_.find(call.who, call.path));
    KOGGE_TRY(auto const xml, body(call));
    if (!xml.is(ns::dav, "propertyupdate"))
        return refusal(400, "the body of a PROPPATCH is DAV:propertyupdate");
    KOGGE_TRY(auto const wishes, read_instructions(xml));
    KOGGE_TRY(may_write(call, call.path, at.member, false, false));
    auto read = read_changes(wishes, false);
    if (at.kind != Kind::collection && at.kind != Kind::member)
        for (auto const& wish : wishes)
            read.failed.emplace(wish.name, condition(403, ns::dav, "cannot-modify-protected-property", "properties of this resource cannot be set"));
    else if (!(at.kind == Kind::member ? at.privileges.write : at.privileges.properties))
        return no_write();
    if (at.kind == Kind::member)
        for (auto const& wish : wishes)
            if (live_of(wish.name))
                read.failed.try_emplace(wish.name, condition(403, ns::dav, "cannot-modify-protected-property", "this property of an object cannot be set"));
    bool const inbox = at.kind == Kind::collection && at.collection->about().kind == About::Kind::inbox;
    if (read.for_inbox() && !inbox)
        for (auto const* name : {"calendar-availability", "schedule-default-calendar-URL"})
            if (std::any_of(wishes.begin(), wishes.end(), [&](auto const& wish) { return wish.name == Name{ns::caldav, name}; }))
                read.failed.try_emplace(Name{ns::caldav, name}, condition(403, ns::dav, "cannot-modify-protected-property", "this is a property of the inbox"));
    if (read.failed.empty()) {
        auto const done = at.kind == Kind::member ? at.collection->patch_member(call.who, at.member->name, read.changes) : at.collection->patch(call.who, read.changes);
        if (!done)
            return done.error();
        if (read.for_inbox()) {
            KOGGE_TRY(auto const slug, default_calendar_of(read, tree_, call.who));
            KOGGE_TRY(tree_.stored().set_scheduling(call.who, slug, read.availability));
        }
    }
    DavResponse out;
    out.status = 207;
    put_outcome(out.body, wishes, read, {ns::dav, "multistatus"}, at.href);
    return out;
}

Server::Reply Server::acl(Call const& call) {
    KOGGE_TRY(auto const at, tree_.find(call.who, call.path));
    if (at.kind != Kind::collection || !at.privileges.share)
        return at.kind == Kind::collection ? condition(403, ns::dav, "need-privileges", "only its owner shares a calendar")
                                           : refusal(403, "calendars are shared as a whole");
    KOGGE_TRY(auto const xml, body(call));
    if (!xml.is(ns::dav, "acl"))
        return refusal(400, "the body of an ACL is DAV:acl");
    KOGGE_TRY(may_write(call, call.path, nullptr, false, false));
    PropertyChanges changes;
    KOGGE_TRY(changes.shares, read_shares(xml, tree_, call.who));
    KOGGE_TRY(at.collection->patch(call.who, changes));
    return DavResponse{};
}

// ---- elsewhere -----------------------------------------------------------------------------------------------------

Server::Reply Server::transfer(Call const& call) {
    bool const copy = call.request.method == "COPY";
    auto const destination = call.header("destination");
    if (!destination)
        return refusal(400, "COPY and MOVE say where to in the header Destination");
    auto const overwrite = call.header("overwrite").value_or("T");
    if (overwrite != "T" && overwrite != "F")
        return refusal(400, "Overwrite is T or F");
    KOGGE_TRY(auto at, tree_.find(call.who, call.path));
    KOGGE_TRY(auto const to, read_path(*destination, call.header("x-forwarded-host") ? std::string_view() : std::string_view(call.header("host").value_or(""))));
    if (to == call.path)
        return refusal(403, "source and destination are the same");
    if (at.kind == Kind::member)
        return transfer_member(call, at, to, overwrite == "T", copy);
    if (at.kind != Kind::collection)
        return refusal(403, "this is part of the server and stays");
    return transfer_collection(call, at, to, overwrite == "T", copy);
}

Server::Reply Server::transfer_member(Call const& call, Resource& source, Path const& to, bool overwrite, bool copy) {
    KOGGE_TRY(auto const target, tree_.parent(call.who, to));
    if (target.kind == Kind::home)
        return refusal(403, "a home holds calendars, not objects");
    if (!target.privileges.write || (!copy && !source.privileges.write))
        return no_write();
    auto const there = tree_.find(call.who, to);
    if (there && !overwrite)
        return refusal(412, "there is something at the destination, and it is not to be overwritten");
    KOGGE_TRY(may_write(call, to, there ? there.value().member : nullptr, true, true));
    if (!copy) {
        KOGGE_TRY(may_write(call, call.path, source.member, false, true));
    }
    auto const& into = target.collection->about();
    if (into.kind == About::Kind::inbox || source.collection->about().kind == About::Kind::inbox)
        return refusal(403, "what is in the inbox stays there until it is deleted");
    if (into.kind == About::Kind::calendar && (source.member->type.empty() || std::find(into.components.begin(), into.components.end(), source.member->type) == into.components.end()))
        return condition(403, ns::caldav, source.member->type.empty() ? "supported-calendar-data" : "supported-calendar-component", "that calendar does not hold such objects");
    auto const name = source.member->name;
    if (there && there.value().kind == Kind::collection) {
        KOGGE_TRY(tree_.stored().remove(call.who, there.value().home(), there.value().below_home()));
    }
    if (auto const done = tree_.stored().transfer_member(call.who, *source.collection, name, *target.collection, to.segments.back(), copy); !done)
        return with_href(done.error(), target);
    if (!copy)
        locks_.forget(source.href);
    DavResponse out;
    out.status = there ? 204 : 201;
    if (auto const* now = target.collection->find(to.segments.back()))
        out.set("ETag", now->etag);
    return out;
}

Server::Reply Server::transfer_collection(Call const& call, Resource const& source, Path const& to, bool overwrite, bool copy) {
    auto const depth = call.header("depth").value_or("infinity");
    if (depth != "infinity" && !(copy && depth == "0"))
        return refusal(400, "a collection is copied with Depth 0 or infinity, and moved whole");
    auto const* self = tree_.shelf().principal(call.who.id);
    if (!self || to.segments.size() < 3 || to.segments[0] != "calendars" || to.segments[1] != self->name || source.home() != self->name || source.collection->about().owner != self->name)
        return refusal(403, "collections are copied and moved within one's own home");
    auto const from = source.segments;
    if (to.segments.size() > from.size() && std::equal(from.begin(), from.end(), to.segments.begin()))
        return refusal(403, "a collection cannot lie within itself");
    KOGGE_TRY(auto const above, tree_.parent(call.who, to));
    auto const there = tree_.find(call.who, to);
    if (there && !overwrite)
        return refusal(412, "there is something at the destination, and it is not to be overwritten");
    if (!above.privileges.write)
        return no_write();
    KOGGE_TRY(may_write(call, to, there ? there.value().member : nullptr, true, true));
    if (!copy) {
        KOGGE_TRY(may_write(call, call.path, nullptr, true, true));
    }
    KOGGE_TRY(tree_.stored().transfer_collection(call.who, source.below_home(), to.below_home(), copy, depth == "infinity"));
    if (!copy)
        locks_.forget(source.href);
    DavResponse out;
    out.status = there ? 204 : 201;
    return out;
}

// ---- locks ---------------------------------------------------------------------------------------------------------

Server::Reply Server::lock(Call const& call) {
    auto const now = now_();
    auto const href = href_of(call.path.segments, false);
    auto const until = now + std::clamp<std::chrono::seconds>(timeout_of(call.header("timeout")).value_or(Locks::longest), std::chrono::seconds(1), Locks::longest);
    std::set<std::string> tokens;
    KOGGE_TRY(if_header(call, tokens));
    auto const there = tree_.find(call.who, call.path);
    DavResponse out;
    auto const say = [&](Lock const& held) {
        out.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:prop" + std::string(declarations()) + "><D:lockdiscovery>" + active_lock(held, now) + "</D:lockdiscovery></D:prop>\n";
        return out;
    };
    if (call.request.body.empty()) { // a refresh
        for (auto const& token : tokens)
            if (auto const* held = locks_.refresh(token, href, call.who.id, until, now))
                return say(*held);
        return !there ? nothing_here() : condition(412, ns::dav, "lock-token-matches-request-uri", "a lock is renewed with its token in the If header");
    }
    KOGGE_TRY(auto const xml, body(call));
    auto const depth = call.header("depth").value_or("infinity");
    auto const* scope = xml.child(ns::dav, "lockscope");
    auto const* type = xml.child(ns::dav, "locktype");
    if (!xml.is(ns::dav, "lockinfo") || !scope || !type || !type->child(ns::dav, "write") || (depth != "0" && depth != "infinity"))
        return refusal(400, "a lock is a DAV:lockinfo with a scope and the type write, with Depth 0 or infinity");
    std::optional<Resource> above;
    if (there) {
        if ((there.value().kind != Kind::member && there.value().kind != Kind::collection) || !(there.value().privileges.write || there.value().privileges.properties))
            return no_write();
    } else {
        KOGGE_TRY(above, tree_.parent(call.who, call.path));
        if (!above->privileges.write)
            return no_write();
        auto const up = Path{{call.path.segments.begin(), call.path.segments.end() - 1}, true};
        KOGGE_TRY(locks_.admits(href_of(up.segments, false), false, call.who.id, tokens, now));
    }
    Lock wish{"urn:uuid:" + make_uuid(), there && there.value().is_collection() ? there.value().href : href, depth == "infinity" && there && there.value().is_collection(),
              !scope->child(ns::dav, "shared"), call.who.id, {}, until};
    if (auto const* owner = xml.child(ns::dav, "owner")) {
        wish.owner = to_xml(*owner);
        if (wish.owner.size() > 4'000)
            return refusal(400, "the owner of a lock is at most 4000 bytes");
    }
    KOGGE_TRY(auto const held, locks_.take(wish, now));
    if (!there && above->kind == Kind::collection && above->collection->about().kind == About::Kind::plain) { // RFC 4918 §7.3: an empty resource
        PutRequest empty;
        empty.name = call.path.segments.back();
        empty.must_be_new = true;
        if (auto const made = above->collection->put(call.who, empty); !made) {
            locks_.release(held.token, href, call.who.id, now);
            return made.error();
        }
    }
    out.status = there ? 200 : 201;
    out.set("Lock-Token", "<" + held.token + ">");
    return say(held);
}

Server::Reply Server::unlock(Call const& call) {
    auto const token = coded_url(call.header("lock-token").value_or(""));
    if (token.empty())
        return refusal(400, "UNLOCK names the lock in the header Lock-Token, in angle brackets");
    if (!locks_.release(token, href_of(call.path.segments, false), call.who.id, now_()))
        return condition(409, ns::dav, "lock-token-matches-request-uri", "you hold no lock of that token here");
    DavResponse out;
    out.status = 204;
    return out;
}

} // namespace kogge::calendar::dav
