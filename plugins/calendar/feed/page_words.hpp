// SPDX-License-Identifier: EUPL-1.2
// What the page of a calendar link says, in the three languages of the house.
#pragma once

#include <array>
#include <string_view>

namespace kogge::calendar {

struct Phrase3 {
    char const *en, *nl, *de;
    char const* in(std::string_view language) const { return language == "nl" ? nl : language == "de" ? de : en; }
};

/// A program: how to subscribe with it, and how soon it notices a change. The times are what its users and makers say
/// (CALENDAR.md of the design), not what we wish.
struct Guide {
    Phrase3 name;
    enum class Way { webcal, google, outlook_web, copy } way;
    Phrase3 button; // empty when there is nothing to press
    Phrase3 how;
    Phrase3 soon;   // "%" stands for the minutes we ask for
};

extern std::array<Guide, 6> const guides;

struct PageWords {
    Phrase3 title, intro, secret, how_soon, address, copy, qr, today, language;
};
extern PageWords const page_words;

} // namespace kogge::calendar
