// SPDX-License-Identifier: EUPL-1.2
// The words a feed says by itself, in the three languages of the house; any other language gets English.
#pragma once

#include <kogge/model/programme.hpp>

#include <string>
#include <string_view>

namespace kogge::calendar {

enum class Word { programme, track, vehicle, interpreter, tracks, dress_code, interpretation, service, travel, delayed, driver, office, task, visit, seats, kept_by };

char const* word(Word word, std::string_view language);
char const* kind_word(ItemKind kind, std::string_view language);
char const* mode_word(InterpretationMode mode, std::string_view language);
/// "rail" -> "Trein". An unknown mode of transport is said as it is spelt.
std::string transport_word(std::string_view mode, std::string_view language);

/// The language the words of `language` really are in: nl, de or en.
char const* language_of_words(std::string_view language);

} // namespace kogge::calendar
