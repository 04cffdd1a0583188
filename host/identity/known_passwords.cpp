// SPDX-License-Identifier: EUPL-1.2
#include "identity/known_passwords.hpp"

#include <sodium.h>

#include <stdexcept>

namespace kogge::host {

namespace {

constexpr std::chrono::minutes remembered{10};
constexpr std::size_t most = 4096; // beyond that all are forgotten and verified anew

/// With its length in front, so that no two triples read the same.
void add(crypto_generichash_state& state, std::string_view text) {
    auto const size = std::to_string(text.size()) + ":";
    crypto_generichash_update(&state, reinterpret_cast<unsigned char const*>(size.data()), size.size());
    crypto_generichash_update(&state, reinterpret_cast<unsigned char const*>(text.data()), text.size());
}

} // namespace

KnownPasswords::KnownPasswords() {
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot start: no source of randomness");
    randombytes_buf(secret_.data(), secret_.size());
}

std::string KnownPasswords::key(std::string_view user, std::string_view stored_hash, std::string_view password) const {
    crypto_generichash_state state;
    std::string out(32, '\0');
    crypto_generichash_init(&state, secret_.data(), secret_.size(), out.size());
    for (auto const part : {user, stored_hash, password})
        add(state, part);
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), out.size());
    return out;
}

std::optional<bool> KnownPasswords::verdict(std::string const& key, Instant now) const {
    std::lock_guard const lock(mutex_);
    auto const found = verdicts_.find(key);
    if (found == verdicts_.end() || found->second.until <= now)
        return std::nullopt;
    return found->second.good;
}

void KnownPasswords::keep(std::string key, bool good, Instant now) {
    std::lock_guard const lock(mutex_);
    if (verdicts_.size() >= most)
        std::erase_if(verdicts_, [&](auto const& one) { return one.second.until <= now; });
    if (verdicts_.size() >= most)
        verdicts_.clear();
    verdicts_[std::move(key)] = {good, now + remembered};
}

} // namespace kogge::host
