// SPDX-License-Identifier: EUPL-1.2
// Passwords and tokens, by libsodium.
#pragma once

#include <kogge/result.hpp>

#include <string>
#include <string_view>

namespace kogge::host {

/// argon2id with libsodium's interactive limits (64 MiB, about 0.1 s).
std::string hash_password(std::string_view password);
bool verify_password(std::string const& hash, std::string_view password);

/// 256 random bits in base64url, 43 characters.
std::string make_secret();
/// BLAKE2b of a secret in hex, 64 characters. Secrets are random and long: no salt, no stretching.
std::string hash_secret(std::string_view secret);
/// Derived from a session's secret, so that it need not be stored; useless without the cookie.
std::string csrf_of(std::string_view session_secret);
bool same_secret(std::string_view a, std::string_view b); // in constant time

} // namespace kogge::host
