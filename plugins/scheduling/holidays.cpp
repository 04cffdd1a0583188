// SPDX-License-Identifier: EUPL-1.2
#include "holidays.hpp"

#include <algorithm>
#include <set>

namespace kogge::scheduling {

bool observed_in(std::string const& region, City const& city) {
    auto const country = region.substr(0, region.find('-'));
    if (country != city.country)
        return false;
    if (country == region)
        return true;
    auto const last = region.find('-', country.size() + 1);
    if (last != std::string::npos)
        return region.substr(last + 1) == city.name.text;
    return !city.region || *city.region == region;
}

std::vector<City const*> sides_of(Picture const& picture, Visit const& visit) {
    std::vector<City const*> out;
    for (auto const& [id, row] : picture.cities.rows())
        if (row.value.relation == Relation::home)
            out.push_back(&row.value);
    if (auto const* partner = visit.partner_city ? picture.cities.find(*visit.partner_city) : nullptr)
        if (std::find(out.begin(), out.end(), partner) == out.end())
            out.push_back(partner);
    return out;
}

bool open(Visit const& visit) {
    return visit.status != VisitStatus::closed && visit.status != VisitStatus::declined && visit.status != VisitStatus::cancelled;
}

std::map<Day, std::vector<std::string>> blocked_days(Picture const& picture, Visit const& visit, Day from, Day to) {
    std::map<Day, std::set<std::string>> days;
    for (auto const& [id, row] : picture.holidays.rows()) {
        auto const& holiday = row.value;
        if (holiday.day < from || to < holiday.day)
            continue;
        for (auto const* city : sides_of(picture, visit))
            if (std::ranges::any_of(holiday.regions, [&](auto const& region) { return observed_in(region, *city); }))
                days[holiday.day].insert(holiday.name + " (" + city->name.text + ")");
    }
    for (auto const& [id, row] : picture.weekdays.rows()) {
        auto const& blocked = row.value;
        for (auto day = from; day <= to; day += std::chrono::days(1))
            if (std::chrono::weekday(day).iso_encoding() == static_cast<unsigned>(blocked.weekday) + 1)
                days[day].insert(blocked.body + (blocked.note ? ": " + *blocked.note : ""));
    }
    std::map<Day, std::vector<std::string>> out;
    for (auto const& [day, reasons] : days)
        out[day].assign(reasons.begin(), reasons.end());
    return out;
}

} // namespace kogge::scheduling
