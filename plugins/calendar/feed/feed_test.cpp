// SPDX-License-Identifier: EUPL-1.2
#include "feed/feed.hpp"

#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

using namespace kogge;
using namespace kogge::calendar;
using namespace kogge::calendar::test;

namespace {

std::size_t count(std::string const& text, std::string_view what) {
    std::size_t out = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size()))
        ++out;
    return out;
}

Id<ProgrammeItem> const it_20{"it-20"};

std::set<std::string> participants(Demo const& demo) {
    std::set<std::string> out;
    for (auto const& person : demo.picture.roster.people_of(*demo.picture.items.find(it_20)))
        out.insert(person.str());
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(feed, Demo)

BOOST_AUTO_TEST_CASE(every_feed_of_the_demo_is_read_by_libical) {
    std::vector<FeedSpec> specs;
    for (auto const* language : {"nl", "de", "en"}) {
        for (auto const& row : picture.visits.rows())
            specs.push_back(visit_feed(row.first.str(), language));
        for (auto const& row : picture.tracks.rows())
            specs.push_back({FeedScope::track, {}, row.first.str(), language});
        for (auto const& row : picture.vehicles.rows())
            specs.push_back({FeedScope::vehicle, {}, row.first.str(), language});
        for (auto const& person : people()) {
            specs.push_back(person_feed(person, language));
            specs.push_back({FeedScope::interpreter, {}, person, language});
        }
    }
    BOOST_TEST(specs.size() > 400u);
    for (auto const& spec : specs) {
        auto const calendar = read(spec);
        BOOST_TEST(calendar.method == "PUBLISH");
        BOOST_TEST(!calendar.name.empty());
        BOOST_TEST(calendar.refresh == "PT1H");
        BOOST_TEST(!calendar.zones.empty());
        for (auto const& event : calendar.events) {
            BOOST_TEST(!event.summary.empty());
            BOOST_TEST((event.begins < event.ends));
            BOOST_TEST(event.times.at("DTSTAMP") == event.times.at("LAST-MODIFIED"));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_leg_keeps_its_two_zones) {
    auto const leg = event(read(visit_feed(hamburg)), "lg-01@leg.kogge");
    BOOST_TEST(leg.begin_zone == "Europe/Amsterdam");
    BOOST_TEST(leg.end_zone == "Europe/Berlin");
    BOOST_TEST(to_text(leg.begins) == "2027-04-21T05:24:00Z");
    BOOST_TEST(to_text(leg.ends) == "2027-04-21T06:26:00Z");
    BOOST_TEST(leg.summary == "Trein: Groningen Hoofdstation → Leer (Ostfriesland), Bahnhof/ZOB");
    BOOST_TEST(leg.location == "Groningen Hoofdstation, Stationsplein, Groningen");
    BOOST_TEST(leg.description == "Trein: Groningen Hoofdstation → Leer (Ostfriesland), Bahnhof/ZOB\nDienst: RB (demo) richting Leer\nGroepen: A, B, C, S\nHandelsmissie Hamburg 2027");
}

BOOST_AUTO_TEST_CASE(the_night_the_clocks_change_lasts_450_minutes) {
    auto const night = event(read(visit_feed("visit-ol-dst")), "dst-01@item.kogge");
    BOOST_TEST(std::chrono::duration_cast<Minutes>(night.ends - night.begins).count() == 450);
    BOOST_TEST(night.begin_zone == "Europe/Amsterdam");
    BOOST_TEST(night.times.at("DTSTART") == "20271030T200000");
    BOOST_TEST(night.times.at("DTEND") == "20271031T013000Z");
    BOOST_TEST(night.status == "TENTATIVE");
}

BOOST_AUTO_TEST_CASE(moving_an_item_raises_sequence_by_one_for_its_participants_and_for_nobody_else) {
    std::map<std::string, std::pair<std::string, std::map<std::string, int>>> before;
    for (auto const& person : people())
        before[person] = {bytes(person_feed(person)), sequences(read(person_feed(person)))};
    move("it-20", Minutes(30));
    auto const concerned = participants(*this);
    BOOST_TEST(concerned.size() > 4u);
    BOOST_TEST(concerned.size() < people().size());
    for (auto const& person : people()) {
        auto& [old_bytes, wanted] = before[person];
        if (concerned.contains(person))
            ++wanted.at("it-20@item.kogge");
        else
            BOOST_TEST(bytes(person_feed(person)) == old_bytes, person);
        BOOST_TEST((sequences(read(person_feed(person))) == wanted), person);
    }
    BOOST_TEST(to_text(event(read(visit_feed(hamburg)), "it-20@item.kogge").begins) == "2027-04-22T12:30:00Z");
}

BOOST_AUTO_TEST_CASE(undo_restores_every_feed_but_for_its_revisions) {
    std::map<std::string, std::string> before;
    for (auto const& person : people())
        before[person] = bytes(person_feed(person));
    auto const visit = bytes(visit_feed(hamburg));
    auto const old = sequences(read(visit_feed(hamburg)));
    auto const change = move("it-20", Minutes(30));
    BOOST_TEST(without_revisions(bytes(visit_feed(hamburg))) != without_revisions(visit));
    undo(change);
    for (auto const& person : people())
        BOOST_TEST(without_revisions(bytes(person_feed(person))) == without_revisions(before[person]));
    BOOST_TEST(without_revisions(bytes(visit_feed(hamburg))) == without_revisions(visit));
    BOOST_TEST(sequences(read(visit_feed(hamburg))).at("it-20@item.kogge") == old.at("it-20@item.kogge") + 2);
}

BOOST_AUTO_TEST_CASE(the_same_data_give_the_same_bytes) {
    auto const first = bytes(visit_feed(hamburg, "de"));
    set_now(now() + std::chrono::hours(24 * 20));
    BOOST_TEST(bytes(visit_feed(hamburg, "de")) == first);
    Demo other;
    BOOST_TEST(other.bytes(visit_feed(hamburg, "de")) == first);
}

BOOST_AUTO_TEST_CASE(dtstamp_is_the_newest_revision_of_what_is_shown) {
    auto const old = read(visit_feed(hamburg));
    set<Venue>("v-hh-hk", "name", "Kammer");
    auto const renamed = now();
    auto const calendar = read(visit_feed(hamburg));
    auto const& plenary = event(calendar, "it-04@item.kogge");
    BOOST_REQUIRE(plenary.location.starts_with("Kammer"));
    auto stamp = to_text(renamed);
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    BOOST_TEST(plenary.times.at("DTSTAMP") == stamp);
    BOOST_TEST(plenary.sequence == event(old, "it-04@item.kogge").sequence);
    BOOST_TEST(event(calendar, "it-01@item.kogge").times.at("DTSTAMP") == event(old, "it-01@item.kogge").times.at("DTSTAMP"));
}

BOOST_AUTO_TEST_CASE(texts_come_in_the_asked_language_and_say_which_it_is) {
    auto const dutch = bytes(visit_feed(hamburg, "nl"));
    BOOST_TEST(questions == 0); // nothing to ask: Dutch is what they are written in
    BOOST_TEST(count(dutch, "SUMMARY;LANGUAGE=nl:Welkomstdiner") == 1u);
    auto const german = bytes(visit_feed(hamburg, "de"));
    BOOST_TEST(questions == 1);
    BOOST_TEST(count(german, "SUMMARY;LANGUAGE=de:Begrüßungsabend mit Essen") == 1u);
    BOOST_TEST(count(german, "X-WR-CALNAME:Wirtschaftsdelegation Groningen in Hamburg 2027") == 1u);
    BOOST_TEST(count(german, "SUMMARY;LANGUAGE=de:Zug: Groningen Hoofdstation → Leer") == 1u);
    Translation const title{Id<Translation>("tr-it-11"), "programme_item", "it-11"};
    translations.erase({"programme_item", "it-11", "title", "de"});
    commit(ChangeSet("taken away").create(title));
    BOOST_TEST(count(bytes(visit_feed(hamburg, "de")), "SUMMARY;LANGUAGE=nl:Welkomstdiner") == 1u);
    translations[{"programme_item", "it-11", "title", "de"}] = "Empfang";
    commit(ChangeSet("translated").update(title.id, 1, {}));
    BOOST_TEST(count(bytes(visit_feed(hamburg, "de")), "SUMMARY;LANGUAGE=de:Empfang") == 1u);
}

BOOST_AUTO_TEST_CASE(an_edit_draws_only_what_it_touches) {
    FeedSpec const mine{FeedScope::person, Id<Visit>(hamburg), "p-g01", "nl"};
    bytes(visit_feed(hamburg));
    auto const once = feeds->drawn();
    bytes(mine);
    BOOST_TEST(feeds->drawn() == once); // the same bytes, joined differently
    move("it-20", Minutes(5));
    bytes(visit_feed(hamburg));
    bytes(mine);
    BOOST_TEST(feeds->drawn() == once + 1);
}

BOOST_AUTO_TEST_CASE(what_is_cancelled_stays_and_says_so) {
    set<ProgrammeItem>("it-20", "status", "cancelled");
    auto const item = event(read(visit_feed(hamburg)), "it-20@item.kogge");
    BOOST_TEST(item.status == "CANCELLED");
    BOOST_TEST(item.sequence == 1);
    set<Visit>("visit-hbol-2027", "status", "cancelled");
    auto const calendar = read(visit_feed("visit-hbol-2027"));
    BOOST_TEST(calendar.events.size() > 20u);
    for (auto const& event : calendar.events)
        BOOST_TEST(event.status == "CANCELLED");
}

BOOST_AUTO_TEST_CASE(nobody_elses_name_is_in_a_feed) {
    std::vector<std::string> names;
    for (auto const& row : picture.people.rows())
        if (row.first.str() != "p-g01")
            names.push_back(row.second.value.family_name);
    for (auto const& spec : {visit_feed(hamburg), person_feed("p-g01")}) {
        auto text = bytes(spec);
        for (auto at = text.find("\r\n "); at != text.npos; at = text.find("\r\n ", at))
            text.erase(at, 3);
        for (auto const& name : names)
            BOOST_TEST((name.size() < 4 || text.find(name) == text.npos), name);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_feed_is_a_calendar_nevertheless) {
    auto const calendar = read({FeedScope::interpreter, Id<Visit>(hamburg), "p-i02", "nl"});
    BOOST_TEST(calendar.events.empty());
    BOOST_TEST(calendar.zones.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_long_past_leaves_the_feeds_that_never_end) {
    set_now(instant_of(parse_local_time("2028-05-01T00:00:00[UTC]").value()));
    auto const all = read(person_feed("p-g01")).events.size();
    BOOST_TEST(all < read(visit_feed(hamburg)).events.size()); // Hamburg was in April 2027
    BOOST_TEST(read({FeedScope::person, Id<Visit>(hamburg), "p-g01", "nl"}).events.size() > 20u); // asked for by name: whole
}

BOOST_AUTO_TEST_CASE(an_item_that_ends_before_it_begins_still_is_an_event) {
    auto const& item = *picture.items.find(it_20);
    set<ProgrammeItem>("it-20", "ends", to_json(item.starts + Minutes(-30)));
    auto const seen = event(read(visit_feed(hamburg)), "it-20@item.kogge");
    BOOST_TEST((seen.begins == seen.ends));
    BOOST_TEST(seen.times.at("DTEND").empty());
}

BOOST_AUTO_TEST_CASE(hostile_words_change_nothing_but_words) {
    std::string const evil = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\nTRIGGER:-PT1M;,\\ \"" + std::string(300, 'y') + "→🚆";
    set<ProgrammeItem>("it-20", "title", {{"text", evil}, {"language", "nl\r\nX:1"}});
    set<Venue>("v-hh-hk", "name", to_json(evil));
    set<Venue>("v-hh-hk", "location", {{"latitude", 1e300}, {"longitude", -0.0000004}});
    auto const calendar = read(visit_feed(hamburg));
    BOOST_TEST(calendar.events.size() == read(visit_feed(hamburg, "en")).events.size());
    auto const& seen = event(calendar, "it-20@item.kogge");
    BOOST_TEST(seen.summary == "x\nEND:VEVENT\nBEGIN:VALARM\nTRIGGER:-PT1M;,\\ \"" + std::string(300, 'y') + "→🚆");
    BOOST_TEST(seen.language == "");
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_year_spoils_its_own_event_at_most) {
    auto const whole = read(visit_feed(hamburg)).events.size();
    for (auto const* year : {"0001", "1805", "1937", "2040", "2107", "9999"}) {
        set<ProgrammeItem>("it-20", "starts", to_json(std::string(year) + "-07-01T14:00:00[Europe/Amsterdam]"));
        set<ProgrammeItem>("it-20", "ends", to_json(std::string(year) + "-07-01T15:00:00[Europe/Amsterdam]"));
        auto const feed = feeds->render(visit_feed(hamburg), now()).value();
        auto const calendar = read_calendar(feed.bytes);
        BOOST_REQUIRE_MESSAGE(calendar, year << ": " << (calendar ? "" : calendar.error().message));
        BOOST_TEST(calendar.value().events.size() + feed.unreadable.size() == whole, year);
        BOOST_TEST(feed.unreadable.size() <= 1u);
        if (feed.unreadable.empty())
            BOOST_TEST((event(calendar.value(), "it-20@item.kogge").begins == instant_of(picture.items.find(it_20)->starts)), year);
        else
            BOOST_TEST(feed.unreadable.front().starts_with("it-20@item.kogge: "));
        BOOST_TEST(event(calendar.value(), "lg-01@leg.kogge").end_zone == "Europe/Berlin");
        BOOST_TEST(to_text(event(calendar.value(), "it-25@item.kogge").begins) == "2027-04-22T18:10:00Z", year);
    }
}

BOOST_AUTO_TEST_CASE(an_event_that_is_misread_is_left_out_and_reported_and_the_others_stay) {
    auto const whole = read(visit_feed(hamburg)).events.size();
    int asked = 0;
    Feeds choosy(picture, chronicle, {}, {}, [&](std::string const& text) -> Result<ReadCalendar> {
        ++asked;
        if (text.find("UID:lg-01@") != text.npos)
            return invalid("cannot read that");
        KOGGE_TRY(auto calendar, read_calendar(text));
        for (auto& seen : calendar.events)
            if (seen.uid == "it-20@item.kogge")
                seen.begins += Minutes(60);
        return calendar;
    });
    for (int round = 0; round < 2; ++round) { // kept or drawn, it stays out
        auto const feed = choosy.render(visit_feed(hamburg), now()).value();
        auto const calendar = read_calendar(feed.bytes).value();
        BOOST_TEST(calendar.events.size() == whole - 2);
        BOOST_TEST(!sequences(calendar).contains("it-20@item.kogge"));
        BOOST_TEST(feed.unreadable.size() == 2u);
        BOOST_TEST(std::count(feed.unreadable.begin(), feed.unreadable.end(), "lg-01@leg.kogge: cannot read that") == 1);
    }
    auto const before = asked;
    BOOST_TEST(asked > 1);
    set<Leg>("lg-05", "service", "6"); // one event is asked about, not all
    choosy.render(visit_feed(hamburg), now()).value();
    BOOST_TEST(asked == before + 1);
}

BOOST_AUTO_TEST_CASE(settings_are_seen) {
    Demo other({.refresh_minutes = 90, .link = "https://kogge.example/#/visits/{visit}?entry={id}"});
    auto const text = other.bytes(visit_feed("visit-ol-dst"));
    BOOST_TEST(count(text, "REFRESH-INTERVAL;VALUE=DURATION:PT90M\r\nX-PUBLISHED-TTL:PT90M\r\n") == 1u);
    BOOST_TEST(count(text, "URL:https://kogge.example/#/visits/visit-ol-dst?entry=dst-01\r\n") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
