// SPDX-License-Identifier: EUPL-1.2
#include "picture.hpp"

#include <algorithm>

namespace kogge::scheduling {

Entry entry_of(Leg const& leg) {
    return {{EntryKind::leg, leg.id.str()}, leg.visit, span_of(leg), leg.from, leg.to, leg.tracks, leg.extra_passengers, leg.without, runs(leg)};
}

Picture::Picture() {
    follow_roster();
    items.on_change = [this](auto const* before, auto const* after) { refresh((after ? after : before)->value.id); };
    legs.on_change = [this](auto const* before, auto const* after) {
        if (after)
            timeline.put(entry_of(after->value));
        else
            timeline.erase({EntryKind::leg, before->value.id.str()});
    };
    assignments.on_change = [this](auto const* before, auto const* after) {
        if (before) {
            assignments_of_[before->value.item].erase(before->value.id);
            assignments_for_[before->value.person].erase(before->value.id);
        }
        if (after) {
            assignments_of_[after->value.item].insert(after->value.id);
            assignments_for_[after->value.person].insert(after->value.id);
        }
    };
    busy_times.on_change = [this](auto const* before, auto const* after) {
        if (before)
            busy.erase(before->value);
        if (after)
            busy.insert(after->value);
    };
}

/// The roster listens to its mirrors itself: we listen after it.
void Picture::follow_roster() {
    roster.delegates.on_change = [this, roster_first = roster.delegates.on_change](auto const* before, auto const* after) {
        roster_first(before, after);
        if (before)
            timeline.leave(before->value);
        if (after)
            timeline.join(after->value);
    };
    roster.participations.on_change = [this, roster_first = roster.participations.on_change](auto const* before, auto const* after) {
        roster_first(before, after);
        if (before) {
            participations_of_[before->value.item].erase(before->value.id);
            refresh(before->value.item);
        }
        if (after) {
            participations_of_[after->value.item].insert(after->value.id);
            refresh(after->value.item);
        }
    };
}

void Picture::refresh(Id<ProgrammeItem> const& id) {
    auto const* item = items.find(id);
    if (!item)
        return timeline.erase({EntryKind::item, id.str()});
    auto const place = item->venue.value_or(Id<Venue>());
    Entry entry{{EntryKind::item, id.str()}, item->visit, span_of(*item), place, place, item->tracks, {}, {}, item->status != ItemStatus::cancelled};
    if (auto const found = participations_of_.find(id); found != participations_of_.end())
        for (auto const& one : found->second)
            if (auto const* participation = roster.participations.find(one))
                (participation->presence == Presence::included ? entry.included : entry.excluded).push_back(participation->person);
    timeline.put(std::move(entry));
}

People Picture::interpreters_of(EntryId const& id) const {
    People out;
    if (id.kind == EntryKind::item)
        if (auto const found = assignments_of_.find(Id<ProgrammeItem>(id.id)); found != assignments_of_.end())
            for (auto const& one : found->second)
                out.push_back(assignments.find(one)->person);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<Entry const*> Picture::entries_at(Id<Person> const& person, Interval const& span) const {
    auto out = timeline.at(person, span);
    if (auto const found = assignments_for_.find(person); found != assignments_for_.end())
        for (auto const& id : found->second)
            if (auto const* entry = timeline.find({EntryKind::item, assignments.find(id)->item.str()}); entry && entry->active && entry->span.overlaps(span))
                out.push_back(entry);
    std::sort(out.begin(), out.end(), BeforeInTime{});
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::string Picture::name_of(Id<Person> const& person) const {
    auto const* found = persons.find(person);
    auto name = found ? full_name(*found) : std::string();
    return name.empty() ? person.str() : name;
}

std::string Picture::name_of(Id<Venue> const& venue) const {
    auto const* found = venues.find(venue);
    return found && !found->name.empty() ? found->name : venue.str();
}

std::string Picture::name_of(Id<Vehicle> const& vehicle) const {
    auto const* found = vehicles.find(vehicle);
    return found && found->name && !found->name->empty() ? *found->name : vehicle.str();
}

std::string Picture::title_of(EntryId const& id) const {
    if (id.kind == EntryKind::item) {
        auto const* item = items.find(Id<ProgrammeItem>(id.id));
        return item && !item->title.empty() ? item->title.text : id.id;
    }
    auto const* leg = legs.find(Id<Leg>(id.id));
    return leg ? name_of(leg->from) + " → " + name_of(leg->to) : id.id;
}

Company Picture::company(Id<Visit> const& visit, People const& people) const {
    constexpr std::size_t names_shown = 5;
    Company out;
    auto rest = people;
    for (auto const& track : timeline.tracks_of(visit)) {
        auto const members = roster.people_of(std::vector{track});
        if (members.empty() || !std::ranges::includes(people, members))
            continue;
        auto const* found = tracks.find(track);
        out.tracks.push_back(found && !found->code.empty() ? found->code : track.str());
        std::erase_if(rest, [&](auto const& p) { return std::ranges::binary_search(members, p); });
    }
    for (std::size_t i = 0; i < std::min(rest.size(), names_shown); ++i)
        out.names += (out.names.empty() ? "" : ", ") + name_of(rest[i]);
    if (rest.size() > names_shown)
        out.names += " +" + std::to_string(rest.size() - names_shown);
    return out;
}

std::string Company::in(std::string_view language) const {
    if (tracks.empty())
        return names;
    bool const several = tracks.size() > 1;
    std::string out = language == "nl" ? (several ? "deelgroepen" : "deelgroep") : language == "de" ? (several ? "Teilgruppen" : "Teilgruppe") : (several ? "tracks" : "track");
    for (auto const& code : tracks)
        out += (&code == &tracks.front() ? " " : ", ") + code;
    return out + (names.empty() ? "" : ", " + names);
}

Zone Picture::zone_of(EntryId const& id, Id<Visit> const& visit) const {
    if (id.kind == EntryKind::item) {
        if (auto const* item = items.find(Id<ProgrammeItem>(id.id)))
            return item->starts.zone;
    } else if (auto const* leg = legs.find(Id<Leg>(id.id)))
        return leg->departs.zone;
    auto const* found = visits.find(visit);
    return found ? found->starts.zone : Zone();
}

} // namespace kogge::scheduling
