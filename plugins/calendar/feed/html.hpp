// SPDX-License-Identifier: EUPL-1.2
// Text within HTML and XML, and within an address.
#pragma once

#include <string>
#include <string_view>

namespace kogge::calendar {

/// For an element and for an attribute in double quotes.
inline std::string html(std::string_view text) {
    std::string out;
    for (char const c : text)
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    return out;
}

/// RFC 3986: everything but unreserved characters as %XX.
inline std::string percent(std::string_view text) {
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        static constexpr char const* digits = "0123456789ABCDEF";
        auto const octet = static_cast<unsigned char>(c);
        out += '%', out += digits[octet >> 4], out += digits[octet & 15];
    }
    return out;
}

} // namespace kogge::calendar
