// SPDX-License-Identifier: EUPL-1.2
// Content lines of iCalendar (RFC 5545 §3.1): escaped, folded, ended by CRLF. One bad fold makes Google Calendar ignore
// a whole file, so this is the only place that writes one.
#pragma once

#include <string>
#include <string_view>

namespace kogge::calendar {

/// A line holds at most this many octets, its CRLF not counted.
inline constexpr std::size_t longest_line = 75;

/// TEXT (RFC 5545 §3.3.11): backslash, semicolon and comma escaped, line ends as \n; other control characters are left out.
std::string escape(std::string_view text);

/// Appends one line, folded so that no UTF-8 character is cut. `line` carries no line end.
void put_line(std::string& out, std::string_view line);

/// Appends lines of properties to a text.
class Lines {
  public:
    explicit Lines(std::string& out) : out_(out) {}
    /// `name` with its parameters; `value` as it stands: a time, a number, a keyword.
    Lines& raw(std::string_view name, std::string_view value);
    /// `value` is anybody's words.
    Lines& text(std::string_view name, std::string_view value);
    /// The same, with the language it is in when that is a language tag.
    Lines& text(std::string_view name, std::string_view value, std::string_view language);
    /// A URI: no control characters, or no line at all.
    Lines& uri(std::string_view name, std::string_view value);

  private:
    std::string& out_;
};

/// Letters, digits and hyphens, as BCP 47 has them: fit to stand in a parameter.
bool is_language(std::string_view tag);

} // namespace kogge::calendar
