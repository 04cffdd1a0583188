// SPDX-License-Identifier: EUPL-1.2
#include "demo_world.hpp"

#include "../importer.hpp"

#include <kogge/scenario.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#ifndef KOGGE_SOURCE_DIR
#    define KOGGE_SOURCE_DIR "."
#endif

namespace kogge::relations::test {

namespace {

std::string repository() { return std::string(KOGGE_SOURCE_DIR) + "/../.."; }

Text dutch(json::object const& row, char const* field) { return {std::string(row.at(field).at("nl").as_string()), "nl"}; }

/// The nouns of the core, as far as relations reads them.
ChangeSet core(json::object const& document) {
    Scenario const scenario(document);
    ChangeSet out("demo");
    for (auto const* row : scenario.rows("city")) {
        City city;
        city.id = Id<City>(Scenario::text(*row, "id"));
        city.name = dutch(*row, "name");
        out.create(city);
    }
    for (auto const* row : scenario.rows("visit")) {
        Visit visit;
        visit.id = Id<Visit>(Scenario::text(*row, "id"));
        visit.title = dutch(*row, "title");
        visit.direction = from_json<Direction>(row->at("direction")).value();
        visit.status = from_json<VisitStatus>(row->at("status")).value();
        visit.partner_city = from_json<std::optional<Id<City>>>(row->at("partner_city")).value();
        visit.starts = Scenario::time(*row, "start", scenario.base_zone().value()).value();
        visit.ends = Scenario::time(*row, "end", scenario.base_zone().value()).value();
        out.create(visit);
    }
    return out;
}

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
    commit(core(document.as_object()));
    commit(import_relations(document.as_object()).value().changes);
}

} // namespace kogge::relations::test
