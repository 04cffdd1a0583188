// SPDX-License-Identifier: EUPL-1.2
#include "http/events.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge::host::http;

BOOST_AUTO_TEST_SUITE(events)

BOOST_AUTO_TEST_CASE(an_event_is_lines_and_a_blank_line) {
    BOOST_TEST(to_text({"7", "leg", "a\nb\r\nc"}) == "id: 7\nevent: leg\ndata: a\ndata: b\ndata: c\n\n");
    BOOST_TEST(to_text({"", "", ""}) == "data: \n\n");
    BOOST_TEST(to_text({"1\n2", "x\r\ndata: forged", "y"}) == "id: 12\nevent: xdata: forged\ndata: y\n\n");
}

BOOST_AUTO_TEST_CASE(only_the_topic_is_heard) {
    EventHub hub;
    auto const some = hub.subscribe({"visit:1"}), all = hub.subscribe();
    hub.publish("visit:1", {"", "", "one"});
    hub.publish("visit:2", {"", "", "two"});
    BOOST_TEST(some->take().text == "data: one\n\n");
    BOOST_TEST(all->take().text == "data: one\n\ndata: two\n\n");
    BOOST_TEST(hub.listeners() == 2U);
}

BOOST_AUTO_TEST_CASE(who_does_not_listen_is_dropped_and_told) {
    EventHub hub(2);
    auto const slow = hub.subscribe();
    for (int i = 0; i < 3; ++i) hub.publish("x", {"", "", std::to_string(i)});
    BOOST_TEST(slow->lagged());
    auto const taken = slow->take();
    BOOST_TEST(taken.last);
    BOOST_TEST(taken.text == "event: lagged\ndata: too slow: reload\n\n");
    BOOST_TEST(hub.listeners() == 0U);
}

BOOST_AUTO_TEST_CASE(a_waiting_reader_is_woken_once_for_a_batch) {
    Subscription subscription;
    int woken = 0;
    subscription.on_ready([&] { ++woken; });
    subscription.push({"", "", "1"});
    subscription.push({"", "", "2"});
    BOOST_TEST(woken == 1);
    (void)subscription.take();
    subscription.close();
    subscription.push({"", "", "late"});
    BOOST_TEST(woken == 2);
    BOOST_TEST(subscription.take().text.empty());
}

BOOST_AUTO_TEST_SUITE_END()
