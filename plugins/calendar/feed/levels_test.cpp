// SPDX-License-Identifier: EUPL-1.2
// What stands in a feed besides times and titles: how much of it, alarms, colours, places, addresses to meet at.
#include "feed/feed.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace kogge;
using namespace kogge::calendar;
using namespace kogge::calendar::test;

namespace {

std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != text.npos; at = text.find("\r\n ", at))
        text.erase(at, 3);
    return text;
}

/// The lines of one event.
std::string component(std::string const& feed, std::string const& uid) {
    auto const text = unfolded(feed);
    auto const at = text.find("BEGIN:VEVENT\r\nUID:" + uid + "\r\n");
    BOOST_REQUIRE_MESSAGE(at != text.npos, "no event " << uid);
    return text.substr(at, text.find("END:VEVENT", at) - at);
}

bool has(std::string const& text, std::string_view what) { return text.find(what) != text.npos; }

FeedSpec with(FeedSpec spec, FeedDetail detail) {
    spec.detail = detail;
    return spec;
}

std::set<std::string> domains(ReadCalendar const& calendar) {
    std::set<std::string> out;
    for (auto const& event : calendar.events)
        out.insert(event.uid.substr(event.uid.find('@')));
    return out;
}

using Set = std::set<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(levels, Demo)

BOOST_AUTO_TEST_CASE(each_level_shows_more) {
    auto const of = [&](FeedDetail detail) { return domains(read(with(visit_feed(hamburg), detail))); };
    BOOST_TEST((of(FeedDetail::banner) == Set{"@visit.kogge"}));
    BOOST_TEST((of(FeedDetail::items) == Set{"@item.kogge"}));
    BOOST_TEST((of(FeedDetail::full) == Set{"@item.kogge", "@leg.kogge"}));
    BOOST_TEST((of(FeedDetail::tasks) == Set{"@item.kogge", "@leg.kogge", "@task.kogge"}));
    BOOST_TEST((domains(read(with({FeedScope::vehicle, {}, "veh-coach", "nl"}, FeedDetail::banner))) == Set{"@leg.kogge"}));
    BOOST_TEST((domains(read(with({FeedScope::venue, {}, "v-hh-hk", "nl"}, FeedDetail::banner))) == Set{"@item.kogge"}));
    BOOST_TEST(read(with({FeedScope::office, {}, {}, "nl"}, FeedDetail::banner)).events.size() == picture.visits.rows().size());
}

BOOST_AUTO_TEST_CASE(a_banner_is_the_days_of_a_visit) {
    auto const text = component(bytes(with(visit_feed(hamburg, "de"), FeedDetail::banner)), std::string(hamburg) + "@visit.kogge");
    BOOST_TEST(has(text, "DTSTART;VALUE=DATE:20270421\r\nDTEND;VALUE=DATE:20270424\r\n"));
    BOOST_TEST(has(text, "TRANSP:TRANSPARENT"));
    BOOST_TEST(has(text, "SUMMARY;LANGUAGE=de:Wirtschaftsdelegation Groningen in Hamburg 2027"));
    set<Visit>(hamburg, "ends", "2027-04-24T00:00:00[Europe/Amsterdam]"); // until midnight is not the next day
    BOOST_TEST(has(bytes(with(visit_feed(hamburg, "de"), FeedDetail::banner)), "DTEND;VALUE=DATE:20270424"));
}

BOOST_AUTO_TEST_CASE(who_leaves_a_visit_sees_its_days_cancelled) {
    auto const days = with(person_feed("p-g01"), FeedDetail::banner);
    auto const uid = std::string(hamburg) + "@visit.kogge";
    BOOST_TEST(event(read(days), uid).status == "CONFIRMED");
    set<Delegate>(std::string(hamburg) + ".p-g01", "status", "declined");
    BOOST_TEST(event(read(days), uid).status == "CANCELLED");
    set<Delegate>(std::string(hamburg) + ".p-g01", "status", "confirmed");
    BOOST_TEST(event(read(days), uid).status == "CONFIRMED");
    BOOST_TEST(event(read(days), uid).sequence == 2);
}

