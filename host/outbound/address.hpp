// SPDX-License-Identifier: EUPL-1.2
// Which addresses the daemon connects to on somebody's behalf: public ones, and what the operator allows. The rule looks at
// the address a socket is about to be opened to, so no spelling of a host and no answer of a name server gets around it.
#pragma once

#include <kogge/result.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace kogge::host::outbound {

/// An IP address; IPv4 as ::ffff:a.b.c.d, which is what it means.
using Address = std::array<std::uint8_t, 16>;

std::optional<Address> address_of(sockaddr const* address);
std::optional<Address> parse_address(std::string_view text);
std::string to_text(Address const& address);

/// A block of addresses: "10.0.0.0/8", "fd00::/8", "192.168.1.7".
struct Block {
    Address first{};
    unsigned bits = 128;

    static std::optional<Block> parse(std::string_view text);
    bool contains(Address const& address) const;
};

class AddressRules {
  public:
    /// `allowed`: blocks that may be reached although they are not public.
    static Result<AddressRules> parse(std::vector<std::string> const& allowed);

    /// Why no connection is made: "10.0.0.5 is a private address (RFC 1918)"; nothing when it may be.
    std::optional<std::string> refusal(Address const& address) const;

  private:
    std::vector<Block> allowed_;
};

} // namespace kogge::host::outbound
