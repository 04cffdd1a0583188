// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar;
using namespace kogge::calendar::test;

namespace {

bool shows(ReadCalendar const& calendar, std::string const& uid) { return sequences(calendar).contains(uid); }

Ref const dinner{"programme_item", "it-25", {}};

} // namespace

BOOST_FIXTURE_TEST_SUITE(cancelled, Demo)

BOOST_AUTO_TEST_CASE(a_deleted_item_is_cancelled_for_those_who_saw_it) {
    auto const mine = sequences(read(person_feed("p-g01"))).at("it-25@item.kogge"); // track A
    auto const neighbours = bytes(person_feed("p-g20"));                              // track B: never saw it
    erase(dinner);
    auto const calendar = read(person_feed("p-g01"));
    auto const& gone = event(calendar, "it-25@item.kogge");
    BOOST_TEST(gone.status == "CANCELLED");
    BOOST_TEST(gone.sequence == mine + 1);
    BOOST_TEST(gone.summary == "Bestuurlijk diner");
    auto stamp = to_text(now());
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    BOOST_TEST(gone.times.at("LAST-MODIFIED") == stamp);
    BOOST_TEST(bytes(person_feed("p-g20")) == neighbours);
}

BOOST_AUTO_TEST_CASE(undo_brings_it_back_with_a_higher_sequence) {
    auto const before = bytes(person_feed("p-g01"));
    auto const change = erase(dinner);
    auto const cancelled = sequences(read(person_feed("p-g01"))).at("it-25@item.kogge");
    undo(change);
    BOOST_TEST(without_revisions(bytes(person_feed("p-g01"))) == without_revisions(before));
    auto const back = event(read(person_feed("p-g01")), "it-25@item.kogge");
    BOOST_TEST(back.sequence == cancelled + 1);
    BOOST_TEST(back.status == "CONFIRMED");
}

BOOST_AUTO_TEST_CASE(what_was_created_and_undone_is_cancelled_for_whoever_may_have_seen_it) {
    auto item = *picture.items.find(Id<ProgrammeItem>("it-20"));
    item.id = Id<ProgrammeItem>("it-new");
    auto const change = commit(ChangeSet("one more coffee").create(item));
    BOOST_TEST(event(read(visit_feed(hamburg)), "it-new@item.kogge").sequence == 0);
    undo(change);
    auto const gone = event(read(visit_feed(hamburg)), "it-new@item.kogge");
    BOOST_TEST(gone.status == "CANCELLED");
    BOOST_TEST(gone.sequence == 1);
    commit(ChangeSet("again").create(item));
    BOOST_TEST(event(read(visit_feed(hamburg)), "it-new@item.kogge").sequence == 2);
    commit(ChangeSet("and away").erase(item.id, 3));
    BOOST_TEST(event(read(visit_feed(hamburg)), "it-new@item.kogge").sequence == 3);
}

BOOST_AUTO_TEST_CASE(undo_of_an_undo_cancels_again) {
    auto const away = erase(dinner);
    auto const cancelled = bytes(visit_feed(hamburg));
    undo(undo(away));
    BOOST_TEST(without_revisions(bytes(visit_feed(hamburg))) == without_revisions(cancelled));
}

BOOST_AUTO_TEST_CASE(a_guest_hears_of_it_by_the_participation_that_went_with_it) {
    Id<Participation> const guest("it-25.p-h04");
    auto const change = commit(ChangeSet("away").erase(Id<ProgrammeItem>("it-25"), 1).erase(guest, 1));
    BOOST_TEST(event(read(person_feed("p-h04")), "it-25@item.kogge").status == "CANCELLED");
    BOOST_TEST(!shows(read(person_feed("p-h05")), "it-25@item.kogge"));
    undo(change);
    BOOST_TEST(event(read(person_feed("p-h04")), "it-25@item.kogge").status == "CONFIRMED");
}

