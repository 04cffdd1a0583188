// SPDX-License-Identifier: EUPL-1.2
// Deleted entries. A subscriber who has seen an event learns that it will not happen from a STATUS:CANCELLED with a
// higher SEQUENCE, not from its absence. They stand in the change log and nowhere else: read when a visit's feed is first
// asked for, and again from there on when something of it went.
#pragma once

#include "world/picture.hpp"

#include <kogge/json.hpp>

#include <functional>
#include <map>
#include <set>
#include <variant>

namespace kogge::calendar {

/// An entry as it was when it was deleted, and who took part in it besides its tracks.
struct Grave {
    EntryId entry;
    std::variant<ProgrammeItem, Leg> last;
    std::int64_t rev = 0; // of the deletion
    Instant deleted{};
    std::string change_set;
    std::set<Id<Person>> included, excluded, interpreters; // by what was deleted along with it
};

/// Entries of the change log, as Host::log_entries gives them.
using ReadLog = std::function<Result<std::vector<json::object>>(json::object const& query)>;

class Graves {
  public:
    Graves(Picture& picture, ReadLog read) : picture_(picture), read_(std::move(read)) {}

    /// The deleted entries of a visit that nobody brought back.
    Result<std::vector<Grave const*>> of(Id<Visit> const& visit);

  private:
    struct Yard {
        bool read = false;
        std::int64_t seq = 0; // read up to here
        std::map<EntryId, Grave> graves;
        std::set<EntryId> awaited; // gone, but not yet in the log: we may hear of a deletion before it is committed
    };
    Result<void> read(Id<Visit> const& visit, Yard& yard) const;
    static void bury(json::object const& entry, Yard& yard);
    static void bury_along(json::object const& entry, Yard& yard);

    Picture& picture_;
    ReadLog read_;
    std::map<Id<Visit>, Yard> yards_;
};

} // namespace kogge::calendar
