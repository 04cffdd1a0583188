// SPDX-License-Identifier: EUPL-1.2
#include "cli/words.hpp"

namespace kogge::host::cli {

std::string Sentence::in(std::string_view language, std::vector<std::pair<std::string_view, std::string>> const& values) const {
    std::string_view rest = language == "nl" ? nl : language == "de" ? de : en;
    std::string out;
    for (auto open = rest.find('{'); open != rest.npos; open = rest.find('{')) {
        out += rest.substr(0, open);
        rest.remove_prefix(open + 1);
        auto const name = rest.substr(0, rest.find('}'));
        for (auto const& [known, value] : values)
            if (known == name) out += value;
        rest.remove_prefix(name.size() + 1);
    }
    return out += rest;
}

} // namespace kogge::host::cli
