// SPDX-License-Identifier: EUPL-1.2
#include "http/router.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

namespace kogge::host::http {
namespace {

struct Segment {
    enum class Kind { literal, hole, rest } kind = Kind::literal;
    std::string before, name, after;   // a literal has only `before`
};

/// The message when the segment is malformed.
std::optional<std::string> parse_segment(std::string_view text, bool last, Segment& into) {
    auto const open = text.find('{');
    if (open == text.npos && text.find('}') == text.npos) {
        into.before = text;
        return std::nullopt;
    }
    auto const close = text.find('}');
    if (open == text.npos || close == text.npos || close < open + 2 || text.find('{', open + 1) != text.npos || text.find('}', close + 1) != text.npos)
        return "segment '" + std::string(text) + "' must hold one {name}";
    auto name = text.substr(open + 1, close - open - 1);
    into = {Segment::Kind::hole, std::string(text.substr(0, open)), std::string(name), std::string(text.substr(close + 1))};
    if (!name.ends_with('*')) return std::nullopt;
    into.kind = Segment::Kind::rest;
    into.name.pop_back();
    if (!last || !into.before.empty() || !into.after.empty() || into.name.empty())
        return "{name*} must be the whole last segment";
    return std::nullopt;
}

std::optional<std::string> parse_pattern(std::string_view pattern, std::vector<Segment>& into) {
    if (!pattern.starts_with('/')) return "it must begin with '/'";
    std::set<std::string> names;
    for (auto rest = pattern.substr(1);;) {
        auto const slash = rest.find('/');
        Segment segment;
        if (auto wrong = parse_segment(rest.substr(0, slash), slash == rest.npos, segment)) return wrong;
        if (segment.kind != Segment::Kind::literal && !names.insert(segment.name).second) return "{" + segment.name + "} stands twice";
        into.push_back(std::move(segment));
        if (slash == rest.npos) return std::nullopt;
        rest.remove_prefix(slash + 1);
    }
}

std::string describe(Route const& route) {
    return route.method + ' ' + route.pattern + (route.owner.empty() ? "" : " (" + route.owner + ")");
}

}  // namespace

struct Router::Entry {
    Route                    route;
    std::vector<std::string> names;
};

struct Router::Node {
    struct Hole {
        std::string           before, after;
        std::unique_ptr<Node> next;
    };
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::vector<Hole>         holes;   // most literal text first
    std::vector<Entry const*> here;    // one for each method
    std::vector<Entry const*> rest;    // of `{name*}` routes below this node

    Node& child(Segment const& segment) {
        if (segment.kind == Segment::Kind::literal) {
            auto& next = literals[segment.before];
            if (!next) next = std::make_unique<Node>();
            return *next;
        }
        for (auto& hole : holes)
            if (hole.before == segment.before && hole.after == segment.after) return *hole.next;
        auto const weight = [](auto const& x) { return x.before.size() + x.after.size(); };
        auto const at = std::find_if(holes.begin(), holes.end(), [&](auto const& hole) { return weight(hole) < weight(segment); });
        return *holes.insert(at, Hole{segment.before, segment.after, std::make_unique<Node>()})->next;
    }
};

/// One lookup. Walks literals before holes and backs out of a branch that does not carry the method.
struct Router::Search {
    std::string_view              method;
    std::vector<std::string_view> values;
    std::set<std::string_view>    allowed;
    Entry const*                  entry = nullptr;

    bool settle(std::vector<Entry const*> const& candidates) {
        auto const with = [&](std::string_view wanted) {
            auto const at = std::find_if(candidates.begin(), candidates.end(), [&](auto const* e) { return e->route.method == wanted; });
            return at == candidates.end() ? nullptr : *at;
        };
        entry = with(method);
        if (!entry && method == "HEAD") entry = with("GET");
        if (!entry)
            for (auto const* other : candidates) allowed.insert(other->route.method);
        return entry != nullptr;
    }

    bool descend(Node const& node, std::string_view path, std::size_t slash) {
        return slash == path.npos ? settle(node.here) : walk(node, path.substr(slash + 1));
    }

    bool take(Node::Hole const& hole, std::string_view path, std::string_view segment, std::size_t slash) {
        if (segment.size() <= hole.before.size() + hole.after.size()) return false;
        if (!segment.starts_with(hole.before) || !segment.ends_with(hole.after)) return false;
        values.push_back(segment.substr(hole.before.size(), segment.size() - hole.before.size() - hole.after.size()));
        if (descend(*hole.next, path, slash)) return true;
        values.pop_back();
        return false;
    }

    bool walk(Node const& node, std::string_view path) {
        auto const slash = path.find('/');
        auto const segment = path.substr(0, slash);
        auto const literal = node.literals.find(segment);
        if (literal != node.literals.end() && descend(*literal->second, path, slash)) return true;
        for (auto const& hole : node.holes)
            if (take(hole, path, segment, slash)) return true;
        if (node.rest.empty()) return false;
        values.push_back(path);
        if (settle(node.rest)) return true;
        values.pop_back();
        return false;
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

std::optional<std::string> Router::add(Route route) {
    auto const name = describe(route);
    if (route.method.empty()) return "route " + name + ": the method is missing";
    if (route.needs.empty()) return "route " + name + ": say which scope it needs, or \"public\"";
    if (!route.handler) return "route " + name + ": the handler is missing";
    std::vector<Segment> segments;
    if (auto wrong = parse_pattern(route.pattern, segments)) return "route " + name + ": " + *wrong;

    std::unique_lock const lock(mutex_);
    auto* node = root_.get();
    auto* place = &node->here;
    std::vector<std::string> names;
    for (auto const& segment : segments) {
        if (segment.kind != Segment::Kind::literal) names.push_back(segment.name);
        if (segment.kind == Segment::Kind::rest) {
            place = &node->rest;
        } else {
            node = &node->child(segment);
            place = &node->here;
        }
    }
    for (auto const* other : *place)
        if (other->route.method == route.method) return "route " + name + " is already taken by " + describe(other->route);
    place->push_back(&entries_.emplace_back(Entry{std::move(route), std::move(names)}));
    return std::nullopt;
}

Found Router::find(std::string_view method, std::string_view path) const {
    Found found;
    if (!path.starts_with('/')) return found;
    Search search{method, {}, {}, nullptr};
    std::shared_lock const lock(mutex_);
    if (search.walk(*root_, path.substr(1))) {
        found.route = &search.entry->route;
        for (std::size_t i = 0; i < search.values.size(); ++i) found.params.emplace_back(search.entry->names[i], search.values[i]);
        return found;
    }
    if (search.allowed.empty()) return found;
    if (search.allowed.contains("GET")) search.allowed.insert("HEAD");
    search.allowed.insert("OPTIONS");
    for (auto const allowed : search.allowed) found.allow.append(found.allow.empty() ? "" : ", ").append(allowed);
    return found;
}

}  // namespace kogge::host::http
