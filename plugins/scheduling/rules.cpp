// SPDX-License-Identifier: EUPL-1.2
#include "rules.hpp"

#include "holidays.hpp"

#include <kogge/geo.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace kogge::scheduling {

namespace {

using enum FindingLevel;
using Args = std::map<std::string, std::string>;

class Judge {
  public:
    Judge(Picture const& picture, Findings& out) : picture_(picture), out_(out) {}

    void look(Focus const& focus) {
        for (auto const& id : focus.entries) {
            own_rules(id);
            if (auto const* entry = picture_.timeline.find(id); entry && entry->active) {
                overlaps(*entry, focus.entries);
                for (auto const& person : everybody(*entry))
                    busy_elsewhere(*entry, person);
            }
        }
        for (auto const& [id, person] : focus.presences)
            if (auto const* entry = picture_.timeline.find(id); entry && entry->active && !focus.entries.contains(id))
                if (std::ranges::binary_search(everybody(*entry), person))
                    busy_elsewhere(*entry, person);
        for (auto const& visit : focus.whole)
            gaps(visit, {{Instant::min(), Instant::max()}});
        for (auto const& [visit, moments] : focus.seams)
            if (!focus.whole.contains(visit)) {
                std::vector<Interval> points;
                for (auto const moment : moments)
                    points.push_back({moment, moment});
                gaps(visit, points);
            }
        for (auto const& id : focus.holidays)
            if (auto const* visit = picture_.visits.find(id)) {
                holidays(*visit);
                times({"visit", id.str()}, id, {{"starts", visit->starts}, {"ends", visit->ends}});
            }
    }

  private:
    using Times = std::vector<std::pair<std::string, LocalTime>>; // the fields' names and values, begin and end
    using Pair = std::pair<Entry const*, Entry const*>;
    struct PairInTime {
        bool operator()(Pair const& a, Pair const& b) const {
            BeforeInTime const before;
            return before(a.first, b.first) || (a.first == b.first && before(a.second, b.second));
        }
    };

    void find(FindingLevel level, std::string code, std::string subject, Id<Visit> const& visit, std::vector<Ref> refs, Args args) {
        out_.add({std::move(code), level, std::move(subject), visit, std::move(refs), std::move(args)});
    }

    // ---- one entry by itself -------------------------------------------------------------------------------------

    void own_rules(EntryId const& id) {
        if (id.kind == EntryKind::item) {
            auto const* item = picture_.items.find(Id<ProgrammeItem>(id.id));
            if (!item || item->status == ItemStatus::cancelled)
                return;
            times(ref_of(id), item->visit, {{"starts", item->starts}, {"ends", item->ends}});
            outside_visit(*item);
            capacity(*item);
        } else if (auto const* leg = picture_.legs.find(Id<Leg>(id.id)); leg && runs(*leg)) {
            times(ref_of(id), leg->visit, {{"departs", leg->departs}, {"arrives", leg->arrives}});
            walk(*leg);
        }
    }

    void times(Ref ref, Id<Visit> const& visit, Times const& times) {
        if (auto const& [begin, end] = std::tie(times.front().second, times.back().second); instant_of(end) <= instant_of(begin)) {
            ref.field = times.back().first;
            find(block, "ENDS_BEFORE_START", ref.id, visit, {ref}, {{"id", ref.id}, {"from", to_text(begin.wall)}, {"to", to_text(end.wall)}});
        }
        for (auto const& [field, time] : times)
            if (time.zone.rules().get_info(date::local_seconds(time.wall.time_since_epoch())).result == date::local_info::nonexistent) {
                ref.field = field;
                find(warn, "DST", ref.id, visit, {ref}, {{"id", ref.id}, {"time", to_text(time.wall)}, {"zone", time.zone.name()}});
            }
    }

    void outside_visit(ProgrammeItem const& item) {
        auto const* visit = picture_.visits.find(item.visit);
        if (!visit || span_of(item).empty())
            return;
        if (instant_of(item.starts) < instant_of(visit->starts) || instant_of(visit->ends) < instant_of(item.ends))
            find(warn, "ITEM_OUTSIDE_VISIT", item.id.str(), item.visit, {ref(item.id), ref(item.visit)},
                 {{"item", item.id.str()}, {"from", to_text(visit->starts.wall)}, {"to", to_text(visit->ends.wall)}});
    }

