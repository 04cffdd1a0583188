// SPDX-License-Identifier: EUPL-1.2
// iCalendar that somebody else wrote, as a tree that forgets nothing (RFC 5545 §3.1, §3.2; RFC 6868). Whatever is not
// changed is written back byte for byte: odd folds, LF for CRLF, lower case, unknown names, blank lines. Values are text here;
// values.hpp reads them. Everything is bounded and nothing recurses over the depth of the input, so any bytes may be given.
#pragma once

#include <kogge/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::ical {

/// What is more than this is refused, with the line where it became too much.
struct ParseLimits {
    std::size_t bytes = std::size_t(64) << 20; // of the whole text
    std::size_t line_octets = std::size_t(4) << 20; // of one content line, unfolded: attachments stand in them
    std::size_t depth = 16; // of BEGIN within BEGIN; no standard needs more than 4
    std::size_t components = 500'000;
    std::size_t properties = 5'000'000;
    std::size_t parameters = 200; // of one property
    /// A line that is no content line is kept and remarked upon instead of refused: for calendars that are only read.
    bool lenient = false;
};

struct Parameter {
    std::string name; // as written
    std::vector<std::string> values; // without quotes, ^n ^' ^^ decoded (RFC 6868)
};

/// ASCII letters without regard to case, as RFC 5545 §2 compares names and parameter values.
bool same_name(std::string_view a, std::string_view b);

/// One content line. Owns its bytes: copy and keep it freely.
class Property {
  public:
    /// A new one. `value` is written as it stands; TEXT goes through `escape` (lines.hpp) first.
    Property(std::string_view name, std::string_view value);

    std::string_view name() const { return std::string_view(line_).substr(0, name_end_); } // as written
    bool is(std::string_view name) const { return same_name(this->name(), name); }
    /// Unfolded, otherwise as written.
    std::string_view value() const { return std::string_view(line_).substr(value_begin_); }
    /// First value of a parameter, decoded: parameter("TZID"). Empty when there is none.
    std::optional<std::string> parameter(std::string_view name) const;
    /// The VALUE parameter without regard to case: has_type("DATE").
    bool has_type(std::string_view type) const;
    std::vector<Parameter> parameters() const;

    void set_value(std::string_view value);
    /// Replaces the parameter or adds it at the end; quoted and encoded as needed.
    void set_parameter(std::string_view name, std::string_view value);
    void remove_parameter(std::string_view name);

    /// First line of the input it stood in; 0: it is new.
    std::size_t line() const { return number_; }
    /// The bytes it came as, or, when it is new or changed, a folded line.
    void write(std::string& out) const;

    friend bool operator==(Property const& a, Property const& b) { return a.line_ == b.line_; }

  private:
    friend class Reader;
    Property() = default;
    void changed(std::string line);

    std::string line_; // unfolded
    std::string raw_; // as it came; empty when that is line_ and CRLF
    std::size_t name_end_ = 0, value_begin_ = 0, number_ = 0;
};

/// BEGIN … END. A value: copies are deep.
struct Component {
    std::string name; // upper case
    std::vector<Property> properties;
    std::vector<Component> components;
    std::size_t line = 0; // of its BEGIN; 0: it is new
    std::string begin, end; // the two lines as they came; empty: written anew

    /// A new one.
    explicit Component(std::string_view of = {}) : name(of) {}

    bool is(std::string_view other) const { return same_name(name, other); }
    Property const* find(std::string_view property) const; // the first of that name, or null
    Property* find(std::string_view property);
    std::vector<Property const*> all(std::string_view property) const;
    /// Value of the first property of that name, as written; "" when there is none.
    std::string_view value(std::string_view property) const;
    /// The first property of that name gets the value (keeping its parameters), or a new one is added.
    Property& set(std::string_view property, std::string_view value);
    std::size_t remove(std::string_view property);
};

/// Something tolerated on reading.
struct Remark {
    std::size_t line = 0;
    std::string message;
};

struct Parsed {
    std::vector<Component> calendars; // VCALENDAR each; at least one
    std::string head; // byte order mark and blank lines before the first BEGIN
    std::vector<Remark> remarks; // at most one of a kind, 20 of lines left out
};

/// `text` is UTF-8. An error names the line, what is wrong with it and what should stand there.
Result<Parsed> parse(std::string_view text, ParseLimits const& limits = {});
/// The same, for exactly one VCALENDAR, as an object of a CalDAV collection is.
Result<Component> parse_object(std::string_view text, ParseLimits const& limits = {});

void write(Component const& component, std::string& out);
std::string to_text(Component const& component);
/// Of an untouched tree: the bytes it was read from.
std::string to_text(Parsed const& parsed);

} // namespace kogge::calendar::ical
