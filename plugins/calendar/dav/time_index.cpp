// SPDX-License-Identifier: EUPL-1.2
#include "dav/time_index.hpp"

#include "ical/recur.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

using namespace std::chrono_literals;

constexpr auto behind = std::chrono::days(2 * 366), ahead = std::chrono::days(5 * 366);
constexpr std::int64_t week = 7 * 86'400;
constexpr int most_weeks = 8;                                        // of one slot; longer ones stand in a list of their own
constexpr ical::RecurLimits kept{.steps = 200'000, .occurrences = 4'000}; // of one object

std::int64_t week_of(Instant at) {
    auto const seconds = at.time_since_epoch().count();
    return (seconds >= 0 ? seconds : seconds - week + 1) / week;
}

bool meets(Instant begin, Instant end, Interval const& range) {
    return begin == end ? range.contains(begin) : begin < range.end && range.begin < end;
}

/// What an event's instance blocks (RFC 4791 §7.10).
std::optional<ical::Busy> blocks(ical::Component const& event) {
    if (ical::same_name(event.value("TRANSP"), "TRANSPARENT") || ical::same_name(event.value("STATUS"), "CANCELLED"))
        return std::nullopt;
    return ical::same_name(event.value("STATUS"), "TENTATIVE") ? ical::Busy::tentative : ical::Busy::busy;
}

/// Everything a change of the floating zone could move into it.
Interval widened(Interval range) {
    auto const whole = ical::whole_time();
    return {range.begin - whole.begin > 26h ? range.begin - 26h : whole.begin, whole.end - range.end > 26h ? range.end + 26h : whole.end};
}

} // namespace

TimeIndex::TimeIndex(Instant now, Zone floating) : horizon_{now - behind, now + ahead}, floating_(floating) {}

void TimeIndex::put(Known& known, Slot const& slot) {
    auto const first = week_of(slot.begin);
    auto const last = week_of(slot.end > slot.begin ? slot.end - 1s : slot.begin);
    if (last - first >= most_weeks) {
        wide_.push_back(slot);
        known.wide = true;
        return;
    }
    for (auto at = first; at <= last; ++at) {
        weeks_[at].push_back(slot);
        known.weeks.push_back(at);
    }
}

void TimeIndex::add_loose(Key key, Known& known, Interval when, bool beyond) {
    loose_.push_back({when, key, known.number, beyond});
    known.loose = true;
}

/// An event's occurrences within the horizon; an event that cannot be worked out so is looked at each time.
void TimeIndex::add_event(Key key, Known& known, ical::Component const& calendar) {
    ical::ZoneBook const zones(calendar, floating_);
    for (auto const& series : ical::series_of(calendar, "VEVENT")) {
        auto const extent = ical::extent(series, zones, kept);
        auto const found = extent ? ical::occurrences(series, horizon_, zones, kept) : Result<ical::Occurrences>(extent.error());
        if (!found || !found.value().cut.empty())
            return add_loose(key, known, ical::whole_time(), false);
        for (auto const& occurrence : found.value().list)
            put(known, {occurrence.when.begin, occurrence.when.end, key, known.number, blocks(*occurrence.component)});
        if (auto const& whole = extent.value(); whole && (whole->begin < horizon_.begin || whole->end > horizon_.end))
            add_loose(key, known, *whole, true);
    }
}

/// Tasks and journals: from their first to their last moment, where they have any.
void TimeIndex::add_other(Key key, Known& known, ical::Component const& calendar) {
    ical::ZoneBook const zones(calendar, floating_);
    auto const all = ical::series_of(calendar);
    for (auto const& series : all)
        if (auto const extent = ical::extent(series, zones, kept); extent && extent.value())
            add_loose(key, known, {extent.value()->begin - 1s, extent.value()->end + 1s}, false);
        else
            add_loose(key, known, ical::whole_time(), false);
    if (all.empty()) // VFREEBUSY, VAVAILABILITY
        add_loose(key, known, ical::whole_time(), false);
}

void TimeIndex::add(Key key, ical::Component const& calendar, std::string_view component) {
    remove(key);
    auto& known = known_[key];
    if (free_numbers_.empty())
        known.number = numbers_++;
    else {
        known.number = free_numbers_.back();
        free_numbers_.pop_back();
    }
    if (component == "VEVENT")
        add_event(key, known, calendar);
    else
        add_other(key, known, calendar);
    std::sort(known.weeks.begin(), known.weeks.end());
    known.weeks.erase(std::unique(known.weeks.begin(), known.weeks.end()), known.weeks.end());
}

void TimeIndex::remove(Key key) {
    auto const found = known_.find(key);
    if (found == known_.end())
        return;
    auto const mine = [key](auto const& entry) { return entry.key == key; };
    for (auto const at : found->second.weeks)
        if (auto const slots = weeks_.find(at); slots != weeks_.end()) {
            std::erase_if(slots->second, mine);
            if (slots->second.empty())
                weeks_.erase(slots);
        }
    if (found->second.wide)
        std::erase_if(wide_, mine);
    if (found->second.loose)
        std::erase_if(loose_, mine);
    free_numbers_.push_back(found->second.number);
    known_.erase(found);
}

/// Slots that meet the range; one that reaches over several weeks is met in each of them.
template <class Visit>
void TimeIndex::each_slot(Interval range, Visit const& visit) const {
    if (range.empty())
        return;
    auto const last = week_of(range.end - 1s);
    for (auto at = weeks_.lower_bound(week_of(range.begin)); at != weeks_.end() && at->first <= last; ++at)
        for (auto const& slot : at->second)
            if (meets(slot.begin, slot.end, range))
                visit(slot, at->first == std::max(week_of(slot.begin), week_of(range.begin)));
    for (auto const& slot : wide_)
        if (meets(slot.begin, slot.end, range))
            visit(slot, true);
}

void TimeIndex::overlapping(Interval range, Zone floating, std::function<void(Key, Certainty)> const& visit) const {
    bool const same = floating == floating_;
    auto const wanted = same ? range : widened(range);
    seen_.resize(numbers_);
    auto const round = ++round_;
    auto const once = [&](std::uint32_t number, Key key, Certainty certainty) {
        if (std::exchange(seen_[number], round) != round)
            visit(key, certainty);
    };
    each_slot(wanted, [&](Slot const& slot, bool) { once(slot.number, slot.key, same ? Certainty::happens : Certainty::perhaps); });
    bool const inside = horizon_.begin <= wanted.begin && wanted.end <= horizon_.end;
    for (auto const& loose : loose_)
        if (!(loose.beyond && inside) && meets(loose.when.begin, loose.when.end, wanted))
            once(loose.number, loose.key, Certainty::perhaps);
}

void TimeIndex::busy(Interval range, Zone floating, std::vector<ical::BusyPeriod>& out, std::function<void(Key)> const& look) const {
    if (floating == floating_ && horizon_.begin <= range.begin && range.end <= horizon_.end) {
        each_slot(range, [&](Slot const& slot, bool first) {
            if (first && slot.busy && slot.begin < slot.end)
                out.push_back({{std::max(slot.begin, range.begin), std::min(slot.end, range.end)}, *slot.busy, nullptr});
        });
        for (auto const& loose : loose_)
            if (!loose.beyond && meets(loose.when.begin, loose.when.end, range))
                look(loose.key);
        return;
    }
    overlapping(range, floating, [&](Key key, Certainty) { look(key); });
}

} // namespace kogge::calendar::dav
