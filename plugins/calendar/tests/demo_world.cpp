// SPDX-License-Identifier: EUPL-1.2
#include "demo_world.hpp"

#include <kogge/scenario.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace kogge::calendar::test {

namespace {

template <class E>
E enumerator(json::object const& row, char const* field) {
    return from_json<E>(row.at(field), std::string("/") + field).value();
}

template <class T>
std::optional<Id<T>> optional_id(json::object const& row, char const* field) {
    auto text = Scenario::text(row, field);
    return text.empty() ? std::nullopt : std::optional(Id<T>(std::move(text)));
}

std::optional<std::string> optional_text(json::object const& row, char const* field) {
    auto text = Scenario::text(row, field);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

class Load {
  public:
    Load(json::object const& document, House& house) : scenario_(document), house_(house) {}

    ChangeSet run() {
        places();
        people();
        visits();
        items();
        legs();
        tasks();
        return std::move(changes_);
    }

  private:
    /// {"nl":…,"de":…}: Dutch is the source, the rest are translations.
    Text text(std::string const& kind, json::object const& row, char const* field) {
        auto const& texts = row.at(field).as_object();
        for (auto const& [language, said] : texts)
            if (language != "nl")
                house_.translations[{kind, Scenario::text(row, "id"), field, std::string(language)}] = std::string(said.as_string());
        return {std::string(texts.at("nl").as_string()), "nl"};
    }
    void places() {
        for (auto const* row : scenario_.rows("venue")) {
            Venue venue;
            venue.id = Id<Venue>(Scenario::text(*row, "id"));
            venue.name = Scenario::text(*row, "name");
            venue.zone = scenario_.zone_of_venue(venue.id.str()).value().name();
            venue.address = optional_text(*row, "address");
            venue.location = GeoPoint{row->at("lat").to_number<double>(), row->at("lon").to_number<double>()};
            changes_.create(venue);
        }
        for (auto const* row : scenario_.rows("vehicle"))
            changes_.create(Vehicle{Id<Vehicle>(Scenario::text(*row, "id")), {}, Scenario::text(*row, "kind"), int(row->at("seats").to_number<int>())});
    }
    void people() {
        for (auto const* row : scenario_.rows("person"))
            changes_.create(PersonName{Id<PersonName>(Scenario::text(*row, "id")), Scenario::text(*row, "given"), Scenario::text(*row, "family")});
        for (auto const* section : {"delegate", "counterpart"})
            for (auto const* row : scenario_.rows(section)) {
                Delegate delegate;
                delegate.visit = Id<Visit>(Scenario::text(*row, "visit"));
                delegate.delegation = Id<Delegation>("dg");
                delegate.person = Id<Person>(Scenario::text(*row, "person"));
                delegate.id = Id<Delegate>(delegate.visit.str() + "." + delegate.person.str());
                delegate.status = DelegateStatus::confirmed;
                if (auto const track = Scenario::text(*row, "track"); !track.empty())
                    delegate.track = track_of(delegate.visit, track.front());
                changes_.create(delegate);
            }
    }
    Id<Track> track_of(Id<Visit> const& visit, char letter) {
        auto const id = Scenario::track_id(visit, letter);
        if (tracks_.insert(id).second)
            changes_.create(Track{id, visit, std::string(1, letter), {}});
        return id;
    }
    void visits() {
        auto const zone = scenario_.base_zone().value();
        for (auto const* row : scenario_.rows("visit")) {
            Visit visit;
            visit.id = Id<Visit>(Scenario::text(*row, "id"));
            visit.title = text("visit", *row, "title");
            visit.status = enumerator<VisitStatus>(*row, "status");
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
            item.title = text("programme_item", *row, "title");
            item.item_kind = enumerator<ItemKind>(*row, "kind");
            item.status = enumerator<ItemStatus>(*row, "status");
            item.venue = optional_id<Venue>(*row, "venue");
            auto const zone = scenario_.zone_of_venue(item.venue->str()).value();
            item.starts = Scenario::time(*row, "start", zone).value();
            item.ends = Scenario::time(*row, "end", zone).value();
            item.dress_code = optional_text(*row, "dress_code");
            for (char const letter : Scenario::text(*row, "audience"))
                item.tracks.push_back(track_of(item.visit, letter));
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
            leg.service = optional_text(*row, "service_ref");
            for (char const letter : Scenario::text(*row, "audience"))
                leg.tracks.push_back(track_of(leg.visit, letter));
            changes_.create(leg);
        }
    }

    void tasks() {
        for (auto const* row : scenario_.rows("task")) {
            Task task;
            task.id = Id<Task>(Scenario::text(*row, "id"));
            task.visit = Id<Visit>(Scenario::text(*row, "visit"));
            task.title = Scenario::text(*row, "title");
            task.owner = optional_id<Person>(*row, "owner");
            task.offset_days = row->at("offset_days").to_number<int>();
            changes_.create(task);
        }
    }

    Scenario scenario_;
    House& house_;
    ChangeSet changes_{"demo"};
    std::set<Id<Track>> tracks_;
};

json::object read_scenario() {
    std::ifstream file(KOGGE_DEMO);
    if (!file)
        throw std::runtime_error("cannot read " KOGGE_DEMO);
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {})).as_object();
}

} // namespace

Demo::Demo(Settings given) : House(std::move(given)), scenario(read_scenario()) { commit(Load(scenario, *this).run()); }

std::string Demo::move(std::string const& id, Minutes by) {
    auto const& row = *picture.items.row(Id<ProgrammeItem>(id));
    return commit(ChangeSet("move").update(row.value.id, row.rev, {{"starts", to_text(row.value.starts + by)}, {"ends", to_text(row.value.ends + by)}}));
}

std::string Demo::erase(Ref const& what) {
    if (what.entity == kind_of<ProgrammeItem>())
        return commit(ChangeSet("erase").erase(Id<ProgrammeItem>(what.id), rev(what)));
    return commit(ChangeSet("erase").erase(Id<Leg>(what.id), rev(what)));
}

std::vector<std::string> Demo::people() const {
    std::vector<std::string> out;
    for (auto const& row : picture.people.rows())
        out.push_back(row.first.str());
    return out;
}

} // namespace kogge::calendar::test