    void capacity(ProgrammeItem const& item) {
        auto const* venue = item.venue ? picture_.venues.find(*item.venue) : nullptr;
        auto const* entry = picture_.timeline.find({EntryKind::item, item.id.str()});
        if (!venue || !venue->capacity || !entry)
            return;
        auto const people = picture_.timeline.people_of(*entry).size();
        if (std::cmp_greater(people, *venue->capacity))
            find(warn, "VENUE_CAPACITY", item.id.str(), item.visit, {{"programme_item", item.id.str(), "venue"}, ref(venue->id)},
                 {{"item", item.id.str()}, {"venue", venue->name}, {"people", std::to_string(people)}, {"capacity", std::to_string(*venue->capacity)}});
    }

    void walk(Leg const& leg) {
        if (leg.mode != "walk" || span_of(leg).empty())
            return;
        auto const needed = walking_time(picture_, leg.from, leg.to);
        auto const planned = std::chrono::duration_cast<Minutes>(span_of(leg).length());
        if (needed && planned < *needed)
            find(warn, "WALK_TOO_SHORT", leg.id.str(), leg.visit, {{"transport_leg", leg.id.str(), "arrives"}},
                 {{"leg", leg.id.str()}, {"from", picture_.name_of(leg.from)}, {"to", picture_.name_of(leg.to)},
                  {"needed", std::to_string(needed->count())}, {"minutes", std::to_string(planned.count())}});
    }

    // ---- the people of an entry ------------------------------------------------------------------------------------

