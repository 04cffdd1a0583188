// SPDX-License-Identifier: EUPL-1.2
// REPORT: calendar-query, calendar-multiget, free-busy-query (RFC 4791 §7), sync-collection (6578), expand-property (3253 §3.8),
// principal-match, principal-property-search and what it can search (3744 §9).
#include "dav/filter.hpp"
#include "dav/free_busy.hpp"
#include "dav/server.hpp"
#include "dav/stored.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace kogge::calendar::dav {

namespace {

using Kind = Resource::Kind;

constexpr std::size_t most_hrefs = 20'000;

bool holds_objects(Resource const& at) { return at.collection && at.collection->about().kind != About::Kind::plain; }

Refusal no_such_report() { return condition(403, ns::dav, "supported-report", "this report is not answered at this address"); }

/// Writes responses about members of one collection; the resource is changed in place for each.
class MemberWriter {
  public:
    MemberWriter(std::string& out, Resource at, Selection const& selection, Sight const& sight)
        : out_(out), at_(std::move(at)), selection_(selection), sight_(sight) {
        if (at_.kind == Kind::member)
            at_.segments.pop_back();
        base_ = href_of(at_.segments, true);
        at_.kind = Kind::member;
    }
    Collection const& collection() const { return *at_.collection; }
    std::string href(std::string_view name) const { return base_ + encode_segment(name); }
    Answer<void> put(Member const& member) {
        at_.member = &member;
        at_.href.assign(base_).append(encode_segment(member.name));
        return put_response(out_, at_, selection_, sight_);
    }

  private:
    std::string& out_;
    Resource at_;
    Selection const& selection_;
    Sight const& sight_;
    std::string base_;
};

/// The zone a query reads floating times in: its own, or the collection's.
Answer<Zone> query_zone(Element const& body, About const& about) {
    if (auto const* id = body.child(ns::caldav, "timezone-id")) {
        auto const zone = Zone::parse(id->text());
        if (!zone)
            return condition(403, ns::caldav, "valid-timezone", zone.error().message);
        return zone.value();
    }
    auto const* timezone = body.child(ns::caldav, "timezone");
    if (!timezone)
        return about.zone;
    auto const parsed = ical::parse_object(timezone->text());
    if (!parsed || parsed.value().components.size() != 1 || !parsed.value().components.front().is("VTIMEZONE"))
        return condition(403, ns::caldav, "valid-calendar-data", "a timezone is a VCALENDAR with one VTIMEZONE in it");
    return ical::ZoneBook(parsed.value()).clock(parsed.value().components.front().value("TZID")).zone().value_or(about.zone);
}

bool passes(Collection const& collection, Member const& member, ComponentFilter const& filter, Zone zone) {
    auto const parsed = ical::parse_object(*collection.bytes(member));
    return parsed && matches(parsed.value(), filter, ical::ZoneBook(parsed.value(), zone));
}

/// Members that pass: by the index alone where it can answer, else by looking at those it leaves over.
Answer<void> each_match(Collection const& collection, ComponentFilter const& filter, Zone zone, std::function<Answer<void>(Member const&)> const& take) {
    std::optional<Refusal> stopped;
    auto const give = [&](Member const& member, bool exact) {
        if (stopped || (!exact && !passes(collection, member, filter, zone)))
            return;
        if (auto const done = take(member); !done)
            stopped = done.error();
    };
    auto const plain = plain_query(filter);
    auto const near = plain ? *plain : narrowing(filter);
    if (near.range)
        collection.overlapping(near.component, *near.range, zone, [&](Member const& member, bool exact) { give(member, exact && plain); });
    else {
        auto const uid = wanted_uid(filter);
        collection.each([&](Member const& member) {
            if (!near.component.empty() && member.type != near.component)
                return;
            if (uid.empty() || folded(member.uid, Collation::unicode_casemap).find(folded(uid, Collation::unicode_casemap)) != std::string::npos)
                give(member, plain.has_value());
        });
    }
    if (stopped)
        return *stopped;
    return boost::outcome_v2::success();
}

std::optional<std::int64_t> read_token(std::string_view text, Collection const& collection) {
    auto const prefix = "urn:kogge:sync:" + encode_segment(collection.about().id) + ":";
    if (!text.starts_with(prefix))
        return std::nullopt;
    text.remove_prefix(prefix.size());
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

Refusal dead_token() { return condition(403, ns::dav, "valid-sync-token", "this sync token is too old or of another calendar: begin anew without one"); }

/// D:limit/D:nresults.
Answer<std::size_t> read_limit(Element const& body) {
    auto const* limit = body.child(ns::dav, "limit");
    auto const* number = limit ? limit->child(ns::dav, "nresults") : nullptr;
    if (!number)
        return std::size_t(1'000'000);
    auto const text = number->text();
    std::size_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value == 0)
        return refusal(400, "nresults is a number from 1");
    return value;
}

/// Properties that stand where DAV:prop should hold them.
Answer<std::vector<Wanted>> beside_an_empty_prop(Element const& xml) {
    Element prop;
    for (auto const* child : xml.elements())
        if (live_of(child->name))
            prop.children.push_back(*child);
    KOGGE_TRY(auto read, Selection::read(prop));
    return std::move(read.wanted);
}

/// An initial sync that was cut goes on after a name: "…:<number>:after:<name>".
constexpr std::string_view after_mark = ":after:";

} // namespace

