// SPDX-License-Identifier: EUPL-1.2
// Secrets that go out in mails: the token of a reply link, which is also the tail of the address to reply to.
#pragma once

#include <string>
#include <string_view>

namespace kogge::calendar {

/// 26 letters and digits of base32, lower case: 130 random bits that survive an address line, where case may be lost.
std::string make_token();
/// BLAKE2b in hex, 64 characters: fit to be an id. Whatever is no token has a hash that no link has.
std::string hash_of(std::string_view token);

} // namespace kogge::calendar
