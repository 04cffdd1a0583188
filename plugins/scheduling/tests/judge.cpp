// SPDX-License-Identifier: EUPL-1.2
#include "judge.hpp"

#include <kogge/geo.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace kogge::scheduling::test {

namespace {

struct Thing {
    Instant begin, end;
    bool leg;
    std::string id;
    std::string visit, from, to;
    std::set<std::string> people;
    auto order() const { return std::tie(begin, end, leg, id); }
};

using Pairs = std::map<std::pair<Thing const*, Thing const*>, std::set<std::string>>;

std::string name(Thing const& thing) { return (thing.leg ? "transport_leg/" : "programme_item/") + thing.id; }

std::string key(std::string const& code, std::set<std::string> const& names) {
    auto out = code;
    for (auto const& one : names)
        out += "|" + one;
    return out;
}

class Sweep {
  public:
    explicit Sweep(Picture const& picture) : picture_(picture) {
        for (auto const& [id, row] : picture.roster.delegates.rows()) {
            auto const& d = row.value;
            if (!d.track || (d.status != DelegateStatus::invited && d.status != DelegateStatus::confirmed))
                continue;
            track_people_[d.track->str()].insert(d.person.str());
            travels_.insert({d.visit.str(), d.person.str()});
        }
        items();
        legs();
    }

    std::map<std::string, std::string> run() {
        std::map<std::string, std::vector<Thing const*>> by_person;
        for (auto const& thing : things_)
            if (thing.begin < thing.end)
                for (auto const& person : thing.people)
                    by_person[person].push_back(&thing);
        Pairs overlaps, gaps;
        for (auto& [person, list] : by_person) {
            std::ranges::sort(list, [](auto const* a, auto const* b) { return a->order() < b->order(); });
            sweep(person, list, overlaps);
            walk(person, list, gaps);
        }
        busy();
        for (auto const& [pair, people] : overlaps)
            add("OVERLAP", pair, people);
        for (auto const& [pair, people] : gaps)
            add("NO_TRANSPORT", pair, people);
        return std::move(out_);
    }

