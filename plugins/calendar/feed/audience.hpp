// SPDX-License-Identifier: EUPL-1.2
// Who sees what: the entries of a feed, by the roster and the passenger lists, and the changes that could add another.
#pragma once

#include "feed/event.hpp"
#include "feed/graves.hpp"

#include <kogge/json.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kogge::calendar {

enum class FeedScope { visit, track, person, vehicle, interpreter };
BOOST_DESCRIBE_ENUM(FeedScope, visit, track, person, vehicle, interpreter)

/// What a calendar link shows, as the host keeps it with the link's token.
struct FeedSpec {
    FeedScope scope = FeedScope::visit;
    std::optional<Id<Visit>> visit; // this visit only; absent: all they are in
    std::string id;                 // of the track, person, vehicle or interpreter
    std::string language = "nl";
};
BOOST_DESCRIBE_STRUCT(FeedSpec, (), (scope, visit, id, language))

class Audience {
  public:
    /// not_found when the feed is for nobody we know, or for a track of another visit.
    static Result<Audience> of(Picture const& picture, FeedSpec const& spec);

    /// In no particular order, without fallback legs.
    std::vector<Shown> entries() const;
    bool sees(Grave const& grave) const;
    /// Visits in which something is, or may be deleted, that it shows.
    std::set<Id<Visit>> visits(std::vector<Shown> const& shown) const;
    /// Changes that bring or take an entry, or rename the feed; to be joined by those of what it shows.
    std::set<std::string> tags(std::vector<Shown> const& shown) const;
    /// The one visit it is of, when it is of one.
    std::optional<Id<Visit>> const& visit() const { return visit_; }

  private:
    Audience(Picture const& picture, FeedSpec const& spec) : picture_(picture), spec_(spec), visit_(spec.visit), person_(spec.id) {}
    void add(EntryId const& entry, std::vector<Shown>& out) const;
    bool sees(ProgrammeItem const& item) const;
    bool sees(Leg const& leg) const;
    bool in_scope(Id<Visit> const& visit) const { return !visit_ || *visit_ == visit; }

    Picture const& picture_;
    FeedSpec const& spec_;
    std::optional<Id<Visit>> visit_;
    Id<Person> person_;
};

} // namespace kogge::calendar
