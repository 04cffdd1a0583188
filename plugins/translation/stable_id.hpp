// SPDX-License-Identifier: EUPL-1.2
// Ids that say what they are for, so that making the same thing twice makes it once.
#pragma once

#include <kogge/id.hpp>

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <string_view>

namespace kogge::translation {

/// "it-15.p-i02". Where the words are too long for an id, or hold what an id must not, a digest of them (FNV-1a, twice
/// over) ends it: two long ids that begin alike stay two.
inline std::string stable_id(std::initializer_list<std::string_view> words) {
    std::string whole;
    for (auto const word : words) whole.append(whole.empty() ? "" : ".").append(word);
    if (is_id(whole)) return whole;
    auto const digest = [&](std::uint64_t hash) {
        for (unsigned char const c : whole) hash = (hash ^ c) * 0x100000001b3u;
        char out[17];
        std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
        return std::string(out);
    };
    std::string begin;
    for (char const c : whole.substr(0, 30)) begin += is_id({&c, 1}) ? c : '_';
    return begin + "~" + digest(0xcbf29ce484222325u) + digest(0x84222325cbf29ce4u);
}

} // namespace kogge::translation
