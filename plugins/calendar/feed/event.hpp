// SPDX-License-Identifier: EUPL-1.2
// One event of a feed: what it says, and the bytes that say it. The bytes are the same for every subscriber of one
// language, so that they are made once and joined into whatever feed shows them.
#pragma once

#include "world/picture.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kogge::calendar {

/// RFC 5545 §3.8.1.11
enum class EventStatus { tentative, confirmed, cancelled };

/// A place on the map (RFC 9073 §7.2): VLOCATION.
struct Spot {
    std::string uid, name, address;
    std::optional<GeoPoint> point;
};

/// Whole days, the second no longer part of it.
using Days = std::pair<Day, Day>;

struct Event {
    std::string uid;            // the same in every feed and after every change
    std::int64_t sequence = 0;  // rises with each revision of the entity
    Instant revised{};          // the newest revision of anything the event shows
    std::optional<Instant> created; // the entity's first revision, where it is known
    LocalTime starts, ends;     // each in its own zone
    std::optional<Days> days;   // all day: then these count
    EventStatus status = EventStatus::confirmed;
    Text summary;
    std::vector<std::string> description; // lines
    std::string location;
    std::optional<GeoPoint> geo;
    std::vector<Spot> spots;
    std::string category;
    std::string color;          // a name of CSS3 (RFC 7986 §5.9)
    std::string conference;     // where to take part from afar (RFC 7986 §5.11)
    std::string link;
    std::string language;       // of what is not the summary
    bool busy = true;           // whoever is in it is not free meanwhile
    bool internal = false;      // work of the office: CLASS:PRIVATE
    std::optional<std::int64_t> alarm; // minutes before it begins
};

/// BEGIN:VEVENT … END:VEVENT. Made of nothing but `event`: the same event has the same bytes, whenever and wherever.
std::string to_ical(Event const& event);

/// An entry as it is shown: as it stands, or as it was when it went.
struct Shown {
    EntryId entry;
    ProgrammeItem const* item = nullptr; // one of the four
    Leg const* leg = nullptr;
    Task const* task = nullptr;
    Visit const* banner = nullptr;
    std::int64_t rev = 0;
    std::int64_t revised_us = 0;
    bool gone = false;          // deleted, or no longer theirs
    std::optional<Days> days;

    LocalTime starts() const;
    LocalTime ends() const;
    Id<Visit> const& visit() const;
    std::vector<Id<Track>> tracks() const;
    std::vector<Id<Venue>> venues() const;
};
Shown shown(ProgrammeItem const& item, std::int64_t rev, std::int64_t revised_us);
Shown shown(Leg const& leg, std::int64_t rev, std::int64_t revised_us);
Shown shown(Visit const& visit, std::int64_t rev, std::int64_t revised_us);
/// Nothing when it has no day: neither its own nor one counted from the visit's first.
std::optional<Shown> shown(Task const& task, Picture const& picture, std::int64_t rev, std::int64_t revised_us);

/// Field of an entity that may be translated, with what it says itself.
struct TextKey {
    std::string entity, id, field;
    Text const* source = nullptr;
};
/// The texts an entry shows, besides its visit's title.
std::vector<TextKey> texts_of(Shown const& shown);

/// What the event of an entry depends on besides its own revision: the revisions of venues, tracks and visit, and the moment
/// of the newest of them. Each revision only rises, so an unchanged sum is an unchanged neighbourhood.
struct Neighbours {
    std::int64_t revisions = 0;
    std::int64_t newest_us = 0;
    friend bool operator==(Neighbours const&, Neighbours const&) = default;
};
Neighbours neighbours_of(Picture const& picture, Shown const& shown);

/// `texts` as texts_of() named them, translated; `link` with {visit} and {id} in it, or empty.
Event event_of(Picture const& picture, Shown const& shown, std::vector<Text> const& texts, Text const& visit_title, std::string const& language,
               std::string const& link);

/// As people say it: its name, else what it is and for how many.
std::string vehicle_name(Vehicle const& vehicle, std::string_view language);

/// A name of CSS3 for a visit or a track: the same for ever, and far from the others of its kind.
char const* color_of(Visit const& visit);
char const* color_of(Track const& track);
/// "#2e8b57": what Apple reads.
char const* hex_of(std::string_view color);

} // namespace kogge::calendar
