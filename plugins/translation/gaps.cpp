// SPDX-License-Identifier: EUPL-1.2
#include "gaps.hpp"

#include <algorithm>

namespace kogge::translation {

namespace {

bool follows(Person const& person, std::vector<std::string> const& languages) {
    return std::ranges::any_of(person.languages, [&](LanguageSkill const& skill) {
        return skill.level >= follows_from && std::ranges::find(languages, skill.language) != languages.end();
    });
}

/// From a language that is spoken into one that everybody in `persons` follows.
bool helps(Interpretation const& interpretation, ProgrammeItem const& item, std::vector<Person const*> const& persons) {
    auto const languages = languages_of(interpretation);
    bool const from_the_floor = std::ranges::any_of(
        item.working_languages, [&](auto const& language) { return std::ranges::binary_search(languages, language); });
    return from_the_floor && std::ranges::all_of(persons, [&](auto const* person) { return follows(*person, languages); });
}

} // namespace

std::vector<LanguageGap> language_gaps(Picture const& picture, Id<Visit> const& visit) {
    std::vector<LanguageGap> out;
    for (auto const* item : picture.items_of(visit)) {
        if (item->status == ItemStatus::cancelled || item->working_languages.empty()) continue;
        std::vector<Person const*> lost;
        for (auto const& id : picture.roster.people_of(*item))
            if (auto const* person = picture.persons.find(id);
                person && !person->languages.empty() && !follows(*person, item->working_languages))
                lost.push_back(person);
        if (lost.empty()) continue;
        LanguageGap gap{item, {}, {}};
        for (auto const* person : lost) gap.persons.push_back(person->id);
        if (item->interpretation && helps(*item->interpretation, *item, lost)) gap.covered_by = item->interpretation->mode;
        out.push_back(std::move(gap));
    }
    return out;
}

json::value gaps_view(Picture const& picture, Id<Visit> const& visit) {
    json::object gaps;
    for (auto const& gap : language_gaps(picture, visit))
        gaps[gap.item->id.str()] = {{"persons", to_json(gap.persons)}, {"covered_by", to_json(gap.covered_by)}};
    return {{"gaps", std::move(gaps)}};
}

} // namespace kogge::translation
