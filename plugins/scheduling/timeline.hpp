// SPDX-License-Identifier: EUPL-1.2
// Who is where when. The conflict index: items and legs sorted by time in lanes, one lane a track and one a person who is
// named in single entries. A person's own timeline is derived when asked for, by merging the few lanes that person is in;
// so an edit touches the lanes of its own people and no others, and nothing is stored twenty-five times.
#pragma once

#include <kogge/findings.hpp>
#include <kogge/roster.hpp>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace kogge::scheduling {

using People = Roster::People; // sorted, each once

enum class EntryKind { item, leg };

struct EntryId {
    EntryKind kind = EntryKind::item;
    std::string id;
    friend auto operator<=>(EntryId const&, EntryId const&) = default;
};

inline Ref ref_of(EntryId const& id) { return {id.kind == EntryKind::item ? "programme_item" : "transport_leg", id.id}; }

/// An item or a leg as the rules see it: a stretch of time that begins in one place and ends in another (an item in the
/// same one; an item without a venue in places nobody knows, which are empty ids).
struct Entry {
    EntryId id;
    Id<Visit> visit;
    Interval span;
    Id<Venue> from, to;
    std::vector<Id<Track>> tracks;
    People included, excluded;
    bool active = true; // false: known, but takes part in nothing
};

struct BeforeInTime {
    bool operator()(Entry const* a, Entry const* b) const {
        return std::tie(a->span.begin, a->span.end, a->id) < std::tie(b->span.begin, b->span.end, b->id);
    }
};

/// People who move as one through a visit: a track without those who go their own way somewhere, or one of these.
struct Party {
    Id<Track> track;
    People people;
    bool alone = false;
};

struct Clash {
    Entry const* other;
    People people;
};

class Timeline {
  public:
    explicit Timeline(Roster const& roster) : roster_(roster) {}
    Timeline(Timeline const&) = delete;

    void put(Entry entry); // replaces the entry of that id
    void erase(EntryId const& id);
    void join(Delegate const& delegate);
    void leave(Delegate const& delegate);

    Entry const* find(EntryId const& id) const;
    /// Every entry of a visit, active or not.
    std::set<EntryId> const& entries_of(Id<Visit> const& visit) const;
    std::set<Id<Track>> tracks_of(Id<Visit> const& visit) const;
    People people_of(Entry const& entry) const;

    /// The active entries that claim somebody of `entry` at the same time, with whom; in order of time.
    std::vector<Clash> clashes(Entry const& entry) const;

    /// The active entries that claim a person in `span`; in order of time.
    std::vector<Entry const*> at(Id<Person> const& person, Interval const& span) const;

    std::vector<Party> parties(Id<Visit> const& visit) const;
    /// A party's active entries that begin in [from, to], with the one before and the one after; in order of time.
    std::vector<Entry const*> stretch(Id<Visit> const& visit, Party const& party, Instant from, Instant to) const;

  private:
    /// Entries in order of time. The longest of them says how far back one must look for what is still going on.
    struct Lane {
        std::set<Entry const*, BeforeInTime> entries;
        std::map<std::chrono::seconds, int> lengths;
        void insert(Entry const& entry);
        void erase(Entry const& entry);
    };
    struct Membership {
        Id<Visit> visit;
        Id<Track> track;
    };
    using Deviants = std::map<Id<Person>, int>; // travellers or not: named in so many entries of the visit

    void index(Entry const& entry);
    void unindex(Entry const& entry);
    void collect(Lane const& lane, Interval const& span, std::vector<Entry const*>& out) const;
    void stretch(Lane const& lane, auto const& wanted, Instant from, Instant to, std::vector<Entry const*>& out) const;
    Lane const* lane_of(Id<Track> const& track) const;
    Lane const* lane_of(Id<Person> const& person) const;

    Roster const& roster_;
    std::unordered_map<std::string, Entry> items_, legs_;
    std::unordered_map<Id<Track>, Lane> by_track_;
    std::unordered_map<Id<Person>, Lane> by_person_; // of who is included by name
    std::unordered_map<Id<Visit>, std::set<EntryId>> by_visit_;
    std::unordered_map<Id<Visit>, Deviants> deviants_;
    std::unordered_map<Id<Person>, std::vector<Membership>> memberships_;
    std::unordered_map<Id<Visit>, std::map<Id<Track>, int>> visit_tracks_;
};

} // namespace kogge::scheduling
