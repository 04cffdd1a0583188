// SPDX-License-Identifier: EUPL-1.2
// Owners for what GMime hands out. GMime and not own code: header folding, RFC 2047 and 2231, charsets and thirty years of
// broken mail are its trade; it is fuzzed, in Debian, and bounded by the size of what it is given.
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>
#include <string_view>

namespace kogge::host::mail {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
struct Free {
    void operator()(char* text) const { g_free(text); }
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
    void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
template <class T>
using Object = std::unique_ptr<T, Unref>;
using Chars = std::unique_ptr<char, Free>;

inline std::string text_of(char const* text) { return text ? std::string(text) : std::string(); }

/// Before the first thread that uses it: charsets and types. As often as you like.
void prepare_gmime();

/// UTF-8 whatever came: wrong bytes become U+FFFD, NUL is left out.
std::string clean_utf8(std::string_view bytes);

} // namespace kogge::host::mail
