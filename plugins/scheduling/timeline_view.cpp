// SPDX-License-Identifier: EUPL-1.2
#include "timeline_view.hpp"

#include "rules.hpp"

#include <algorithm>

namespace kogge::scheduling {

namespace {

class View {
  public:
    View(Picture const& picture, Id<Visit> const& visit) : picture_(picture), visit_(visit) {
        Findings found;
        Told nobody;
        check(picture, Scope(visit, {}), found, nobody);
        for (auto const& finding : found.list())
            for (auto const& ref : finding.refs)
                keys_[{ref.entity, ref.id, {}}].push_back(json::string(finding.key()));
    }

    json::value document() {
        json::array list;
        for (auto const* entry : in_order())
            list.push_back(entry_row(*entry));
        auto rows = this->rows(); // and with them, whose rows there are
        return {{"visit", visit_.str()}, {"entries", std::move(list)}, {"busy", busy()}, {"rows", std::move(rows)}};
    }

  private:
    std::vector<Entry const*> in_order() const {
        std::vector<Entry const*> out;
        for (auto const& id : picture_.timeline.entries_of(visit_))
            out.push_back(picture_.timeline.find(id));
        std::sort(out.begin(), out.end(), BeforeInTime{});
        return out;
    }

    json::object entry_row(Entry const& entry) {
        auto const people = picture_.timeline.people_of(entry);
        auto const interpreters = picture_.interpreters_of(entry.id);
        people_.insert(people.begin(), people.end());
        interpreters_.insert(interpreters.begin(), interpreters.end());
        auto const self = ref_of(entry.id);
        json::object out{{"entity", self.entity}, {"id", self.id}, {"title", picture_.title_of(entry.id)}};
        if (entry.id.kind == EntryKind::item)
            item_fields(*picture_.items.row(Id<ProgrammeItem>(self.id)), out);
        else
            leg_fields(*picture_.legs.row(Id<Leg>(self.id)), out);
        out["tracks"] = to_json(entry.tracks);
        out["people"] = to_json(people);
        out["interpreters"] = to_json(interpreters);
        auto const keys = keys_.find(self);
        out["findings"] = keys == keys_.end() ? json::array() : keys->second;
        return out;
    }

    void item_fields(Row<ProgrammeItem> const& row, json::object& out) {
        auto const& item = row.value;
        out["starts"] = to_text(item.starts);
        out["ends"] = to_text(item.ends);
        if (item.venue) {
            out["venue"] = item.venue->str();
            venues_.insert(*item.venue);
        }
        out["status"] = to_json(item.status);
        out["kind"] = to_json(item.item_kind);
        out["rev"] = row.rev;
    }

    void leg_fields(Row<Leg> const& row, json::object& out) {
        auto const& leg = row.value;
        out["starts"] = to_text(leg.departs);
        out["ends"] = to_text(leg.arrives);
        out["from"] = leg.from.str();
        out["to"] = leg.to.str();
        out["mode"] = leg.mode;
        if (leg.service)
            out["service"] = *leg.service;
        if (leg.fallback_of)
            out["fallback_of"] = leg.fallback_of->str();
        if (leg.vehicle) {
            out["vehicle"] = leg.vehicle->str();
            vehicles_.insert(*leg.vehicle);
        }
        out["status"] = leg.status;
        out["kind"] = leg.mode;
        out["rev"] = row.rev;
        venues_.insert(leg.from);
        venues_.insert(leg.to);
    }

    json::object rows() {
        json::array tracks, venues, vehicles;
        std::set<std::pair<std::string, Id<Track>>> by_code;
        for (auto const& [id, row] : picture_.tracks.rows())
            if (row.value.visit == visit_)
                by_code.emplace(row.value.code, id);
        for (auto const& [code, id] : by_code)
            tracks.push_back({{"id", id.str()}, {"code", code}, {"name", picture_.tracks.find(id)->name.text}});
        for (auto const& venue : venues_)
            if (!venue.empty())
                venues.push_back({{"id", venue.str()}, {"name", picture_.name_of(venue)}});
        for (auto const& vehicle : vehicles_)
            vehicles.push_back({{"id", vehicle.str()}, {"name", picture_.name_of(vehicle)}});
        auto const travellers = picture_.roster.travellers(visit_);
        people_.insert(travellers.begin(), travellers.end());
        return {{"tracks", std::move(tracks)}, {"people", people(people_)}, {"venues", std::move(venues)},
                {"vehicles", std::move(vehicles)}, {"interpreters", people(interpreters_)}};
    }

    /// What takes the time of the people of the rows while the visit lasts, by person and time.
    json::array busy() const {
        json::array out;
        auto const* visit = picture_.visits.find(visit_);
        if (!visit)
            return out;
        auto everybody = people_;
        everybody.insert(interpreters_.begin(), interpreters_.end());
        for (auto const& person : everybody)
            for (auto const& taken : picture_.busy.within(person, {instant_of(visit->starts), instant_of(visit->ends)})) {
                json::object strip{{"person", person.str()}, {"starts", to_text(local_of(taken.span.begin, visit->starts.zone))},
                                   {"ends", to_text(local_of(taken.span.end, visit->starts.zone))}, {"tentative", taken.time->tentative}};
                if (taken.time->title)
                    strip["title"] = *taken.time->title;
                out.push_back(std::move(strip));
            }
        return out;
    }

    json::array people(std::set<Id<Person>> const& list) const {
        json::array out;
        for (auto const& person : list) {
            auto const* delegate = picture_.roster.delegate(visit_, person);
            out.push_back({{"id", person.str()}, {"name", picture_.name_of(person)},
                           {"track", delegate && delegate->track ? json::value(delegate->track->str()) : json::value()}});
        }
        return out;
    }

    Picture const& picture_;
    Id<Visit> const& visit_;
    std::map<Ref, json::array> keys_;
    std::set<Id<Person>> people_, interpreters_;
    std::set<Id<Venue>> venues_;
    std::set<Id<Vehicle>> vehicles_;
};

} // namespace

json::value timeline_view(Picture const& picture, Id<Visit> const& visit) { return View(picture, visit).document(); }

} // namespace kogge::scheduling
