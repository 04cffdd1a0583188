// SPDX-License-Identifier: EUPL-1.2
// The secret that goes out in a mail: the token of its reply link.
#pragma once

#include <string>
#include <string_view>

namespace kogge::calendar {

/// 26 letters and digits of base32, lower case: 130 random bits.
std::string make_token();
/// BLAKE2b of 160 bits in hex, 40 characters: fit to be an id, and the tail of an address. Whatever is no token has a hash
/// that no link has.
std::string hash_of(std::string_view token);

} // namespace kogge::calendar
