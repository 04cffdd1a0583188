// SPDX-License-Identifier: EUPL-1.2
#include "ical/recur.hpp"

#include "ical/series_walk.hpp"

#include <algorithm>
#include <map>

namespace kogge::calendar::ical {

Interval whole_time() {
    using namespace std::chrono;
    return {sys_days(year(1) / 1 / 1), sys_days(year(9999) / 12 / 31) + hours(24) - seconds(1)};
}

std::vector<Series> series_of(Component const& calendar, std::string_view type) {
    std::vector<Series> out;
    std::map<std::pair<std::string, std::string>, std::size_t, std::less<>> known;
    for (auto const& component : calendar.components) {
        if (type.empty() ? !component.is("VEVENT") && !component.is("VTODO") && !component.is("VJOURNAL") : !component.is(type))
            continue;
        auto const uid = component.value("UID");
        auto at = out.size();
        if (!uid.empty())
            at = known.try_emplace({component.name, std::string(uid)}, at).first->second;
        if (at < out.size() && !component.find("RECURRENCE-ID") && out[at].master)
            at = out.size(); // the same UID twice: two series, rather than one lost
        if (at == out.size())
            out.emplace_back();
        if (component.find("RECURRENCE-ID"))
            out[at].overrides.push_back(&component);
        else
            out[at].master = &component;
    }
    return out;
}

Result<Occurrences> occurrences(Series const& series, Interval range, ZoneBook const& zones, RecurLimits const& limits) {
    KOGGE_TRY(auto walk, SeriesWalk::of(series, zones, limits.steps));
    Occurrences out;
    bool full = false;
    out.cut = walk.each(range, [&](Occurrence const& occurrence) {
        auto const& when = occurrence.when;
        if (when.empty() ? !range.contains(when.begin) : !when.overlaps(range))
            return true;
        full = out.list.size() == limits.occurrences;
        if (!full)
            out.list.push_back(occurrence);
        return !full;
    });
    if (full)
        out.cut = "more than " + std::to_string(limits.occurrences) + " occurrences";
    std::stable_sort(out.list.begin(), out.list.end(), [](auto const& a, auto const& b) { return a.when < b.when; });
    return out;
}

Result<std::optional<Interval>> extent(Series const& series, ZoneBook const& zones, RecurLimits const& limits) {
    KOGGE_TRY(auto walk, SeriesWalk::of(series, zones, limits.steps));
    return walk.extent();
}

} // namespace kogge::calendar::ical
