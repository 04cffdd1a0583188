// SPDX-License-Identifier: EUPL-1.2
#include "outbound/address.hpp"

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

using namespace kogge;
using namespace kogge::host::outbound;

namespace {

AddressRules rules(std::vector<std::string> const& allowed = {}) {
    auto out = AddressRules::parse(allowed);
    BOOST_REQUIRE(out);
    return std::move(out).value();
}

std::string why(AddressRules const& rules, std::string const& text) {
    auto const address = parse_address(text);
    BOOST_REQUIRE_MESSAGE(address, text << " is no address");
    return rules.refusal(*address).value_or("");
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_not_public_is_refused) {
    auto const strict = rules();
    for (auto const* text : {
             "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3", "127.255.255.255",
             "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1",
             "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
             "255.255.255.255", "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254",
             "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:53aa:64c::1", "2001:db8::1",
             "2002:7f00:1::", "2002:0a00:0001::1", "2002:c0a8:101::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456::1", "fdff::1",
             "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1",
         })
        BOOST_TEST(!why(strict, text).empty(), text << " is let through");
}

BOOST_AUTO_TEST_CASE(what_is_public_is_let_through) {
    auto const strict = rules();
    for (auto const* text : {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "169.253.255.255",
                             "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
                             "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2001:200::1", "2001:4860:4860::8888", "2a00:1450::1", "2606:4700::1"})
        BOOST_TEST(why(strict, text).empty(), text << ": " << why(strict, text));
}

BOOST_AUTO_TEST_CASE(the_refusal_says_why) {
    BOOST_TEST(why(rules(), "10.1.2.3") == "10.1.2.3 is a private address (RFC 1918)");
    BOOST_TEST(why(rules(), "::ffff:127.0.0.1") == "127.0.0.1 is this machine (loopback)");
    BOOST_TEST(why(rules(), "fd00::1") == "fd00::1 is a private address (RFC 4193)");
}

BOOST_AUTO_TEST_CASE(the_operator_allows_blocks_and_nothing_beside_them) {
    auto const some = rules({"127.0.0.1/8", "192.168.7.0/24", "10.0.0.5", "fd00:1::/32"});
    for (auto const* text : {"127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1", "192.168.7.0", "192.168.7.255", "10.0.0.5", "fd00:1:2::3"})
        BOOST_TEST(why(some, text).empty(), text);
    for (auto const* text : {"192.168.6.255", "192.168.8.0", "10.0.0.4", "10.0.0.6", "fd00:2::1", "::1", "169.254.169.254"})
        BOOST_TEST(!why(some, text).empty(), text);
}

BOOST_AUTO_TEST_CASE(a_tunnel_address_is_allowed_by_what_it_leads_to) {
    BOOST_TEST(why(rules({"10.0.0.0/8"}), "64:ff9b::10.0.0.1").empty());
    BOOST_TEST(!why(rules({"192.168.0.0/16"}), "64:ff9b::10.0.0.1").empty());
}

BOOST_AUTO_TEST_CASE(blocks_are_read_strictly) {
    for (auto const* text : {"", "10", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/", "::/129", "localhost", "10.0.0.0/8/8", " 10.0.0.0/8"})
        BOOST_TEST(!AddressRules::parse({text}), "'" << text << "' was taken");
    for (auto const* text : {"0.0.0.0/0", "::/0", "10.0.0.0/8", "10.1.2.3", "fd00::/8", "::1"})
        BOOST_TEST(AddressRules::parse({text}).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_socket_address_is_what_it_says) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    inet_pton(AF_INET, "10.0.0.1", &v4.sin_addr);
    BOOST_TEST(to_text(*address_of(reinterpret_cast<sockaddr const*>(&v4))) == "10.0.0.1");
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    inet_pton(AF_INET6, "::ffff:10.0.0.1", &v6.sin6_addr);
    BOOST_TEST(to_text(*address_of(reinterpret_cast<sockaddr const*>(&v6))) == "10.0.0.1");
    sockaddr local{};
    local.sa_family = AF_UNIX;
    BOOST_TEST(!address_of(&local));
}
