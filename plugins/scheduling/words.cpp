// SPDX-License-Identifier: EUPL-1.2
#include "words.hpp"

#include <array>

namespace kogge::scheduling {

namespace {

struct Sentence {
    char const *en, *nl, *de;
};

char const* in(Sentence const& sentence, std::string_view language) {
    return language == "nl" ? sentence.nl : language == "de" ? sentence.de : sentence.en;
}

std::string fill(std::string text, std::map<std::string, std::string> const& args) {
    for (auto const& [name, value] : args)
        if (auto const at = text.find("{" + name + "}"); at != std::string::npos)
            text.replace(at, name.size() + 2, value);
    return text;
}

constexpr std::array<Sentence, 5> reasons{{
    {"{minutes} min late", "{minutes} min te laat", "{minutes} Min. verspätet"},
    {"connection missed: the next departure", "aansluiting gemist: de volgende vertrekt later", "Anschluss verpasst: die nächste Abfahrt"},
    {"begins when everybody is there", "begint als iedereen er is", "beginnt, wenn alle da sind"},
    {"begins late, ends as planned", "begint later, eindigt zoals gepland", "beginnt später, endet wie geplant"},
    {"new, {minutes} min", "nieuw, {minutes} min", "neu, {minutes} Min."},
}};

constexpr Sentence late_for{
    "{who}: {minutes} min late for {title} ({id}), which does not move",
    "{who}: {minutes} min te laat voor {title} ({id}), dat niet verschuift",
    "{who}: {minutes} Min. zu spät zu {title} ({id}); der Beginn steht fest",
};

constexpr Sentence new_item{"New item", "Nieuw onderdeel", "Neuer Programmpunkt"};

} // namespace

std::string why_text(Why why, Minutes minutes, std::string_view language) {
    return fill(in(reasons.at(static_cast<std::size_t>(why)), language), {{"minutes", std::to_string(minutes.count())}});
}

std::string late_for_text(std::map<std::string, std::string> const& args, std::string_view language) { return fill(in(late_for, language), args); }

std::string new_item_title(std::string_view language) { return in(new_item, language); }

} // namespace kogge::scheduling
