// SPDX-License-Identifier: EUPL-1.2
// Who takes part in what. A delegate with a track does what the track does; a participation adds or takes away a person
// for one item. Interpreters are not on the roster: they are resources, assigned by the translation plugin.
#pragma once

#include <kogge/model/programme.hpp>
#include <kogge/model/visit.hpp>
#include <kogge/world.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace kogge {

class Roster {
  public:
    using People = std::vector<Id<Person>>; // sorted, each once

    Mirror<Delegate> delegates;
    Mirror<Participation> participations;
    /// Told when the membership of a visit's tracks or of one item changed (item empty: the whole visit).
    std::function<void(Id<Visit> const&, Id<ProgrammeItem> const&)> on_change;

    Roster() {
        delegates.on_change = [this](auto const* before, auto const* after) {
            if (before)
                remove(before->value);
            if (after)
                add(after->value);
            if (on_change)
                on_change((after ? after : before)->value.visit, {});
        };
        participations.on_change = [this](auto const* before, auto const* after) {
            if (before)
                by_item_[before->value.item].erase(before->value.id);
            if (after)
                by_item_[after->value.item].insert(after->value.id);
            auto const& value = (after ? after : before)->value;
            if (on_change)
                on_change(value.visit, value.item);
        };
    }

    /// Everybody in these tracks.
    People people_of(std::vector<Id<Track>> const& tracks) const {
        People out;
        for (auto const& track : tracks)
            if (auto const found = by_track_.find(track); found != by_track_.end())
                out.insert(out.end(), found->second.begin(), found->second.end());
        return tidy(std::move(out));
    }
    People people_of(ProgrammeItem const& item) const {
        auto out = people_of(item.tracks);
        if (auto const found = by_item_.find(item.id); found != by_item_.end())
            for (auto const& id : found->second) {
                auto const& participation = *participations.find(id);
                if (participation.presence == Presence::included)
                    out.push_back(participation.person);
                else
                    std::erase(out, participation.person);
            }
        return tidy(std::move(out));
    }
    /// Whether one of these tracks brings the person: people_of(tracks) asked about one person, without the list.
    bool brings(std::vector<Id<Track>> const& tracks, Id<Person> const& person) const {
        return std::any_of(tracks.begin(), tracks.end(), [&](auto const& track) {
            auto const found = by_track_.find(track);
            return found != by_track_.end() && found->second.contains(person);
        });
    }
    /// What a participation says of the person in an item; nothing when none does.
    std::optional<Presence> presence(Id<ProgrammeItem> const& item, Id<Person> const& person) const {
        std::optional<Presence> out;
        if (auto const found = by_item_.find(item); found != by_item_.end())
            for (auto const& id : found->second)
                if (auto const& participation = *participations.find(id); participation.person == person)
                    out = participation.presence;
        return out;
    }
    bool takes_part(ProgrammeItem const& item, Id<Person> const& person) const {
        auto const said = presence(item.id, person);
        return said ? *said == Presence::included : brings(item.tracks, person);
    }
    /// The delegate a person is in a visit; null for a guest who only appears in single items.
    Delegate const* delegate(Id<Visit> const& visit, Id<Person> const& person) const {
        auto const found = by_person_.find({visit, person});
        return found == by_person_.end() ? nullptr : delegates.find(found->second);
    }
    /// The delegates of a visit with a track: those whose whole programme is ours to plan.
    People travellers(Id<Visit> const& visit) const {
        People out;
        for (auto i = by_person_.lower_bound({visit, {}}); i != by_person_.end() && i->first.first == visit; ++i)
            if (auto const* d = delegates.find(i->second); d && d->track && goes(*d))
                out.push_back(d->person);
        return out;
    }
    static bool goes(Delegate const& d) { return d.status == DelegateStatus::invited || d.status == DelegateStatus::confirmed; }

  private:
    static People tidy(People people) {
        std::sort(people.begin(), people.end());
        people.erase(std::unique(people.begin(), people.end()), people.end());
        return people;
    }
    void add(Delegate const& d) {
        by_person_[{d.visit, d.person}] = d.id;
        if (d.track && goes(d))
            by_track_[*d.track].insert(d.person);
    }
    void remove(Delegate const& d) {
        by_person_.erase({d.visit, d.person});
        if (d.track)
            by_track_[*d.track].erase(d.person);
    }

    std::unordered_map<Id<Track>, std::set<Id<Person>>> by_track_;
    std::unordered_map<Id<ProgrammeItem>, std::set<Id<Participation>>> by_item_;
    std::map<std::pair<Id<Visit>, Id<Person>>, Id<Delegate>> by_person_;
};

} // namespace kogge
