// SPDX-License-Identifier: EUPL-1.2
#include "world/picture.hpp"

namespace kogge::calendar {

template <class T>
void Picture::index(Mirror<T>& mirror) {
    mirror.on_change = [this](Row<T> const* before, Row<T> const* after) {
        if (before && after && before->value.visit == after->value.visit)
            return;
        if (before)
            by_visit_[before->value.visit].erase(entry_of(before->value.id));
        if (after)
            by_visit_[after->value.visit].insert(entry_of(after->value.id));
        if (!after)
            gone_[before->value.visit].insert(entry_of(before->value.id));
    };
}

Picture::Picture() {
    index(items);
    index(legs);
    auto const by_visit = std::move(legs.on_change);
    legs.on_change = [this, by_visit](Row<Leg> const* before, Row<Leg> const* after) {
        if (before && before->value.vehicle)
            by_vehicle_[*before->value.vehicle].erase(before->value.id);
        if (after && after->value.vehicle)
            by_vehicle_[*after->value.vehicle].insert(after->value.id);
        by_visit(before, after);
    };
    assignments.on_change = [this](Row<Assignment> const* before, Row<Assignment> const* after) {
        if (before)
            by_interpreter_[before->value.person].erase(before->value.id);
        if (after)
            by_interpreter_[after->value.person].insert(after->value.id);
    };
}

Picture::Entries const& Picture::entries_of(Id<Visit> const& visit) const {
    static Entries const none;
    auto const found = by_visit_.find(visit);
    return found == by_visit_.end() ? none : found->second;
}

std::set<Id<Leg>> const& Picture::legs_of(Id<Vehicle> const& vehicle) const {
    static std::set<Id<Leg>> const none;
    auto const found = by_vehicle_.find(vehicle);
    return found == by_vehicle_.end() ? none : found->second;
}

std::set<Id<ProgrammeItem>> Picture::items_of(Id<Person> const& interpreter) const {
    std::set<Id<ProgrammeItem>> out;
    if (auto const found = by_interpreter_.find(interpreter); found != by_interpreter_.end())
        for (auto const& id : found->second)
            out.insert(assignments.find(id)->item);
    return out;
}

bool Picture::exists(EntryId const& entry) const {
    return entry.kind == EntryId::Kind::item ? items.find(Id<ProgrammeItem>(entry.id)) != nullptr : legs.find(Id<Leg>(entry.id)) != nullptr;
}

} // namespace kogge::calendar
