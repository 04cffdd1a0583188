// SPDX-License-Identifier: EUPL-1.2
#include "daemon/usage.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

using namespace kogge;
using namespace kogge::host;

namespace {

constexpr std::int64_t noon = 1'800'000'000 / 86'400 * 86'400 + 43'200;

std::int64_t times(std::vector<store::Use> const& uses, std::string const& token) {
    std::int64_t sum = 0;
    for (auto const& use : uses)
        sum += use.subject == token ? use.times : 0;
    return sum;
}

} // namespace

BOOST_AUTO_TEST_CASE(uses_are_written_together_by_token_and_day) {
    std::vector<store::Use> written;
    {
        Usage usage([&](std::vector<store::Use> const& uses) -> Result<void> {
            written.insert(written.end(), uses.begin(), uses.end());
            return boost::outcome_v2::success();
        });
        for (int i = 0; i < 1000; ++i)
            usage.note("a", "iOS", noon);
        usage.note("b", "Outlook", noon);
        usage.note("a", "Thunderbird", noon + 86'400);
        BOOST_TEST(times(usage.pending(), "a") == 1001);
    }
    BOOST_TEST(written.size() == 3u);
    BOOST_TEST(times(written, "a") == 1001);
    BOOST_TEST(times(written, "b") == 1);
}

BOOST_AUTO_TEST_CASE(what_the_store_did_not_take_goes_with_the_next_ones) {
    std::promise<void> refused;
    std::promise<std::vector<store::Use>> taken;
    int tries = 0;
    Usage usage(
        [&](std::vector<store::Use> const& uses) -> Result<void> {
            if (++tries == 1) {
                refused.set_value();
                return Error{ErrorCode::busy, "not now", {}};
            }
            if (tries == 2)
                taken.set_value(uses);
            return boost::outcome_v2::success();
        },
        std::chrono::milliseconds(1));
    usage.note("a", "iOS", noon);
    refused.get_future().wait();
    usage.note("a", "iPadOS", noon + 1);
    BOOST_TEST(times(taken.get_future().get(), "a") >= 1);
}

BOOST_AUTO_TEST_CASE(a_client_is_told_in_eighty_printable_characters) {
    BOOST_TEST(short_client("DAVx5/4.4 (2024)") == "DAVx5/4.4 (2024)");
    BOOST_TEST(short_client("a\tb\xc3\xa9") == "a?b??");
    BOOST_TEST(short_client(std::string(500, 'm')) == std::string(80, 'm'));
}
