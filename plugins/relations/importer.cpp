// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "entities.hpp"

#include <kogge/scenario.hpp>

#include <utility>

namespace kogge::relations {

namespace {

/// The fields of a row under the names they have here; what was read is claimed.
class Renamed {
  public:
    Renamed(std::string_view section, json::object const& row, std::set<std::string>& claims)
        : section_(section), row_(row), claims_(claims) {
        take("id", "id");
    }

    Renamed& take(std::string_view from, std::string_view to) {
        if (auto const* found = value(from)) fields_[to] = *found;
        return *this;
    }
    /// Titles of a scenario are Dutch, or told by language.
    Renamed& title() {
        auto const* found = value("title");
        if (auto const* texts = found ? found->if_object() : nullptr; texts && !texts->empty()) {
            auto const* dutch = texts->if_contains("nl");
            fields_["title"] = {{"text", dutch ? *dutch : texts->begin()->value()},
                                {"language", dutch ? "nl" : std::string_view(texts->begin()->key())}};
        } else if (found)
            fields_["title"] = {{"text", *found}, {"language", "nl"}};
        return *this;
    }
    template <class T>
    Result<T> read(std::string const& path) const {
        KOGGE_TRY(auto out, from_json<T>(fields_, path));
        if (out.id.empty()) return invalid("an entry of " + section_ + " needs an id of its own", path + "/id");
        return out;
    }

  private:
    json::value const* value(std::string_view name) const {
        claims_.insert(section_ + "." + std::string(name));
        auto const* found = row_.if_contains(name);
        return found && !found->is_null() && !(found->is_string() && found->get_string().empty()) ? found : nullptr;
    }
    std::string section_;
    json::object const& row_;
    std::set<std::string>& claims_;
    json::object fields_;
};

} // namespace

Result<Imported> import_relations(json::object const& document) {
    Scenario const scenario(document);
    Imported out;
    std::size_t number = 0;
    for (auto const* row : scenario.rows("agreement")) {
        Renamed fields("agreement", *row, out.sections);
        fields.take("city", "city")
            .take("kind", "agreement_kind")
            .take("signed", "signed_on")
            .take("expires", "expires")
            .title();
        KOGGE_TRY(auto const agreement, fields.read<Agreement>("/agreement/" + std::to_string(number++)));
        out.changes.create(agreement);
    }
    number = 0;
    for (auto const* row : scenario.rows("outcome")) {
        Renamed fields("outcome", *row, out.sections);
        fields.take("visit", "visit")
            .take("kind", "outcome_kind")
            .take("owner", "owner")
            .take("due", "due")
            .take("status", "status")
            .take("theme", "theme")
            .title();
        KOGGE_TRY(auto const outcome, fields.read<Outcome>("/outcome/" + std::to_string(number++)));
        out.changes.create(outcome);
    }
    return out;
}

} // namespace kogge::relations
