// SPDX-License-Identifier: EUPL-1.2
#include "invite/token.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace kogge::calendar {

std::string make_token() {
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium does not start: no source of randomness for a reply link");
    std::string out(26, ' ');
    for (auto& c : out)
        c = "abcdefghijklmnopqrstuvwxyz234567"[randombytes_uniform(32)];
    return out;
}

std::string hash_of(std::string_view token) {
    std::array<unsigned char, 20> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<unsigned char const*>(token.data()), token.size(), nullptr, 0);
    std::string out(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), hash.data(), hash.size());
    out.pop_back();
    return out;
}

} // namespace kogge::calendar
