// SPDX-License-Identifier: EUPL-1.2
#include "world/picture.hpp"

namespace kogge::calendar {

namespace {

template <class Map, class Key>
typename Map::mapped_type const& found_or_none(Map const& map, Key const& key) {
    static typename Map::mapped_type const none;
    auto const found = map.find(key);
    return found == map.end() ? none : found->second;
}

std::vector<Id<Venue>> places_of(ProgrammeItem const& item) { return item.venue ? std::vector{*item.venue} : std::vector<Id<Venue>>(); }
std::vector<Id<Venue>> places_of(Leg const& leg) { return {leg.from, leg.to}; }
std::vector<Id<Venue>> places_of(Task const&) { return {}; }

} // namespace

template <class T, class Places>
void Picture::index(Mirror<T>& mirror, std::unordered_map<Id<Visit>, Entries>& by_visit, Places places) {
    mirror.on_change = [this, &by_visit, places](Row<T> const* before, Row<T> const* after) {
        auto const entry = entry_of((after ? after : before)->value.id);
        if (before) {
            by_visit[before->value.visit].erase(entry);
            for (auto const& venue : places(before->value))
                by_venue_[venue].erase(entry);
        }
        if (after) {
            by_visit[after->value.visit].insert(entry);
            for (auto const& venue : places(after->value))
                by_venue_[venue].insert(entry);
        }
        journal_.touch(entry);
    };
}

Picture::Picture() {
    auto const places = [](auto const& value) { return places_of(value); };
    index(items, by_visit_, places);
    index(tasks, tasks_, places);
    index(legs, by_visit_, places);
    auto const placed = std::move(legs.on_change);
    legs.on_change = [this, placed](Row<Leg> const* before, Row<Leg> const* after) {
        if (before && before->value.vehicle)
            by_vehicle_[*before->value.vehicle].erase(before->value.id);
        if (before && before->value.driver)
            by_driver_[*before->value.driver].erase(before->value.id);
        if (after && after->value.vehicle)
            by_vehicle_[*after->value.vehicle].insert(after->value.id);
        if (after && after->value.driver)
            by_driver_[*after->value.driver].insert(after->value.id);
        placed(before, after);
    };
    watch_neighbours();
}

/// What an entry says, and who sees it, hangs on more than itself.
void Picture::watch_neighbours() {
    visits.on_change = [this](auto const* before, auto const* after) { journal_.touch_all_of((after ? after : before)->value.id); };
    tracks.on_change = [this](auto const* before, auto const* after) { journal_.touch_all_of((after ? after : before)->value.visit); };
    venues.on_change = [this](auto const* before, auto const* after) {
        auto const& id = (after ? after : before)->value.id;
        for (auto const& entry : entries_at(id))
            journal_.touch(entry);
        journal_.touch_neighbour("venue:" + id.str());
    };
    vehicles.on_change = [this](auto const* before, auto const* after) {
        auto const& id = (after ? after : before)->value.id;
        for (auto const& leg : legs_of(id))
            journal_.touch(entry_of(leg));
        journal_.touch_neighbour("vehicle:" + id.str());
    };
    roster.on_change = [this](Id<Visit> const& visit, Id<ProgrammeItem> const& item) {
        if (item.empty())
            journal_.touch_all_of(visit);
        else
            journal_.touch(entry_of(item));
    };
    assignments.on_change = [this](Row<Assignment> const* before, Row<Assignment> const* after) {
        if (before) {
            by_interpreter_[before->value.person].erase(before->value.id);
            journal_.touch(entry_of(before->value.item));
        }
        if (after) {
            by_interpreter_[after->value.person].insert(after->value.id);
            journal_.touch(entry_of(after->value.item));
        }
    };
    names.on_change = [this](auto const* before, auto const* after) { journal_.touch(entry_of(Id<ProgrammeItem>((after ? after : before)->value.id.str()))); };
    translations.on_change = [this](Row<Translation> const* before, Row<Translation> const* after) {
        for (auto const* row : {before, after})
            if (row && row->value.entity == kind_of<ProgrammeItem>())
                journal_.touch(entry_of(Id<ProgrammeItem>(row->value.subject)));
            else if (row && row->value.entity == kind_of<Visit>())
                journal_.touch_all_of(Id<Visit>(row->value.subject));
            else if (auto const* track = row && row->value.entity == kind_of<Track>() ? tracks.find(Id<Track>(row->value.subject)) : nullptr)
                journal_.touch_all_of(track->visit);
    };
}

Picture::Entries const& Picture::entries_of(Id<Visit> const& visit) const { return found_or_none(by_visit_, visit); }
Picture::Entries const& Picture::tasks_of(Id<Visit> const& visit) const { return found_or_none(tasks_, visit); }
Picture::Entries const& Picture::entries_at(Id<Venue> const& venue) const { return found_or_none(by_venue_, venue); }
std::set<Id<Leg>> const& Picture::legs_of(Id<Vehicle> const& vehicle) const { return found_or_none(by_vehicle_, vehicle); }
std::set<Id<Leg>> const& Picture::legs_driven_by(Id<Person> const& driver) const { return found_or_none(by_driver_, driver); }

std::set<Id<ProgrammeItem>> Picture::items_of(Id<Person> const& interpreter) const {
    std::set<Id<ProgrammeItem>> out;
    for (auto const& id : found_or_none(by_interpreter_, interpreter))
        out.insert(assignments.find(id)->item);
    return out;
}

bool Picture::interprets(Id<ProgrammeItem> const& item, Id<Person> const& person) const {
    for (auto const& id : found_or_none(by_interpreter_, person))
        if (assignments.find(id)->item == item)
            return true;
    return false;
}

bool Picture::exists(EntryId const& entry) const {
    switch (entry.kind) {
    case EntryId::Kind::item: return items.find(Id<ProgrammeItem>(entry.id)) != nullptr;
    case EntryId::Kind::leg: return legs.find(Id<Leg>(entry.id)) != nullptr;
    case EntryId::Kind::task: return tasks.find(Id<Task>(entry.id)) != nullptr;
    case EntryId::Kind::visit: break;
    }
    return visits.find(Id<Visit>(entry.id)) != nullptr;
}

} // namespace kogge::calendar