BOOST_AUTO_TEST_CASE(who_is_taken_out_of_an_item_hears_it_once_and_nothing_afterwards) {
    auto const before = event(read(person_feed("p-h04")), "it-25@item.kogge");
    auto const change = commit(ChangeSet("not coming").erase(Id<Participation>("it-25.p-h04"), 1));
    auto const out = event(read(person_feed("p-h04")), "it-25@item.kogge");
    BOOST_TEST(out.status == "CANCELLED");
    BOOST_TEST(out.sequence == before.sequence + 1);
    BOOST_TEST(out.times.at("LAST-MODIFIED") > before.times.at("LAST-MODIFIED"));
    BOOST_TEST(event(read(person_feed("p-g01")), "it-25@item.kogge").sequence == before.sequence); // the others see no difference
    auto const kept = bytes(person_feed("p-h04"));
    set<ProgrammeItem>("it-25", "title", {{"text", "Geheim overleg"}, {"language", "nl"}});
    BOOST_TEST(bytes(person_feed("p-h04")) == kept); // what it becomes without them is not for them
    undo(change);
    auto const back = event(read(person_feed("p-h04")), "it-25@item.kogge");
    BOOST_TEST(back.status == "CONFIRMED");
    BOOST_TEST(back.summary == "Geheim overleg");
    BOOST_TEST(back.sequence > out.sequence);
}

BOOST_AUTO_TEST_CASE(who_changes_to_another_track_loses_the_one_and_gets_the_other) {
    auto const before = read(person_feed("p-g01"));
    Id<Delegate> const seat(std::string(hamburg) + ".p-g01");
    auto const change = commit(ChangeSet("to B").update(seat, 1, {{"track", std::string(hamburg) + ".B"}}));
    auto const moved = read(person_feed("p-g01"));
    std::size_t lost = 0;
    for (auto const& old : before.events) {
        auto const& now = event(moved, old.uid); // nothing just disappears
        if (now.status == "CANCELLED") {
            ++lost;
            BOOST_TEST(now.sequence > old.sequence);
        } else
            BOOST_TEST(now.sequence == old.sequence);
    }
    BOOST_TEST(lost > 5u);
    undo(change);
    auto const back = read(person_feed("p-g01"));
    for (auto const& now : back.events)
        if (shows(before, now.uid)) {
            BOOST_TEST(now.status == event(before, now.uid).status);
            BOOST_TEST(now.sequence >= event(moved, now.uid).sequence);
        } else
            BOOST_TEST(now.status == "CANCELLED");
}

BOOST_AUTO_TEST_CASE(an_item_that_leaves_a_place_is_cancelled_there_as_it_was) {
    FeedSpec const room{FeedScope::venue, {}, "v-hh-hk", "nl"};
    auto const before = event(read(room), "it-04@item.kogge");
    commit(ChangeSet("elsewhere").update(Id<ProgrammeItem>("it-04"), 1, {{"venue", "v-hh-landung"}, {"title", {{"text", "Iets anders"}, {"language", "nl"}}}}));
    auto const gone = event(read(room), "it-04@item.kogge");
    BOOST_TEST(gone.status == "CANCELLED");
    BOOST_TEST(gone.summary == before.summary);
    BOOST_TEST(gone.location == before.location);
    BOOST_TEST(gone.sequence == before.sequence + 1);
    BOOST_TEST(event(read({FeedScope::venue, {}, "v-hh-landung", "nl"}), "it-04@item.kogge").summary == "Iets anders");
}

BOOST_AUTO_TEST_CASE(another_driver_and_another_vehicle) {
    Leg leg = *picture.legs.find(Id<Leg>("lg-04"));
    commit(ChangeSet("driver").update(leg.id, 1, {{"driver", "p-i01"}}));
    FeedSpec const mine{FeedScope::driver, {}, "p-i01", "de"}, coach{FeedScope::vehicle, {}, "veh-coach", "de"};
    BOOST_TEST(event(read(mine), "lg-04@leg.kogge").status == "CONFIRMED");
    commit(ChangeSet("somebody else, and the van").update(leg.id, 2, {{"driver", "p-i02"}, {"vehicle", "veh-van16"}}));
    BOOST_TEST(event(read(mine), "lg-04@leg.kogge").status == "CANCELLED");
    BOOST_TEST(event(read(coach), "lg-04@leg.kogge").status == "CANCELLED");
    BOOST_TEST(event(read({FeedScope::vehicle, {}, "veh-van16", "de"}), "lg-04@leg.kogge").status == "CONFIRMED");
}

