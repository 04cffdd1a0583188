// SPDX-License-Identifier: EUPL-1.2
#include "cli/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace kogge::host::cli {

namespace {

/// The code point at `at`, which steps over it; negative for bytes that are no UTF-8.
UChar32 next(std::string_view text, std::int32_t& at) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<std::uint8_t const*>(text.data()), at, std::int32_t(text.size()), c);
    return c;
}

std::size_t columns_of(UChar32 c) {
    if (c < 0) return 1;
    auto const category = u_charType(c);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
    auto const width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// The longest start of `text` that fits into `width` columns, in bytes; one character at least.
std::size_t fitting(std::string_view text, std::size_t width) {
    std::size_t used = 0;
    std::int32_t at = 0;
    while (at < std::int32_t(text.size())) {
        auto const before = at;
        used += columns_of(next(text, at));
        if (used > width && before > 0) return std::size_t(before);
    }
    return text.size();
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1), above(b.size() + 1), before(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before = std::exchange(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) // two swapped letters are one slip
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row.back();
}

} // namespace

std::size_t columns(std::string_view text) {
    std::size_t out = 0;
    for (std::int32_t at = 0; at < std::int32_t(text.size());) out += columns_of(next(text, at));
    return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    if (width == 0 || columns(text) <= width) return {std::string(text)};
    std::vector<std::string> lines(1);
    for (auto const& whole : split(text, ' ')) {
        std::string_view word = whole;
        if (!lines.back().empty() && columns(lines.back()) + 1 + columns(word) > width) lines.emplace_back();
        if (!lines.back().empty()) lines.back() += ' ';
        while (columns(word) > width) {
            auto const head = fitting(word, width);
            lines.back() = word.substr(0, head);
            lines.emplace_back();
            word.remove_prefix(head);
        }
        lines.back() += word;
    }
    return lines;
}

std::string padded(std::string_view text, std::size_t width) {
    auto const used = columns(text);
    return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

std::string printable(std::string_view text) {
    std::string out;
    for (std::int32_t at = 0; at < std::int32_t(text.size());) {
        auto const before = std::size_t(at);
        auto const c = next(text, at);
        if (c < 0 || u_charType(c) == U_CONTROL_CHAR)
            out += c == '\n' || c == '\t' ? ' ' : '?';
        else
            out += text.substr(before, std::size_t(at) - before);
    }
    return out;
}

std::string_view meant(std::string_view word, std::vector<std::string_view> const& known) {
    std::string_view best;
    auto nearest = std::max<std::size_t>(word.size() / 3, 1) + 1;
    for (auto const candidate : known)
        if (auto const d = distance(word, candidate); d < nearest) nearest = d, best = candidate;
    return best;
}

std::vector<std::string> split(std::string_view list, char separator) {
    std::vector<std::string> out;
    while (!list.empty()) {
        auto const end = std::min(list.find(separator), list.size());
        if (end > 0) out.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return out;
}

} // namespace kogge::host::cli
