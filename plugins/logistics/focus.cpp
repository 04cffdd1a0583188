// SPDX-License-Identifier: EUPL-1.2
#include "focus.hpp"

namespace kogge::logistics {

namespace {

class Build {
  public:
    Build(Picture const& picture, Scope const& scope) : picture_(picture), scope_(scope) {}

    Focus standing() {
        if (scope_.visit())
            whole(*scope_.visit());
        else
            everything();
        return std::move(focus_);
    }

    Focus change() {
        for (auto const& leg : scope_.versions<TransportLeg>()) look_at(leg);
        take(focus_.items, scope_.ids<ProgrammeItem>());
        for (auto const& participation : scope_.versions<Participation>()) focus_.items.insert(participation.item);
        for (auto const& delegate : scope_.versions<Delegate>()) look_at(delegate);
        for (auto const& care : scope_.versions<PersonCare>()) programme_of(care.person);
        places_and_vehicles();
        stays();
        return std::move(focus_);
    }

  private:
    template <class T>
    static void take(std::set<T>& into, auto const& values) {
        into.insert(values.begin(), values.end());
    }

    void everything() {
        for (auto const& [id, row] : picture_.legs.rows()) look_at(row.value);
        for (auto const& [id, row] : picture_.items.rows()) focus_.items.insert(id);
        for (auto const& [id, row] : picture_.accommodations.rows()) focus_.stays.insert(id);
        for (auto const& [id, row] : picture_.vehicles.rows()) focus_.vehicles.insert(id);
    }
    void whole(Id<Visit> const& visit) {
        for (auto const& id : picture_.legs_of_visit.of(visit)) look_at(*picture_.legs.find(id));
        take(focus_.items, picture_.items_of_visit.of(visit));
        take(focus_.stays, picture_.stays_of_visit.of(visit));
    }

    void look_at(TransportLeg const& leg) {
        focus_.legs.insert(leg.id);
        if (auto run = run_of(leg)) focus_.runs.insert(std::move(*run));
    }
    void look_at(std::set<LegId> const& legs) {
        for (auto const& id : legs) look_at(*picture_.legs.find(id));
    }
    /// Who changes track, comes or goes, takes or frees a seat in all of the track's legs, and a room.
    void look_at(Delegate const& delegate) {
        take(focus_.stays, picture_.stays_of_visit.of(delegate.visit));
        if (delegate.track) look_at(*delegate.track);
    }
    void look_at(Id<Track> const& track) {
        look_at(picture_.legs_of_track.of(track));
        take(focus_.items, picture_.items_of_track.of(track));
    }
    /// Where a person goes: what they need is needed there.
    void programme_of(Id<Person> const& person) {
        for (auto const& id : picture_.delegates_of_person.of(person))
            if (auto const* delegate = picture_.roster.delegates.find(id); delegate->track) look_at(*delegate->track);
        for (auto const& id : picture_.participations_of_person.of(person))
            focus_.items.insert(picture_.roster.participations.find(id)->item);
        look_at(picture_.legs_with_extra.of(person));
    }

    void places_and_vehicles() {
        for (auto const& venue : scope_.ids<Venue>()) {
            take(focus_.legs, picture_.legs_of_venue.of(venue));
            take(focus_.items, picture_.items_of_venue.of(venue));
        }
        for (auto const& vehicle : scope_.ids<Vehicle>()) {
            focus_.vehicles.insert(vehicle);
            for (auto i = picture_.shared_runs.lower_bound({vehicle, Instant::min(), Instant::min(), {}, {}});
                 i != picture_.shared_runs.end() && i->first.vehicle == vehicle; ++i)
                focus_.runs.insert(i->first);
        }
    }
    void stays() {
        take(focus_.stays, scope_.ids<Accommodation>());
        for (auto const& request : scope_.versions<RoomRequest>())
            take(focus_.stays, picture_.stays_of_visit.of(request.visit));
    }

    Picture const& picture_;
    Scope const& scope_;
    Focus focus_;
};

} // namespace

Focus focus_of(Picture const& picture, Scope const& scope) {
    Build build(picture, scope);
    return scope.standing() ? build.standing() : build.change();
}

} // namespace kogge::logistics