BOOST_AUTO_TEST_CASE(an_interpreter_hears_of_the_item_they_were_to_work_in) {
    Assignment const work{Id<Assignment>("a1"), Id<Visit>(hamburg), Id<ProgrammeItem>("it-25"), Id<Person>("p-i01")};
    commit(ChangeSet("assign").create(work));
    commit(ChangeSet("away").erase(work.item, 1).erase(work.id, 1));
    BOOST_TEST(event(read({FeedScope::interpreter, Id<Visit>(hamburg), "p-i01", "nl"}), "it-25@item.kogge").status == "CANCELLED");
    BOOST_TEST(read({FeedScope::interpreter, Id<Visit>(hamburg), "p-i02", "nl"}).events.empty());
}

BOOST_AUTO_TEST_CASE(a_deleted_leg_is_cancelled_a_deleted_fallback_was_never_seen) {
    erase({"transport_leg", "lg-04", {}});
    erase({"transport_leg", "lg-01f", {}});
    auto const calendar = read({FeedScope::vehicle, Id<Visit>(hamburg), "veh-coach", "en"});
    BOOST_TEST(event(calendar, "lg-04@leg.kogge").status == "CANCELLED");
    BOOST_TEST(!shows(read(visit_feed(hamburg)), "lg-01f@leg.kogge"));
}

BOOST_AUTO_TEST_CASE(after_a_while_it_is_forgotten) {
    erase(dinner);
    auto const then = now();
    set_now(then + std::chrono::days(30));
    BOOST_TEST(shows(read(visit_feed(hamburg)), "it-25@item.kogge"));
    set_now(then + std::chrono::days(31));
    BOOST_TEST(!shows(read(visit_feed(hamburg)), "it-25@item.kogge"));
}

BOOST_AUTO_TEST_CASE(deleted_twice_is_one_event) {
    undo(erase(dinner));
    erase(dinner);
    BOOST_TEST(event(read(visit_feed(hamburg)), "it-25@item.kogge").sequence == 3);
}

BOOST_AUTO_TEST_CASE(the_log_is_read_once_and_followed_from_there) {
    BOOST_TEST(log_reads == 0);
    read(visit_feed(hamburg));
    auto const once = log_reads;
    BOOST_TEST(once > 0);
    read(visit_feed("visit-ol-dst", "de"));
    BOOST_TEST(log_reads == once);
    move("it-20", Minutes(30));
    read(visit_feed(hamburg));
    BOOST_TEST(log_reads == once + 1);
}

BOOST_AUTO_TEST_CASE(a_deletion_is_heard_of_before_the_log_has_it) {
    log_lags = true;
    erase(dinner);
    BOOST_TEST(!shows(read(visit_feed(hamburg)), "it-25@item.kogge")); // the first reading of all
    log_lags = false;
    BOOST_TEST(event(read(visit_feed(hamburg)), "it-25@item.kogge").status == "CANCELLED");
    log_lags = true;
    erase({"transport_leg", "lg-04", {}});
    BOOST_TEST(!shows(read(visit_feed(hamburg)), "lg-04@leg.kogge"));
    log_lags = false;
    BOOST_TEST(event(read(visit_feed(hamburg)), "lg-04@leg.kogge").status == "CANCELLED");
}

BOOST_AUTO_TEST_CASE(another_visits_deletions_are_another_visits) {
    erase({"programme_item", "dst-01", {}});
    BOOST_TEST(!shows(read(visit_feed(hamburg)), "dst-01@item.kogge"));
    BOOST_TEST(event(read(visit_feed("visit-ol-dst")), "dst-01@item.kogge").status == "CANCELLED");
}

BOOST_AUTO_TEST_SUITE_END()
