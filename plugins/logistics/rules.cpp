// SPDX-License-Identifier: EUPL-1.2
#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kogge::logistics {

namespace {

using enum FindingLevel;
using Args = std::map<std::string, std::string>;
using Pair = std::pair<LegId, LegId>; // of legs, the earlier first

constexpr int minutes_per_day = 1440;

std::string text(auto number) { return std::to_string(number); }

bool share_anybody(People const& a, People const& b) {
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (*i == *j) return true;
        if (*i < *j)
            ++i;
        else
            ++j;
    }
    return false;
}

class Judge {
  public:
    Judge(Picture const& picture, Findings& out) : picture_(picture), out_(out) {}

    void look(Focus const& focus) {
        std::set<Pair> doubles, changes;
        for (auto const& id : focus.legs)
            if (auto const* leg = picture_.legs.find(id)) {
                own_rules(*leg);
                collect_doubles(*leg, doubles);
                collect_changes(*leg, changes);
            }
        for (auto const& [a, b] : doubles) vehicle_double(*picture_.legs.find(a), *picture_.legs.find(b));
        for (auto const& [a, b] : changes) connection(*picture_.legs.find(a), *picture_.legs.find(b));
        for (auto const& run : focus.runs) load(run);
        for (auto const& id : focus.items)
            if (auto const* item = picture_.items.find(id)) way_in(*item);
        for (auto const& id : focus.stays)
            if (auto const* stay = picture_.accommodations.find(id)) rooms(*stay);
        for (auto const& id : focus.vehicles)
            if (auto const* vehicle = picture_.vehicles.find(id)) own_rules(*vehicle);
    }

    void rooms(Accommodation const& stay) {
        own_rules(stay);
        std::map<RoomType, int> asked;
        for (auto const* request : requests_in(picture_, stay)) ++asked[request->room_type];
        auto const twin = asked[RoomType::twin];
        if (twin % 2 == 1)
            find(warn, "ROOMING_ODD", stay.id.str(), stay.visit, {ref(stay.id)},
                 {{"twin", text(twin)}, {"hotel", picture_.name_of(stay.venue)}});
        rooms_short(stay, asked[RoomType::single] + twin % 2, twin / 2, asked[RoomType::accessible]);
    }

  private:
    void find(FindingLevel level, std::string code, std::string subject, Id<Visit> const& visit, std::vector<Ref> refs,
              Args args, std::string scope = {}) {
        out_.add({std::move(code), level, std::move(subject), visit, std::move(refs), std::move(args), std::move(scope)});
    }

    // ---- one thing by itself -------------------------------------------------------------------------------------

    void range(Ref ref, Id<Visit> const& visit, int value, int max) {
        if (value >= 0 && value <= max) return;
        Args args{{"id", ref.id}, {"field", ref.field}, {"value", text(value)}, {"max", text(max)}};
        auto scope = ref.field;
        auto subject = ref.id;
        find(block, "OUT_OF_RANGE", std::move(subject), visit, {std::move(ref)}, std::move(args), std::move(scope));
    }

    void own_rules(TransportLeg const& leg) {
        Ref const self = ref(leg.id);
        auto const field = [&](char const* name) { return Ref{self.entity, self.id, name}; };
        if (leg.fallback_of == leg.id)
            find(block, "OWN_FALLBACK", leg.id.str(), leg.visit, {field("fallback_of")}, {{"leg", leg.id.str()}});
        if (leg.min_change_minutes) range(field("min_change_minutes"), leg.visit, *leg.min_change_minutes, minutes_per_day);
        if (leg.status == LegStatus::cancelled) return;
        if (span_of(leg).empty())
            find(block, "ENDS_BEFORE_START", leg.id.str(), leg.visit, {field("arrives")},
                 {{"id", leg.id.str()}, {"from", to_text(leg.departs.wall)}, {"to", to_text(leg.arrives.wall)}});
        else
            speed(leg);
    }

    void speed(TransportLeg const& leg) {
        auto const crow = crow_kilometres(picture_.venues.find(leg.from), picture_.venues.find(leg.to));
        auto const seconds = static_cast<double>(span_of(leg).length().count());
        auto const limit = picture_.limits.speeds[leg.mode];
        auto const kmh = crow.value_or(0) / seconds * 3600;
        if (kmh > limit)
            find(warn, "SPEED", leg.id.str(), leg.visit, {{"transport_leg", leg.id.str(), "arrives"}},
                 {{"leg", leg.id.str()},
                  {"from", picture_.name_of(leg.from)},
                  {"to", picture_.name_of(leg.to)},
                  {"minutes", text(std::lround(seconds / 60))},
                  {"kmh", text(std::lround(std::ceil(kmh)))},
                  {"limit", text(std::lround(limit))},
                  {"needed", text(travel_time(*crow, limit).count())}});
    }

    void own_rules(Vehicle const& vehicle) {
        constexpr int most = 10'000;
        if (vehicle.seats) range({"vehicle", vehicle.id.str(), "seats"}, {}, *vehicle.seats, most);
        range({"vehicle", vehicle.id.str(), "wheelchair_places"}, {}, vehicle.wheelchair_places, most);
    }

