// SPDX-License-Identifier: EUPL-1.2
#include "ical/content_line.hpp"
#include "ical/lines.hpp"
#include "ical/parse.hpp"

#include <algorithm>

namespace kogge::calendar::ical {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

/// RFC 6868.
std::string decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const next = text[i] == '^' && i + 1 < text.size() ? text[i + 1] : '\0';
        if (next == 'n' || next == 'N')
            out += '\n', ++i;
        else if (next == '\'')
            out += '"', ++i;
        else if (next == '^')
            out += '^', ++i;
        else
            out += text[i];
    }
    return out;
}

std::string encoded(std::string_view text) {
    std::string out;
    bool quote = false;
    for (char const c : text) {
        if (c == '^')
            out += "^^";
        else if (c == '"')
            out += "^'";
        else if (c == '\n')
            out += "^n";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
            out += c;
        quote = quote || c == ',' || c == ';' || c == ':';
    }
    return quote ? '"' + out + '"' : out;
}

/// The values of "a,\"b,c\"": between commas that no quotation marks enclose.
std::vector<std::string> values_of(std::string_view raw) {
    std::vector<std::string> out;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= raw.size(); ++i) {
        if (i < raw.size() && raw[i] == '"')
            quoted = !quoted;
        if (i < raw.size() && (raw[i] != ',' || quoted))
            continue;
        auto value = raw.substr(begin, i - begin);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        out.push_back(decoded(value));
        begin = i + 1;
    }
    return out;
}

} // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::size_t end_of_name(std::string_view line) {
    return std::size_t(std::find_if(line.begin(), line.end(), [](char c) {
                           return c == ':' || c == ';' || c == '"' || c == ',' || static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
                       }) -
                       line.begin());
}

std::optional<RawParameter> next_parameter(std::string_view line, std::size_t& at) {
    if (at >= line.size() || line[at] != ';')
        return std::nullopt;
    RawParameter out;
    out.begin = at++;
    bool quoted = false;
    std::size_t equals = std::string_view::npos;
    auto const begin = at;
    for (; at < line.size() && (quoted || (line[at] != ';' && line[at] != ':')); ++at) {
        if (line[at] == '"')
            quoted = !quoted;
        else if (line[at] == '=' && equals == std::string_view::npos)
            equals = at;
    }
    out.end = at;
    out.complete = !quoted;
    out.name = line.substr(begin, std::min(equals, at) - begin);
    if (equals != std::string_view::npos)
        out.value = line.substr(equals + 1, at - equals - 1);
    return out;
}

Property::Property(std::string_view name, std::string_view value) {
    std::string line;
    line.reserve(name.size() + 1 + value.size());
    changed(std::move(line.append(name).append(1, ':').append(value)));
}

/// What is new stays one line, whatever it was made of.
void Property::changed(std::string line) {
    line_ = std::move(line);
    std::erase_if(line_, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    raw_.clear();
    name_end_ = end_of_name(line_);
    auto at = name_end_;
    while (next_parameter(line_, at)) {}
    value_begin_ = std::min(at + 1, line_.size());
}

std::optional<std::string> Property::parameter(std::string_view name) const {
    for (auto at = name_end_; auto const found = next_parameter(line_, at);)
        if (same_name(found->name, name))
            return values_of(found->value).front();
    return std::nullopt;
}

bool Property::has_type(std::string_view type) const {
    auto const value = parameter("VALUE");
    return value && same_name(*value, type);
}

std::vector<Parameter> Property::parameters() const {
    std::vector<Parameter> out;
    for (auto at = name_end_; auto const found = next_parameter(line_, at);)
        out.push_back({std::string(found->name), values_of(found->value)});
    return out;
}

void Property::set_value(std::string_view value) { changed(line_.substr(0, value_begin_).append(value)); }

void Property::set_parameter(std::string_view name, std::string_view value) {
    std::string text(1, ';');
    text.append(name).append(1, '=').append(encoded(value));
    for (auto at = name_end_; auto const found = next_parameter(line_, at);)
        if (same_name(found->name, name))
            return changed(line_.substr(0, found->begin) + text + line_.substr(found->end));
    changed(line_.substr(0, value_begin_ - 1) + text + line_.substr(value_begin_ - 1));
}

void Property::remove_parameter(std::string_view name) {
    for (auto at = name_end_; auto const found = next_parameter(line_, at);)
        if (same_name(found->name, name)) {
            changed(line_.substr(0, found->begin) + line_.substr(found->end));
            at = name_end_;
        }
}

void Property::write(std::string& out) const {
    if (raw_.empty())
        put_line(out, line_);
    else
        out += raw_;
}

} // namespace kogge::calendar::ical
