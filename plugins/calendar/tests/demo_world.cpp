// SPDX-License-Identifier: EUPL-1.2
#include "demo_world.hpp"

#include <kogge/scenario.hpp>
#include <kogge/testing/house.hpp>

namespace kogge::calendar::test {

namespace {

std::string const repository = std::string(KOGGE_SOURCE_DIR) + "/../../";

} // namespace

/// As the daemon keeps the scenario: tests/data/demo_export.json, which tests/http/golden.py compares with an import.
Demo::Demo(Settings given) : House(std::move(given)), scenario(testing::read_json(repository + "config/demo/demo.json").as_object()) {
    auto const document = testing::read_json(repository + "tests/data/demo_export.json");
    json::array changes;
    for (auto const& [kind, list] : document.at("entities").as_object())
        for (auto const& one : list.as_array()) {
            auto fields = one.as_object();
            auto const id = std::string(fields.at("id").as_string());
            fields.erase("id");
            if (std::string_view(kind) == "translation") {
                auto const text = [&](char const* name) { return Scenario::text(fields, name); };
                translations[{text("entity"), text("subject"), text("field"), text("language")}] = text("text");
            }
            changes.push_back({{"op", "create"}, {"entity", kind}, {"id", id}, {"fields", std::move(fields)}});
        }
    commit(changes, "demo");
}

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
