// SPDX-License-Identifier: EUPL-1.2
#include "dav/server.hpp"

#include "dav/stored.hpp"
#include "ical/lines.hpp"

#include <algorithm>
#include <set>

namespace kogge::calendar::dav {

namespace {

using Kind = Resource::Kind;

constexpr char const* dav_classes = "1, 2, 3, access-control, extended-mkcol, calendar-access, calendar-auto-schedule, calendar-availability, calendar-no-timezone";

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view weakless(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

/// Whether a list of entity tags, or "*", names `etag`. `weak`: as If-None-Match compares.
bool names_etag(std::string_view list, std::string_view etag, bool weak) {
    if (trimmed(list) == "*")
        return true;
    while (!list.empty()) {
        auto const open = list.find('"');
        auto const close = open == list.npos ? list.npos : list.find('"', open + 1);
        if (close == list.npos)
            return trimmed(list) == etag; // without quotes, as some clients send it
        bool const is_weak = open >= 2 && list.substr(open - 2, 2) == "W/";
        if ((weak || !is_weak) && list.substr(open, close - open + 1) == weakless(etag))
            return true;
        list.remove_prefix(close + 1);
    }
    return false;
}

std::string allow_of(Resource const* resource) {
    if (!resource)
        return "OPTIONS, PUT, MKCOL, MKCALENDAR, LOCK, UNLOCK";
    if (resource->kind == Kind::member)
        return "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, COPY, MOVE, LOCK, UNLOCK, REPORT";
    if (resource->kind == Kind::collection)
        return "OPTIONS, GET, HEAD, DELETE, PROPFIND, PROPPATCH, COPY, MOVE, LOCK, UNLOCK, REPORT, ACL";
    return resource->kind == Kind::outbox ? "OPTIONS, POST, PROPFIND, REPORT" : "OPTIONS, GET, HEAD, PROPFIND, REPORT";
}

/// All objects of a calendar as one iCalendar, each time zone once.
std::string whole_calendar(Collection const& collection) {
    auto const& about = collection.about();
    std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kogge//Kogge//EN\r\n";
    if (!about.displayname.empty()) {
        ical::Property("NAME", escape(about.displayname)).write(out);
        ical::Property("X-WR-CALNAME", escape(about.displayname)).write(out);
    }
    std::set<std::string> zones;
    collection.each([&](Member const& member) {
        auto const parsed = ical::parse_object(*collection.bytes(member));
        if (!parsed)
            return;
        for (auto const& component : parsed.value().components)
            if (!component.is("VTIMEZONE") || zones.insert(std::string(component.value("TZID"))).second)
                ical::write(component, out);
    });
    return out + "END:VCALENDAR\r\n";
}

} // namespace

bool prefers(std::optional<std::string> const& header, std::string_view what) { return header && header->find(what) != header->npos; }

DavResponse answer_of(Refusal const& refusal) {
    DavResponse out;
    out.status = refusal.status;
    out.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:error";
    out.body += declarations();
    out.body += ">";
    if (!refusal.condition.empty()) {
        Name const name{refusal.space, refusal.condition};
        if (refusal.inside.empty())
            put_empty(out.body, name);
        else {
            put_open(out.body, name);
            out.body += refusal.inside;
            put_close(out.body, name);
        }
    }
    if (!refusal.message.empty())
        out.body += "<K:message>" + escaped(refusal.message) + "</K:message>";
    out.body += "</D:error>\n";
    return out;
}

std::vector<std::string> Server::methods() {
    return {"OPTIONS", "GET", "PUT", "DELETE", "POST", "PROPFIND", "PROPPATCH", "MKCOL", "MKCALENDAR", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "ACL"};
}

DavResponse Server::handle(DavRequest const& request) {
    auto const answer = [&]() -> Reply {
        KOGGE_TRY(tree_.stored().welcome(request.who));
        KOGGE_TRY(auto path, read_path(request.target));
        return dispatch({request, std::move(path), request.who});
    }();
    auto out = answer ? std::move(answer).value() : answer_of(answer.error());
    out.set("DAV", dav_classes);
    return out;
}

Server::Reply Server::dispatch(Call const& call) {
    auto const method = call.request.method;
    if (method == "PROPFIND")
        return propfind(call);
    if (method == "REPORT")
        return report(call);
    if (method == "GET" || method == "HEAD")
        return get(call);
    if (method == "PUT")
        return put(call);
    if (method == "DELETE")
        return remove(call);
    if (method == "OPTIONS")
        return options(call);
    if (method == "PROPPATCH")
        return proppatch(call);
    if (method == "MKCOL" || method == "MKCALENDAR")
        return make(call);
    if (method == "COPY" || method == "MOVE")
        return transfer(call);
    if (method == "LOCK")
        return lock(call);
    if (method == "UNLOCK")
        return unlock(call);
    if (method == "ACL")
        return acl(call);
    if (method == "POST")
        return post(call);
    return refusal(405, "this method is not known here");
}

// ---- what all of them look at --------------------------------------------------------------------------------------

Answer<Element> Server::body(Call const& call) const {
    if (!is_utf8(call.request.body) && !call.request.body.starts_with("\xff\xfe") && !call.request.body.starts_with("\xfe\xff"))
        return refusal(400, "the body is no UTF-8");
    auto read = read_xml(call.request.body);
    if (!read)
        return refusal(400, read.error().message);
    return std::move(read).value();
}

Sight Server::sight(Call const& call) const {
    return {tree_, call.who, tree_.shelf().principal(call.who.id), limits_, [this](std::string const& href) {
                std::string out;
                for (auto const* lock : locks_.holding(href, now_()))
                    out += active_lock(*lock, now_());
                return out;
            }};
}

State Server::state_at(Call const& call, std::string_view href) {
    State out;
    auto const path = read_path(href);
    if (!path)
        return out;
    if (auto const found = tree_.find(call.who, path.value()); found && found.value().member)
        out.etag = found.value().member->etag;
    for (auto const* lock : locks_.holding(href_of(path.value().segments, false), now_()))
        out.tokens.insert(lock->token);
    return out;
}

Answer<void> Server::if_header(Call const& call, std::set<std::string>& tokens) {
    auto const text = call.header("if");
    if (!text)
        return boost::outcome_v2::success();
    KOGGE_TRY(auto const header, IfHeader::read(*text));
    tokens = header.tokens();
    if (!header.holds(href_of(call.path.segments, false), [&](std::string_view href) { return state_at(call, href); }))
        return refusal(412, "what the If header says does not hold");
    return boost::outcome_v2::success();
}

Answer<Server::Allowed> Server::may_write(Call const& call, Path const& path, Member const* member, bool tree, bool membership) {
    Allowed out;
    std::set<std::string> tokens;
    KOGGE_TRY(if_header(call, tokens));
    auto const now = now_();
    KOGGE_TRY(locks_.admits(href_of(path.segments, false), tree, call.who.id, tokens, now));
    if (membership && path.segments.size() > 2) {
        auto const above = Path{{path.segments.begin(), path.segments.end() - 1}, true};
        KOGGE_TRY(locks_.admits(href_of(above.segments, false), false, call.who.id, tokens, now));
    }
    if (!(path == call.path))
        return out; // the other headers are about the request's own resource
    if (auto const match = call.header("if-match")) {
        if (!member || !names_etag(*match, member->etag, false))
            return refusal(412, "the resource has changed since: fetch it again");
        out.based_on = member->etag;
    }
    if (auto const none = call.header("if-none-match")) {
        if (member && names_etag(*none, member->etag, true))
            return refusal(412, "there is a resource already");
        out.must_be_new = trimmed(*none) == "*";
    }
    if (auto const tag = call.header("if-schedule-tag-match")) {
        if (!member || member->schedule_tag != trimmed(*tag))
            return refusal(412, "the scheduling object has changed since: fetch it again");
        out.schedule_tag_matched = true;
        out.based_on = member->etag;
    }
    return out;
}

Answer<Selection> Server::selection(Call const& call, Element const& body) const {
    Selection out;
    if (auto const* prop = body.child(ns::dav, "prop")) {
        KOGGE_TRY(out, Selection::read(*prop));
    } else if (body.child(ns::dav, "propname"))
        out.kind = Selection::Kind::names;
    else
        out.kind = Selection::Kind::all;
    if (auto const* include = body.child(ns::dav, "include"); include && out.kind == Selection::Kind::all) {
        KOGGE_TRY(auto more, Selection::read(*include));
        out.wanted = std::move(more.wanted);
    }
    auto const prefer = call.header("prefer");
    auto const brief = call.header("brief");
    out.minimal = prefers(prefer, "return=minimal") || prefers(prefer, "return-minimal") || (brief && *brief == "t");
    bool const without_zones = call.header("caldav-timezones").value_or("T") == "F";
    for (auto& wanted : out.wanted)
        if (wanted.data)
            wanted.data->without_zones = without_zones;
    return out;
}

// ---- reading -------------------------------------------------------------------------------------------------------

Server::Reply Server::options(Call const& call) {
    auto const found = tree_.find(call.who, call.path);
    DavResponse out;
    out.set("Allow", allow_of(found ? &found.value() : nullptr));
    return out;
}

Server::Reply Server::get(Call const& call) {
    KOGGE_TRY(auto const at, tree_.find(call.who, call.path));
    DavResponse out;
    out.type = "text/calendar; charset=utf-8";
    std::string etag;
    if (at.kind == Kind::collection && at.collection->about().kind == About::Kind::calendar)
        etag = "\"" + std::to_string(at.collection->revision()) + "\"";
    else if (at.kind != Kind::member) {
        out.type = "text/plain; charset=utf-8";
        out.body = "This is a folder of the CalDAV server of Kogge. Calendar programs are set up with the address of the server alone.\n";
        return out;
    } else {
        etag = at.member->etag;
        out.type = at.member->content_type.empty() ? "application/octet-stream" : at.member->content_type;
        out.set("Last-Modified", http_date(at.member->modified));
        if (!at.member->schedule_tag.empty())
            out.set("Schedule-Tag", at.member->schedule_tag);
    }
    out.set("ETag", etag);
    if (auto const match = call.header("if-match"); match && !names_etag(*match, etag, false))
        return refusal(412, "the resource has changed since: fetch it again");
    if (auto const none = call.header("if-none-match"); none && names_etag(*none, etag, true)) {
        out.status = 304;
        return out;
    }
    out.body = at.kind == Kind::member ? *at.collection->bytes(*at.member) : whole_calendar(*at.collection);
    return out;
}

Server::Reply Server::propfind(Call const& call) {
    auto const depth = call.header("depth").value_or("infinity");
    if (depth != "0" && depth != "1" && depth != "infinity")
        return refusal(400, "Depth is 0, 1 or infinity, not '" + depth.substr(0, 40) + "'");
    KOGGE_TRY(auto at, tree_.find(call.who, call.path));
    Selection wanted;
    wanted.kind = Selection::Kind::all;
    if (!call.request.body.empty()) {
        KOGGE_TRY(auto const xml, body(call));
        if (!xml.is(ns::dav, "propfind"))
            return refusal(400, "the body of a PROPFIND is DAV:propfind");
        KOGGE_TRY(wanted, selection(call, xml));
        if (xml.child(ns::dav, "prop") && (xml.child(ns::dav, "allprop") || xml.child(ns::dav, "propname")))
            return refusal(400, "a PROPFIND asks for prop, propname or allprop, one of them");
    }
    if (depth == "infinity" && at.is_collection())
        return condition(403, ns::dav, "propfind-finite-depth", "ask with Depth 0 or 1");
    auto const shown = sight(call);
    DavResponse out;
    out.status = 207;
    begin_multistatus(out.body);
    KOGGE_TRY(put_response(out.body, at, wanted, shown));
    if (depth != "0") {
        for (auto const& child : tree_.children(call.who, at)) {
            KOGGE_TRY(put_response(out.body, child, wanted, shown));
        }
        if (at.kind == Kind::collection) {
            auto const base = at.href;
            at.kind = Kind::member;
            std::optional<Refusal> stopped;
            at.collection->each([&](Member const& member) {
                if (stopped)
                    return;
                at.member = &member;
                at.href.assign(base).append(encode_segment(member.name));
                if (auto const done = put_response(out.body, at, wanted, shown); !done)
                    stopped = done.error();
            });
            if (stopped)
                return *stopped;
        }
    }
    end_multistatus(out.body);
    if (wanted.minimal)
        out.set("Preference-Applied", "return=minimal");
    return out;
}

} // namespace kogge::calendar::dav
