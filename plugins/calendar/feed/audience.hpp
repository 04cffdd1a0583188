// SPDX-License-Identifier: EUPL-1.2
// Who sees what: which entries a feed is about, by the roster, the passenger lists and the places, and the changes that could
// add another.
#pragma once

#include "feed/event.hpp"

#include <kogge/json.hpp>

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kogge::calendar {

enum class FeedScope { visit, track, person, vehicle, driver, interpreter, venue, office };
BOOST_DESCRIBE_ENUM(FeedScope, visit, track, person, vehicle, driver, interpreter, venue, office)

/// banner: the days of the visits. items: what happens. full: and how everybody gets there. tasks: and what is to be done.
enum class FeedDetail { banner, items, full, tasks };
BOOST_DESCRIBE_ENUM(FeedDetail, banner, items, full, tasks)

/// What a calendar link shows, as the host keeps it with the link's token.
struct FeedSpec {
    FeedScope scope = FeedScope::visit;
    std::optional<Id<Visit>> visit; // this visit only; absent: all they are in
    std::string id;                 // of the track, person, vehicle, driver, interpreter or venue
    std::string language = "nl";
    FeedDetail detail = FeedDetail::full;
    std::optional<std::int64_t> alarms_minutes; // an alarm so long before each entry
    friend auto operator<=>(FeedSpec const&, FeedSpec const&) = default;
};
BOOST_DESCRIBE_STRUCT(FeedSpec, (), (scope, visit, id, language, detail, alarms_minutes))

/// Whether a level shows entries of this kind. Only visits, tracks, people and the office have days of their own: the other
/// scopes show their items instead.
bool shows(FeedSpec const& spec, EntryId::Kind kind);

/// What decides who sees an entry: everything of it but what it says.
struct Concern {
    EntryId entry;
    Id<Visit> visit;
    std::vector<Id<Track>> tracks;
    std::vector<Id<Person>> extra, without; // of a leg, besides its tracks
    std::optional<Id<Person>> driver, owner;
    std::optional<Id<Vehicle>> vehicle;
    std::vector<Id<Venue>> venues;
    bool waits = false;                // a fallback until it runs, a task without a day: nobody's
    bool due = false, counted = false; // a task has a day of its own, or one counted from the visit's first
    friend bool operator==(Concern const&, Concern const&) = default;
};
Concern concern_of(ProgrammeItem const& item);
Concern concern_of(Leg const& leg);
Concern concern_of(Task const& task);
Concern concern_of(Visit const& visit);

/// Where one person stands, now or at some moment of the log.
template <class T>
concept Standing = requires(T const& standing, Id<Visit> const& visit, std::vector<Id<Track>> const& tracks, EntryId const& item) {
    { standing.brought_by(tracks) } -> std::same_as<bool>;
    { standing.presence(item) } -> std::same_as<std::optional<Presence>>;
    { standing.interprets(item) } -> std::same_as<bool>;
    { standing.travels(visit) } -> std::same_as<bool>;
};

/// The one rule of who sees what. `track_visit`: the visit of the feed's track, when it is a track's.
template <Standing S>
bool concerns(FeedSpec const& spec, Concern const& what, S const& standing) {
    if (what.waits || (spec.visit && *spec.visit != what.visit))
        return false;
    auto const any = [](auto const& list, std::string const& id) { return std::any_of(list.begin(), list.end(), [&](auto const& one) { return one.str() == id; }); };
    auto const is = [&](auto const& one) { return one && one->str() == spec.id; };
    using Kind = EntryId::Kind;
    switch (spec.scope) {
    case FeedScope::visit:
    case FeedScope::office: return true;
    case FeedScope::track: return what.entry.kind == Kind::visit || any(what.tracks, spec.id);
    case FeedScope::vehicle: return is(what.vehicle);
    case FeedScope::driver: return is(what.driver);
    case FeedScope::interpreter: return what.entry.kind == Kind::item && standing.interprets(what.entry);
    case FeedScope::venue: return any(what.venues, spec.id);
    case FeedScope::person: break;
    }
    switch (what.entry.kind) {
    case Kind::item: {
        auto const said = standing.presence(what.entry);
        return said ? *said == Presence::included : standing.brought_by(what.tracks);
    }
    case Kind::leg: return (standing.brought_by(what.tracks) || any(what.extra, spec.id)) && !any(what.without, spec.id);
    case Kind::task: return is(what.owner);
    case Kind::visit: break;
    }
    return standing.travels(what.visit);
}

class Audience {
  public:
    /// not_found when the feed is for nobody we know, or for a track of another visit. `spec` gets the visit of its track.
    static Result<Audience> of(Picture const& picture, FeedSpec spec);

    /// In no particular order, without fallback legs.
    std::vector<Shown> entries() const;
    /// The entry as it stands, when the feed shows it.
    std::optional<Shown> entry(EntryId const& entry) const;
    /// Visits whose new entries the feed would show.
    std::set<Id<Visit>> visits() const;
    /// Changes that bring or take an entry, or rename the feed; to be joined by those of what it shows.
    std::set<std::string> tags() const;
    FeedSpec const& spec() const { return spec_; }
    /// The one visit it is of, when it is of one.
    std::optional<Id<Visit>> const& visit() const { return spec_.visit; }

  private:
    Audience(Picture const& picture, FeedSpec spec) : picture_(&picture), spec_(std::move(spec)) {}
    template <class Look>
    void each(Look look) const;
    template <class Look>
    void each_of(Id<Visit> const& visit, Look look) const;

    Picture const* picture_;
    FeedSpec spec_;
};

/// Changes of what an entry shows besides its visit.
std::vector<std::string> tags_of(Shown const& shown);

} // namespace kogge::calendar
