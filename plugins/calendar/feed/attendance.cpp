// SPDX-License-Identifier: EUPL-1.2
#include "feed/attendance.hpp"

#include <algorithm>
#include <set>

namespace kogge::calendar {

static_assert(Standing<Attendance>);

namespace {

bool of_a_person(FeedScope scope) { return scope == FeedScope::person || scope == FeedScope::interpreter; }

} // namespace

void Attendance::catch_up(Chronicle const& chronicle) {
    auto const& steps = chronicle.steps();
    while (next_ < steps.size()) {
        std::set<std::size_t> touched;
        auto const set = steps[next_].set;
        auto const at_us = steps[next_].at_us;
        for (; next_ < steps.size() && steps[next_].set == set; ++next_) {
            auto const& step = steps[next_];
            if (step.entry != Step::no_entry)
                touched.insert(step.entry);
            if (step.place && of_a_person(spec_.scope))
                for (auto const& visit : move(*step.place))
                    touched.insert(chronicle.entries_of(visit).begin(), chronicle.entries_of(visit).end());
        }
        for (auto const entry : touched)
            judge(chronicle, entry, next_ - 1, at_us);
    }
}

std::vector<Id<Visit>> Attendance::move(Place const& place) {
    auto& mine = place.kind == Place::Kind::delegate        ? delegates_
                 : place.kind == Place::Kind::participation ? participations_
                                                            : assignments_;
    std::vector<Id<Visit>> visits;
    if (auto const old = mine.find(place.id); old != mine.end()) {
        visits.push_back(old->second.visit);
        mine.erase(old);
    }
    if (place.there && place.person.str() == spec_.id) {
        visits.push_back(place.visit);
        mine.emplace(place.id, place);
    }
    return place.kind == Place::Kind::delegate ? visits : std::vector<Id<Visit>>();
}

void Attendance::judge(Chronicle const& chronicle, std::size_t entry, std::size_t step, std::int64_t at_us) {
    auto const stood = chronicle.stood(entry, step);
    bool const sees = stood.concern && concerns(spec_, *stood.concern, *this);
    auto const found = traces_.find(entry);
    if (found == traces_.end()) {
        if (sees)
            traces_.emplace(entry, Trace{true, stood.rev, stood.rev, 0, 0});
        return;
    }
    auto& trace = found->second;
    if (sees != trace.seen) {
        // Whoever compares SEQUENCE only has to see a higher one, too (RFC 5546 §2.1.5).
        if (stood.rev == (sees ? trace.rev : trace.shown_rev))
            ++trace.bumps;
        trace.seen = sees;
        trace.rev = stood.rev;
        trace.since_us = at_us;
    }
    if (sees)
        trace.shown_rev = stood.rev;
}

Trace const* Attendance::trace(std::size_t entry) const {
    auto const found = traces_.find(entry);
    return found == traces_.end() ? nullptr : &found->second;
}

bool Attendance::brought_by(std::vector<Id<Track>> const& tracks) const {
    return std::any_of(delegates_.begin(), delegates_.end(), [&](auto const& one) {
        return one.second.in && one.second.track && std::find(tracks.begin(), tracks.end(), *one.second.track) != tracks.end();
    });
}

std::optional<Presence> Attendance::presence(EntryId const& item) const {
    std::optional<Presence> out;
    for (auto const& [id, place] : participations_)
        if (place.item.str() == item.id)
            out = place.in ? Presence::included : Presence::excluded;
    return out;
}

bool Attendance::interprets(EntryId const& item) const {
    return std::any_of(assignments_.begin(), assignments_.end(), [&](auto const& one) { return one.second.item.str() == item.id; });
}

bool Attendance::travels(Id<Visit> const& visit) const {
    return std::any_of(delegates_.begin(), delegates_.end(), [&](auto const& one) { return one.second.in && one.second.visit == visit; });
}

} // namespace kogge::calendar
