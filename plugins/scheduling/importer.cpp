// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "entities.hpp"

#include <kogge/scenario.hpp>

namespace kogge::scheduling {

namespace {

/// The same day in the same regions is the same holiday: its id says so, and importing twice finds it again.
Id<PublicHoliday> holiday_id(std::string const& day, std::vector<std::string> const& regions) {
    std::string out = "holiday." + day;
    for (auto const& region : regions)
        out += "." + region;
    if (!is_id(out))
        out = "holiday." + day + "." + regions.front() + "~" + std::to_string(regions.size());
    return Id<PublicHoliday>(is_id(out) ? out : make_uuid());
}

Result<PublicHoliday> read_holiday(json::object const& row, std::string const& path) {
    PublicHoliday holiday;
    auto const* regions = row.if_contains("regions");
    auto const day = parse_day(Scenario::text(row, "date"));
    if (!day)
        return invalid(day.error().message, path + "/date");
    holiday.day = day.value();
    KOGGE_TRY(holiday.regions, from_json<std::vector<std::string>>(regions ? *regions : json::array(), path + "/regions"));
    if (holiday.regions.empty())
        return invalid("a public holiday is one somewhere: name at least one region, such as \"NL\"", path + "/regions");
    holiday.name = Scenario::text(row, "name");
    holiday.id = holiday_id(to_text(holiday.day), holiday.regions);
    return holiday;
}

} // namespace

Result<ChangeSet> import_days(json::object const& document) {
    Scenario const scenario(document);
    ChangeSet changes;
    std::size_t number = 0;
    for (auto const* row : scenario.rows("public_holiday")) {
        KOGGE_TRY(auto const holiday, read_holiday(*row, "/public_holiday/" + std::to_string(number++)));
        changes.create(holiday);
    }
    number = 0;
    for (auto const* row : scenario.rows("blocked_weekday")) {
        KOGGE_TRY(auto blocked, from_json<BlockedWeekday>(*row, "/blocked_weekday/" + std::to_string(number++)));
        if (blocked.id.empty())
            blocked.id = Id<BlockedWeekday>::make();
        changes.create(blocked);
    }
    return changes;
}

} // namespace kogge::scheduling
