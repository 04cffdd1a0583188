// SPDX-License-Identifier: EUPL-1.2
#include "identity/secret.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace kogge::host {

namespace {

void ready() {
    static int const status = sodium_init();
    if (status < 0)
        throw std::runtime_error("libsodium cannot start: no source of randomness");
}

std::string hex(unsigned char const* bytes, std::size_t n) {
    std::string out(n * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes, n);
    out.pop_back();
    return out;
}

} // namespace

std::string hash_password(std::string_view password) {
    ready();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("not enough memory to hash a password");
    return out.data();
}

bool verify_password(std::string const& hash, std::string_view password) {
    ready();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string make_secret() {
    ready();
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.pop_back();
    return out;
}

std::string hash_secret(std::string_view secret) {
    ready();
    std::array<unsigned char, 32> out{};
    crypto_generichash(out.data(), out.size(), reinterpret_cast<unsigned char const*>(secret.data()), secret.size(), nullptr, 0);
    return hex(out.data(), out.size());
}

std::string csrf_of(std::string_view session_secret) { return hash_secret("csrf " + std::string(session_secret)); }

bool same_secret(std::string_view a, std::string_view b) {
    ready();
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace kogge::host
