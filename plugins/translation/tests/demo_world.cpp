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

namespace kogge::translation::test {

namespace {

std::string repository() { return std::string(KOGGE_SOURCE_DIR) + "/../.."; }

Text source_text(json::object const& row, char const* field) { return {std::string(row.at(field).at("nl").as_string()), "nl"}; }

template <class E>
E enumerator(json::object const& row, char const* field) {
    return from_json<E>(row.at(field), std::string("/") + field).value();
}

class Load {
  public:
    explicit Load(json::object const& document) : scenario_(document) {}

    ChangeSet run() {
        names();
        people();
        visits();
        items();
        return std::move(changes_);
    }

  private:
    void names() {
        for (auto const* row : scenario_.rows("theme"))
            changes_.create(Theme{Id<Theme>(Scenario::text(*row, "id")), {Scenario::text(*row, "nl"), "nl"}});
        for (auto const* row : scenario_.rows("city")) {
            City city;
            city.id = Id<City>(Scenario::text(*row, "id"));
            city.name = source_text(*row, "name");
            changes_.create(city);
        }
    }
    void people() {
        for (auto const* row : scenario_.rows("person")) {
            Person person;
            person.id = Id<Person>(Scenario::text(*row, "id"));
            person.given_name = Scenario::text(*row, "given");
            person.family_name = Scenario::text(*row, "family");
            for (auto const& [language, level] : row->at("languages").as_object())
                person.languages.push_back({std::string(language), from_json<Cefr>(level).value()});
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
            changes_.create(Track{id, visit, std::string(1, letter), {std::string("Deelprogramma ") + letter, "nl"}});
    }
    void visits() {
        auto const zone = scenario_.base_zone().value();
        for (auto const* row : scenario_.rows("visit")) {
            Visit visit;
            visit.id = Id<Visit>(Scenario::text(*row, "id"));
            visit.title = source_text(*row, "title");
            visit.status = enumerator<VisitStatus>(*row, "status");
            visit.partner_city = Id<City>(Scenario::text(*row, "partner_city"));
            visit.themes = from_json<std::vector<Id<Theme>>>(row->at("themes")).value();
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
            auto const zone = scenario_.zone_of_venue(Scenario::text(*row, "venue")).value();
            item.starts = Scenario::time(*row, "start", zone).value();
            item.ends = Scenario::time(*row, "end", zone).value();
            item.tracks = Scenario::audience(*row);
            item.working_languages = from_json<std::vector<std::string>>(row->at("working_languages")).value();
            if (auto const* interpretation = row->at("interpretation").if_object()) {
                auto const pair = Scenario::text(*interpretation, "pair");
                item.interpretation =
                    Interpretation{enumerator<InterpretationMode>(*interpretation, "mode"), pair.substr(0, 2), pair.substr(3)};
            }
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
    std::set<Id<Track>> tracks_;
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

json::value const& expected() {
    static json::value const golden = read_json(repository() + "/tests/data/expected.json");
    return golden;
}

Demo::Demo() {
    auto const document = read_json(demo_path());
    commit(Load(document.as_object()).run());
    commit(import_texts_and_interpreters(document.as_object()).value().changes);
}

ChangeSet Demo::move(std::string const& id, Minutes by) const {
    auto const& row = *picture.items.row(Id<ProgrammeItem>(id));
    ChangeSet out("move");
    out.update(row.value.id, row.rev, {{"starts", to_text(row.value.starts + by)}, {"ends", to_text(row.value.ends + by)}});
    return out;
}

Interpreter Demo::fourth() {
    using enum InterpretationMode;
    return {Id<Interpreter>("p-i04"), Id<Person>("p-i04"), {"de-nl"}, {consecutive, simultaneous, whispered, liaison}, 360, {}};
}

} // namespace kogge::translation::test
