// SPDX-License-Identifier: EUPL-1.2
#include <kogge/time.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace std::chrono_literals;

namespace {

LocalTime at(std::string_view text) { return parse_local_time(text).value(); }
LocalTime berlin(std::string_view text) { return parse_local_time(text, Zone::parse("Europe/Berlin").value()).value(); }
std::int64_t minutes_between(LocalTime const& a, LocalTime const& b) {
    return std::chrono::duration_cast<Minutes>(instant_of(b) - instant_of(a)).count();
}

} // namespace

BOOST_AUTO_TEST_SUITE(time_test)

BOOST_AUTO_TEST_CASE(the_night_the_clocks_go_back_is_an_hour_longer) {
    auto const evening = berlin("2027-10-30T20:00:00");
    auto const second_pass = berlin("2027-10-31T02:30:00+01:00");

    BOOST_TEST(minutes_between(evening, second_pass) == 450);
    BOOST_TEST(minutes_between(evening, berlin("2027-10-31T02:30:00")) == 390); // without an offset the first pass is meant
    BOOST_TEST(to_text(evening + 450min) == "2027-10-31T02:30:00+01:00[Europe/Berlin]");
    BOOST_TEST(to_text(evening + 390min) == "2027-10-31T02:30:00+02:00[Europe/Berlin]");
}

BOOST_AUTO_TEST_CASE(the_night_the_clocks_go_forward_is_an_hour_shorter) {
    BOOST_TEST(minutes_between(berlin("2027-03-28T01:30:00"), berlin("2027-03-28T03:30:00")) == 60);
    BOOST_TEST(to_text(berlin("2027-03-28T01:30:00") + 60min) == "2027-03-28T03:30:00+02:00[Europe/Berlin]");
}

BOOST_AUTO_TEST_CASE(a_wall_clock_time_that_is_skipped_is_read_with_the_offset_before_the_gap) {
    auto const skipped = berlin("2027-03-28T02:30:00");
    BOOST_TEST(to_text(instant_of(skipped)) == "2027-03-28T01:30:00Z");
    BOOST_TEST(clock_text(skipped) == "02:30"); // the wall clock stays the fact
}

BOOST_AUTO_TEST_CASE(both_passes_of_an_hour_survive_being_written_and_read) {
    for (auto const* text : {"2027-10-31T02:30:00+02:00[Europe/Berlin]", "2027-10-31T02:30:00+01:00[Europe/Berlin]"})
        BOOST_TEST(to_text(at(text)) == text);
    BOOST_TEST(!at("2027-10-31T02:30:00+02:00[Europe/Berlin]").second);
    BOOST_TEST(at("2027-10-31T02:30:00+01:00[Europe/Berlin]").second);
}

BOOST_AUTO_TEST_CASE(an_instant_goes_to_the_wall_clock_and_back_through_both_passes) {
    auto const zone = Zone::parse("Europe/Amsterdam").value();
    auto const before = instant_of(at("2027-10-31T01:00:00+02:00[Europe/Amsterdam]"));
    for (auto step = 0min; step < 240min; step += 15min)
        BOOST_TEST(to_text(instant_of(local_of(before + step, zone))) == to_text(before + step));
}

BOOST_AUTO_TEST_CASE(where_the_offset_contradicts_the_zone_the_wall_clock_counts) {
    BOOST_TEST(to_text(at("2027-04-21T09:00:00+05:00[Europe/Berlin]")) == "2027-04-21T09:00:00+02:00[Europe/Berlin]");
}

BOOST_AUTO_TEST_CASE(two_zones_of_a_leg_compare_by_instant) {
    BOOST_TEST(minutes_between(at("2027-04-21T10:00:00[Europe/Amsterdam]"), at("2027-04-21T10:00:00[Europe/London]")) == 60);
}

BOOST_AUTO_TEST_CASE(an_interval_is_half_open) {
    auto const t = [](int minutes) { return Instant(std::chrono::minutes(minutes)); };
    Interval const early{t(0), t(60)}, late{t(60), t(120)}, across{t(30), t(90)};
    BOOST_TEST(!early.overlaps(late));
    BOOST_TEST(early.overlaps(across));
    BOOST_TEST(early.contains(t(0)));
    BOOST_TEST(!early.contains(t(60)));
    BOOST_TEST(early.intersect(across) == (Interval{t(30), t(60)}));
    BOOST_TEST(early.intersect(late).empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_refused_with_how_to_write_it) {
    for (auto const* text :
         {"", "2027", "2027-04-21", "2027-13-01T00:00:00[UTC]", "2027-02-29T00:00:00[UTC]", "2027-04-21T24:00:00[UTC]",
          "2027-04-21T10:60:00[UTC]", "2027-04-21T10:00:00", "2027-04-21T10:00:00[UTC", "2027-04-21T10:00:00[UTC]x",
          "2027-04-21T10:00:00+25:00[UTC]", "2027-04-21T10:00:00+0200[UTC]", "+027-04-21T10:00:00[UTC]"})
        BOOST_TEST_CONTEXT(text) {
            auto const read = parse_local_time(text);
            BOOST_REQUIRE(!read);
            BOOST_TEST(read.error().message.find("2027-04-21T07:24:00+02:00[Europe/Amsterdam]") != std::string::npos);
        }
    BOOST_TEST(parse_local_time("2027-04-21T10:00:00[Mars/Olympus]").error().message.find("'Mars/Olympus'")
               != std::string::npos);
    BOOST_TEST(!parse_local_time("2027-04-21T10:00:00[../../etc/passwd]"));
    BOOST_TEST(!parse_local_time("2027-04-21T10:00:00[]"));
}

BOOST_AUTO_TEST_CASE(days_are_read_and_written) {
    BOOST_TEST(to_text(parse_day("2028-02-29").value()) == "2028-02-29");
    for (auto const* text : {"2027-02-29", "2027-2-1", "21-04-2027", "2027-04-21T", ""}) BOOST_TEST(!parse_day(text));
    BOOST_TEST(to_text(day_of(at("2027-04-21T23:59:59[Europe/Berlin]"))) == "2027-04-21");
}

BOOST_AUTO_TEST_CASE(zones_are_compared_by_name) {
    BOOST_TEST((Zone::parse("Europe/Berlin").value() == Zone::parse("Europe/Berlin").value()));
    BOOST_TEST((Zone::parse("Europe/Berlin").value() != Zone::parse("Europe/Amsterdam").value()));
    BOOST_TEST(Zone().name() == "UTC");
}

BOOST_AUTO_TEST_SUITE_END()