Server::Reply Server::report(Call const& call) {
    KOGGE_TRY(auto at, tree_.find(call.who, call.path));
    KOGGE_TRY(auto const xml, body(call));
    if (xml.name.space == ns::caldav) {
        if (xml.name.name == "calendar-query")
            return holds_objects(at) ? calendar_query(call, at, xml) : Reply(no_such_report());
        if (xml.name.name == "calendar-multiget")
            return calendar_multiget(call, xml);
        if (xml.name.name == "free-busy-query")
            return at.kind == Kind::collection && holds_objects(at) ? free_busy_query(call, at, xml) : Reply(no_such_report());
    }
    if (xml.is(ns::dav, "sync-collection"))
        return at.kind == Kind::collection ? sync_collection(call, at, xml) : Reply(no_such_report());
    if (xml.is(ns::dav, "expand-property"))
        return expand_property(call, at, xml);
    if (xml.is(ns::dav, "principal-property-search"))
        return principal_search(call, xml);
    if (xml.is(ns::dav, "principal-match"))
        return principal_match(call, at, xml);
    DavResponse out;
    if (xml.is(ns::dav, "principal-search-property-set")) {
        out.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:principal-search-property-set" + std::string(declarations()) +
                   "><D:principal-search-property><D:prop><D:displayname/></D:prop><D:description xml:lang=\"en\">name</D:description></D:principal-search-property>"
                   "<D:principal-search-property><D:prop><C:calendar-user-address-set/></D:prop><D:description xml:lang=\"en\">address</D:description></D:principal-search-property>"
                   "</D:principal-search-property-set>\n";
        return out;
    }
    if (xml.is(ns::dav, "acl-principal-prop-set")) {
        KOGGE_TRY(auto const wanted, selection(call, xml));
        out.status = 207;
        begin_multistatus(out.body);
        std::set<std::string> names;
        if (at.collection && !at.collection->about().owner.empty())
            names.insert(at.collection->about().owner);
        for (auto const& share : at.collection && at.privileges.share ? at.collection->about().shares : std::vector<Share>())
            if (auto const* principal = tree_.shelf().principal(share.principal))
                names.insert(principal->name);
        for (auto const& name : names)
            if (auto const principal = tree_.find(call.who, {{"principals", name}, true})) {
                KOGGE_TRY(put_response(out.body, principal.value(), wanted, sight(call)));
            }
        end_multistatus(out.body);
        return out;
    }
    return no_such_report();
}

Server::Reply Server::calendar_query(Call const& call, Resource& at, Element const& xml) {
    auto const* filter_element = xml.child(ns::caldav, "filter");
    if (!filter_element)
        return condition(403, ns::caldav, "valid-filter", "a calendar-query has a filter");
    KOGGE_TRY(auto const filter, read_filter(*filter_element));
    KOGGE_TRY(auto const wanted, selection(call, xml));
    KOGGE_TRY(auto const zone, query_zone(xml, at.collection->about()));
    auto const shown = sight(call);
    DavResponse out;
    out.status = 207;
    begin_multistatus(out.body);
    MemberWriter writer(out.body, at, wanted, shown);
    if (at.kind == Kind::member) {
        if (passes(*at.collection, *at.member, filter, zone)) {
            KOGGE_TRY(writer.put(*at.member));
        }
    } else if (call.header("depth").value_or("0") != "0") {
        KOGGE_TRY(each_match(*at.collection, filter, zone, [&](Member const& member) { return writer.put(member); }));
    }
    end_multistatus(out.body);
    return out;
}