    People everybody(Entry const& entry) const {
        auto out = picture_.timeline.people_of(entry);
        std::ranges::copy(picture_.interpreters_of(entry.id), std::back_inserter(out));
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    /// One finding for all that a person has elsewhere meanwhile: it is one question to them.
    void busy_elsewhere(Entry const& entry, Id<Person> const& person) {
        constexpr std::size_t shown = 5;
        auto const taken = picture_.busy.within(person, entry.span);
        if (taken.empty())
            return;
        bool const tentative = std::ranges::all_of(taken, [](auto const& one) { return one.time->tentative; });
        auto when = to_text(day_of(local_of(std::max(entry.span.begin, taken.front().span.begin), picture_.zone_of(entry.id, entry.visit))));
        for (std::size_t i = 0; i < std::min(taken.size(), shown); ++i) {
            auto const both = taken[i].span.intersect(entry.span);
            when += (i ? ", " : " ") + clock(entry, both.begin) + "–" + clock(entry, both.end);
            if (auto const& title = taken[i].time->title)
                when += " (" + *title + ")";
        }
        if (taken.size() > shown)
            when += " +" + std::to_string(taken.size() - shown);
        find(tentative ? note : warn, "BUSY_ELSEWHERE", entry.id.id, entry.visit, {ref_of(entry.id), ref(person)},
             {{"item", entry.id.id}, {"title", picture_.title_of(entry.id)}, {"name", picture_.name_of(person)}, {"when", when},
              {"state", tentative ? "tentatively busy" : "busy"}, {"state_nl", tentative ? "onder voorbehoud bezet" : "bezet"},
              {"state_de", tentative ? "unter Vorbehalt belegt" : "belegt"}});
    }

    // ---- two entries ---------------------------------------------------------------------------------------------

    std::string clock(Entry const& entry, Instant at) const { return clock_text(local_of(at, picture_.zone_of(entry.id, entry.visit))); }

    void overlaps(Entry const& entry, std::set<EntryId> const& looked_at) {
        for (auto const& clash : picture_.timeline.clashes(entry)) {
            bool const first = BeforeInTime{}(&entry, clash.other);
            if (!first && looked_at.contains(clash.other->id))
                continue; // told when it was the other's turn
            auto const& a = first ? entry : *clash.other;
            auto const& b = first ? *clash.other : entry;
            auto const both = a.span.intersect(b.span);
            auto const who = picture_.company(a.visit, clash.people);
            find(block_release, "OVERLAP", a.id.id + " x " + b.id.id, a.visit, {ref_of(a.id), ref_of(b.id)},
                 {{"a", a.id.id}, {"b", b.id.id}, {"a_title", picture_.title_of(a.id)}, {"b_title", picture_.title_of(b.id)},
                  {"who", who.in("en")}, {"who_nl", who.in("nl")}, {"who_de", who.in("de")}, {"from", clock(a, both.begin)}, {"to", clock(a, both.end)},
                  {"day", to_text(day_of(local_of(both.begin, picture_.zone_of(a.id, a.visit))))}});
        }
    }

    /// Consecutive entries of a traveller: the first ends in one place, the next begins in another. Where they overlap,
    /// that is said already.
    static bool gap(Entry const& a, Entry const& b) {
        return a.span.end <= b.span.begin && !a.to.empty() && !b.from.empty() && a.to != b.from;
    }

    void gaps(Id<Visit> const& visit, std::vector<Interval> const& windows) {
        std::map<Pair, People, PairInTime> found;
        for (auto const& party : picture_.timeline.parties(visit)) {
            std::set<Pair> pairs;
            for (auto const& window : windows) {
                auto const entries = picture_.timeline.stretch(visit, party, window.begin, window.end);
                for (std::size_t i = 1; i < entries.size(); ++i)
                    if (gap(*entries[i - 1], *entries[i]))
                        pairs.emplace(entries[i - 1], entries[i]);
            }
            for (auto const& pair : pairs)
                found[pair].insert(found[pair].end(), party.people.begin(), party.people.end());
        }
        for (auto& [pair, people] : found) {
            auto const& [a, b] = pair;
            std::sort(people.begin(), people.end());
            auto const who = picture_.company(visit, people);
            find(block_release, "NO_TRANSPORT", a->id.id + ">" + b->id.id, visit, {ref_of(a->id), ref_of(b->id)},
                 {{"a", a->id.id}, {"b", b->id.id}, {"a_title", picture_.title_of(a->id)}, {"b_title", picture_.title_of(b->id)},
                  {"who", who.in("en")}, {"who_nl", who.in("nl")}, {"who_de", who.in("de")}, {"from", picture_.name_of(a->to)}, {"to", picture_.name_of(b->from)}});
        }
    }

    // ---- the visit -----------------------------------------------------------------------------------------------

    void holidays(Visit const& visit) {
        if (!open(visit))
            return;
        auto const sides = sides_of(picture_, visit);
        for (auto const& [id, row] : picture_.holidays.rows()) {
            auto const& holiday = row.value;
            if (holiday.day < day_of(visit.starts) || day_of(visit.ends) < holiday.day)
                continue;
            std::string where;
            for (auto const* city : sides)
                if (std::ranges::any_of(holiday.regions, [&](auto const& region) { return observed_in(region, *city); }))
                    where += (where.empty() ? "" : ", ") + city->name.text;
            if (!where.empty())
                find(note, "HOLIDAY", visit.id.str(), visit.id, {ref(visit.id), ref(id)}, {{"name", holiday.name}, {"day", to_text(holiday.day)}, {"where", where}});
        }
    }

    Picture const& picture_;
    Findings& out_;
};

/// A touched entry that takes part in something tells everybody on it. check() runs in both worlds: so before and after.
void tell(Picture const& picture, Scope const& scope, Told& told) {
    auto const entry = [&](EntryId const& id) {
        auto const* found = picture.timeline.find(id);
        if (!found || !found->active)
            return;
        for (auto const& person : picture.timeline.people_of(*found))
            told.add(person, ref_of(id));
        for (auto const& person : picture.interpreters_of(id))
            told.add(person, ref_of(id));
    };
    for (auto const& id : scope.ids<ProgrammeItem>())
        entry({EntryKind::item, id.str()});
    for (auto const& id : scope.ids<Leg>())
        entry({EntryKind::leg, id.str()});
    for (auto const& id : scope.ids<Participation>())
        if (auto const* participation = picture.roster.participations.find(id))
            told.add(participation->person, ref(participation->item));
    for (auto const& id : scope.ids<Delegate>())
        if (auto const* delegate = picture.roster.delegates.find(id))
            told.add(delegate->person, ref(id));
}

} // namespace

std::optional<Minutes> walking_time(Picture const& picture, Id<Venue> const& from, Id<Venue> const& to) {
    constexpr double detour = 1.3, kilometres_per_hour = 4.5, minutes_per_hour = 60;
    auto const* a = picture.venues.find(from);
    auto const* b = picture.venues.find(to);
    if (!a || !b || !a->location || !b->location)
        return std::nullopt;
    return Minutes(std::lround(kilometres(*a->location, *b->location) * detour / kilometres_per_hour * minutes_per_hour));
}

void check(Picture const& picture, Scope const& scope, Findings& out, Told& told) {
    Judge(picture, out).look(focus_of(picture, scope));
    if (!scope.standing())
        tell(picture, scope, told);
}

} // namespace kogge::scheduling
