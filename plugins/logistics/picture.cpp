// SPDX-License-Identifier: EUPL-1.2
#include "picture.hpp"

#include <algorithm>

namespace kogge::logistics {

namespace {

/// Adds or takes a value, as `in` says.
template <class Key, class Value>
void put(Index<Key, Value>& index, Key const& key, Value const& value, bool in) {
    if (in)
        index.add(key, value);
    else
        index.remove(key, value);
}

/// Files every version of a mirror's rows in some indexes: `file(value, in)`.
template <class T>
void follow(Mirror<T>& mirror, auto file) {
    mirror.on_change = [file, first = mirror.on_change](auto const* before, auto const* after) {
        if (first) first(before, after);
        if (before) file(before->value, false);
        if (after) file(after->value, true);
    };
}

} // namespace

std::optional<Run> run_of(TransportLeg const& leg) {
    if (!leg.vehicle || !runs(leg)) return std::nullopt;
    auto const span = span_of(leg);
    return Run{*leg.vehicle, span.begin, span.end, leg.from, leg.to};
}

Picture::Picture() {
    follow(legs, [this](TransportLeg const& leg, bool in) { file(leg, in); });
    follow(items, [this](ProgrammeItem const& item, bool in) { file(item, in); });
    follow_people();
    follow_stays();
}

void Picture::file(TransportLeg const& leg, bool in) {
    put(legs_of_visit, leg.visit, leg.id, in);
    for (auto const& track : leg.tracks) put(legs_of_track, track, leg.id, in);
    for (auto const& person : leg.extra_passengers) put(legs_with_extra, person, leg.id, in);
    put(legs_of_venue, leg.from, leg.id, in);
    put(legs_of_venue, leg.to, leg.id, in);
    if (leg.fallback_of) put(fallbacks_of, *leg.fallback_of, leg.id, in);
    if (!runs(leg)) return;
    auto const span = span_of(leg);
    Stop const departure{leg.visit, leg.from, span.begin, leg.id}, arrival{leg.visit, leg.to, span.end, leg.id};
    if (in)
        departures.insert(departure), arrivals.insert(arrival);
    else
        departures.erase(departure), arrivals.erase(arrival);
    if (auto const run = run_of(leg); run && in) {
        shared_runs[*run].insert(leg.id);
        drives.add(run->vehicle, span, leg.id);
    } else if (run) {
        drives.remove(run->vehicle, span, leg.id);
        if (auto const found = shared_runs.find(*run); found->second.erase(leg.id) && found->second.empty())
            shared_runs.erase(found);
    }
}

void Picture::file(ProgrammeItem const& item, bool in) {
    put(items_of_visit, item.visit, item.id, in);
    for (auto const& track : item.tracks) put(items_of_track, track, item.id, in);
    if (item.venue) put(items_of_venue, *item.venue, item.id, in);
}

/// The roster listens to its mirrors itself: follow() listens after it.
void Picture::follow_people() {
    follow(roster.delegates, [this](Delegate const& d, bool in) { put(delegates_of_person, d.person, d.id, in); });
    follow(roster.participations,
           [this](Participation const& p, bool in) { put(participations_of_person, p.person, p.id, in); });
    follow(cares, [this](PersonCare const& care, bool in) { put(cares_of_person, care.person, care.id, in); });
}

void Picture::follow_stays() {
    follow(accommodations, [this](Accommodation const& stay, bool in) { put(stays_of_visit, stay.visit, stay.id, in); });
    follow(room_requests,
           [this](RoomRequest const& request, bool in) { put(requests_of_visit, request.visit, request.id, in); });
}

People Picture::people_of(TransportLeg const& leg) const {
    auto out = roster.people_of(leg.tracks);
    out.insert(out.end(), leg.extra_passengers.begin(), leg.extra_passengers.end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    std::erase_if(out, [&](auto const& person) { return std::ranges::find(leg.without, person) != leg.without.end(); });
    return out;
}

People Picture::with(Access need, People const& people) const {
    People out;
    for (auto const& person : people)
        for (auto const& id : cares_of_person.of(person))
            if (std::ranges::find(cares.find(id)->accessibility, need) != cares.find(id)->accessibility.end()) {
                out.push_back(person);
                break;
            }
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

std::string Picture::names_of(People const& people) const {
    constexpr std::size_t shown = 5;
    std::string out;
    for (std::size_t i = 0; i < std::min(people.size(), shown); ++i) out += (out.empty() ? "" : ", ") + name_of(people[i]);
    return people.size() > shown ? out + " +" + std::to_string(people.size() - shown) : out;
}

std::string Picture::organisation_of(Id<Visit> const& visit, Id<Person> const& person) const {
    auto const* delegate = roster.delegate(visit, person);
    auto const* delegation = delegate ? delegations.find(delegate->delegation) : nullptr;
    auto const* organisation = delegation ? organisations.find(delegation->organisation) : nullptr;
    return organisation ? organisation->name : std::string();
}

} // namespace kogge::logistics
