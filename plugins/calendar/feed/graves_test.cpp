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

BOOST_FIXTURE_TEST_SUITE(graves, Demo)

BOOST_AUTO_TEST_CASE(a_deleted_item_is_cancelled_for_those_who_saw_it) {
    auto const mine = sequences(read(person_feed("p-g01"))).at("it-25@item.kogge"); // track A
    auto const others = bytes(person_feed("p-g20"));                                // track B: never saw it
    erase(dinner);
    auto const calendar = read(person_feed("p-g01"));
    auto const& gone = event(calendar, "it-25@item.kogge");
    BOOST_TEST(gone.status == "CANCELLED");
    BOOST_TEST(gone.sequence == mine + 1);
    BOOST_TEST(gone.summary == "Bestuurlijk diner");
    auto stamp = to_text(now());
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    BOOST_TEST(gone.times.at("LAST-MODIFIED") == stamp);
    BOOST_TEST(bytes(person_feed("p-g20")) == others);
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

BOOST_AUTO_TEST_CASE(what_was_created_and_undone_leaves_no_trace) {
    auto const before = bytes(visit_feed(hamburg));
    auto item = *picture.items.find(Id<ProgrammeItem>("it-20"));
    item.id = Id<ProgrammeItem>("it-new");
    auto const change = commit(ChangeSet("one more coffee").create(item));
    BOOST_TEST(shows(read(visit_feed(hamburg)), "it-new@item.kogge"));
    undo(change);
    BOOST_TEST(bytes(visit_feed(hamburg)) == before);
    commit(ChangeSet("again").create(item));
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

BOOST_AUTO_TEST_CASE(who_had_left_before_hears_nothing) {
    commit(ChangeSet("not coming").erase(Id<Participation>("it-25.p-h04"), 1));
    BOOST_TEST(!shows(read(person_feed("p-h04")), "it-25@item.kogge"));
    erase(dinner);
    BOOST_TEST(!shows(read(person_feed("p-h04")), "it-25@item.kogge"));
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

BOOST_AUTO_TEST_CASE(the_log_is_read_on_first_use_and_when_something_went) {
    BOOST_TEST(log_reads == 0);
    read(visit_feed(hamburg));
    auto const once = log_reads;
    BOOST_TEST(once > 0);
    move("it-20", Minutes(30));
    read(visit_feed(hamburg));
    BOOST_TEST(log_reads == once);
    erase(dinner);
    read(visit_feed(hamburg));
    BOOST_TEST(log_reads == 2 * once);
    read(visit_feed(hamburg, "de"));
    BOOST_TEST(log_reads == 2 * once);
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
