// SPDX-License-Identifier: EUPL-1.2
#include "holidays.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::scheduling;
using namespace kogge::scheduling::test;

namespace {

City city(char const* name, char const* country, std::optional<std::string> region = {}) {
    City out;
    out.name = {name, "nl"};
    out.country = country;
    out.region = std::move(region);
    return out;
}

Day day(char const* text) { return parse_day(text).value(); }

} // namespace

BOOST_AUTO_TEST_SUITE(holidays)

BOOST_AUTO_TEST_CASE(a_region_says_where) {
    BOOST_TEST(observed_in("NL", city("Groningen", "NL")));
    BOOST_TEST(!observed_in("NL", city("Leer", "DE")));
    BOOST_TEST(observed_in("DE-NI", city("Oldenburg", "DE", "DE-NI")));
    BOOST_TEST(!observed_in("DE-HH", city("Oldenburg", "DE", "DE-NI")));
    BOOST_TEST(observed_in("DE-HH", city("Oldenburg", "DE"))); // not said where: better one note too many
    BOOST_TEST(observed_in("NL-GR-Groningen", city("Groningen", "NL")));
    BOOST_TEST(!observed_in("NL-GR-Groningen", city("Assen", "NL")));
}

BOOST_FIXTURE_TEST_CASE(a_range_of_blocked_days, Demo) {
    ChangeSet college;
    college.create(BlockedWeekday{Id<BlockedWeekday>("college"), "College van B en W", Weekday::tuesday, "vergadert tot 13:00"});
    commit(college);
    std::string got;
    auto const& visit = *picture.visits.find(Id<Visit>("visit-hh-2027"));
    for (auto const& [when, reasons] : blocked_days(picture, visit, day("2027-04-20"), day("2027-04-28")))
        for (auto const& reason : reasons)
            got += kogge::to_text(when) + " " + reason + "\n";
    BOOST_TEST(got == "2027-04-20 College van B en W: vergadert tot 13:00\n"
                      "2027-04-27 College van B en W: vergadert tot 13:00\n"
                      "2027-04-27 Koningsdag (Groningen)\n");
}

BOOST_FIXTURE_TEST_CASE(a_declined_visit_needs_no_note, Demo) {
    Id<Visit> const id("visit-ol-dst");
    ChangeSet declined;
    declined.update(id, 1, {{"status", "declined"}});
    BOOST_TEST(preview(declined).before.size() == 1u);
    BOOST_TEST(preview(declined).after.empty());
    ChangeSet moved;
    moved.update(Id<Visit>("visit-hh-2027"), 1, {{"ends", "2027-04-27T12:00:00+02:00[Europe/Amsterdam]"}});
    auto const introduced = preview(moved).introduced();
    BOOST_REQUIRE(introduced.size() == 1u);
    BOOST_TEST(introduced[0].args.at("name") == "Koningsdag");
    BOOST_TEST(introduced[0].args.at("where") == "Groningen");
}

BOOST_AUTO_TEST_SUITE_END()
