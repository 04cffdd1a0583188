// SPDX-License-Identifier: EUPL-1.2
#include "demo_world.hpp"

#include "../importer.hpp"

#include <kogge/scenario.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#ifndef KOGGE_SOURCE_DIR
#define KOGGE_SOURCE_DIR "."
#endif

namespace kogge::scheduling::test {

namespace {

std::string repository() { return std::string(KOGGE_SOURCE_DIR) + "/../.."; }

Text source_text(json::object const& row, char const* field) {
    auto const& texts = row.at(field).as_object();
    return {std::string(texts.at("nl").as_string()), "nl"};
}

template <class E>
E enumerator(json::object const& row, char const* field) {
    return from_json<E>(row.at(field), std::string("/") + field).value();
}

template <class T>
std::optional<Id<T>> optional_id(json::object const& row, char const* field) {
    auto text = Scenario::text(row, field);
    return text.empty() ? std::nullopt : std::optional(Id<T>(std::move(text)));
}

std::optional<GeoPoint> location(json::object const& row) {
    return GeoPoint{row.at("lat").to_number<double>(), row.at("lon").to_number<double>()};
}

class Load {
  public:
    explicit Load(json::object const& document) : scenario_(document) {}

    ChangeSet run() {
        places();
        people();
        visits();
        items();
        legs();
        auto const days = import_days(scenario_.document()).value();
        for (auto const& change : days.changes())
            changes_.create(holiday(change));
        return std::move(changes_);
    }

  private:
    static PublicHoliday holiday(json::value const& change) {
        auto out = from_json<PublicHoliday>(change.at("fields")).value();
        out.id = Id<PublicHoliday>(std::string(change.at("id").as_string()));
        return out;
    }
    void places() {
        for (auto const* row : scenario_.rows("city")) {
            City city{Id<City>(Scenario::text(*row, "id")), source_text(*row, "name"), Scenario::text(*row, "country"), {}, Scenario::text(*row, "tz"), location(*row)};
            city.relation = enumerator<Relation>(*row, "relation");
            changes_.create(city);
        }
        for (auto const* row : scenario_.rows("venue")) {
            Venue venue;
            venue.id = Id<Venue>(Scenario::text(*row, "id"));
            venue.name = Scenario::text(*row, "name");
            venue.zone = scenario_.zone_of_venue(venue.id.str()).value().name();
            venue.location = location(*row);
            if (auto const& capacity = row->at("capacity"); capacity.is_number())
                venue.capacity = capacity.to_number<int>();
            changes_.create(venue);
        }
    }
    void people() {
        for (auto const* row : scenario_.rows("person")) {
            Person person;
            person.id = Id<Person>(Scenario::text(*row, "id"));
            person.given_name = Scenario::text(*row, "given");
            person.family_name = Scenario::text(*row, "family");
            changes_.create(person);
        }
        for (auto const* section : {"delegate", "counterpart"})
            for (auto const* row : scenario_.rows(section)) {
                Delegate delegate;
                delegate.visit = Id<Visit>(Scenario::text(*row, "visit"));
                delegate.person = Id<Person>(Scenario::text(*row, "person"));
                delegate.id = Id<Delegate>(delegate.visit.str() + "." + delegate.person.str());
                delegate.status = DelegateStatus::confirmed;
                if (auto const track = Scenario::text(*row, "track"); !track.empty()) {
                    delegate.track = Scenario::track_id(delegate.visit, track.front());
                    add_track(delegate.visit, track.front());
                }
                changes_.create(delegate);
            }
    }
    void add_track(Id<Visit> const& visit, char letter) {
        auto const id = Scenario::track_id(visit, letter);
        if (tracks_.insert(id).second)
            changes_.create(Track{id, visit, std::string(1, letter), {}});
    }
    void visits() {
        auto const zone = scenario_.base_zone().value();
        for (auto const* row : scenario_.rows("visit")) {
            Visit visit;
            visit.id = Id<Visit>(Scenario::text(*row, "id"));
            visit.title = source_text(*row, "title");
            visit.status = enumerator<VisitStatus>(*row, "status");
            visit.partner_city = optional_id<City>(*row, "partner_city");
            visit.starts = Scenario::time(*row, "start", zone).value();
            visit.ends = Scenario::time(*row, "end", zone).value();
            changes_.create(visit);
        }
    }
    void items() {
        for (auto const* row : scenario_.rows("programme_item")) {
            ProgrammeItem item;
            item.id = Id<ProgrammeItem>(Scenario::text(*row, "id"));
            item.visit = Id<Visit>(Scenario::text(*row, "visit"));
            item.title = source_text(*row, "title");
            item.item_kind = enumerator<ItemKind>(*row, "kind");
            item.status = enumerator<ItemStatus>(*row, "status");
            item.venue = optional_id<Venue>(*row, "venue");
            auto const zone = scenario_.zone_of_venue(item.venue->str()).value();
            item.starts = Scenario::time(*row, "start", zone).value();
            item.ends = Scenario::time(*row, "end", zone).value();
            item.tracks = Scenario::audience(*row);
            changes_.create(item);
            if (auto const* guests = row->if_contains("outside_guests"))
                for (auto const& guest : guests->as_array()) {
                    Id<Person> const person{std::string(guest.as_string())};
                    changes_.create(Participation{Id<Participation>(item.id.str() + "." + person.str()), item.visit, item.id, person, Presence::included, "guest", {}});
                }
        }
    }
    void legs() {
        for (auto const* row : scenario_.rows("transport_leg")) {
            Leg leg;
            leg.id = Id<Leg>(Scenario::text(*row, "id"));
            leg.visit = Id<Visit>(Scenario::text(*row, "visit"));
            leg.mode = Scenario::text(*row, "mode");
            leg.status = Scenario::text(*row, "status");
            leg.from = Id<Venue>(Scenario::text(*row, "from_venue"));
            leg.to = Id<Venue>(Scenario::text(*row, "to_venue"));
            leg.departs = Scenario::time(*row, "depart", scenario_.zone_of_venue(leg.from.str()).value()).value();
            leg.arrives = Scenario::time(*row, "arrive", scenario_.zone_of_venue(leg.to.str()).value()).value();
            leg.vehicle = optional_id<Vehicle>(*row, "vehicle");
            leg.fallback_of = optional_id<Leg>(*row, "fallback_of");
            leg.tracks = Scenario::audience(*row);
            changes_.create(leg);
        }
    }

    Scenario scenario_;
    ChangeSet changes_{"demo"};
    std::set<Id<Track>> tracks_;
};

} // namespace

std::string demo_path() {
    auto const* path = std::getenv("KOGGE_SCENARIO");
    return path ? path : repository() + "/config/demo/demo.json";
}

json::value read_json(std::string const& path) {
    std::ifstream file(path);
    if (!file)
        throw std::runtime_error("cannot read " + path);
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

json::value const& expected() {
    static json::value const golden = read_json(repository() + "/tests/data/expected.json");
    return golden;
}

ChangeSet demo_changes(json::object const& document) { return Load(document).run(); }

Demo::Demo() {
    auto const document = read_json(demo_path());
    commit(demo_changes(document.as_object()));
}

ChangeSet Demo::move(std::string const& id, Minutes by) const {
    auto const& row = *picture.items.row(Id<ProgrammeItem>(id));
    ChangeSet out("move");
    out.update(row.value.id, row.rev, {{"starts", to_text(row.value.starts + by)}, {"ends", to_text(row.value.ends + by)}});
    return out;
}

} // namespace kogge::scheduling::test
