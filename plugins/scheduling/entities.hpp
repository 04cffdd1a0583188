// SPDX-License-Identifier: EUPL-1.2
// What scheduling owns: the days on which one side is not at work.
#pragma once

#include <kogge/id.hpp>
#include <kogge/time.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge::scheduling {

/// A day off in some regions, written as ISO 3166 has them: "NL" a country, "DE-NI" a part of it; a third part names a
/// city ("NL-GR-Groningen": only there).
struct PublicHoliday {
    Id<PublicHoliday> id;
    Day day{};
    std::vector<std::string> regions;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PublicHoliday, (), (id, day, regions, name))

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
BOOST_DESCRIBE_ENUM(Weekday, monday, tuesday, wednesday, thursday, friday, saturday, sunday)

/// A weekday on which a body cannot receive anybody: the executive meets on Tuesdays.
struct BlockedWeekday {
    Id<BlockedWeekday> id;
    std::string body;
    Weekday weekday = Weekday::monday;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(BlockedWeekday, (), (id, body, weekday, note))

} // namespace kogge::scheduling
