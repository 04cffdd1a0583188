// SPDX-License-Identifier: EUPL-1.2
#include "names.hpp"

#include <array>
#include <utility>

namespace kogge::logistics {

namespace {

/// Letters with diacritics of the languages around the North Sea and their neighbours.
constexpr std::array<std::pair<std::string_view, std::string_view>, 56> plain{{
    {"à", "a"}, {"á", "a"}, {"â", "a"}, {"ã", "a"}, {"ä", "a"}, {"å", "a"}, {"æ", "ae"}, {"ç", "c"}, {"è", "e"}, {"é", "e"},
    {"ê", "e"}, {"ë", "e"}, {"ì", "i"}, {"í", "i"}, {"î", "i"}, {"ï", "i"}, {"ñ", "n"},  {"ò", "o"}, {"ó", "o"}, {"ô", "o"},
    {"õ", "o"}, {"ö", "o"}, {"ø", "o"}, {"ù", "u"}, {"ú", "u"}, {"û", "u"}, {"ü", "u"},  {"ý", "y"}, {"ÿ", "y"}, {"ß", "ss"},
    {"ł", "l"}, {"ś", "s"}, {"š", "s"}, {"ź", "z"}, {"ż", "z"}, {"ž", "z"}, {"ć", "c"},  {"č", "c"}, {"ń", "n"}, {"ę", "e"},
    {"ą", "a"}, {"ő", "o"}, {"ű", "u"}, {"Ä", "a"}, {"Ö", "o"}, {"Ü", "u"}, {"É", "e"},  {"È", "e"}, {"Å", "a"}, {"Ø", "o"},
    {"Ł", "l"}, {"Š", "s"}, {"Ž", "z"}, {"Č", "c"}, {"Ç", "c"}, {"Ś", "s"},
}};

/// Steps over leading words that begin with a small letter: van, ten, von der.
std::string_view without_particles(std::string_view family) {
    auto rest = family;
    while (!rest.empty() && rest.front() >= 'a' && rest.front() <= 'z') {
        auto const space = rest.find(' ');
        if (space == rest.npos) return family; // a name that is all small letters is no particle
        rest.remove_prefix(space + 1);
    }
    return rest.empty() ? family : rest;
}

} // namespace

std::string folded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        char const c = text.front();
        std::size_t taken = 1;
        std::string_view put = text.substr(0, 1);
        if (static_cast<unsigned char>(c) >= 0x80)
            for (auto const& [letter, letters] : plain)
                if (text.starts_with(letter)) {
                    taken = letter.size();
                    put = letters;
                    break;
                }
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else
            out += put;
        text.remove_prefix(taken);
    }
    return out;
}

std::string sort_key(Person const& person) {
    return folded(without_particles(person.family_name)) + '\x1f' + folded(person.family_name) + '\x1f'
           + folded(person.given_name) + '\x1f' + person.id.str();
}

} // namespace kogge::logistics
