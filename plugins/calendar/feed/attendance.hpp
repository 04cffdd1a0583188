// SPDX-License-Identifier: EUPL-1.2
// What one subscriber may still hold: the chronicle seen through the eyes of one feed. Of each entry it ever showed: whether
// it still does, and what the next version must carry so that whoever holds an older one takes it for newer.
#pragma once

#include "feed/chronicle.hpp"

#include <map>
#include <string>
#include <unordered_map>

namespace kogge::calendar {

struct Trace {
    bool seen = false;          // shown now
    std::int64_t shown_rev = 0; // of the entity, when it was shown last
    std::int64_t rev = 0;       // of the entity, when it was lost; the SEQUENCE it was cancelled with follows from it
    int bumps = 0;              // added to SEQUENCE: changes of who sees it that left the entity's own revision alone
    std::int64_t since_us = 0;  // when it was lost or came back last; 0: neither ever happened
};

class Attendance {
  public:
    explicit Attendance(FeedSpec spec) : spec_(std::move(spec)) {}

    /// Follows the chronicle to its end.
    void catch_up(Chronicle const& chronicle);

    /// Null for what it never showed.
    Trace const* trace(std::size_t entry) const;
    std::unordered_map<std::size_t, Trace> const& traces() const { return traces_; }

    // ---- where the person of the feed stood at the step that is being looked at (Standing) ----
    bool brought_by(std::vector<Id<Track>> const& tracks) const;
    std::optional<Presence> presence(EntryId const& item) const;
    bool interprets(EntryId const& item) const;
    bool travels(Id<Visit> const& visit) const;

  private:
    using Place = Step::Place;
    /// Puts the person where the step says; the visits whose entries that may concern, when it is a delegate's.
    std::vector<Id<Visit>> move(Place const& place);
    void judge(Chronicle const& chronicle, std::size_t entry, std::size_t step, std::int64_t at_us);

    FeedSpec spec_;
    std::size_t next_ = 0; // step
    std::map<std::string, Place> delegates_, participations_, assignments_; // of this person, by id
    std::unordered_map<std::size_t, Trace> traces_;
};

} // namespace kogge::calendar
