// SPDX-License-Identifier: EUPL-1.2
// Which entries something has happened to, in order: for those who keep what they have made of them, and want to look again
// at those only.
#pragma once

#include "world/entities.hpp"

#include <compare>
#include <cstdint>
#include <deque>
#include <string>

namespace kogge::calendar {

/// What can be an entry of a feed. A visit is its banner: the days it lasts.
struct EntryId {
    enum class Kind { item, leg, task, visit };
    Kind kind = Kind::item;
    std::string id;
    friend auto operator<=>(EntryId const&, EntryId const&) = default;
};
inline EntryId entry_of(Id<ProgrammeItem> const& id) { return {EntryId::Kind::item, id.str()}; }
inline EntryId entry_of(Id<Leg> const& id) { return {EntryId::Kind::leg, id.str()}; }
inline EntryId entry_of(Id<Task> const& id) { return {EntryId::Kind::task, id.str()}; }
inline EntryId entry_of(Id<Visit> const& id) { return {EntryId::Kind::visit, id.str()}; }
inline std::string const& entity_of(EntryId const& entry) {
    switch (entry.kind) {
    case EntryId::Kind::item: return kind_of<ProgrammeItem>();
    case EntryId::Kind::leg: return kind_of<Leg>();
    case EntryId::Kind::task: return kind_of<Task>();
    case EntryId::Kind::visit: break;
    }
    return kind_of<Visit>();
}

class Journal {
  public:
    /// One entry, or a visit and whatever is in it, or what entries that have gone may still speak of ("venue:hall"): of
    /// those nobody keeps a list.
    struct Mark {
        EntryId entry;
        bool whole_visit = false;
        std::string neighbour;
    };

    void touch(EntryId entry) { add({std::move(entry), false, {}}); }
    void touch_neighbour(std::string tag) { add({{}, false, std::move(tag)}); }
    void touch_all_of(Id<Visit> const& visit) {
        if (!visit.empty())
            add({entry_of(visit), true, {}});
    }

    /// Where it stands now.
    std::int64_t end() const { return begin_ + static_cast<std::int64_t>(marks_.size()); }
    /// Calls `look` with what was marked since `position`. False: too long ago to say; look at everything.
    template <class Look>
    bool since(std::int64_t position, Look look) const {
        if (position < begin_)
            return false;
        for (auto i = marks_.begin() + (position - begin_); i != marks_.end(); ++i)
            look(*i);
        return true;
    }

  private:
    static constexpr std::size_t longest = 50'000;
    void add(Mark mark) {
        if (marks_.size() == longest)
            marks_.pop_front(), ++begin_;
        marks_.push_back(std::move(mark));
    }
    std::deque<Mark> marks_;
    std::int64_t begin_ = 0;
};

} // namespace kogge::calendar

template <>
struct std::hash<kogge::calendar::EntryId> {
    std::size_t operator()(kogge::calendar::EntryId const& entry) const noexcept {
        return std::hash<std::string>{}(entry.id) * 4 + static_cast<std::size_t>(entry.kind);
    }
};