  private:
    void items() {
        std::map<std::string, std::vector<Participation const*>> named;
        for (auto const& [id, row] : picture_.roster.participations.rows())
            named[row.value.item.str()].push_back(&row.value);
        for (auto const& [id, row] : picture_.items.rows()) {
            auto const& item = row.value;
            if (item.status == ItemStatus::cancelled)
                continue;
            auto const place = item.venue ? item.venue->str() : "";
            Thing thing{instant_of(item.starts), instant_of(item.ends), false, id.str(), item.visit.str(), place, place, members(item.tracks)};
            for (auto const* p : named[id.str()])
                if (p->presence == Presence::included)
                    thing.people.insert(p->person.str());
            for (auto const* p : named[id.str()])
                if (p->presence == Presence::excluded)
                    thing.people.erase(p->person.str());
            alone(item, thing);
            things_.push_back(std::move(thing));
        }
    }
    void alone(ProgrammeItem const& item, Thing const& thing) {
        auto const* visit = picture_.visits.find(item.visit);
        auto const* venue = item.venue ? picture_.venues.find(*item.venue) : nullptr;
        if (thing.end <= thing.begin)
            out_[key("ENDS_BEFORE_START", {name(thing)})];
        else if (visit && (thing.begin < instant_of(visit->starts) || thing.end > instant_of(visit->ends)))
            out_[key("ITEM_OUTSIDE_VISIT", {name(thing), "visit/" + thing.visit})];
        if (venue && venue->capacity && static_cast<int>(thing.people.size()) > *venue->capacity)
            out_[key("VENUE_CAPACITY", {name(thing), "venue/" + venue->id.str()})];
    }
    void legs() {
        for (auto const& [id, row] : picture_.legs.rows()) {
            auto const& leg = row.value;
            if (leg.status == "fallback" || leg.status == "cancelled")
                continue;
            Thing thing{instant_of(leg.departs), instant_of(leg.arrives), true, id.str(), leg.visit.str(), leg.from.str(), leg.to.str(), members(leg.tracks)};
            for (auto const& person : leg.extra_passengers)
                thing.people.insert(person.str());
            for (auto const& person : leg.without)
                thing.people.erase(person.str());
            if (thing.end <= thing.begin)
                out_[key("ENDS_BEFORE_START", {name(thing)})];
            else if (leg.mode == "walk")
                on_foot(thing);
            things_.push_back(std::move(thing));
        }
    }
    void on_foot(Thing const& thing) {
        auto const* a = picture_.venues.find(Id<Venue>(thing.from));
        auto const* b = picture_.venues.find(Id<Venue>(thing.to));
        if (!a || !b || !a->location || !b->location)
            return;
        auto const needed = std::round(kilometres(*a->location, *b->location) * 1.3 / 4.5 * 60);
        if (static_cast<double>((thing.end - thing.begin).count() / 60) < needed)
            out_[key("WALK_TOO_SHORT", {name(thing)})];
    }
    void busy() {
        std::map<std::string, std::set<std::string>> interpreters; // by item
        for (auto const& [id, row] : picture_.assignments.rows())
            interpreters[row.value.item.str()].insert(row.value.person.str());
        std::map<std::string, std::vector<std::pair<Instant, Instant>>> taken; // by person
        for (auto const& [id, row] : picture_.busy_times.rows())
            if (std::pair const span(instant_of(row.value.starts), instant_of(row.value.ends)); span.first < span.second)
                taken[row.value.person.str()].push_back(span);
        for (auto const& thing : things_) {
            if (thing.end <= thing.begin)
                continue;
            auto people = thing.people;
            if (!thing.leg)
                people.insert(interpreters[thing.id].begin(), interpreters[thing.id].end());
            for (auto const& person : people)
                if (auto const found = taken.find(person); found != taken.end())
                    for (auto const& [begin, end] : found->second)
                        if (begin < thing.end && thing.begin < end)
                            out_[key("BUSY_ELSEWHERE", {name(thing), "person/" + person})];
        }
    }
    std::set<std::string> members(std::vector<Id<Track>> const& tracks) const {
        std::set<std::string> out;
        for (auto const& track : tracks)
            if (auto const found = track_people_.find(track.str()); found != track_people_.end())
                out.insert(found->second.begin(), found->second.end());
        return out;
    }
    static void sweep(std::string const& person, std::vector<Thing const*> const& list, Pairs& out) {
        for (std::size_t i = 0; i < list.size(); ++i)
            for (std::size_t j = i + 1; j < list.size() && list[j]->begin < list[i]->end; ++j)
                out[{list[i], list[j]}].insert(person);
    }
    void walk(std::string const& person, std::vector<Thing const*> const& list, Pairs& out) const {
        std::map<std::string, Thing const*> last; // by visit
        for (auto const* thing : list) {
            if (!travels_.contains({thing->visit, person}))
                continue;
            auto*& previous = last[thing->visit];
            if (previous && previous->end <= thing->begin && !previous->to.empty() && !thing->from.empty() && previous->to != thing->from)
                out[{previous, thing}].insert(person);
            previous = thing;
        }
    }
    void add(std::string const& code, std::pair<Thing const*, Thing const*> const& pair, std::set<std::string> const& people) {
        People list;
        for (auto const& person : people)
            list.emplace_back(person);
        out_[key(code, {name(*pair.first), name(*pair.second)})] = picture_.company(Id<Visit>(pair.first->visit), list).in("en");
    }

    Picture const& picture_;
    std::map<std::string, std::set<std::string>> track_people_;
    std::set<std::pair<std::string, std::string>> travels_;
    std::vector<Thing> things_;
    std::map<std::string, std::string> out_;
};

} // namespace

std::map<std::string, std::string> judge_everything(Picture const& picture) { return Sweep(picture).run(); }

} // namespace kogge::scheduling::test