BOOST_AUTO_TEST_CASE(tasks_are_days_of_their_owner) {
    auto const all = with(visit_feed(hamburg), FeedDetail::tasks);
    auto const first = component(bytes(all), "tk-01@task.kogge");
    BOOST_TEST(has(first, "DTSTART;VALUE=DATE:20270121\r\n")); // 90 days before
    BOOST_TEST(has(first, "SUMMARY:Taak: college informeren en akkoord reis\r\n"));
    BOOST_TEST(has(first, "CLASS:PRIVATE"));
    set<Task>("tk-01", "due", "2027-02-01");
    BOOST_TEST(has(component(bytes(all), "tk-01@task.kogge"), "DTSTART;VALUE=DATE:20270201\r\n"));
    set<Task>("tk-01", "status", "done");
    BOOST_TEST(has(component(bytes(all), "tk-01@task.kogge"), "SUMMARY:✓ college"));
    auto const mine = with(person_feed("p-g04"), FeedDetail::tasks);
    BOOST_TEST(sequences(read(mine)).contains("tk-01@task.kogge"));
    BOOST_TEST(!sequences(read(mine)).contains("tk-02@task.kogge"));
    set<Task>("tk-01", "owner", "p-g05");
    BOOST_TEST(event(read(mine), "tk-01@task.kogge").status == "CANCELLED");
    set<Task>("tk-02", "offset_days", nullptr); // no day any more
    BOOST_TEST(event(read(all), "tk-02@task.kogge").status == "CANCELLED");
}

BOOST_AUTO_TEST_CASE(alarms_are_by_choice_and_for_what_has_a_time) {
    auto spec = with(person_feed("p-g01"), FeedDetail::tasks);
    BOOST_TEST(!has(bytes(spec), "VALARM"));
    spec.alarms_minutes = 45;
    auto const text = component(bytes(spec), "it-20@item.kogge");
    BOOST_TEST(has(text, "BEGIN:VALARM\r\nUID:alarm-45-it-20@item.kogge\r\nACTION:DISPLAY\r\nTRIGGER:-PT45M\r\nDESCRIPTION:"));
    BOOST_TEST(read(spec).events.size() == read(with(person_feed("p-g01"), FeedDetail::tasks)).events.size());
    set<ProgrammeItem>("it-20", "status", "cancelled");
    BOOST_TEST(!has(component(bytes(spec), "it-20@item.kogge"), "VALARM"));
    spec.detail = FeedDetail::banner;
    BOOST_TEST(!has(bytes(spec), "VALARM"));
}

BOOST_AUTO_TEST_CASE(tracks_have_colours_and_places_stand_on_the_map) {
    auto const text = bytes(visit_feed(hamburg));
    std::set<std::string> colors;
    for (auto const* track : {"A", "B", "C", "S"})
        colors.insert(color_of(*picture.tracks.find(Id<Track>(std::string(hamburg) + "." + track))));
    BOOST_TEST(colors.size() == 4u);
    for (auto const& color : colors)
        BOOST_TEST(std::string(hex_of(color)).size() == 7u);
    auto const leg = component(text, "lg-01@leg.kogge");
    BOOST_TEST(has(leg, "BEGIN:VLOCATION\r\nUID:v-gro-hs@venue.kogge\r\nNAME:Groningen Hoofdstation\r\nDESCRIPTION:Stationsplein\\, Groningen\r\nGEO:53."));
    BOOST_TEST(has(leg, "NAME:Leer (Ostfriesland)\\, Bahnhof/ZOB\r\n"));
    BOOST_TEST(has(leg, "LOCATION:Groningen Hoofdstation\\, Stationsplein\\, Groningen\r\n"));
    BOOST_TEST(has(unfolded(bytes({FeedScope::track, {}, std::string(hamburg) + ".A", "nl"})), "X-APPLE-CALENDAR-COLOR:#"));
}

