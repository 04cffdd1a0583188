// SPDX-License-Identifier: EUPL-1.2
#include "text_rules.hpp"

#include "texts.hpp"

namespace kogge::translation {

namespace {

using enum FindingLevel;

std::vector<TextKey> standing_keys(Picture const& picture, std::optional<Id<Visit>> const& visit) {
    if (!visit) return picture.translated();
    std::vector<TextKey> out;
    for (auto const& [entity, id] : picture.subjects_of(*visit)) {
        auto keys = picture.translated(entity, id);
        out.insert(out.end(), keys.begin(), keys.end());
    }
    return out;
}

std::set<TextKey> touched_keys(Picture const& picture, Scope const& scope) {
    std::set<TextKey> out;
    for (auto const& ref : scope.touched())
        for (auto& key : picture.translated(ref.entity, ref.id)) out.insert(std::move(key));
    for (auto const& translation : scope.versions<Translation>()) out.insert(key_of(translation));
    return out;
}

void staleness(Picture const& picture, TextKey const& key, Findings& out) {
    auto const* source = picture.source(key);
    if (!source) return;
    std::string languages;
    for (auto const* translation : picture.translations_of(key))
        if (!translation->text.empty() && translation->language != source->language && stale(*translation, *source))
            languages += (languages.empty() ? "" : ", ") + translation->language;
    if (!languages.empty())
        out.add({"TRANSLATION_STALE",
                 note,
                 key.id + " " + key.field,
                 picture.visit_of(key),
                 {{key.entity, key.id, key.field}},
                 {{"languages", languages}, {"text", source->text}},
                 key.field});
}

void well_formed(Picture const& picture, Translation const& translation, Findings& out) {
    auto const key = key_of(translation);
    auto const refuse = [&](std::string code, std::string field, std::map<std::string, std::string> args) {
        out.add({std::move(code),
                 block,
                 translation.id.str(),
                 translation.visit.value_or(Id<Visit>()),
                 {{"translation", translation.id.str(), std::move(field)}},
                 std::move(args)});
    };
    auto const* source = picture.source(key);
    if (!source)
        return refuse("TRANSLATION_SUBJECT", "subject", {{"entity", key.entity}, {"id", key.id}, {"field", key.field}});
    if (!is_language(translation.language)) refuse("TRANSLATION_LANGUAGE", "language", {{"language", translation.language}});
    if (translation.source_text.empty()) refuse("TRANSLATION_SOURCE", "source_text", {{"text", source->text}});
    if (auto const visit = picture.visit_of(key); translation.visit.value_or(Id<Visit>()) != visit)
        refuse("TRANSLATION_VISIT", "visit",
               {{"visit", visit.empty() ? "null" : visit.str()}, {"entity", key.entity}, {"id", key.id}});
}

} // namespace

void check_texts(Picture const& picture, Scope const& scope, Findings& out) {
    if (scope.standing()) {
        for (auto const& key : standing_keys(picture, scope.visit())) staleness(picture, key, out);
        return;
    }
    for (auto const& key : touched_keys(picture, scope)) staleness(picture, key, out);
    for (auto const& id : scope.ids<Translation>())
        if (auto const* translation = picture.translations.find(id)) well_formed(picture, *translation, out);
}

} // namespace kogge::translation
