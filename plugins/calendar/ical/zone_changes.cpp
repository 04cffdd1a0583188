// SPDX-License-Identifier: EUPL-1.2
#include "ical/zone_changes.hpp"

#include "ical/rule_walk.hpp"

#include <algorithm>

namespace kogge::calendar::ical {

namespace {

using std::chrono::seconds;
using Change = ZoneChanges::Change;

constexpr std::size_t most_changes = 4'000; // the tz database has at most 250 for a zone until 2037
constexpr std::int64_t most_steps = 100'000;

Wall new_years_wall(int year) { return Wall(std::chrono::local_days(std::chrono::year(year) / 1 / 1)); }

struct Observance {
    Wall start;
    seconds from, to;
};

Result<Observance> read_observance(Component const& part) {
    Observance out;
    auto const* start = part.find("DTSTART");
    if (!start)
        return invalid(part.name + " has no DTSTART");
    KOGGE_TRY(auto const stamp, read_stamp(start->value()));
    out.start = stamp.wall;
    KOGGE_TRY(out.from, read_utc_offset(part.value("TZOFFSETFROM")));
    KOGGE_TRY(out.to, read_utc_offset(part.value("TZOFFSETTO")));
    return out;
}

/// Keeps what budget there is for a whole VTIMEZONE.
class Collector {
  public:
    Result<void> add(Observance const& o, Wall wall) {
        if (list.size() == most_changes)
            return invalid("the clocks change more than " + std::to_string(most_changes) + " times");
        list.push_back({Instant((wall - o.from).time_since_epoch()), o.to});
        if (!earliest || list.back().at < earliest->first)
            earliest = {list.back().at, o.from};
        return boost::outcome_v2::success();
    }

    Result<void> add_rule(Observance const& o, std::string_view text) {
        KOGGE_TRY(auto const rule, read_rule(text));
        auto until = std::optional(new_years_wall(2101));
        if (rule.until) // in UTC, as a rule (§3.6.5)
            until = std::min(*until, rule.until->kind == Stamp::Kind::utc ? rule.until->wall + o.from : rule.until->wall);
        RuleWalk walk(rule, o.start, until, steps_);
        walk.forward(new_years_wall(1900));
        while (auto const wall = walk.next()) {
            KOGGE_TRY(add(o, *wall));
        }
        if (walk.exhausted())
            return invalid("RRULE:" + std::string(text.substr(0, 80)) + " is no rule for clocks");
        return boost::outcome_v2::success();
    }

    Result<void> add_dates(Observance const& o, Property const& property) {
        for (auto const text : split_list(property.value())) {
            KOGGE_TRY(auto const stamp, read_stamp(text.substr(0, text.find('/'))));
            KOGGE_TRY(add(o, stamp.kind == Stamp::Kind::utc ? stamp.wall + o.from : stamp.wall));
        }
        return boost::outcome_v2::success();
    }

    std::vector<Change> list;
    std::optional<std::pair<Instant, seconds>> earliest;

  private:
    std::int64_t steps_ = most_steps;
};

/// A clock that goes forward skips times: those are read with the offset before. One that goes back shows times twice: the first
/// pass has the offset before, too. So the later of the two readings of the change is where the new offset begins.
void fill_from(ZoneChanges& changes) {
    auto before = changes.first;
    auto latest = Wall::min();
    for (auto& change : changes.list) {
        change.from = std::max(latest, Wall(change.at.time_since_epoch() + std::max(before, change.offset)));
        latest = change.from;
        before = change.offset;
    }
}

} // namespace

seconds ZoneChanges::offset_at(Instant at) const {
    auto const after = std::upper_bound(list.begin(), list.end(), at, [](Instant i, Change const& c) { return i < c.at; });
    return after == list.begin() ? first : std::prev(after)->offset;
}

seconds ZoneChanges::offset_at(Wall wall) const {
    auto const after = std::upper_bound(list.begin(), list.end(), wall, [](Wall w, Change const& c) { return w < c.from; });
    return after == list.begin() ? first : std::prev(after)->offset;
}

Result<ZoneChanges> read_changes(Component const& vtimezone) {
    ZoneChanges out;
    out.name = vtimezone.value("TZID");
    Collector collector;
    std::optional<seconds> last;
    for (auto const& part : vtimezone.components) {
        if (!part.is("STANDARD") && !part.is("DAYLIGHT"))
            continue;
        KOGGE_TRY(auto const observance, read_observance(part));
        last = observance.to;
        auto const rules = part.all("RRULE");
        if (rules.empty()) {
            KOGGE_TRY(collector.add(observance, observance.start));
        }
        for (auto const* rule : rules) {
            KOGGE_TRY(collector.add_rule(observance, rule->value()));
        }
        for (auto const* dates : part.all("RDATE")) {
            KOGGE_TRY(collector.add_dates(observance, *dates));
        }
    }
    if (!last)
        return invalid("there is neither STANDARD nor DAYLIGHT in it");
    out.first = collector.earliest ? collector.earliest->second : *last; // all changes were before 1900
    out.list = std::move(collector.list);
    std::stable_sort(out.list.begin(), out.list.end(), [](auto const& a, auto const& b) { return a.at < b.at; });
    fill_from(out);
    return out;
}

} // namespace kogge::calendar::ical
