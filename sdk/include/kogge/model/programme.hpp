// SPDX-License-Identifier: EUPL-1.2
// The programme: what happens when, where, and who takes part.
#pragma once

#include <kogge/id.hpp>
#include <kogge/time.hpp>
#include <kogge/values.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge {

struct Person;
struct Track;
struct Venue;
struct Visit;

enum class ItemKind {
    logistics, meal, plenary, ceremony, bilateral, meeting, tour, workshop, briefing, matchmaking, site_visit, rehearsal,
    press, reception, culture, other
};
BOOST_DESCRIBE_ENUM(ItemKind, logistics, meal, plenary, ceremony, bilateral, meeting, tour, workshop, briefing, matchmaking,
                    site_visit, rehearsal, press, reception, culture, other)

enum class ItemStatus { proposed, confirmed, cancelled };
BOOST_DESCRIBE_ENUM(ItemStatus, proposed, confirmed, cancelled)

/// What a delay may do to an item (FIELD e10): move it whole, shorten it from its start, or neither.
enum class Timing { flexible, fixed_start, fixed_end, fixed_both };
BOOST_DESCRIBE_ENUM(Timing, flexible, fixed_start, fixed_end, fixed_both)

enum class InterpretationMode { simultaneous, consecutive, whispered, liaison };
BOOST_DESCRIBE_ENUM(InterpretationMode, simultaneous, consecutive, whispered, liaison)

/// Interpretation an item asks for, between two languages.
struct Interpretation {
    InterpretationMode mode = InterpretationMode::consecutive;
    std::string from = "nl";
    std::string to = "de";
    friend bool operator==(Interpretation const&, Interpretation const&) = default;
};
BOOST_DESCRIBE_STRUCT(Interpretation, (), (mode, from, to))

struct ProgrammeItem {
    Id<ProgrammeItem> id;
    Id<Visit> visit;
    Text title;
    ItemKind item_kind = ItemKind::other;
    ItemStatus status = ItemStatus::proposed;
    LocalTime starts; // wall clock at the venue
    LocalTime ends;
    std::optional<Timing> timing; // absent: what its kind usually does
    std::optional<Id<Venue>> venue;
    std::vector<Id<Track>> tracks;
    std::optional<Id<Person>> responsible;
    std::vector<std::string> working_languages;
    std::optional<Interpretation> interpretation;
    std::optional<std::string> meal; // coffee, lunch, dinner, reception
    std::optional<std::string> dress_code;
    std::optional<Text> note;
};
BOOST_DESCRIBE_STRUCT(ProgrammeItem, (), (id, visit, title, item_kind, status, starts, ends, timing, venue, tracks, responsible,
                                          working_languages, interpretation, meal, dress_code, note))

inline Interval span_of(ProgrammeItem const& item) { return {instant_of(item.starts), instant_of(item.ends)}; }

/// Meals, plenaries, ceremonies, meetings and bilaterals end when they were to end; the rest moves whole (FIELD e10).
inline Timing timing_of(ProgrammeItem const& item) {
    if (item.timing)
        return *item.timing;
    switch (item.item_kind) {
        case ItemKind::meal:
        case ItemKind::plenary:
        case ItemKind::ceremony:
        case ItemKind::meeting:
        case ItemKind::bilateral: return Timing::fixed_end;
        default: return Timing::flexible;
    }
}

enum class Presence { included, excluded };
BOOST_DESCRIBE_ENUM(Presence, included, excluded)

/// Somebody takes part in an item although no track brings them, or stays away although their track goes.
struct Participation {
    Id<Participation> id;
    Id<Visit> visit;
    Id<ProgrammeItem> item;
    Id<Person> person;
    Presence presence = Presence::included;
    std::string role = "participant";
    std::optional<bool> attended;
};
BOOST_DESCRIBE_STRUCT(Participation, (), (id, visit, item, person, presence, role, attended))

} // namespace kogge
