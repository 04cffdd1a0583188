// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "entities.hpp"
#include "stable_id.hpp"
#include "texts.hpp"

#include <kogge/scenario.hpp>

#include <array>

namespace kogge::translation {

namespace {

/// A field of a section that holds {"nl":…,"de":…}, and the entity's field it is for.
struct TextField {
    char const *section, *row_field, *entity, *field;
};
constexpr std::array text_fields{
    TextField{"visit", "title", "visit", "title"},
    TextField{"programme_item", "title", "programme_item", "title"},
    TextField{"programme_item", "note", "programme_item", "note"},
    TextField{"city", "name", "city", "name"},
    TextField{"agreement", "title", "agreement", "title"},
    TextField{"outcome", "title", "outcome", "title"},
};

class Import {
  public:
    explicit Import(json::object const& document) : scenario_(document) {}

    Result<Imported> run() {
        for (auto const& field : text_fields) {
            KOGGE_TRY(texts(field));
        }
        KOGGE_TRY(themes());
        KOGGE_TRY(interpreters());
        return std::move(out_);
    }

  private:
    struct Subject {
        char const *entity, *field;
        std::string id;
        std::optional<Id<Visit>> visit;
    };

    Result<void> texts(TextField const& field) {
        std::size_t number = 0;
        for (auto const* row : scenario_.rows(field.section)) {
            auto const path = "/" + std::string(field.section) + "/" + std::to_string(number++) + "/" + field.row_field;
            auto const* value = row->if_contains(field.row_field);
            if (auto const* languages = value ? value->if_object() : nullptr) {
                KOGGE_TRY(translations({field.entity, field.field, Scenario::text(*row, "id"), visit_of(field, *row)},
                                       *languages, path));
            }
        }
        return boost::outcome_v2::success();
    }
    static std::optional<Id<Visit>> visit_of(TextField const& field, json::object const& row) {
        auto visit = Scenario::text(row, std::string_view(field.section) == "visit" ? "id" : "visit");
        return visit.empty() ? std::nullopt : std::optional(Id<Visit>(std::move(visit)));
    }
    /// A theme's row is its names, by language, beside its id.
    Result<void> themes() {
        std::size_t number = 0;
        for (auto const* row : scenario_.rows("theme")) {
            json::object languages;
            for (auto const& [name, value] : *row)
                if (name != "id" && is_language(name) && value.is_string()) {
                    languages[name] = value;
                    out_.sections.insert("theme." + std::string(name));
                }
            KOGGE_TRY(translations({"theme", "name", Scenario::text(*row, "id"), {}}, languages,
                                   "/theme/" + std::to_string(number++)));
        }
        return boost::outcome_v2::success();
    }
    /// The host takes the Dutch text as the source, or the first where there is none.
    Result<void> translations(Subject const& subject, json::object const& languages, std::string const& path) {
        if (languages.empty()) return boost::outcome_v2::success();
        std::string const source(languages.contains("nl") ? std::string_view("nl")
                                                          : std::string_view(languages.begin()->key()));
        KOGGE_TRY(auto const source_text, from_json<std::string>(languages.at(source), path + "/" + source));
        for (auto const& [key, value] : languages) {
            std::string const language(key);
            if (language == source || value.is_null()) continue;
            KOGGE_TRY(auto text, from_json<std::string>(value, path + "/" + language));
            if (!is_language(language))
                return invalid("'" + language.substr(0, 40) + "' is not a language; write it as nl, de or en",
                               path + "/" + language);
            if (text.empty() || source_text.empty()) continue;
            Translation translation{{},          subject.entity,   subject.id,   subject.field, language, std::move(text),
                                    source_text, Origin::imported, subject.visit};
            translation.id = Id<Translation>(stable_id({subject.entity, subject.id, subject.field, language}));
            out_.changes.create(translation);
        }
        return boost::outcome_v2::success();
    }
    Result<void> interpreters() {
        std::size_t number = 0;
        out_.sections.insert("interpreter");
        for (auto const* row : scenario_.rows("interpreter")) {
            auto const path = "/interpreter/" + std::to_string(number++);
            KOGGE_TRY(auto interpreter, from_json<Interpreter>(*row, path));
            if (auto const* limit = row->if_contains("day_limit_min")) {
                KOGGE_TRY(interpreter.day_limit_minutes, from_json<int>(*limit, path + "/day_limit_min"));
            }
            if (interpreter.person.empty())
                return invalid("an interpreter is a person: name one of the section person", path + "/person");
            if (interpreter.id.empty()) interpreter.id = Id<Interpreter>(interpreter.person.str());
            out_.changes.create(interpreter);
        }
        return boost::outcome_v2::success();
    }

    Scenario scenario_;
    Imported out_;
};

} // namespace

Result<Imported> import_texts_and_interpreters(json::object const& document) { return Import(document).run(); }

} // namespace kogge::translation