BOOST_AUTO_TEST_CASE(an_address_to_meet_at_is_found_in_the_note) {
    auto const noted = [&](std::string const& note) {
        set<ProgrammeItem>("it-20", "note", {{"text", note}, {"language", "nl"}});
        return component(bytes(visit_feed(hamburg)), "it-20@item.kogge");
    };
    BOOST_TEST(has(noted("Online via https://zoom.us/j/123?pwd=abc, of bel."), "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://zoom.us/j/123?pwd=abc\r\n"));
    BOOST_TEST(has(noted("Zie https://hamburg.de en (https://eu02web.zoom.us/j/9)."), "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://eu02web.zoom.us/j/9\r\n"));
    BOOST_TEST(!has(noted("https://notzoom.us/j/1 https://zoom.us.evil.example/ http://zoom.us/j/1"), "CONFERENCE"));
    BOOST_TEST(read(visit_feed(hamburg)).events.size() > 20u);
}

BOOST_AUTO_TEST_CASE(created_is_the_first_revision_whatever_came_after) {
    auto item = *picture.items.find(Id<ProgrammeItem>("it-20"));
    item.id = Id<ProgrammeItem>("it-new");
    auto const made = commit(ChangeSet("new").create(item));
    auto stamp = to_text(now());
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    undo(undo(made));
    set<ProgrammeItem>("it-new", "status", "confirmed");
    BOOST_TEST(has(component(bytes(visit_feed(hamburg)), "it-new@item.kogge"), "CREATED:" + stamp + "\r\n"));
}

BOOST_AUTO_TEST_CASE(names_of_feeds_are_in_their_language) {
    auto const name = [&](FeedSpec const& spec) { return render(spec).name; };
    BOOST_TEST(name({FeedScope::track, {}, std::string(hamburg) + ".A", "de"}) == "Teilgruppe A · Wirtschaftsdelegation Groningen in Hamburg 2027");
    set<Track>(std::string(hamburg) + ".A", "name", {{"text", "Deelprogramma A"}, {"language", "nl"}});
    BOOST_TEST(name({FeedScope::track, {}, std::string(hamburg) + ".A", "en"}) == "Track A · Trade mission to Hamburg 2027");
    BOOST_TEST(name({FeedScope::track, {}, std::string(hamburg) + ".A", "nl"}) == "Deelprogramma A · Handelsmissie Hamburg 2027");
    set<Track>(std::string(hamburg) + ".A", "name", {{"text", "Waterstof"}, {"language", "nl"}});
    BOOST_TEST(name({FeedScope::track, {}, std::string(hamburg) + ".A", "en"}) == "Waterstof · Trade mission to Hamburg 2027");
    BOOST_TEST(name({FeedScope::vehicle, {}, "veh-van16", "de"}) == "Kleinbus, 16 Plätze");
    set<Vehicle>("veh-van16", "name", "GR-12-AB");
    BOOST_TEST(name({FeedScope::vehicle, {}, "veh-van16", "de"}) == "GR-12-AB");
    BOOST_TEST(name({FeedScope::office, {}, {}, "nl"}) == "Alle bezoeken");
}

BOOST_AUTO_TEST_CASE(zones_that_stopped_changing_keep_their_wall_clock) {
    // São Paulo gave up summer time in 2019, Istanbul in 2016, Amman in 2022: the clocks of 2027 do not change.
    struct Case {
        char const *zone, *moment;
    };
    for (auto const& [zone, moment] : {Case{"America/Sao_Paulo", "2027-01-15T12:00:00Z"}, Case{"Europe/Istanbul", "2027-01-15T06:00:00Z"}, Case{"Asia/Amman", "2027-01-15T06:00:00Z"}}) {
        set<ProgrammeItem>("it-20", "starts", to_json(std::string("2027-01-15T09:00:00[").append(zone).append("]")));
        set<ProgrammeItem>("it-20", "ends", to_json(std::string("2027-07-15T09:00:00[").append(zone).append("]")));
        auto const seen = event(read(visit_feed(hamburg)), "it-20@item.kogge");
        BOOST_TEST(to_text(seen.begins) == moment, zone);
        BOOST_TEST(seen.begin_zone == zone);
        BOOST_TEST((seen.ends - seen.begins == std::chrono::days(181)), zone); // no hour gained or lost between winter and summer
    }
}

BOOST_AUTO_TEST_SUITE_END()
