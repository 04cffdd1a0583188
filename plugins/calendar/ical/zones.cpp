// SPDX-License-Identifier: EUPL-1.2
#include "ical/zones.hpp"

#include "ical/lines.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace kogge::calendar {

namespace {

using std::chrono::seconds;

/// The clocks change: `wall` is what they show just before.
struct Onset {
    std::chrono::local_seconds wall;
    seconds from{}, to{};
    std::string name;
    bool forward() const { return to > from; }
};

int year_of(std::chrono::local_seconds wall) {
    return int(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(wall)).year());
}

date::sys_seconds new_year(int year) { return date::sys_days(date::year(year) / 1 / 1); }

std::chrono::local_seconds wall_at(date::sys_seconds at, seconds offset) { return std::chrono::local_seconds(at.time_since_epoch() + offset); }

std::vector<Onset> onsets(Zone zone, Years years) {
    std::vector<Onset> out;
    auto info = zone.rules().get_info(new_year(years.first));
    auto const end = new_year(years.last + 1) + std::chrono::hours(24);
    while (info.end < end) {
        auto const next = zone.rules().get_info(info.end);
        if (next.offset != info.offset)
            out.push_back({wall_at(info.end, info.offset), info.offset, next.offset, next.abbrev});
        info = next;
    }
    return out;
}

/// "The last Sunday of March at 02:00": when it is in the year it first happens, and the same in every other year.
class YearlyRule {
  public:
    explicit YearlyRule(Onset const& first) : first_(first), date_(std::chrono::floor<std::chrono::days>(first.wall)) {
        last_ = last_of_month(first);
    }
    /// Narrows the rule to one that `onset` keeps as well; false when there is none.
    bool keep(Onset const& onset) {
        std::chrono::year_month_day const date(std::chrono::floor<std::chrono::days>(onset.wall));
        last_ = last_ && last_of_month(onset);
        nth_ = nth_ && week(date) == week(date_);
        return (last_ || nth_) && date.month() == date_.month() && weekday(onset) == weekday(first_) && clock(onset) == clock(first_) &&
               onset.from == first_.from && onset.to == first_.to && onset.name == first_.name;
    }
    Onset const& first() const { return first_; }
    std::string text() const {
        static constexpr std::array<char const*, 7> days{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
        return "FREQ=YEARLY;BYMONTH=" + std::to_string(unsigned(date_.month())) + ";BYDAY=" + (last_ ? "-1" : std::to_string(week(date_))) +
               days.at(weekday(first_).c_encoding());
    }

  private:
    static std::chrono::weekday weekday(Onset const& o) { return std::chrono::weekday(std::chrono::floor<std::chrono::days>(o.wall)); }
    static seconds clock(Onset const& o) { return o.wall - std::chrono::floor<std::chrono::days>(o.wall); }
    static unsigned week(std::chrono::year_month_day const& date) { return (unsigned(date.day()) - 1) / 7 + 1; }
    static bool last_of_month(Onset const& o) {
        auto const day = std::chrono::floor<std::chrono::days>(o.wall);
        return std::chrono::year_month_day(day).month() != std::chrono::year_month_day(day + std::chrono::days(7)).month();
    }

    Onset first_;
    std::chrono::year_month_day date_;
    bool last_ = false, nth_ = true;
};

/// One rule forward and one back, each kept in every year; or nothing.
std::vector<YearlyRule> yearly_rules(std::vector<Onset> const& list, Years years) {
    std::vector<YearlyRule> rules;
    std::array<int, 2> year{years.first - 1, years.first - 1};
    for (auto const& onset : list) {
        if (++year.at(onset.forward()) != year_of(onset.wall))
            return {};
        auto const same = std::find_if(rules.begin(), rules.end(), [&](auto const& rule) { return rule.first().forward() == onset.forward(); });
        if (same == rules.end())
            rules.emplace_back(onset);
        else if (!same->keep(onset))
            return {};
    }
    return year[0] >= years.last && year[1] >= years.last ? rules : std::vector<YearlyRule>();
}

std::string offset_text(seconds offset) {
    auto const size = std::abs(offset.count());
    char out[16];
    if (size % 60)
        std::snprintf(out, sizeof out, "%c%02d%02d%02d", offset < seconds(0) ? '-' : '+', int(size / 3600), int(size / 60 % 60), int(size % 60));
    else
        std::snprintf(out, sizeof out, "%c%02d%02d", offset < seconds(0) ? '-' : '+', int(size / 3600), int(size / 60 % 60));
    return out;
}

std::string compact(std::chrono::local_seconds wall) {
    auto text = kogge::to_text(wall);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

void observance(Lines& lines, Onset const& onset, std::string const& rule) {
    auto const* kind = onset.forward() ? "DAYLIGHT" : "STANDARD";
    lines.raw("BEGIN", kind).raw("DTSTART", compact(onset.wall));
    if (!rule.empty())
        lines.raw("RRULE", rule);
    lines.raw("TZOFFSETFROM", offset_text(onset.from)).raw("TZOFFSETTO", offset_text(onset.to)).text("TZNAME", onset.name).raw("END", kind);
}

} // namespace

void Years::include(Years const& other) {
    first = std::min(first, other.first);
    last = std::max(last, other.last);
}

Years years_of(LocalTime const& begin, LocalTime const& end) {
    Years years{year_of(begin.wall), year_of(begin.wall)};
    years.include({year_of(end.wall), year_of(end.wall)});
    return years;
}

std::string vtimezone(Zone zone, Years years) {
    std::string out;
    Lines lines(out);
    lines.raw("BEGIN", "VTIMEZONE").raw("TZID", zone.name());
    // The year before is looked at, too: its last change is the one in force on New Year's Day.
    Years const seen{years.first - 1, years.last};
    auto const list = onsets(zone, seen);
    if (auto const rules = yearly_rules(list, seen); !rules.empty())
        for (auto const& rule : rules)
            observance(lines, rule.first(), rule.text());
    else {
        auto const info = zone.rules().get_info(new_year(seen.first));
        observance(lines, {wall_at(new_year(seen.first), info.offset), info.offset, info.offset, info.abbrev}, {});
        for (auto const& onset : list)
            observance(lines, onset, {});
    }
    lines.raw("END", "VTIMEZONE");
    return out;
}

bool is_utc(Zone zone) { return zone.name() == "UTC" || zone.name() == "Etc/UTC"; }

bool names_one_moment(LocalTime const& time) {
    return time.zone.rules().get_info(date::local_seconds(time.wall.time_since_epoch())).result == date::local_info::unique;
}

std::string utc(Instant at) { return compact(std::chrono::local_seconds(at.time_since_epoch())) + "Z"; }

Stamp stamp(LocalTime const& time) {
    if (is_utc(time.zone) || !names_one_moment(time))
        return {{}, utc(instant_of(time))};
    return {";TZID=" + time.zone.name(), compact(time.wall)};
}

void ZonesUsed::use(LocalTime const& time, Years years) {
    if (!is_utc(time.zone) && names_one_moment(time))
        use(time.zone, years);
}

void ZonesUsed::use(Zone zone, Years years) {
    auto const [at, fresh] = years_.try_emplace(zone.name(), zone, years);
    if (!fresh)
        at->second.second.include(years);
}

} // namespace kogge::calendar
