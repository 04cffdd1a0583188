// SPDX-License-Identifier: EUPL-1.2
#include "outbound/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace kogge::host::outbound {

namespace {

constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Address from_v4(void const* four_bytes) {
    Address out{};
    std::copy(mapped.begin(), mapped.end(), out.begin());
    std::memcpy(out.data() + 12, four_bytes, 4);
    return out;
}

bool is_v4(Address const& address) { return std::equal(mapped.begin(), mapped.end(), address.begin()); }

struct Named {
    std::string_view block, what;
};

/// What is not the public internet: IANA's special-purpose registries (RFC 6890 and its successors).
constexpr std::array special{
    Named{"0.0.0.0/8", "means this host (RFC 791)"},
    Named{"10.0.0.0/8", "is a private address (RFC 1918)"},
    Named{"100.64.0.0/10", "is a provider's shared address (RFC 6598)"},
    Named{"127.0.0.0/8", "is this machine (loopback)"},
    Named{"169.254.0.0/16", "is a link-local address (RFC 3927)"},
    Named{"172.16.0.0/12", "is a private address (RFC 1918)"},
    Named{"192.0.0.0/24", "is reserved for protocols (RFC 6890)"},
    Named{"192.0.2.0/24", "is for documentation (RFC 5737)"},
    Named{"192.88.99.0/24", "is a 6to4 relay (RFC 7526)"},
    Named{"192.168.0.0/16", "is a private address (RFC 1918)"},
    Named{"198.18.0.0/15", "is for benchmarks (RFC 2544)"},
    Named{"198.51.100.0/24", "is for documentation (RFC 5737)"},
    Named{"203.0.113.0/24", "is for documentation (RFC 5737)"},
    Named{"224.0.0.0/4", "is a multicast address"},
    Named{"240.0.0.0/4", "is reserved (RFC 1112)"},
    Named{"::/128", "means this host (RFC 4291)"},
    Named{"::1/128", "is this machine (loopback)"},
    Named{"64:ff9b:1::/48", "is a local translation prefix (RFC 8215)"},
    Named{"2001::/23", "is reserved for protocols (RFC 2928)"},
    Named{"2001:db8::/32", "is for documentation (RFC 3849)"},
    Named{"3fff::/20", "is for documentation (RFC 9637)"},
    Named{"fc00::/7", "is a private address (RFC 4193)"},
    Named{"fe80::/10", "is a link-local address (RFC 4291)"},
    Named{"fec0::/10", "is a private address (RFC 3879)"},
    Named{"ff00::/8", "is a multicast address"},
};

struct Rule {
    Block block;
    std::string_view what;
};

std::vector<Rule> const& rules() {
    static std::vector<Rule> const table = [] {
        std::vector<Rule> out;
        for (auto const& [block, what] : special)
            out.push_back({*Block::parse(block), what});
        return out;
    }();
    return table;
}

/// An address that stands for an IPv4 one: NAT64 (RFC 6052) and 6to4 (RFC 3056) lead there.
std::optional<Address> within(Address const& address) {
    static Block const nat64 = *Block::parse("64:ff9b::/96"), six_to_four = *Block::parse("2002::/16");
    if (nat64.contains(address))
        return from_v4(address.data() + 12);
    if (six_to_four.contains(address))
        return from_v4(address.data() + 2);
    return std::nullopt;
}

std::optional<std::string_view> why_not_public(Address const& address) {
    static Block const global = *Block::parse("2000::/3");
    for (auto const& rule : rules())
        if (rule.block.contains(address))
            return rule.what;
    if (auto const inner = within(address))
        return why_not_public(*inner);
    if (!is_v4(address) && !global.contains(address))
        return "is no public address";
    return std::nullopt;
}

} // namespace

std::optional<Address> address_of(sockaddr const* address) {
    if (address->sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, address, sizeof in);
        return from_v4(&in.sin_addr);
    }
    if (address->sa_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, address, sizeof in);
        Address out{};
        std::memcpy(out.data(), &in.sin6_addr, out.size());
        return out;
    }
    return std::nullopt;
}

std::optional<Address> parse_address(std::string_view text) {
    std::string const terminated(text);
    std::array<std::uint8_t, 16> bytes{};
    if (inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1)
        return from_v4(bytes.data());
    if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1)
        return bytes;
    return std::nullopt;
}

std::string to_text(Address const& address) {
    char out[INET6_ADDRSTRLEN];
    if (is_v4(address))
        inet_ntop(AF_INET, address.data() + 12, out, sizeof out);
    else
        inet_ntop(AF_INET6, address.data(), out, sizeof out);
    return out;
}

std::optional<Block> Block::parse(std::string_view text) {
    auto const slash = text.find('/');
    auto const address = parse_address(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    bool const v4 = text.find(':') == text.npos;
    unsigned const whole = v4 ? 32 : 128;
    unsigned bits = whole;
    if (slash != text.npos) {
        auto const* end = text.data() + text.size();
        auto const [at, error] = std::from_chars(text.data() + slash + 1, end, bits);
        if (error != std::errc() || at != end || bits > whole)
            return std::nullopt;
    }
    return Block{*address, v4 ? bits + 96 : bits};
}

bool Block::contains(Address const& address) const {
    auto const whole = bits / 8, rest = bits % 8;
    if (!std::equal(first.begin(), first.begin() + whole, address.begin()))
        return false;
    return rest == 0 || ((first[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

Result<AddressRules> AddressRules::parse(std::vector<std::string> const& allowed) {
    AddressRules out;
    for (auto const& text : allowed) {
        auto const block = Block::parse(text);
        if (!block)
            return invalid("'" + text + "' is not a block of addresses such as 10.0.0.0/8 or fd00::/8");
        out.allowed_.push_back(*block);
    }
    return out;
}

std::optional<std::string> AddressRules::refusal(Address const& address) const {
    auto const why = why_not_public(address);
    auto const inner = within(address).value_or(address);
    auto const allows = [&](Block const& block) { return block.contains(address) || block.contains(inner); };
    if (!why || std::any_of(allowed_.begin(), allowed_.end(), allows))
        return std::nullopt;
    return to_text(address).append(" ").append(*why);
}

} // namespace kogge::host::outbound
