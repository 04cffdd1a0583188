// SPDX-License-Identifier: EUPL-1.2
#include "timeline.hpp"

#include <algorithm>
#include <iterator>

namespace kogge::scheduling {

namespace {

template <class T>
void tidy(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool has(People const& people, Id<Person> const& person) { return std::binary_search(people.begin(), people.end(), person); }

void remove(People& from, People const& people) {
    std::erase_if(from, [&](auto const& person) { return has(people, person); });
}

template <class Key>
void count_down(std::map<Key, int>& counts, Key const& key) {
    if (auto const found = counts.find(key); found != counts.end() && --found->second <= 0)
        counts.erase(found);
}

template <class Map, class Key>
auto const* lookup(Map const& map, Key const& key) {
    auto const found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

} // namespace

void Timeline::Lane::insert(Entry const& entry) {
    if (entries.insert(&entry).second)
        ++lengths[entry.span.length()];
}
void Timeline::Lane::erase(Entry const& entry) {
    if (entries.erase(&entry))
        count_down(lengths, entry.span.length());
}

void Timeline::put(Entry entry) {
    erase(entry.id);
    tidy(entry.included), tidy(entry.excluded), tidy(entry.tracks);
    entry.active = entry.active && !entry.span.empty(); // what ends before it begins is nowhere: another rule says so
    auto& map = entry.id.kind == EntryKind::item ? items_ : legs_;
    auto const key = entry.id.id;
    auto const& stored = map.insert_or_assign(key, std::move(entry)).first->second;
    by_visit_[stored.visit].insert(stored.id);
    if (stored.active)
        index(stored);
}

void Timeline::erase(EntryId const& id) {
    auto& map = id.kind == EntryKind::item ? items_ : legs_;
    auto const found = map.find(id.id);
    if (found == map.end())
        return;
    if (found->second.active)
        unindex(found->second);
    by_visit_[found->second.visit].erase(id);
    map.erase(found);
}

void Timeline::index(Entry const& entry) {
    for (auto const& track : entry.tracks)
        by_track_[track].insert(entry);
    for (auto const& person : entry.included)
        by_person_[person].insert(entry);
    for (auto const* people : {&entry.included, &entry.excluded})
        for (auto const& person : *people)
            ++deviants_[entry.visit][person];
}

void Timeline::unindex(Entry const& entry) {
    for (auto const& track : entry.tracks)
        by_track_[track].erase(entry);
    for (auto const& person : entry.included)
        by_person_[person].erase(entry);
    for (auto const* people : {&entry.included, &entry.excluded})
        for (auto const& person : *people)
            count_down(deviants_[entry.visit], person);
}

void Timeline::join(Delegate const& delegate) {
    if (!delegate.track || !Roster::goes(delegate))
        return;
    memberships_[delegate.person].push_back({delegate.visit, *delegate.track});
    ++visit_tracks_[delegate.visit][*delegate.track];
}

void Timeline::leave(Delegate const& delegate) {
    if (!delegate.track || !Roster::goes(delegate))
        return;
    auto& list = memberships_[delegate.person];
    auto const found = std::find_if(list.begin(), list.end(), [&](auto const& m) { return m.visit == delegate.visit && m.track == *delegate.track; });
    if (found != list.end())
        list.erase(found);
    count_down(visit_tracks_[delegate.visit], *delegate.track);
}

Entry const* Timeline::find(EntryId const& id) const { return lookup(id.kind == EntryKind::item ? items_ : legs_, id.id); }

std::set<EntryId> const& Timeline::entries_of(Id<Visit> const& visit) const {
    static std::set<EntryId> const none;
    auto const* found = lookup(by_visit_, visit);
    return found ? *found : none;
}

std::set<Id<Track>> Timeline::tracks_of(Id<Visit> const& visit) const {
    std::set<Id<Track>> out;
    if (auto const* tracks = lookup(visit_tracks_, visit))
        for (auto const& [track, count] : *tracks)
            out.insert(track);
    return out;
}

People Timeline::people_of(Entry const& entry) const {
    auto out = roster_.people_of(entry.tracks);
    out.insert(out.end(), entry.included.begin(), entry.included.end());
    tidy(out);
    remove(out, entry.excluded);
    return out;
}

Timeline::Lane const* Timeline::lane_of(Id<Track> const& track) const { return lookup(by_track_, track); }
Timeline::Lane const* Timeline::lane_of(Id<Person> const& person) const { return lookup(by_person_, person); }

void Timeline::collect(Lane const& lane, Interval const& span, std::vector<Entry const*>& out) const {
    if (lane.entries.empty())
        return;
    Entry first; // everything that is still going on at span.begin has begun since then
    first.span = {span.begin - lane.lengths.rbegin()->first, Instant::min()};
    for (auto i = lane.entries.lower_bound(&first); i != lane.entries.end() && (*i)->span.begin < span.end; ++i)
        if ((*i)->span.overlaps(span))
            out.push_back(*i);
}

std::vector<Clash> Timeline::clashes(Entry const& entry) const {
    std::vector<Clash> out;
    if (!entry.active)
        return out;
    auto const people = people_of(entry);
    std::vector<Id<Track>> tracks;
    std::vector<Entry const*> others;
    for (auto const& person : people) {
        if (auto const* list = lookup(memberships_, person))
            for (auto const& membership : *list)
                tracks.push_back(membership.track);
        if (auto const* lane = lane_of(person))
            collect(*lane, entry.span, others);
    }
    tidy(tracks);
    for (auto const& track : tracks)
        if (auto const* lane = lane_of(track))
            collect(*lane, entry.span, others);
    std::sort(others.begin(), others.end(), BeforeInTime{});
    others.erase(std::unique(others.begin(), others.end()), others.end());
    for (auto const* other : others) {
        if (other->id == entry.id)
            continue;
        People both;
        std::ranges::set_intersection(people, people_of(*other), std::back_inserter(both));
        if (!both.empty())
            out.push_back({other, std::move(both)});
    }
    return out;
}

std::vector<Entry const*> Timeline::at(Id<Person> const& person, Interval const& span) const {
    std::vector<Entry const*> out;
    if (auto const* lane = lane_of(person))
        collect(*lane, span, out);
    if (auto const* list = lookup(memberships_, person))
        for (auto const& membership : *list)
            if (auto const* lane = lane_of(membership.track))
                collect(*lane, span, out);
    std::sort(out.begin(), out.end(), BeforeInTime{});
    out.erase(std::unique(out.begin(), out.end()), out.end());
    std::erase_if(out, [&](auto const* entry) { return has(entry->excluded, person); });
    return out;
}

std::vector<Party> Timeline::parties(Id<Visit> const& visit) const {
    std::vector<Party> out;
    auto const* deviants = lookup(deviants_, visit);
    auto const* tracks = lookup(visit_tracks_, visit);
    if (!tracks)
        return out;
    for (auto const& [track, count] : *tracks) {
        Party together{track, roster_.people_of(std::vector{track})};
        if (deviants && !deviants->empty()) {
            People own_way;
            std::ranges::copy_if(together.people, std::back_inserter(own_way), [&](auto const& p) { return deviants->contains(p); });
            remove(together.people, own_way);
            for (auto const& person : own_way)
                out.push_back({track, {person}, true});
        }
        if (!together.people.empty())
            out.push_back(std::move(together));
    }
    return out;
}

void Timeline::stretch(Lane const& lane, auto const& wanted, Instant from, Instant to, std::vector<Entry const*>& out) const {
    Entry edge;
    edge.span = {from, Instant::min()};
    auto const start = lane.entries.lower_bound(&edge);
    for (auto i = start; i != lane.entries.begin();)
        if (wanted(**--i)) {
            out.push_back(*i);
            break;
        }
    for (auto i = start; i != lane.entries.end(); ++i) {
        if (!wanted(**i))
            continue;
        out.push_back(*i);
        if ((*i)->span.begin > to)
            break;
    }
}

std::vector<Entry const*> Timeline::stretch(Id<Visit> const& visit, Party const& party, Instant from, Instant to) const {
    auto const wanted = [&](Entry const& entry) { return entry.visit == visit && !(party.alone && has(entry.excluded, party.people.front())); };
    std::vector<Entry const*> out;
    if (auto const* lane = lane_of(party.track))
        stretch(*lane, wanted, from, to, out);
    if (auto const* lane = party.alone ? lane_of(party.people.front()) : nullptr) {
        stretch(*lane, wanted, from, to, out);
        std::sort(out.begin(), out.end(), BeforeInTime{});
        out.erase(std::unique(out.begin(), out.end()), out.end());
    }
    // Two lanes bring two neighbours on each side: only the nearest count.
    auto const inside = std::ranges::find_if(out, [&](auto const* e) { return e->span.begin >= from; });
    if (inside - out.begin() > 1)
        out.erase(out.begin(), inside - 1);
    auto const beyond = std::ranges::find_if(out, [&](auto const* e) { return e->span.begin > to; });
    if (out.end() - beyond > 1)
        out.erase(beyond + 1, out.end());
    return out;
}

} // namespace kogge::scheduling
