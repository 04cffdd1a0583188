// SPDX-License-Identifier: EUPL-1.2
#include "judge.hpp"

#include <kogge/geo.hpp>

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace kogge::logistics::test {

namespace {

using Names = std::set<std::string>;

std::string key(std::string const& code, Names const& refs, std::string const& scope = {}) {
    auto out = code;
    for (auto const& one : refs) out += "|" + one;
    return scope.empty() ? out : out + "|" + scope;
}

struct Ride {
    TransportLeg const* leg;
    Instant begin, end;
    Names people;
    std::string name() const { return "transport_leg/" + leg->id.str(); }
    auto drive() const { return std::tuple(leg->vehicle->str(), begin, end, leg->from.str(), leg->to.str()); }
};

class Sweep {
  public:
    explicit Sweep(Picture const& picture) : picture_(picture) {
        for (auto const& [id, row] : picture.roster.delegates.rows())
            if (row.value.track && comes(row.value)) members_[row.value.track->str()].insert(row.value.person.str());
        for (auto const& [id, row] : picture.cares.rows())
            for (auto const need : row.value.accessibility) needs_[row.value.person.str()].insert(need);
    }

    std::map<std::string, std::string> run() {
        legs();
        for (auto const& ride : rides_)
            for (auto const& other : rides_) pair(ride, other);
        drives();
        items();
        vehicles();
        rooms();
        return std::move(out_);
    }

  private:
    static bool comes(Delegate const& d) {
        return d.status == DelegateStatus::confirmed || d.status == DelegateStatus::invited;
    }
    void say(std::string key, std::string what = "block") { out_[std::move(key)] = std::move(what); }
    Names of_tracks(std::vector<Id<Track>> const& tracks) const {
        Names out;
        for (auto const& track : tracks)
            if (auto const found = members_.find(track.str()); found != members_.end())
                out.insert(found->second.begin(), found->second.end());
        return out;
    }
    bool needs(std::string const& person, Access need) const {
        auto const found = needs_.find(person);
        return found != needs_.end() && found->second.contains(need);
    }

    void legs() {
        for (auto const& [id, row] : picture_.legs.rows()) {
            auto const& leg = row.value;
            Ride ride{&leg, instant_of(leg.departs), instant_of(leg.arrives), of_tracks(leg.tracks)};
            for (auto const& person : leg.extra_passengers) ride.people.insert(person.str());
            for (auto const& person : leg.without) ride.people.erase(person.str());
            names(leg, ride.name());
            if (leg.status != LegStatus::cancelled) alone(ride);
            if (leg.status != LegStatus::cancelled && leg.status != LegStatus::fallback) rides_.push_back(std::move(ride));
        }
    }
    void names(TransportLeg const& leg, std::string const& name) {
        if (leg.fallback_of && *leg.fallback_of == leg.id) say(key("OWN_FALLBACK", {name}));
        if (leg.min_change_minutes && (*leg.min_change_minutes < 0 || *leg.min_change_minutes > 1440))
            say(key("OUT_OF_RANGE", {name}, "min_change_minutes"));
    }
    void alone(Ride const& ride) {
        if (ride.end <= ride.begin) {
            say(key("ENDS_BEFORE_START", {ride.name()}));
            return;
        }
        auto const* a = picture_.venues.find(ride.leg->from);
        auto const* b = picture_.venues.find(ride.leg->to);
        std::map<Mode, double> const limit{
            {Mode::coach, 45}, {Mode::minibus, 50}, {Mode::bus, 100}, {Mode::rail, 160}, {Mode::walk, 6}};
        if (!a || !b || !a->location || !b->location || !limit.contains(ride.leg->mode)) return;
        auto const hours = static_cast<double>((ride.end - ride.begin).count()) / 3600;
        if (kilometres(*a->location, *b->location) / hours > limit.at(ride.leg->mode)) say(key("SPEED", {ride.name()}), "warn");
    }
    void pair(Ride const& a, Ride const& b) {
        if (a.leg == b.leg) return;
        if (a.leg->vehicle && b.leg->vehicle && a.begin < a.end && b.begin < b.end && *a.leg->vehicle == *b.leg->vehicle
            && a.drive() != b.drive() && a.begin < b.end && b.begin < a.end)
            say(key("VEHICLE_DOUBLE", {a.name(), b.name()}), "block_release");
        std::set<Mode> const waits_for_nobody{Mode::rail, Mode::bus, Mode::boat, Mode::flight};
        auto const& onward = *b.leg;
        if (a.leg->visit != onward.visit || a.leg->to != onward.from || onward.vehicle
            || !waits_for_nobody.contains(onward.mode) || b.begin < a.end)
            return;
        auto const minutes = static_cast<int>((b.begin - a.end).count() / 60);
        auto const least = std::min(std::max(onward.min_change_minutes.value_or(8), 0), 1440);
        Names both;
        std::ranges::set_intersection(a.people, b.people, std::inserter(both, both.end()));
        if (both.empty()) return;
        if (minutes < std::max(least, 15))
            say(key("CONNECTION", {a.name(), b.name()}),
                (minutes < least ? "block_release " : "note ") + std::to_string(minutes));
    }
    void drives() {
        std::map<decltype(rides_.front().drive()), std::vector<Ride const*>> drives;
        for (auto const& ride : rides_)
            if (ride.leg->vehicle) drives[ride.drive()].push_back(&ride);
        for (auto const& [drive, rides] : drives) {
            auto const* vehicle = picture_.vehicles.find(*rides.front()->leg->vehicle);
            if (!vehicle) continue;
            Names people, refs{"vehicle/" + vehicle->id.str()};
            for (auto const* ride : rides) {
                people.insert(ride->people.begin(), ride->people.end());
                refs.insert(ride->name());
            }
            auto const wheelchairs =
                std::ranges::count_if(people, [&](auto const& person) { return needs(person, Access::wheelchair); });
            if (vehicle->seats && static_cast<int>(people.size()) > *vehicle->seats)
                say(key("CAPACITY", refs), "block_release " + std::to_string(people.size()));
            if (wheelchairs > vehicle->wheelchair_places) say(key("WHEELCHAIR", refs), "block_release");
        }
    }
    void items() {
        for (auto const& [id, row] : picture_.items.rows()) {
            auto const& item = row.value;
            auto const* venue = item.venue ? picture_.venues.find(*item.venue) : nullptr;
            if (item.status == ItemStatus::cancelled || !venue || venue->step_free) continue;
            auto people = of_tracks(item.tracks);
            for (auto const& [pid, participation] : picture_.roster.participations.rows())
                if (participation.value.item == id && participation.value.presence == Presence::included)
                    people.insert(participation.value.person.str());
            for (auto const& [pid, participation] : picture_.roster.participations.rows())
                if (participation.value.item == id && participation.value.presence == Presence::excluded)
                    people.erase(participation.value.person.str());
            if (std::ranges::any_of(people,
                                    [&](auto const& p) { return needs(p, Access::wheelchair) || needs(p, Access::step_free); }))
                say(key("NOT_STEP_FREE", {"programme_item/" + id.str(), "venue/" + venue->id.str()}), "block_release");
        }
    }
    void vehicles() {
        for (auto const& [id, row] : picture_.vehicles.rows()) {
            if (row.value.seats.value_or(0) < 0 || row.value.seats.value_or(0) > 10000)
                say(key("OUT_OF_RANGE", {"vehicle/" + id.str()}, "seats"));
            if (row.value.wheelchair_places < 0 || row.value.wheelchair_places > 10000)
                say(key("OUT_OF_RANGE", {"vehicle/" + id.str()}, "wheelchair_places"));
        }
    }
    void rooms() {
        for (auto const& [id, row] : picture_.accommodations.rows()) hotel(row.value);
    }
    void hotel(Accommodation const& stay) {
        auto const name = "accommodation/" + stay.id.str();
        if (stay.check_out <= stay.check_in) say(key("CHECK_OUT_BEFORE_IN", {name}));
        int single = 0, twin = 0, accessible = 0;
        for (auto const& [id, row] : picture_.room_requests.rows()) {
            auto const& request = row.value;
            auto const* delegate = picture_.roster.delegates.find(request.delegate);
            if (request.visit != stay.visit || (request.accommodation && *request.accommodation != stay.id) || !delegate
                || !comes(*delegate))
                continue;
            single += request.room_type == RoomType::single;
            twin += request.room_type == RoomType::twin;
            accessible += request.room_type == RoomType::accessible;
        }
        if (twin % 2) say(key("ROOMING_ODD", {name}), "warn " + std::to_string(twin));
        if (stay.rooms.single == 0 && stay.rooms.twin == 0 && stay.rooms.accessible == 0) return;
        auto const spare_twin = std::max(stay.rooms.twin - twin / 2, 0);
        if (accessible > stay.rooms.accessible || twin / 2 > stay.rooms.twin
            || single + twin % 2 > stay.rooms.single + spare_twin)
            say(key("ROOMS_SHORT", {name}), "warn");
    }

    Picture const& picture_;
    std::map<std::string, Names> members_;
    std::map<std::string, std::set<Access>> needs_;
    std::vector<Ride> rides_;
    std::map<std::string, std::string> out_;
};

} // namespace

std::map<std::string, std::string> judge_everything(Picture const& picture) { return Sweep(picture).run(); }

} // namespace kogge::logistics::test
