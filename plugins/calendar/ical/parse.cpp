// SPDX-License-Identifier: EUPL-1.2
#include "ical/parse.hpp"

#include "ical/content_line.hpp"
#include "ical/lines.hpp"

#include <algorithm>
#include <array>

namespace kogge::calendar::ical {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::size_t most_remarks = 20; // of lines left out

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The beginning of a line, fit to stand in a message.
std::string quoted(std::string_view line) {
    std::string out = "'";
    for (char const c : line.substr(0, 60))
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xc0u) == 0x80u && line.size() > 60) // no half character
        out.pop_back();
    if (line.size() > 60 && static_cast<unsigned char>(out.back()) >= 0xc0u)
        out.pop_back();
    return out + (line.size() > 60 ? "…'" : "'");
}

/// Length of the UTF-8 character at `i`; 0 when there is none (RFC 3629: no surrogates, no overlong forms).
std::size_t utf8_length(std::string_view text, std::size_t i) {
    auto const byte = [&](std::size_t n) { return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) : 0u; };
    auto const tail = [&](std::size_t n) { return (byte(n) & 0xc0u) == 0x80u; };
    unsigned const c = byte(0);
    if (c < 0x80)
        return 1;
    if (c >= 0xc2 && c <= 0xdf)
        return tail(1) ? 2 : 0;
    if (c >= 0xe0 && c <= 0xef) {
        unsigned const low = c == 0xe0 ? 0xa0u : 0x80u, high = c == 0xed ? 0x9fu : 0xbfu;
        return byte(1) >= low && byte(1) <= high && tail(2) ? 3 : 0;
    }
    if (c >= 0xf0 && c <= 0xf4) {
        unsigned const low = c == 0xf0 ? 0x90u : 0x80u, high = c == 0xf4 ? 0x8fu : 0xbfu;
        return byte(1) >= low && byte(1) <= high && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

/// The 8-bit character sets that old programs write go wrong here: the message says what to do.
std::optional<std::string> not_utf8(std::string_view line) {
    for (std::size_t i = 0; i < line.size();) {
        auto const length = utf8_length(line, i);
        if (!length)
            return "no UTF-8 at octet " + std::to_string(i + 1) + " of the line; save the calendar as UTF-8";
        i += length;
    }
    return std::nullopt;
}

bool has_control(std::string_view line) {
    return std::any_of(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

/// One content line: unfolded, and the bytes it came as, with the blank lines that follow it.
struct LogicalLine {
    std::string_view text; // into the input, or into `joined`
    std::string joined;
    std::string_view raw;
    std::size_t number = 0;
};

} // namespace

class Reader {
  public:
    Reader(std::string_view text, ParseLimits const& limits) : text_(text), limits_(limits) {}

    Result<Parsed> read() {
        KOGGE_TRY(check_encoding());
        if (text_.starts_with(byte_order_mark)) {
            at_ = byte_order_mark.size();
            remark_once(bom, 1, "a byte order mark");
        }
        skip_blank_lines();
        out_.head = text_.substr(0, at_);
        while (at_ < text_.size()) {
            KOGGE_TRY(next_line());
            KOGGE_TRY(take_line());
        }
        if (!open_.empty())
            return wrong(open_.back().line, "BEGIN:" + open_.back().name + " is not closed: the text ends before its END, perhaps cut off on the way");
        if (out_.calendars.empty())
            return wrong(1, "there is no BEGIN:VCALENDAR");
        return std::move(out_);
    }

  private:
    enum Kind { bom, bare_lf, doubled_cr, bare_cr, control, blank_line, kinds };

    static Error wrong(std::size_t line, std::string message) { return invalid("line " + std::to_string(line) + ": " + std::move(message)); }
    void remark_once(Kind kind, std::size_t line, char const* what) {
        if (!std::exchange(said_.at(kind), true))
            out_.remarks.push_back({line, what});
    }

    Result<void> check_encoding() const {
        if (text_.size() > limits_.bytes)
            return invalid("the calendar has " + std::to_string(text_.size()) + " octets; at most " + std::to_string(limits_.bytes) + " are read");
        if (text_.starts_with("\xff\xfe") || text_.starts_with("\xfe\xff"))
            return wrong(1, "this is UTF-16; save the calendar as UTF-8");
        if (auto const nul = text_.find('\0'); nul != std::string_view::npos) {
            auto const line = 1 + std::size_t(std::count(text_.begin(), text_.begin() + std::ptrdiff_t(nul), '\n'));
            bool const utf16 = nul < 4 && text_.size() > 8 && std::count(text_.begin(), text_.begin() + 8, '\0') >= 3;
            return wrong(line, utf16 ? "this is UTF-16 or UTF-32; save the calendar as UTF-8" : "a NUL character; iCalendar is text");
        }
        return boost::outcome_v2::success();
    }

    /// At the end of a line: steps over it. False: a carriage return by itself.
    bool take_line_end() {
        auto const begin = at_;
        while (at_ < text_.size() && text_[at_] == '\r')
            ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') {
            ++at_, ++line_;
            if (at_ - begin == 1)
                remark_once(bare_lf, line_ - 1, "lines end in LF alone; RFC 5545 asks for CRLF");
            else if (at_ - begin > 2)
                remark_once(doubled_cr, line_ - 1, "a line ends in more than one CR");
            return true;
        }
        if (at_ == text_.size())
            return true;
        line_ += at_ - begin; // all of them at once: a megabyte of them is looked at once
        return false;
    }

    bool at_blank_line() const {
        auto const next = std::min(text_.find_first_not_of('\r', at_), text_.size());
        return next < text_.size() ? text_[next] == '\n' || (next > at_ && limits_.lenient) : next > at_;
    }

    void skip_blank_lines() {
        while (at_blank_line()) {
            remark_once(blank_line, line_, "an empty line");
            take_line_end();
        }
    }

    /// One line of the input without its end.
    Result<std::string_view> physical_line() {
        auto const end = std::min(text_.find_first_of("\r\n", at_), text_.size());
        auto const part = text_.substr(at_, end - at_);
        auto const number = line_;
        at_ = end;
        if (at_ < text_.size() && !take_line_end()) {
            if (!limits_.lenient)
                return wrong(number, "a carriage return without a line feed: " + quoted(part) + "; end lines with CRLF");
            remark_once(bare_cr, number, "lines end in CR alone; RFC 5545 asks for CRLF");
        }
        return part;
    }

    /// Reads one content line with its folds. Blank lines in front of a continuation are taken as part of the fold: mail
    /// gateways leave such behind.
    Result<void> next_line() {
        auto const begin = at_;
        current_.number = line_;
        current_.joined.clear();
        KOGGE_TRY(current_.text, physical_line());
        bool folded = false;
        for (;;) {
            skip_blank_lines();
            if (at_ >= text_.size() || !is_blank(text_[at_]))
                break;
            if (!std::exchange(folded, true))
                current_.joined = current_.text;
            ++at_;
            KOGGE_TRY(auto const part, physical_line());
            current_.joined.append(part);
            if (current_.joined.size() > limits_.line_octets)
                break;
        }
        if (folded)
            current_.text = current_.joined;
        current_.raw = text_.substr(begin, at_ - begin);
        if (current_.text.size() > limits_.line_octets)
            return wrong(current_.number, quoted(current_.text) + " is longer than " + std::to_string(limits_.line_octets) + " octets");
        if (auto const why = not_utf8(current_.text))
            return wrong(current_.number, *why);
        if (has_control(current_.text))
            remark_once(control, current_.number, "a control character");
        return boost::outcome_v2::success();
    }

    /// A line that is no content line: refused, or kept with what stands before it.
    Result<void> bad_line(std::string const& why) {
        auto const message = quoted(current_.text) + " " + why;
        if (!limits_.lenient)
            return wrong(current_.number, message);
        if (left_out_++ < most_remarks)
            out_.remarks.push_back({current_.number, message + "; left out"});
        keep_raw();
        return boost::outcome_v2::success();
    }

    /// Adds the bytes of the current line to the line before it.
    void keep_raw() {
        if (open_.empty() && out_.calendars.empty()) {
            out_.head += current_.raw;
            return;
        }
        if (open_.empty()) {
            append(out_.calendars.back().end, "END:VCALENDAR\r\n");
            return;
        }
        auto& to = open_.back();
        auto const in_line = to.properties.empty() ? to.line : to.properties.back().number_;
        if (!to.components.empty() && to.components.back().line > in_line)
            append(to.components.back().end, "END:" + to.components.back().name + "\r\n");
        else if (!to.properties.empty()) {
            auto& last = to.properties.back();
            append(last.raw_, last.line_ + "\r\n");
        } else
            append(to.begin, "BEGIN:" + to.name + "\r\n");
    }
    void append(std::string& raw, std::string const& otherwise) const {
        if (raw.empty())
            raw = otherwise;
        raw += current_.raw;
    }

    Result<void> take_line() {
        auto const line = current_.text;
        auto const name_end = end_of_name(line);
        auto at = name_end;
        std::size_t parameters = 0;
        while (auto const found = next_parameter(line, at)) {
            if (!found->complete)
                return bad_line("has a quotation mark that is not closed");
            if (++parameters > limits_.parameters)
                return wrong(current_.number, quoted(line) + " has more than " + std::to_string(limits_.parameters) + " parameters");
        }
        if (name_end == 0 || at >= line.size() || line[at] != ':')
            return bad_line(open_.empty() && out_.calendars.empty() ? "is no iCalendar; the first line is BEGIN:VCALENDAR"
                                                                    : "is no content line; it should read NAME:value");
        auto const name = line.substr(0, name_end);
        if (same_name(name, "BEGIN"))
            return begin(upper(line.substr(at + 1)));
        if (same_name(name, "END"))
            return end(upper(line.substr(at + 1)));
        return property(name_end, at + 1);
    }

    static std::string upper(std::string_view text) {
        while (!text.empty() && is_blank(text.back()))
            text.remove_suffix(1);
        std::string out(text);
        std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
        return out;
    }

    /// The bytes, unless they are what would be written anyway.
    std::string raw_unless(std::string_view usual) const {
        auto const& raw = current_.raw;
        bool const same = raw.size() == usual.size() + 2 && raw.starts_with(usual) && raw.ends_with("\r\n") && usual.size() <= longest_line;
        return same ? std::string() : std::string(raw);
    }

    Result<void> begin(std::string const& name) {
        if (name.empty() || end_of_name(name) != name.size())
            return bad_line("names no component");
        if (open_.empty() && name != "VCALENDAR")
            return wrong(current_.number, "BEGIN:" + name + " stands outside a calendar; the first line is BEGIN:VCALENDAR");
        if (open_.size() >= limits_.depth)
            return wrong(current_.number, "BEGIN:" + name + " is nested deeper than " + std::to_string(limits_.depth));
        if (++components_ > limits_.components)
            return wrong(current_.number, "more than " + std::to_string(limits_.components) + " components");
        open_.emplace_back(name);
        open_.back().line = current_.number;
        open_.back().begin = raw_unless("BEGIN:" + name);
        return boost::outcome_v2::success();
    }

    Result<void> end(std::string const& name) {
        if (open_.empty())
            return bad_line("closes nothing");
        if (open_.back().name != name)
            return wrong(current_.number, "END:" + name + " where END:" + open_.back().name + " is due, for line " + std::to_string(open_.back().line));
        auto closed = std::move(open_.back());
        open_.pop_back();
        closed.end = raw_unless("END:" + name);
        (open_.empty() ? out_.calendars : open_.back().components).push_back(std::move(closed));
        return boost::outcome_v2::success();
    }

    Result<void> property(std::size_t name_end, std::size_t value_begin) {
        if (open_.empty())
            return bad_line("stands outside a calendar");
        if (++properties_ > limits_.properties)
            return wrong(current_.number, "more than " + std::to_string(limits_.properties) + " properties");
        Property out;
        out.line_ = current_.text;
        out.raw_ = raw_unless(current_.text);
        out.name_end_ = name_end;
        out.value_begin_ = value_begin;
        out.number_ = current_.number;
        open_.back().properties.push_back(std::move(out));
        return boost::outcome_v2::success();
    }

    std::string_view text_;
    ParseLimits const& limits_;
    std::size_t at_ = 0, line_ = 1;
    LogicalLine current_;
    std::vector<Component> open_;
    Parsed out_;
    std::array<bool, kinds> said_{};
    std::size_t components_ = 0, properties_ = 0, left_out_ = 0;
};

Result<Parsed> parse(std::string_view text, ParseLimits const& limits) { return Reader(text, limits).read(); }

Result<Component> parse_object(std::string_view text, ParseLimits const& limits) {
    KOGGE_TRY(auto parsed, parse(text, limits));
    if (parsed.calendars.size() > 1)
        return invalid("line " + std::to_string(parsed.calendars[1].line) + ": a second BEGIN:VCALENDAR; an object holds one");
    return std::move(parsed.calendars.front());
}

namespace {

void write_limit(std::string& out, std::string const& raw, char const* word, std::string const& name) {
    if (raw.empty())
        put_line(out, word + name);
    else
        out += raw;
}

} // namespace

/// Properties and components in the order of their lines; what is new follows what stands before it in its list.
void write(Component const& component, std::string& out) {
    write_limit(out, component.begin, "BEGIN:", component.name);
    auto child = component.components.begin();
    auto const last = component.components.end();
    for (auto const& property : component.properties) {
        for (; property.line() && child != last && child->line && child->line < property.line(); ++child)
            write(*child, out);
        property.write(out);
    }
    for (; child != last; ++child)
        write(*child, out);
    write_limit(out, component.end, "END:", component.name);
}

std::string to_text(Component const& component) {
    std::string out;
    write(component, out);
    return out;
}

std::string to_text(Parsed const& parsed) {
    std::string out = parsed.head;
    for (auto const& calendar : parsed.calendars)
        write(calendar, out);
    return out;
}

Property const* Component::find(std::string_view property) const {
    auto const at = std::find_if(properties.begin(), properties.end(), [&](auto const& p) { return p.is(property); });
    return at == properties.end() ? nullptr : &*at;
}

Property* Component::find(std::string_view property) { return const_cast<Property*>(std::as_const(*this).find(property)); }

std::vector<Property const*> Component::all(std::string_view property) const {
    std::vector<Property const*> out;
    for (auto const& p : properties)
        if (p.is(property))
            out.push_back(&p);
    return out;
}

std::string_view Component::value(std::string_view property) const {
    auto const* found = find(property);
    return found ? found->value() : std::string_view();
}

Property& Component::set(std::string_view property, std::string_view value) {
    if (auto* found = find(property)) {
        found->set_value(value);
        return *found;
    }
    return properties.emplace_back(property, value);
}

std::size_t Component::remove(std::string_view property) {
    return std::erase_if(properties, [&](auto const& p) { return p.is(property); });
}

} // namespace kogge::calendar::ical
