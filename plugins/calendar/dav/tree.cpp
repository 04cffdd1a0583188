// SPDX-License-Identifier: EUPL-1.2
#include "dav/tree.hpp"

#include "ical/values.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

std::string principal_href(std::string_view name) { return href_of({"principals", std::string(name)}, true); }
std::string home_href(std::string_view name) { return href_of({"calendars", std::string(name)}, true); }

std::shared_ptr<Collection> Tree::collection(Principal const& who, std::string_view owner, std::string_view path) const {
    if (auto found = stored_.find(who, owner, path))
        return found;
    for (auto* source : others_)
        if (auto found = source->find(who, owner, path))
            return found;
    return nullptr;
}

std::vector<std::shared_ptr<Collection>> Tree::collections(Principal const& who, std::string_view owner) const {
    auto out = stored_.home(who, owner);
    for (auto* source : others_)
        for (auto& collection : source->home(who, owner))
            out.push_back(std::move(collection));
    return out;
}

Resource Tree::of_collection(Principal const& who, std::vector<std::string> segments, std::shared_ptr<Collection> collection) const {
    Resource out;
    out.kind = Resource::Kind::collection;
    out.href = href_of(segments, true);
    out.segments = std::move(segments);
    out.privileges = collection->privileges(who);
    out.collection = std::move(collection);
    return out;
}

Answer<Resource> Tree::find(Principal const& who, Path const& path) const {
    auto const& s = path.segments;
    auto const fixed = [&](Resource::Kind kind, CalendarPrincipal const* principal) {
        Resource out;
        out.kind = kind;
        out.segments = s;
        out.href = href_of(s, true);
        out.principal = principal;
        bool const own = principal && principal->user == who.id;
        out.privileges = {.read = true, .write = own && who.writes_own, .properties = own && who.writes_own, .share = false, .free_busy = own};
        return out;
    };
    if (s.empty())
        return fixed(Resource::Kind::root, nullptr);
    if (s.size() == 1 && s[0] == "principals")
        return fixed(Resource::Kind::principals, nullptr);
    if (s.size() == 1 && s[0] == "calendars")
        return fixed(Resource::Kind::homes, nullptr);
    auto const* principal = s.size() > 1 ? shelf().principal_named(s[1]) : nullptr;
    if (s[0] == "principals" && s.size() == 2 && principal)
        return fixed(Resource::Kind::principal, principal);
    if (s[0] != "calendars" || !principal || !stored_.knows_home(who, s[1]))
        return nothing_here();
    if (s.size() == 2)
        return fixed(Resource::Kind::home, principal);
    bool const own = principal->user == who.id;
    if (s.size() == 3 && s[2] == outbox_slug)
        return own ? Answer<Resource>(fixed(Resource::Kind::outbox, principal)) : Answer<Resource>(nothing_here());
    if (auto found = collection(who, s[1], path.below_home()))
        return of_collection(who, s, std::move(found));
    if (s.size() < 4 || path.slash)
        return nothing_here();
    auto const above = Path{{s.begin(), s.end() - 1}, true};
    auto const holder = collection(who, s[1], above.below_home());
    auto const* member = holder ? holder->find(s.back()) : nullptr;
    if (!member)
        return nothing_here();
    auto out = of_collection(who, s, holder);
    out.kind = Resource::Kind::member;
    out.href = href_of(s, false);
    out.member = member;
    return out;
}

Answer<Resource> Tree::parent(Principal const& who, Path const& path) const {
    if (path.segments.size() < 3)
        return nothing_here();
    auto found = find(who, {{path.segments.begin(), path.segments.end() - 1}, true});
    if (!found)
        return path.segments.size() == 3 ? found : refusal(409, "the collection it would lie in is not there; make that first");
    if (found.value().kind != Resource::Kind::collection && found.value().kind != Resource::Kind::home)
        return refusal(409, "nothing can lie in there");
    return found;
}

std::vector<Resource> Tree::children(Principal const& who, Resource const& of) const {
    std::vector<Resource> out;
    auto const add = [&](std::string segment) {
        auto segments = of.segments;
        segments.push_back(std::move(segment));
        if (auto found = find(who, {std::move(segments), true}))
            out.push_back(std::move(found).value());
    };
    switch (of.kind) {
    case Resource::Kind::root:
        add("principals");
        add("calendars");
        break;
    case Resource::Kind::principals:
        for (auto const* principal : shelf().principals())
            add(principal->name);
        break;
    case Resource::Kind::homes:
        for (auto const* principal : shelf().principals())
            add(principal->name);
        break;
    case Resource::Kind::home:
        for (auto& collection : collections(who, of.home())) {
            auto segments = of.segments;
            segments.push_back(collection->about().slug);
            out.push_back(of_collection(who, std::move(segments), std::move(collection)));
        }
        add(std::string(outbox_slug));
        break;
    case Resource::Kind::collection:
        if (of.collection->about().kind == About::Kind::plain)
            for (auto& collection : stored_.below(who, of.home(), of.below_home())) {
                auto segments = of.segments;
                segments.push_back(collection->about().slug);
                out.push_back(of_collection(who, std::move(segments), std::move(collection)));
            }
        break;
    default: break;
    }
    return out;
}

std::string Tree::display_name(CalendarPrincipal const& principal) const {
    auto const card = principal.person && people_ ? people_(*principal.person) : std::nullopt;
    return card && !card->name.empty() ? card->name : principal.name;
}

std::vector<std::string> Tree::addresses(CalendarPrincipal const& principal) const {
    std::vector<std::string> out;
    if (auto const card = principal.person && people_ ? people_(*principal.person) : std::nullopt; card && !card->email.empty())
        out.push_back("mailto:" + card->email);
    if (principal.name.find('@') != std::string::npos)
        out.push_back("mailto:" + principal.name);
    out.push_back(principal_href(principal.name));
    out.push_back("urn:uuid:" + principal.id.str());
    return out;
}

CalendarPrincipal const* Tree::by_address(std::string_view address) const {
    auto const wanted = ical::read_address(address);
    for (auto const* principal : shelf().principals())
        for (auto const& one : addresses(*principal))
            if (ical::read_address(one) == wanted || (one.front() == '/' && wanted.ends_with(one)))
                return principal;
    return nullptr;
}

} // namespace kogge::calendar::dav
