// SPDX-License-Identifier: EUPL-1.2
// Users' collections and objects in memory, in step with the store: found by path, by UID and by time, and what changed since
// which entry of the change log. What happened before the daemon started is read from the log when a client asks.
#pragma once

#include "dav/collection.hpp"
#include "dav/entities.hpp"
#include "dav/time_index.hpp"

#include <kogge/world.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kogge::calendar::dav {

/// One stored object. Its address holds until it is changed.
struct KeptObject {
    Id<CalendarObject> id;
    std::int64_t rev = 0;
    Id<CalendarCollection> collection;
    Member member;
    Bytes bytes;
    std::vector<Property> dead;
};

/// A collection and what is in it.
struct Drawer {
    Id<CalendarCollection> id;
    std::int64_t rev = 0;
    CalendarCollection row;
    About about;
    std::map<std::string, std::unique_ptr<KeptObject>, std::less<>> objects; // by name
    std::unordered_map<std::string, KeptObject*> by_uid;
    std::int64_t revision = 0; // change-log number of its newest change

    struct Entry {
        std::int64_t seq;
        std::string name; // put or removed then; which of them, today tells
    };
    std::vector<Entry> journal; // by seq; everything after `journal_from`
    std::int64_t journal_from = 0;

    std::optional<TimeIndex> index; // made when somebody asks for a time range
};

using ReadLog = std::function<Result<std::vector<json::object>>(json::object const& query)>;

class Shelf {
  public:
    explicit Shelf(ReadLog log);

    World world;

    /// Null when there is none.
    Drawer* drawer(Id<CalendarCollection> const& id);
    /// What lies in the home of `owner` (parent ""), or in a plain collection.
    std::vector<Drawer*> inside(std::string const& owner, std::string const& parent);
    Drawer* find(std::string const& owner, std::string const& parent, std::string_view slug);
    /// Collections that somebody else shares with `principal`, or with all.
    std::vector<Drawer*> shared_with(std::string const& principal);

    CalendarPrincipal const* principal(std::string_view user) const;        // by "user:<id>"
    CalendarPrincipal const* principal_named(std::string_view name) const;
    std::int64_t principal_rev(CalendarPrincipal const& principal) const { return principals_.row(principal.id)->rev; }
    std::vector<CalendarPrincipal const*> principals() const;

    /// What happened in a collection after `token`; nothing when the log is too long or the token is none of ours.
    std::optional<Changes> changes(Drawer& drawer, std::int64_t token, std::size_t most);
    /// Its index, made now if need be.
    TimeIndex& index(Drawer& drawer, Instant now);

  private:
    class Objects : public MirrorBase {
      public:
        explicit Objects(Shelf& shelf) : MirrorBase(kind_of<CalendarObject>()), shelf_(shelf) {}
        void put(std::string const& id, json::value const& document) override;

      private:
        Shelf& shelf_;
    };
    void on_collection(Row<CalendarCollection> const* before, Row<CalendarCollection> const* after);
    void take_out(std::string const& id);
    void note(Drawer& drawer, std::string const& name);
    Drawer& drawer_of(Id<CalendarCollection> const& id);
    bool read_back(Drawer& drawer, std::int64_t token);

    ReadLog log_;
    Mirror<CalendarPrincipal> principals_;
    Mirror<CalendarCollection> collections_;
    Objects objects_{*this};
    std::unordered_map<Id<CalendarCollection>, std::unique_ptr<Drawer>> drawers_;
    std::unordered_map<std::string, KeptObject*> by_id_;
    std::map<std::string, std::set<Id<CalendarCollection>>, std::less<>> by_owner_;
};

/// A strong ETag: equal bytes, equal tag.
std::string etag_of(std::string_view bytes);
std::string from_base64(std::string_view text);
std::string to_base64(std::string_view bytes);

} // namespace kogge::calendar::dav
