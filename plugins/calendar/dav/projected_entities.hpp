// SPDX-License-Identifier: EUPL-1.2
// What projected calendars keep beside the programme: the names under which clients made items, and what each user's
// program keeps with an entry.
#pragma once

#include "world/entities.hpp"

#include <optional>
#include <string>

namespace kogge::calendar::dav {

/// What a client's object carries beyond our nouns, as the lines it came in: one user's own (EntityOptions::own). Empty lines
/// stay as a row, so that a sync that asks about long ago still hears of them.
struct CalendarExtra {
    static constexpr std::string_view kind = "calendar_extra";
    Id<CalendarExtra> id;
    Id<Visit> visit; // goes with it
    std::string user;
    std::string entity, entry; // programme_item or transport_leg, and its id
    std::string lines;
};
BOOST_DESCRIBE_STRUCT(CalendarExtra, (), (id, visit, user, entity, entry, lines))

/// As much of a translation as editing one needs; translation's own entity, by its agreed name.
struct EditableTranslation {
    static constexpr std::string_view kind = "translation";
    Id<EditableTranslation> id;
    std::string entity, subject, field, language, text, source_text;
    std::string origin = "human";
    std::optional<Id<Visit>> visit;
};
BOOST_DESCRIBE_STRUCT(EditableTranslation, (), (id, entity, subject, field, language, text, source_text, origin, visit))

} // namespace kogge::calendar::dav
