// SPDX-License-Identifier: EUPL-1.2
// What stands at a path, for the one who asks.
#pragma once

#include "dav/collection.hpp"
#include "dav/entities.hpp"
#include "dav/path.hpp"
#include "dav/stored.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kogge::calendar::dav {

struct Resource {
    enum class Kind { root, principals, principal, homes, home, outbox, collection, member };
    Kind kind = Kind::root;
    std::vector<std::string> segments;
    std::string href;
    CalendarPrincipal const* principal = nullptr; // of a principal, a home, an outbox
    std::shared_ptr<Collection> collection;       // of a collection or a member
    Member const* member = nullptr;
    Privileges privileges;

    bool is_collection() const { return kind != Kind::member; }
    /// Where it stands in a tree of collections made by users.
    std::string below_home() const { return Path{segments, false}.below_home(); }
    std::string const& home() const { return segments.at(1); }
};

/// A person of the programme, as much as a principal shows of them.
struct PersonCard {
    std::string name;
    std::string email; // "": none
};
using People = std::function<std::optional<PersonCard>(std::string const& person)>;

class Tree {
  public:
    Tree(Calendars& stored, std::vector<Source*> others, People people) : stored_(stored), others_(std::move(others)), people_(std::move(people)) {}

    /// 404 for what is not there and for what `who` must not know of.
    Answer<Resource> find(Principal const& who, Path const& path) const;
    /// What a PROPFIND of depth 1 lists besides the resource itself.
    std::vector<Resource> children(Principal const& who, Resource const& of) const;
    /// The collection that a new resource at `path` would lie in; nothing where it would lie in the home itself.
    Answer<Resource> parent(Principal const& who, Path const& path) const;

    Calendars& stored() const { return stored_; }
    Shelf& shelf() const { return stored_.shelf(); }
    std::string display_name(CalendarPrincipal const& principal) const;
    /// calendar-user-address-set: the person's mail address first, when there is one.
    std::vector<std::string> addresses(CalendarPrincipal const& principal) const;
    CalendarPrincipal const* by_address(std::string_view address) const;
    /// Every collection in the home of `who`.
    std::vector<std::shared_ptr<Collection>> collections(Principal const& who, std::string_view owner) const;

  private:
    std::shared_ptr<Collection> collection(Principal const& who, std::string_view owner, std::string_view path) const;
    Resource of_collection(Principal const& who, std::vector<std::string> segments, std::shared_ptr<Collection> collection) const;

    Calendars& stored_;
    std::vector<Source*> others_;
    People people_;
};

inline constexpr std::string_view outbox_slug = "outbox", inbox_slug = "inbox";
std::string principal_href(std::string_view name);
std::string home_href(std::string_view name);

} // namespace kogge::calendar::dav
