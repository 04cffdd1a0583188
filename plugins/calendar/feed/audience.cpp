// SPDX-License-Identifier: EUPL-1.2
#include "feed/audience.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

template <class T>
bool has(std::vector<Id<T>> const& list, std::string const& id) {
    return std::any_of(list.begin(), list.end(), [&](auto const& one) { return one.str() == id; });
}

Error nobody(FeedSpec const& spec) {
    return {ErrorCode::not_found, "there is no " + std::string(boost::describe::enum_to_string(spec.scope, "?")) + " '" + spec.id +
                                      "' any more; ask the protocol office for a new calendar link"};
}

} // namespace

Result<Audience> Audience::of(Picture const& picture, FeedSpec const& spec) {
    Audience out(picture, spec);
    if (spec.visit && !picture.visits.find(*spec.visit))
        return Error{ErrorCode::not_found, "there is no visit '" + spec.visit->str() + "' any more"};
    switch (spec.scope) {
    case FeedScope::visit:
        if (!spec.visit)
            return nobody(spec);
        break;
    case FeedScope::track: {
        auto const* track = picture.tracks.find(Id<Track>(spec.id));
        if (!track || (spec.visit && *spec.visit != track->visit))
            return nobody(spec);
        out.visit_ = track->visit;
        break;
    }
    case FeedScope::vehicle:
        if (!picture.vehicles.find(Id<Vehicle>(spec.id)))
            return nobody(spec);
        break;
    case FeedScope::person:
    case FeedScope::interpreter:
        if (!picture.people.find(Id<PersonName>(spec.id)))
            return nobody(spec);
    }
    return out;
}

bool Audience::sees(ProgrammeItem const& item) const {
    switch (spec_.scope) {
    case FeedScope::visit: return true;
    case FeedScope::track: return has(item.tracks, spec_.id);
    case FeedScope::person: return picture_.roster.takes_part(item, person_);
    default: return false; // found by their own lists
    }
}

bool Audience::sees(Leg const& leg) const {
    switch (spec_.scope) {
    case FeedScope::visit: return true;
    case FeedScope::track: return has(leg.tracks, spec_.id);
    case FeedScope::person: return (picture_.roster.brings(leg.tracks, person_) || holds(leg.extra_passengers, person_)) && !holds(leg.without, person_);
    case FeedScope::vehicle: return leg.vehicle && leg.vehicle->str() == spec_.id;
    default: return false;
    }
}

void Audience::add(EntryId const& entry, std::vector<Shown>& out) const {
    if (entry.kind == EntryId::Kind::item) {
        if (auto const* row = picture_.items.row(Id<ProgrammeItem>(entry.id)); row && in_scope(row->value.visit))
            out.push_back({entry, &row->value, nullptr, row->rev, row->updated_us, false});
    } else if (auto const* row = picture_.legs.row(Id<Leg>(entry.id)); row && in_scope(row->value.visit) && shown(row->value))
        out.push_back({entry, nullptr, &row->value, row->rev, row->updated_us, false});
}

std::vector<Shown> Audience::entries() const {
    std::vector<Shown> out;
    if (spec_.scope == FeedScope::vehicle)
        for (auto const& leg : picture_.legs_of(Id<Vehicle>(spec_.id)))
            add(entry_of(leg), out);
    else if (spec_.scope == FeedScope::interpreter)
        for (auto const& item : picture_.items_of(person_))
            add(entry_of(item), out);
    else {
        auto const look = [&](Id<Visit> const& visit) {
            for (auto const& entry : picture_.entries_of(visit)) {
                add(entry, out);
                if (!out.empty() && out.back().entry == entry && !(out.back().item ? sees(*out.back().item) : sees(*out.back().leg)))
                    out.pop_back();
            }
        };
        if (visit_)
            look(*visit_);
        else
            for (auto const& row : picture_.visits.rows())
                look(row.first);
    }
    return out;
}

bool Audience::sees(Grave const& grave) const {
    if (auto const* leg = std::get_if<Leg>(&grave.last))
        return shown(*leg) && sees(*leg);
    auto const& item = std::get<ProgrammeItem>(grave.last);
    if (spec_.scope == FeedScope::interpreter)
        return grave.interpreters.contains(person_);
    if (spec_.scope == FeedScope::person)
        return (sees(item) || grave.included.contains(person_)) && !grave.excluded.contains(person_);
    return sees(item);
}

std::set<Id<Visit>> Audience::visits(std::vector<Shown> const& shown) const {
    if (visit_)
        return {*visit_};
    std::set<Id<Visit>> out;
    for (auto const& one : shown)
        out.insert(one.visit());
    if (spec_.scope == FeedScope::person)
        for (auto const& [id, row] : picture_.visits.rows())
            if (picture_.roster.delegate(id, person_))
                out.insert(id);
    return out;
}

std::set<std::string> Audience::tags(std::vector<Shown> const& shown) const {
    std::set<std::string> out;
    for (auto const& visit : visits(shown)) // whatever belongs to a visit: items, legs, tracks, participations, translations
        out.insert("visit:" + visit.str());
    for (auto const& one : shown)
        for (auto const& venue : one.venues())
            out.insert("venue:" + venue.str());
    for (auto const& one : shown)
        if (one.leg && one.leg->vehicle)
            out.insert("vehicle:" + one.leg->vehicle->str());
    if (spec_.scope == FeedScope::person || spec_.scope == FeedScope::interpreter)
        out.insert("person:" + spec_.id);
    if (spec_.scope == FeedScope::vehicle)
        out.insert("vehicle:" + spec_.id);
    if (visit_)
        return out;
    // Without a visit, another one may begin to concern them: by the rows that say who takes part, not by its items.
    if (spec_.scope == FeedScope::person)
        out.merge(std::set<std::string>{"kind:delegate", "kind:participation", "kind:transport_leg"});
    if (spec_.scope == FeedScope::vehicle)
        out.insert("kind:transport_leg");
    if (spec_.scope == FeedScope::interpreter)
        out.insert("kind:interpreter_assignment");
    return out;
}

} // namespace kogge::calendar
