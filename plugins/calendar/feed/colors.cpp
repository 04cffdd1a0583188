// SPDX-License-Identifier: EUPL-1.2
#include "feed/event.hpp"

#include <algorithm>
#include <array>

namespace kogge::calendar {

namespace {

struct Color {
    char const *name, *hex;
};

/// Names of CSS3 that are dark enough to bear white letters and far enough apart to tell tracks by them.
constexpr std::array<Color, 12> palette{{
    {"steelblue", "#4682b4"}, {"seagreen", "#2e8b57"}, {"firebrick", "#b22222"}, {"darkorchid", "#9932cc"},
    {"chocolate", "#d2691e"}, {"teal", "#008080"}, {"indigo", "#4b0082"}, {"olivedrab", "#6b8e23"},
    {"crimson", "#dc143c"}, {"navy", "#000080"}, {"sienna", "#a0522d"}, {"slategray", "#708090"},
}};

/// FNV-1a: std::hash may be another one tomorrow, and colours would change with it.
std::size_t place(std::string_view text) {
    std::uint32_t hash = 2166136261u;
    for (char const c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash % palette.size();
}

} // namespace

char const* color_of(Visit const& visit) { return palette.at(place(visit.id.str())).name; }

/// Tracks of a visit are called A, B, C, S: by their letter no two of them share a colour.
char const* color_of(Track const& track) {
    if (track.code.size() == 1 && track.code.front() >= 'A' && track.code.front() <= 'Z')
        return palette.at(static_cast<std::size_t>(track.code.front() - 'A') % palette.size()).name;
    return palette.at(place(track.code)).name;
}

char const* hex_of(std::string_view color) {
    auto const found = std::find_if(palette.begin(), palette.end(), [&](Color const& one) { return one.name == color; });
    return found == palette.end() ? "" : found->hex;
}

} // namespace kogge::calendar