    void own_rules(Accommodation const& stay) {
        constexpr int most = 10'000;
        if (stay.check_out <= stay.check_in)
            find(block, "CHECK_OUT_BEFORE_IN", stay.id.str(), stay.visit, {{"accommodation", stay.id.str(), "check_out"}},
                 {{"id", stay.id.str()}, {"from", to_text(stay.check_in)}, {"to", to_text(stay.check_out)}});
        for (auto const& [name, value] : {std::pair("rooms/single", stay.rooms.single),
                                          {"rooms/twin", stay.rooms.twin},
                                          {"rooms/accessible", stay.rooms.accessible}})
            range({"accommodation", stay.id.str(), name}, stay.visit, value, most);
    }

    // ---- rooms ---------------------------------------------------------------------------------------------------

    /// Whoever is left over of the twin rooms gets a single one, and a twin room that is not needed is a single one, too.
    void rooms_short(Accommodation const& stay, int single, int twin, int accessible) {
        if (stay.rooms == Rooms()) return; // nothing booked yet
        auto const missing_single = std::max(0, single - stay.rooms.single - std::max(0, stay.rooms.twin - twin));
        auto const missing_twin = std::max(0, twin - stay.rooms.twin);
        auto const missing_accessible = std::max(0, accessible - stay.rooms.accessible);
        if (missing_single + missing_twin + missing_accessible > 0)
            find(warn, "ROOMS_SHORT", stay.id.str(), stay.visit, {{"accommodation", stay.id.str(), "rooms"}},
                 {{"hotel", picture_.name_of(stay.venue)},
                  {"single", text(missing_single)},
                  {"twin", text(missing_twin)},
                  {"accessible", text(missing_accessible)}});
    }

    // ---- a drive -------------------------------------------------------------------------------------------------

    struct Load {
        std::vector<TransportLeg const*> legs; // by id
        People people;
        std::vector<Ref> refs;
        std::string subject;
    };
    Load load_of(std::set<LegId> const& legs) const {
        Load out;
        for (auto const& id : legs) {
            auto const* leg = picture_.legs.find(id);
            auto const people = picture_.people_of(*leg);
            People both;
            std::ranges::set_union(out.people, people, std::back_inserter(both));
            out.people = std::move(both);
            out.legs.push_back(leg);
            out.refs.push_back(ref(id));
            out.subject += (out.subject.empty() ? "" : "+") + id.str();
        }
        return out;
    }

    void load(Run const& run) {
        auto const found = picture_.shared_runs.find(run);
        auto const* vehicle = picture_.vehicles.find(run.vehicle);
        if (found == picture_.shared_runs.end() || !vehicle) return;
        auto load = load_of(found->second);
        load.refs.push_back(ref(vehicle->id));
        auto const& visit = load.legs.front()->visit;
        auto const wheelchairs = picture_.with(Access::wheelchair, load.people);
        Args args{{"legs", load.subject}, {"vehicle", picture_.name_of(vehicle->id)}};
        if (vehicle->seats && std::cmp_greater(load.people.size(), *vehicle->seats)) {
            auto all = args;
            all.insert({{"people", text(load.people.size())}, {"seats", text(*vehicle->seats)}});
            find(block_release, "CAPACITY", load.subject, visit, load.refs, std::move(all));
        }
        if (std::cmp_greater(wheelchairs.size(), vehicle->wheelchair_places)) {
            args.insert({{"who", picture_.names_of(wheelchairs)}, {"places", text(vehicle->wheelchair_places)}});
            find(block_release, "WHEELCHAIR", load.subject, visit, load.refs, std::move(args));
        }
    }

    // ---- two legs ------------------------------------------------------------------------------------------------

    static Pair in_order(TransportLeg const& a, TransportLeg const& b) {
        auto const begins = [](TransportLeg const& leg) { return std::pair(instant_of(leg.departs), leg.id); };
        return begins(b) < begins(a) ? Pair(b.id, a.id) : Pair(a.id, b.id);
    }

    void collect_doubles(TransportLeg const& leg, std::set<Pair>& out) const {
        auto const run = run_of(leg);
        auto const span = span_of(leg);
        if (!run || span.empty()) return;
        for (auto const& id : picture_.drives.near(run->vehicle, span)) {
            auto const& other = *picture_.legs.find(id);
            auto const other_span = span_of(other);
            if (!other_span.empty() && span.overlaps(other_span) && run_of(other) != run) out.insert(in_order(leg, other));
        }
    }
    void vehicle_double(TransportLeg const& a, TransportLeg const& b) {
        auto const both = span_of(a).intersect(span_of(b));
        auto const begin = local_of(both.begin, a.departs.zone), end = local_of(both.end, a.departs.zone);
        find(block_release, "VEHICLE_DOUBLE", a.id.str() + " x " + b.id.str(), a.visit, {ref(a.id), ref(b.id)},
             {{"vehicle", picture_.name_of(*a.vehicle)},
              {"a", a.id.str()},
              {"b", b.id.str()},
              {"day", to_text(day_of(begin))},
              {"from", clock_text(begin)},
              {"to", clock_text(end)}});
    }

