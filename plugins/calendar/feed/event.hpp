// SPDX-License-Identifier: EUPL-1.2
// One event of a feed: what it says, and the bytes that say it. The bytes are the same for every subscriber of one
// language, so that they are made once and joined into whatever feed shows them.
#pragma once

#include "world/picture.hpp"

#include <string>
#include <vector>

namespace kogge::calendar {

/// RFC 5545 §3.8.1.11
enum class EventStatus { tentative, confirmed, cancelled };

struct Event {
    std::string uid;            // the same in every feed and after every change
    std::int64_t sequence = 0;  // rises with each revision of the entity
    Instant revised{};          // the newest revision of anything the event shows
    LocalTime starts, ends;     // each in its own zone
    EventStatus status = EventStatus::confirmed;
    Text summary;
    std::vector<std::string> description; // lines
    std::string location;
    std::optional<GeoPoint> geo;
    std::string category;
    std::string link;
    std::string language;       // of what is not the summary
};

/// BEGIN:VEVENT … END:VEVENT. Made of nothing but `event`: the same event has the same bytes, whenever and wherever.
std::string to_ical(Event const& event);

/// An entry as it is shown: as it stands, or as it was when it was deleted.
struct Shown {
    EntryId entry;
    ProgrammeItem const* item = nullptr; // one of the two
    Leg const* leg = nullptr;
    std::int64_t rev = 0;
    std::int64_t revised_us = 0;
    bool deleted = false;

    LocalTime const& starts() const { return item ? item->starts : leg->departs; }
    LocalTime const& ends() const { return item ? item->ends : leg->arrives; }
    Id<Visit> const& visit() const { return item ? item->visit : leg->visit; }
    std::vector<Id<Track>> const& tracks() const { return item ? item->tracks : leg->tracks; }
    std::vector<Id<Venue>> venues() const;
};

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

} // namespace kogge::calendar
