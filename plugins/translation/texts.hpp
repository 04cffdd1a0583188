// SPDX-License-Identifier: EUPL-1.2
// Which words a reader gets. The chain: the asked language, English, the language it was written in.
#pragma once

#include "picture.hpp"

#include <kogge/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kogge::translation {

/// source: the asked language is the one it was written in. translated: a translation of the text as it stands. stale: a
/// translation of what the text said earlier. missing: there is none, the words are another language's.
enum class TextState { source, translated, stale, missing };
BOOST_DESCRIBE_ENUM(TextState, source, translated, stale, missing)

struct Reading {
    std::string text;
    std::string language; // of `text`; empty when there is no such text at all
    TextState state = TextState::missing;
    Translation const* translation = nullptr; // the one `text` is from, when it is from one
};
inline bool operator==(Reading const& a, Reading const& b) {
    return a.text == b.text && a.language == b.language && a.state == b.state;
}

/// A stale translation in the asked language is read all the same, marked: its reader may know no other language, and
/// most edits are small. On the way through English staleness has no such excuse, and the source is read instead.
Reading read(Picture const& picture, TextKey const& key, std::string_view language);

bool stale(Translation const& translation, Text const& source);

/// "de", "de-AT", "nds": what BCP 47 begins with. Lower case in its first part.
bool is_language(std::string_view text);

/// translation.text/1: {"language","keys":[{"entity","id","field"}]} ->
/// {"texts":[{"entity","id","field","text","language","state"}]}, in the order of the keys.
Result<json::value> texts_service(Picture const& picture, json::value const& request);

/// The texts of a visit as its programme shows them: the visit's own, its tracks', its items' in order of time, its
/// outcomes', then its partner city's and its themes'.
json::value texts_view(Picture const& picture, Visit const& visit, std::string const& language);

} // namespace kogge::translation