    Minutes least(TransportLeg const& onward) const {
        return onward.min_change_minutes ? Minutes(std::clamp(*onward.min_change_minutes, 0, minutes_per_day))
                                         : picture_.limits.min_change;
    }
    /// A change is where people leave one leg and soon board another one, in the same place, that will not wait.
    bool is_tight(TransportLeg const& a, TransportLeg const& b) const {
        auto const gap = instant_of(b.departs) - instant_of(a.arrives);
        return a.id != b.id && by_timetable(b) && gap >= Minutes(0) && gap < std::max(least(b), picture_.limits.short_change)
               && share_anybody(picture_.people_of(a), picture_.people_of(b));
    }
    void collect_changes(TransportLeg const& leg, std::set<Pair>& out) const {
        if (!runs(leg)) return;
        auto const day = std::max(Minutes(minutes_per_day), picture_.limits.short_change);
        auto const span = span_of(leg);
        for (auto i = picture_.departures.lower_bound({leg.visit, leg.to, span.end, {}}); i != picture_.departures.end(); ++i) {
            auto const& [visit, venue, departs, id] = *i;
            if (visit != leg.visit || venue != leg.to || departs >= span.end + day) break;
            if (is_tight(leg, *picture_.legs.find(id))) out.emplace(leg.id, id);
        }
        if (!by_timetable(leg)) return;
        auto const before = std::max(least(leg), picture_.limits.short_change);
        for (auto i = picture_.arrivals.lower_bound({leg.visit, leg.from, span.begin - before, {}});
             i != picture_.arrivals.end(); ++i) {
            auto const& [visit, venue, arrives, id] = *i;
            if (visit != leg.visit || venue != leg.from || arrives > span.begin) break;
            if (is_tight(*picture_.legs.find(id), leg)) out.emplace(id, leg.id);
        }
    }
    void connection(TransportLeg const& a, TransportLeg const& b) {
        auto const gap = std::chrono::duration_cast<Minutes>(instant_of(b.departs) - instant_of(a.arrives));
        bool const missed = gap < least(b);
        find(missed ? block_release : note, "CONNECTION", a.id.str() + ">" + b.id.str(), b.visit, {ref(b.id), ref(a.id)},
             {{"a", a.id.str()},
              {"b", b.id.str()},
              {"place", picture_.name_of(b.from)},
              {"minutes", text(gap.count())},
              {"least", text(least(b).count())}});
    }

    // ---- ways in -------------------------------------------------------------------------------------------------

    void way_in(ProgrammeItem const& item) {
        auto const* venue = item.venue && item.status != ItemStatus::cancelled ? picture_.venues.find(*item.venue) : nullptr;
        if (!venue || venue->step_free) return;
        auto const people = picture_.roster.people_of(item);
        People outside;
        std::ranges::set_union(picture_.with(Access::wheelchair, people), picture_.with(Access::step_free, people),
                               std::back_inserter(outside));
        if (!outside.empty())
            find(block_release, "NOT_STEP_FREE", item.id.str(), item.visit,
                 {{"programme_item", item.id.str(), "venue"}, ref(venue->id)},
                 {{"item", item.id.str()},
                  {"title", item.title.text},
                  {"who", picture_.names_of(outside)},
                  {"venue", picture_.name_of(venue->id)}});
    }

    Picture const& picture_;
    Findings& out_;
};

/// Passengers hear of their leg, guests of their hotel. check() runs in both worlds: so before and after.
void tell(Picture const& picture, Scope const& scope, Told& told) {
    for (auto const& id : scope.ids<TransportLeg>())
        if (auto const* leg = picture.legs.find(id); leg && runs(*leg))
            for (auto const& person : picture.people_of(*leg)) told.add(person, ref(id));
    for (auto const& id : scope.ids<Accommodation>())
        if (auto const* stay = picture.accommodations.find(id))
            for (auto const* request : requests_in(picture, *stay))
                told.add(picture.roster.delegates.find(request->delegate)->person, ref(id));
}

} // namespace

std::vector<RoomRequest const*> requests_in(Picture const& picture, Accommodation const& stay) {
    std::vector<RoomRequest const*> out;
    for (auto const& id : picture.requests_of_visit.of(stay.visit)) {
        auto const& request = *picture.room_requests.find(id);
        auto const* delegate = picture.roster.delegates.find(request.delegate);
        if (delegate && Roster::goes(*delegate) && request.room_type != RoomType::none
            && request.accommodation.value_or(stay.id) == stay.id)
            out.push_back(&request);
    }
    return out;
}

void check_rooms(Picture const& picture, Id<Accommodation> const& stay, Findings& out) {
    if (auto const* found = picture.accommodations.find(stay)) Judge(picture, out).rooms(*found);
}

void check(Picture const& picture, Scope const& scope, Findings& out, Told& told) {
    Judge(picture, out).look(focus_of(picture, scope));
    if (!scope.standing()) tell(picture, scope, told);
}

} // namespace kogge::logistics
