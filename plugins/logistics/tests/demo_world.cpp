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
#    define KOGGE_SOURCE_DIR "."
#endif

namespace kogge::logistics::test {

namespace {

std::string repository() { return std::string(KOGGE_SOURCE_DIR) + "/../.."; }

/// The nouns of the core, as far as logistics reads them.
class Core {
  public:
    explicit Core(json::object const& document) : scenario_(document) {}

    ChangeSet run() {
        places();
        people();
        visits();
        items();
        return std::move(changes_);
    }

  private:
    static Text source_text(json::object const& row) { return {std::string(row.at("title").at("nl").as_string()), "nl"}; }

    void places() {
        for (auto const* row : scenario_.rows("venue")) {
            Venue venue;
            venue.id = Id<Venue>(Scenario::text(*row, "id"));
            venue.name = Scenario::text(*row, "name");
            venue.zone = scenario_.zone_of_venue(venue.id.str()).value().name();
            venue.location = GeoPoint{row->at("lat").to_number<double>(), row->at("lon").to_number<double>()};
            venue.step_free = row->at("step_free").as_bool();
            changes_.create(venue);
        }
        for (auto const* row : scenario_.rows("organisation")) {
            Organisation organisation;
            organisation.id = Id<Organisation>(Scenario::text(*row, "id"));
            organisation.name = Scenario::text(*row, "name");
            changes_.create(organisation);
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
        delegates("delegate", Side::guest);
        delegates("counterpart", Side::host);
    }
    void delegates(char const* section, Side side) {
        for (auto const* row : scenario_.rows(section)) {
            Delegate delegate;
            delegate.visit = Id<Visit>(Scenario::text(*row, "visit"));
            delegate.person = Id<Person>(Scenario::text(*row, "person"));
            delegate.id = Id<Delegate>(delegate.visit.str() + "." + delegate.person.str());
            delegate.status = DelegateStatus::confirmed;
            Id<Organisation> const party(Scenario::text(*row, "party", Scenario::text(*row, "organisation")));
            delegate.delegation = Id<Delegation>(delegate.visit.str() + "." + party.str());
            if (known_.insert(delegate.delegation.str()).second)
                changes_.create(Delegation{delegate.delegation, delegate.visit, side, party});
            if (auto const letter = Scenario::text(*row, "track"); !letter.empty()) {
                delegate.track = Scenario::track_id(delegate.visit, letter.front());
                if (known_.insert(delegate.track->str()).second)
                    changes_.create(Track{*delegate.track, delegate.visit, letter, {}});
            }
            changes_.create(delegate);
        }
    }
    void visits() {
        auto const zone = scenario_.base_zone().value();
        for (auto const* row : scenario_.rows("visit")) {
            Visit visit;
            visit.id = Id<Visit>(Scenario::text(*row, "id"));
            visit.title = source_text(*row);
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
            item.title = source_text(*row);
            item.status = from_json<ItemStatus>(row->at("status")).value();
            item.venue = Id<Venue>(Scenario::text(*row, "venue"));
            auto const zone = scenario_.zone_of_venue(item.venue->str()).value();
            item.starts = Scenario::time(*row, "start", zone).value();
            item.ends = Scenario::time(*row, "end", zone).value();
            item.tracks = Scenario::audience(*row);
            item.meal = from_json<std::optional<std::string>>(row->at("meal")).value();
            changes_.create(item);
            if (auto const* guests = row->if_contains("outside_guests"))
                for (auto const& guest : guests->as_array()) {
                    Id<Person> const person{std::string(guest.as_string())};
                    changes_.create(Participation{Id<Participation>(item.id.str() + "." + person.str()),
                                                  item.visit,
                                                  item.id,
                                                  person,
                                                  Presence::included,
                                                  "guest",
                                                  {}});
                }
        }
    }

    Scenario scenario_;
    ChangeSet changes_{"demo"};
    std::set<std::string> known_;
};

} // namespace

std::string demo_path() {
    auto const* path = std::getenv("KOGGE_SCENARIO");
    return path ? path : repository() + "/config/demo/demo.json";
}

json::value read_json(std::string const& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

json::value expected() { return read_json(repository() + "/tests/data/expected.json"); }

Demo::Demo() {
    auto const document = read_json(demo_path());
    commit(Core(document.as_object()).run());
    commit(import_logistics(document.as_object()).value().changes);
}

std::string lines(std::vector<Finding> const& findings) {
    std::string out;
    for (auto const& finding : findings)
        out += std::string(boost::describe::enum_to_string(finding.level, "?")) + " " + finding.code + " " + finding.subject
               + "\n";
    return out;
}

std::string lines(std::map<std::string, Finding> const& findings) {
    std::vector<Finding> list;
    for (auto const& [key, finding] : findings) list.push_back(finding);
    return lines(list);
}

} // namespace kogge::logistics::test
