// SPDX-License-Identifier: EUPL-1.2
#include "dav/projected_words.hpp"

namespace kogge::calendar::dav {

std::string Sentence::in(std::string_view language, std::vector<std::pair<std::string_view, std::string>> const& values) const {
    auto const base = language.substr(0, language.find('-'));
    auto const text = base == "nl" ? nl : base == "de" ? de : en;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const open = text.find('{', at);
        auto const close = text.find('}', open);
        out += text.substr(at, open - at);
        if (open == text.npos || close == text.npos)
            break;
        auto const name = text.substr(open + 1, close - open - 1);
        for (auto const& [key, value] : values)
            if (key == name)
                out += value;
        at = close + 1;
    }
    return out;
}

} // namespace kogge::calendar::dav
