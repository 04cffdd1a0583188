// SPDX-License-Identifier: EUPL-1.2
#include "focus.hpp"

namespace kogge::scheduling {

namespace {

class Build {
  public:
    Build(Picture const& picture, Scope const& scope) : picture_(picture), scope_(scope) {}

    Focus standing() {
        if (scope_.visit())
            whole(*scope_.visit());
        else
            for (auto const& [id, row] : picture_.visits.rows())
                whole(id);
        return std::move(focus_);
    }

    Focus change() {
        for (auto const& item : scope_.versions<ProgrammeItem>())
            look_at({EntryKind::item, item.id.str()}, item.visit, span_of(item).begin);
        for (auto const& leg : scope_.versions<Leg>())
            look_at({EntryKind::leg, leg.id.str()}, leg.visit, span_of(leg).begin);
        for (auto const& participation : scope_.versions<Participation>())
            look_at({EntryKind::item, participation.item.str()});
        presences();
        delegates();
        places();
        visits();
        return std::move(focus_);
    }

  private:
    void whole(Id<Visit> const& visit) {
        auto const& entries = picture_.timeline.entries_of(visit);
        focus_.entries.insert(entries.begin(), entries.end());
        focus_.whole.insert(visit);
        focus_.holidays.insert(visit);
    }
    void look_at(EntryId const& id, Id<Visit> const& visit, Instant begin) {
        focus_.entries.insert(id);
        focus_.seams[visit].insert(begin);
    }
    void look_at(EntryId const& id) {
        focus_.entries.insert(id);
        if (auto const* entry = picture_.timeline.find(id))
            focus_.seams[entry->visit].insert(entry->span.begin);
    }
    /// Somebody's own calendar changed, or what an interpreter is asked to do.
    void presences() {
        for (auto const& time : scope_.versions<BusyTime>())
            for (auto const* entry : picture_.entries_at(time.person, span_of(time)))
                focus_.presences.emplace(entry->id, time.person);
        for (auto const& work : scope_.versions<Assignment>())
            focus_.presences.emplace(EntryId{EntryKind::item, work.item.str()}, work.person);
    }
    /// Who changes track or comes and goes brings or takes the person's whole programme.
    void delegates() {
        std::set<Id<Visit>> visits;
        for (auto const& delegate : scope_.versions<Delegate>())
            visits.insert(delegate.visit);
        for (auto const& visit : visits) {
            auto const& entries = picture_.timeline.entries_of(visit);
            focus_.entries.insert(entries.begin(), entries.end());
            focus_.whole.insert(visit);
        }
    }
    /// A venue has grown, shrunk or moved. Rare enough to go through everything for it.
    void places() {
        auto const venues = scope_.ids<Venue>();
        if (venues.empty())
            return;
        std::set<Id<Venue>> const touched(venues.begin(), venues.end());
        for (auto const& [id, row] : picture_.items.rows())
            if (row.value.venue && touched.contains(*row.value.venue))
                focus_.entries.insert({EntryKind::item, id.str()});
        for (auto const& [id, row] : picture_.legs.rows())
            if (touched.contains(row.value.from) || touched.contains(row.value.to))
                focus_.entries.insert({EntryKind::leg, id.str()});
    }
    void visits() {
        for (auto const& visit : scope_.ids<Visit>()) {
            auto const& entries = picture_.timeline.entries_of(visit);
            focus_.entries.insert(entries.begin(), entries.end());
            focus_.holidays.insert(visit);
        }
        if (!scope_.ids<City>().empty() || !scope_.ids<PublicHoliday>().empty())
            for (auto const& [id, row] : picture_.visits.rows())
                focus_.holidays.insert(id);
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

} // namespace kogge::scheduling
