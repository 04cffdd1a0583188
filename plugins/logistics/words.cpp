// SPDX-License-Identifier: EUPL-1.2
#include "words.hpp"

#include <array>

namespace kogge::logistics {

namespace {

struct Sentence {
    char const *en, *nl, *de;
};

char const* in(Sentence const& sentence, std::string_view language) {
    return language == "nl" ? sentence.nl : language == "de" ? sentence.de : sentence.en;
}

constexpr std::array<Sentence, 27> words{{
    {"leg", "traject", "Abschnitt"},
    {"departs", "vertrek", "Abfahrt"},
    {"arrives", "aankomst", "Ankunft"},
    {"from", "van", "von"},
    {"to", "naar", "nach"},
    {"vehicle", "voertuig", "Fahrzeug"},
    {"service", "dienst", "Verbindung"},
    {"name", "naam", "Name"},
    {"organisation", "organisatie", "Organisation"},
    {"wheelchair", "rolstoel", "Rollstuhl"},
    {"yes", "ja", "ja"},
    {"hotel", "hotel", "Hotel"},
    {"check-in", "inchecken", "Anreise"},
    {"check-out", "uitchecken", "Abreise"},
    {"room", "kamer", "Zimmer"},
    {"room number", "kamernummer", "Zimmernummer"},
    {"single", "eenpersoons", "Einzelzimmer"},
    {"twin", "tweepersoons", "Zweibettzimmer"},
    {"accessible", "aangepast", "barrierefrei"},
    {"meal", "maaltijd", "Mahlzeit"},
    {"date", "datum", "Datum"},
    {"time", "tijd", "Uhrzeit"},
    {"dietary need", "dieetwens", "Speisewunsch"},
    {"people", "personen", "Personen"},
    {"cancelled, {fallback} takes over", "vervalt, {fallback} neemt het over", "entfällt, {fallback} übernimmt"},
    {"takes over from {leg}", "neemt het over van {leg}", "übernimmt für {leg}"},
    {"takes over from {leg}; {who} added", "neemt het over van {leg}; {who} toegevoegd",
     "übernimmt für {leg}; {who} hinzugefügt"},
}};

struct DietWord {
    std::string_view diet;
    Sentence words;
};
constexpr std::array<DietWord, 12> diets{{
    {"none", {"no wishes", "geen wensen", "keine Wünsche"}},
    {"vegetarian", {"vegetarian", "vegetarisch", "vegetarisch"}},
    {"vegan", {"vegan", "veganistisch", "vegan"}},
    {"halal", {"halal", "halal", "halal"}},
    {"kosher", {"kosher", "koosjer", "koscher"}},
    {"gluten_free", {"gluten-free", "glutenvrij", "glutenfrei"}},
    {"lactose_free", {"lactose-free", "lactosevrij", "laktosefrei"}},
    {"nut_allergy", {"nut allergy", "notenallergie", "Nussallergie"}},
    {"shellfish_allergy", {"shellfish allergy", "schaaldierallergie", "Schalentierallergie"}},
    {"fish_allergy", {"fish allergy", "visallergie", "Fischallergie"}},
    {"egg_allergy", {"egg allergy", "eierallergie", "Eiallergie"}},
    {"other", {"other (ask the office)", "anders (vraag het bureau)", "anderes (Büro fragen)"}},
}};

} // namespace

std::string say(Word word, std::string_view language, std::map<std::string, std::string> const& args) {
    std::string text = in(words.at(static_cast<std::size_t>(word)), language);
    for (auto const& [name, value] : args)
        if (auto const at = text.find("{" + name + "}"); at != std::string::npos) text.replace(at, name.size() + 2, value);
    return text;
}

std::vector<std::string> say(std::vector<Word> const& list, std::string_view language) {
    std::vector<std::string> out;
    for (auto const word : list) out.push_back(say(word, language));
    return out;
}

std::string say_diet(std::string_view diet, std::string_view language) {
    std::string out;
    while (!diet.empty()) {
        auto const one = diet.substr(0, diet.find('+'));
        diet.remove_prefix(std::min(one.size() + 1, diet.size()));
        std::string_view text = one;
        for (auto const& known : diets)
            if (known.diet == one) text = in(known.words, language);
        out += (out.empty() ? "" : ", ") + std::string(text);
    }
    return out;
}

} // namespace kogge::logistics
