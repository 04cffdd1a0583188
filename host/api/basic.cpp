// SPDX-License-Identifier: EUPL-1.2
#include "api/basic.hpp"

#include "http/message.hpp"

#include <algorithm>

namespace kogge::host::api {

namespace {

constexpr std::size_t most = 2048; // of base64: longer is no name and password of ours

int sextet(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// RFC 4648 §4, strict: whole groups, padding only at the end.
std::optional<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0)
        return std::nullopt;
    auto const padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    text.remove_suffix(padding);
    std::string out;
    unsigned bits = 0, have = 0;
    for (char const c : text) {
        int const value = sextet(c);
        if (value < 0)
            return std::nullopt;
        bits = bits << 6U | unsigned(value);
        have += 6;
        if (have < 8)
            continue;
        have -= 8;
        out += char(bits >> have & 0xFFU);
    }
    return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

} // namespace

std::optional<BasicCredentials> read_basic(std::string_view header) {
    constexpr std::string_view scheme = "Basic ";
    if (header.size() > most || header.size() <= scheme.size() || !http::same_name(header.substr(0, scheme.size()), scheme))
        return std::nullopt;
    header.remove_prefix(scheme.size());
    header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
    auto const text = decode_base64(header);
    auto const colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos || !http::is_utf8(*text) || std::any_of(text->begin(), text->end(), is_control))
        return std::nullopt;
    return BasicCredentials{text->substr(0, colon), text->substr(colon + 1)};
}

} // namespace kogge::host::api
