// SPDX-License-Identifier: EUPL-1.2
#include "ical/lines.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; }

/// The longest beginning of `text` of at most `most` octets that ends between characters. No character has more than
/// four octets: in what is no UTF-8 a cut still comes.
std::size_t cut(std::string_view text, std::size_t most) {
    if (text.size() <= most)
        return text.size();
    for (std::size_t end = most; end + 4 > most; --end)
        if (!continues_character(text[end]))
            return end;
    return most;
}

} // namespace

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '\\' || c == ';' || c == ',')
            out += '\\', out += c;
        else if (c == '\n' || (c == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
            out += "\\n";
        else if (c == '\t' || !is_control(c))
            out += c;
    }
    return out;
}

void put_line(std::string& out, std::string_view line) {
    auto end = cut(line, longest_line);
    out.append(line.substr(0, end));
    for (line.remove_prefix(end); !line.empty(); line.remove_prefix(end)) {
        end = cut(line, longest_line - 1);
        out.append("\r\n ").append(line.substr(0, end));
    }
    out.append("\r\n");
}

Lines& Lines::raw(std::string_view name, std::string_view value) {
    std::string line;
    line.reserve(name.size() + 1 + value.size());
    line.append(name).append(1, ':').append(value);
    put_line(out_, line);
    return *this;
}

Lines& Lines::text(std::string_view name, std::string_view value) { return raw(name, escape(value)); }

Lines& Lines::text(std::string_view name, std::string_view value, std::string_view language) {
    if (!is_language(language))
        return text(name, value);
    return text(std::string(name) + ";LANGUAGE=" + std::string(language), value);
}

Lines& Lines::uri(std::string_view name, std::string_view value) {
    return value.empty() || std::any_of(value.begin(), value.end(), is_control) ? *this : raw(name, value);
}

bool is_language(std::string_view tag) {
    return !tag.empty() && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

} // namespace kogge::calendar
