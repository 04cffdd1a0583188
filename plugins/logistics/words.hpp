// SPDX-License-Identifier: EUPL-1.2
// The few words lists and proposals say by themselves, in the three languages of the house. (Findings get their
// sentences from kogge-plugin.json, where the host fills them in.)
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::logistics {

enum class Word {
    leg,
    departs,
    arrives,
    from,
    to,
    vehicle,
    service,
    name,
    organisation,
    wheelchair,
    yes,
    hotel,
    check_in,
    check_out,
    room_type,
    room_number,
    single,
    twin,
    accessible,
    meal,
    date,
    time,
    diet,
    count,
    cancelled_for,
    takes_over,
    taken_along,
};

/// Words with {names} have them filled from `args`.
std::string say(Word word, std::string_view language, std::map<std::string, std::string> const& args = {});
std::vector<std::string> say(std::vector<Word> const& words, std::string_view language);
/// A diet as a caterer reads it: "gluten_free+nut_allergy" -> "glutenvrij, notenallergie".
std::string say_diet(std::string_view diet, std::string_view language);

} // namespace kogge::logistics
