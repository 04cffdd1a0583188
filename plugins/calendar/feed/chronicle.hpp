// SPDX-License-Identifier: EUPL-1.2
// Who was in what, and since when: the change log, as far as it says who sees which entry. A subscriber who has seen an
// event learns that it is not theirs any more from a STATUS:CANCELLED, not from its absence (RFC 5546 §2.1.4), and only the
// log still knows that they have seen it. Read once from its beginning and followed from there; of each entry it keeps what
// decides who sees it, not what it says.
#pragma once

#include "feed/audience.hpp"

#include <kogge/json.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace kogge::calendar {

/// An entry as it stood at some revision.
using Version = std::variant<ProgrammeItem, Leg, Task, Visit>;

/// One entry of the log that can change who sees what.
struct Step {
    std::int64_t set = 0;   // steps of one change set have one number
    std::int64_t at_us = 0; // when it was committed
    std::size_t entry = 0;  // the entry that changed; the item of a participation or an assignment; no_entry of a delegate
    /// Somebody's place: as a delegate in a visit, by a participation, or as an interpreter.
    struct Place {
        enum class Kind { delegate, participation, assignment } kind = Kind::delegate;
        std::string id;
        Id<Person> person;
        Id<Visit> visit;
        std::optional<Id<Track>> track;  // of a delegate
        Id<ProgrammeItem> item;          // of the other two
        bool in = true; // goes, is included, is assigned; false: the opposite
        bool there = true; // false: deleted
    };
    std::shared_ptr<Place const> place; // null: the entry itself changed
    static constexpr std::size_t no_entry = ~std::size_t{};
};

/// Entries of the change log, as Host::log_entries gives them.
using ReadLog = std::function<Result<std::vector<json::object>>(json::object const& query)>;

class Chronicle {
  public:
    explicit Chronicle(ReadLog read) : read_(std::move(read)) {}

    /// Reads what has been committed since. One look at the log when nothing has.
    Result<void> catch_up();
    /// The same in portions: at most a thousand entries of the log; true when that was the end of it.
    Result<bool> read_on();

    std::vector<Step> const& steps() const { return steps_; }
    EntryId const& entry(std::size_t index) const { return entries_[index].id; }
    std::optional<std::size_t> find(EntryId const& entry) const;
    /// Entries that are or were in a visit.
    std::vector<std::size_t> const& entries_of(Id<Visit> const& visit) const;

    /// How an entry stood after `step`.
    struct Stood {
        std::int64_t rev = 0;
        std::shared_ptr<Concern const> concern; // null: deleted, or not yet there
    };
    Stood stood(std::size_t entry, std::size_t step) const;
    /// When it was made for the first time.
    std::optional<Instant> created(EntryId const& entry) const;

    /// An entry with all it said at `rev`, or before when it was deleted then; null when an older version wrote it in a way
    /// that is no longer understood.
    Result<std::shared_ptr<Version const>> version(EntryId const& entry, std::int64_t rev);

  private:
    struct Turn {
        std::size_t step = 0;
        Stood stood;
    };
    struct Life {
        EntryId id;
        std::int64_t created_us = 0;
        Concern last; // kept after its deletion: an undo writes it whole again
        std::vector<Turn> turns;
    };
    void take(json::object const& entry);
    void take_entry(EntryId id, json::object const& entry, Step step);
    void take_place(Step::Place::Kind kind, json::object const& entry, Step step);
    std::size_t index_of(EntryId const& id);

    ReadLog read_;
    std::int64_t seq_ = 0; // read up to here
    std::string change_set_;
    std::int64_t sets_ = 0;
    std::vector<Step> steps_;
    std::vector<Life> entries_;
    std::unordered_map<EntryId, std::size_t> index_;
    std::unordered_map<Id<Visit>, std::vector<std::size_t>> by_visit_;
    std::unordered_map<std::string, Step::Place> places_; // as they stand, by kind and id
    std::map<std::pair<EntryId, std::int64_t>, std::shared_ptr<Version const>> versions_;
};

} // namespace kogge::calendar