Server::Reply Server::calendar_multiget(Call const& call, Element const& xml) {
    KOGGE_TRY(auto const wanted, selection(call, xml));
    auto const shown = sight(call);
    DavResponse out;
    out.status = 207;
    begin_multistatus(out.body);
    std::size_t count = 0;
    std::vector<std::string> parent; // of the last href: they nearly always lie side by side
    std::shared_ptr<Collection> collection;
    std::optional<MemberWriter> writer;
    for (auto const* child : xml.elements()) {
        if (!child->is(ns::dav, "href"))
            continue;
        if (++count > most_hrefs)
            return condition(507, ns::dav, "number-of-matches-within-limits", "ask for at most " + std::to_string(most_hrefs) + " objects at once");
        auto const text = child->text();
        auto path = read_path(text);
        if (!path || path.value().segments.size() < 4) {
            put_status(out.body, text, path ? 404 : path.error().status);
            continue;
        }
        auto segments = std::move(path).value().segments;
        auto const name = std::move(segments.back());
        segments.pop_back();
        if (!writer || segments != parent) {
            parent = segments;
            writer.reset();
            auto const found = tree_.find(call.who, {segments, true});
            if (found && found.value().kind == Kind::collection)
                writer.emplace(out.body, found.value(), wanted, shown);
        }
        auto const* member = writer ? writer->collection().find(name) : nullptr;
        if (!member)
            put_status(out.body, text, 404);
        else {
            KOGGE_TRY(writer->put(*member));
        }
    }
    if (count == 0)
        return refusal(400, "a calendar-multiget names objects as DAV:href");
    end_multistatus(out.body);
    return out;
}

Server::Reply Server::free_busy_query(Call const&, Resource const& at, Element const& xml) {
    auto const* range = xml.child(ns::caldav, "time-range");
    if (!range)
        return refusal(400, "a free-busy-query has a time-range");
    KOGGE_TRY(auto const wanted, read_range(*range));
    DavResponse out;
    out.type = "text/calendar; charset=utf-8";
    out.body = free_busy_text({wanted, at.collection->busy(wanted, at.collection->about().zone), now_(), {}, {}, {}, {}});
    return out;
}

Server::Reply Server::sync_collection(Call const& call, Resource& at, Element const& xml) {
    auto const* token_element = xml.child(ns::dav, "sync-token");
    auto const* level = xml.child(ns::dav, "sync-level");
    auto const depth = call.header("depth").value_or("0");
    if (!token_element)
        return refusal(400, "a sync-collection has a sync-token, empty at first");
    if ((level && level->text() != "1") || (!level && depth != "1"))
        return condition(403, ns::dav, "sync-traversal-supported", "a collection is synchronised with sync-level 1");
    KOGGE_TRY(auto const wanted, selection(call, xml));
    KOGGE_TRY(auto const most, read_limit(xml));
    auto text = token_element->text();
    text.erase(0, text.find_first_not_of(" \r\n\t") == text.npos ? text.size() : text.find_first_not_of(" \r\n\t"));
    text.erase(text.find_last_not_of(" \r\n\t") + 1);
    auto const shown = sight(call);
    auto const& collection = *at.collection;
    DavResponse out;
    out.status = 207;
    begin_multistatus(out.body);
    MemberWriter writer(out.body, at, wanted, shown);
    auto next = sync_token(collection, collection.revision());
    bool cut = false;
    auto const mark = text.find(after_mark);
    if (text.empty() || mark != text.npos) {
        std::string after;
        if (mark != text.npos) {
            auto const started = read_token(std::string_view(text).substr(0, mark), collection);
            auto const name = read_path(std::string(dav_root) + text.substr(mark + after_mark.size()));
            if (!started || !name || name.value().segments.size() != 1)
                return dead_token();
            next = sync_token(collection, *started);
            after = name.value().segments.front();
        }
        std::vector<Member const*> members;
        members.reserve(collection.count());
        collection.each([&](Member const& member) { members.push_back(&member); });
        auto const by_name = [](auto const* a, auto const* b) { return a->name < b->name; };
        if (!std::is_sorted(members.begin(), members.end(), by_name))
            std::sort(members.begin(), members.end(), by_name);
        std::size_t count = 0;
        out.body.reserve(members.size() * 300 + 1000);
        for (auto const* member : members) {
            if (!after.empty() && member->name <= after)
                continue;
            if (count++ == most) {
                cut = true;
                break;
            }
            KOGGE_TRY(writer.put(*member));
            if (count == most)
                text = member->name;
        }
        if (cut)
            next += std::string(after_mark) + encode_segment(text);
    } else {
        auto const token = read_token(text, collection);
        auto const changes = token ? collection.changes(*token, most) : std::nullopt;
        if (!changes)
            return dead_token();
        for (auto const& name : changes->changed)
            if (auto const* member = collection.find(name)) {
                KOGGE_TRY(writer.put(*member));
            }
        for (auto const& name : changes->removed)
            put_status(out.body, writer.href(name), 404);
        cut = changes->cut;
        next = sync_token(collection, changes->until);
    }
    if (cut) {
        auto const why = condition(507, ns::dav, "number-of-matches-within-limits", "there is more: ask on with the token");
        put_status(out.body, at.href, 507, &why);
    }
    out.body += "<D:sync-token>" + escaped(next) + "</D:sync-token>";
    end_multistatus(out.body);
    return out;
}

