// SPDX-License-Identifier: EUPL-1.2
// Text for a terminal: how wide it is, where it breaks, and which known word somebody may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::cli {

/// Columns a terminal takes for UTF-8 text: combining marks none, East Asian wide characters two.
std::size_t columns(std::string_view text);

/// Breaks at spaces so that no line is wider than `width`; a word wider than that is cut. 0: does not break.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// `text` and spaces up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// Control characters (a title may hold an escape sequence) become '?', so that data never steers a terminal.
std::string printable(std::string_view text);

/// The one of `known` that is nearest to `word`, when it is near enough to be a slip of the fingers; empty otherwise.
std::string_view meant(std::string_view word, std::vector<std::string_view> const& known);

std::vector<std::string> split(std::string_view list, char separator);

} // namespace kogge::host::cli