namespace {

Answer<Wanted> read_expansion(Element const& element, int depth) {
    Wanted out;
    out.name = {element.attribute("namespace").empty() ? std::string(ns::dav) : std::string(element.attribute("namespace")), std::string(element.attribute("name"))};
    out.live = live_of(out.name);
    out.expand = true;
    if (out.name.name.empty() || depth > 4)
        return refusal(400, "a DAV:property has a name, and they nest four deep at most");
    for (auto const* child : element.elements()) {
        KOGGE_TRY(auto inner, read_expansion(*child, depth + 1));
        out.inside.push_back(std::move(inner));
    }
    return out;
}

} // namespace

Server::Reply Server::expand_property(Call const& call, Resource const& at, Element const& xml) {
    Selection wanted;
    for (auto const* property : xml.elements()) {
        KOGGE_TRY(auto one, read_expansion(*property, 0));
        wanted.wanted.push_back(std::move(one));
    }
    DavResponse out;
    out.status = 207;
    begin_multistatus(out.body);
    KOGGE_TRY(put_response(out.body, at, wanted, sight(call)));
    end_multistatus(out.body);
    return out;
}

Server::Reply Server::principal_search(Call const& call, Element const& xml) {
    struct Search {
        std::vector<Live> properties;
        TextMatch match;
    };
    std::vector<Search> searches;
    for (auto const* child : xml.elements()) {
        if (!child->is(ns::dav, "property-search"))
            continue;
        auto const* prop = child->child(ns::dav, "prop");
        auto const* match = child->child(ns::dav, "match");
        if (!prop || !match)
            return refusal(400, "a property-search has a prop and a match");
        Search search;
        KOGGE_TRY(search.match, read_text_match(*match, Collation::unicode_casemap));
        for (auto const* property : prop->elements())
            if (auto const live = live_of(property->name))
                search.properties.push_back(*live);
        searches.push_back(std::move(search));
    }
    KOGGE_TRY(auto wanted, selection(call, xml));
    if (wanted.kind == Selection::Kind::named && wanted.wanted.empty()) {
        KOGGE_TRY(wanted.wanted, beside_an_empty_prop(xml)); // so asks python-caldav, up to 3.2 at least
    }
    bool const any = xml.attribute("test") == "anyof";
    auto const shown = sight(call);
    DavResponse out;
    out.status = 207;
    begin_multistatus(out.body);
    for (auto const* principal : tree_.shelf().principals()) {
        auto const hit = [&](Search const& search) {
            return std::any_of(search.properties.begin(), search.properties.end(), [&](Live live) {
                if (live == Live::displayname)
                    return search.match.matches(tree_.display_name(*principal)) || search.match.matches(principal->name);
                auto const addresses = live == Live::calendar_user_address_set ? tree_.addresses(*principal) : std::vector<std::string>();
                return std::any_of(addresses.begin(), addresses.end(), [&](auto const& address) { return search.match.matches(address); }) ||
                       (live == Live::calendar_user_type && search.match.matches("INDIVIDUAL"));
            });
        };
        bool const found = !searches.empty() && (any ? std::any_of(searches.begin(), searches.end(), hit) : std::all_of(searches.begin(), searches.end(), hit));
        if (auto const resource = tree_.find(call.who, {{"principals", principal->name}, true}); found && resource) {
            KOGGE_TRY(put_response(out.body, resource.value(), wanted, shown));
        }
    }
    end_multistatus(out.body);
    return out;
}

/// Which of the resources here are the caller, or the caller's (RFC 3744 §9.3).
Server::Reply Server::principal_match(Call const& call, Resource const& at, Element const& xml) {
    KOGGE_TRY(auto const wanted, selection(call, xml));
    auto const shown = sight(call);
    DavResponse out;
    out.status = 207;
    begin_multistatus(out.body);
    for (auto const& child : tree_.children(call.who, at)) {
        bool const self = xml.child(ns::dav, "self") && child.kind == Kind::principal && child.principal->user == call.who.id;
        bool const own = xml.child(ns::dav, "principal-property") && child.collection && shown.self && child.collection->about().owner == shown.self->name;
        if (self || own) {
            KOGGE_TRY(put_response(out.body, child, wanted, shown));
        }
    }
    end_multistatus(out.body);
    return out;
}

} // namespace kogge::calendar::dav
