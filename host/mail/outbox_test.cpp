// SPDX-License-Identifier: EUPL-1.2
// The queue over a store in memory, under a clock that stands still, with a mail server made of answers.
#include "mail/outbox.hpp"

#include "daemon/test_house.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>

using namespace kogge;
using namespace kogge::host;
using namespace kogge::host::mail;
using namespace std::chrono_literals;

namespace {

struct Office : test::InMemory {
    Office() { outbox = open("daemon-a", false); }

    std::unique_ptr<Outbox> open(std::string node, bool alone) {
        Ground ground;
        auto& store = house->store();
        ground.get = [&store](std::string_view kind, std::string_view id) { return store.get(kind, id, {.care = true, .actor = "mail"}); };
        ground.commit = [this, &store](ChangeSet const& changes) -> Result<void> {
            if (before_commit)
                std::exchange(before_commit, {})();
            auto const outcome = store.apply(changes.document().as_object(), "mail");
            return outcome.done() ? Result<void>(boost::outcome_v2::success()) : outcome.error;
        };
        ground.now = [this] { return Instant(std::chrono::seconds(now_us / 1'000'000)); };
        ground.log = [this](int, std::string_view message) { said.emplace_back(message); };
        ground.stopping = [this] { return stopping; };
        ground.node = std::move(node);
        ground.alone = alone;
        Settings settings;
        settings.from = "protokoll@gouda.example";
        settings.most_tries = 4;
        Carrier carrier;
        carrier.deliver = [this](std::string const&, std::string const& to, std::string const& bytes) {
            delivered.push_back(to);
            ids.push_back(std::string(bytes.substr(bytes.find("Message-Id: ") + 12)).substr(0, 20));
            if (while_sending)
                std::exchange(while_sending, {})();
            if (answers.empty())
                return Delivered{Delivery::taken, {}};
            auto const answer = answers.front();
            answers.pop_front();
            return answer;
        };
        carrier.rest = [] {};
        auto out = std::make_unique<Outbox>(settings, ground, carrier);
        store.follow({"outgoing_mail"}, [one = out.get(), this](std::string_view batch) {
            if (!deaf)
                one->tell(batch);
        });
        return out;
    }
    void queue(std::string const& id, json::object fields = {}) {
        fields["to"] = id + "@hamburg.example";
        fields["text"] = "moin";
        json::array changes{{{"op", "create"}, {"entity", "outgoing_mail"}, {"id", id}, {"fields", fields}}};
        asked(200, "POST", "/api/v1/changes", json::serialize(json::value{{"changes", changes}}));
    }
    json::object mail(std::string const& id) { return asked(200, "GET", "/api/v1/entities/outgoing_mail/" + id).as_object(); }
    std::string state(std::string const& id) { return std::string(mail(id).at("state").as_string()); }
    void set(std::string const& id, json::object fields) {
        auto const rev = mail(id).at("rev");
        json::array changes{{{"op", "update"}, {"entity", "outgoing_mail"}, {"id", id}, {"rev", rev}, {"fields", fields}}};
        asked(200, "POST", "/api/v1/changes", json::serialize(json::value{{"changes", changes}}));
    }
    void pass(std::chrono::seconds time) { now_us += std::chrono::microseconds(time).count(); }

    std::deque<Delivered> answers;
    std::vector<std::string> delivered, ids, said;
    std::function<void()> while_sending, before_commit;
    bool stopping = false, deaf = false;
    std::unique_ptr<Outbox> outbox;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_queued_mail_is_sent_once, Office) {
    queue("karin");
    outbox->run();
    outbox->run();
    BOOST_TEST(delivered == std::vector<std::string>{"karin@hamburg.example"}, boost::test_tools::per_element());
    auto const sent = mail("karin");
    BOOST_TEST(sent.at("state").as_string() == "sent");
    BOOST_TEST(sent.at("attempts").as_int64() == 1);
    BOOST_TEST(sent.at("message_id").as_string() == "karin@gouda.example");
    BOOST_TEST(sent.at("sent_at").is_string());
    BOOST_TEST(sent.at("claimed_by").is_null());
    BOOST_TEST(outbox->waiting() == 0u);
}

BOOST_FIXTURE_TEST_CASE(what_is_cancelled_or_planned_for_later_is_not_sent, Office) {
    queue("karin", {{"state", "cancelled"}});
    queue("piet", {{"next_try", "2027-01-15T09:00:00+00:00[UTC]"}}); // the clock stands at 08:00
    outbox->run();
    BOOST_TEST(delivered.empty());
    pass(1h);
    outbox->run();
    BOOST_TEST(state("piet") == "sent");
    BOOST_TEST(delivered.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_refusal_for_good_is_told_in_the_servers_words, Office) {
    answers = {{Delivery::rejected, "550 5.1.1 no such person here"}};
    queue("karin");
    queue("piet");
    outbox->run();
    BOOST_TEST(state("karin") == "failed");
    BOOST_TEST(mail("karin").at("error").as_string() == "550 5.1.1 no such person here");
    BOOST_TEST(state("piet") == "sent"); // the others go on
}

BOOST_FIXTURE_TEST_CASE(a_mail_that_has_to_wait_is_tried_again_later_and_later_and_given_up, Office) {
    for (int i = 0; i < 4; ++i)
        answers.push_back({Delivery::postponed, "451 greylisted"});
    queue("karin");
    for (auto const wait : {60s, 120s, 240s}) {
        outbox->run();
        BOOST_TEST(state("karin") == "queued");
        pass(wait - 1s);
        auto const before = delivered.size();
        outbox->run();
        BOOST_TEST(delivered.size() == before);
        pass(1s);
    }
    outbox->run();
    BOOST_TEST(state("karin") == "failed");
    BOOST_TEST(mail("karin").at("error").as_string() == "given up after 4 tries; the last: 451 greylisted");
    set("karin", {{"state", "queued"}, {"attempts", 0}}); // kogge mail retry
    outbox->run();
    BOOST_TEST(state("karin") == "sent");
    BOOST_TEST(std::set<std::string>(ids.begin(), ids.end()).size() == 1u); // one Message-ID throughout
}

BOOST_FIXTURE_TEST_CASE(a_server_that_is_away_is_asked_once_for_all, Office) {
    answers = {{Delivery::broken, "could not connect"}};
    for (auto const* id : {"a", "b", "c"})
        queue(id);
    outbox->run();
    outbox->run();
    BOOST_TEST(delivered.size() == 1u);
    BOOST_TEST(mail("b").at("attempts").as_int64() == 0);
    BOOST_REQUIRE(said.size() == 1u);
    BOOST_TEST(said[0] == "no mail goes out: could not connect; 3 wait");
    pass(60s);
    outbox->run();
    for (auto const* id : {"a", "b", "c"})
        BOOST_TEST(state(id) == "sent", id);
    BOOST_TEST(said.back() == "mail goes out again");
}

BOOST_FIXTURE_TEST_CASE(of_two_daemons_one_sends, Office) {
    auto other = open("daemon-b", false);
    queue("karin");
    before_commit = [&] { other->run(); }; // between the look of one and its claim
    outbox->run();
    other->run();
    BOOST_TEST(delivered.size() == 1u);
    BOOST_TEST(state("karin") == "sent");
}

BOOST_FIXTURE_TEST_CASE(a_daemon_that_was_not_told_of_a_claim_yet_keeps_to_it, Office) {
    auto other = open("daemon-b", false);
    queue("karin");
    deaf = true;
    while_sending = [&] { other->run(); };
    outbox->run();
    BOOST_TEST(delivered.size() == 1u);
    BOOST_TEST(state("karin") == "sent");
}

BOOST_FIXTURE_TEST_CASE(a_claim_of_a_daemon_that_died_runs_out, Office) {
    queue("karin");
    while_sending = [] { throw std::runtime_error("dies here"); };
    BOOST_CHECK_THROW(outbox->run(), std::runtime_error);
    BOOST_TEST(mail("karin").at("claimed_by").as_string() == "daemon-a");
    auto beside = open("daemon-b", false); // another one shares the store: it cannot know that the first is gone
    beside->run();
    BOOST_TEST(delivered.size() == 1u);
    pass(5min);
    beside->run();
    BOOST_TEST(state("karin") == "sent");
    BOOST_TEST(std::set<std::string>(ids.begin(), ids.end()).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_daemon_alone_takes_up_at_once_what_it_had_claimed, Office) {
    queue("karin");
    while_sending = [] { throw std::runtime_error("dies here"); };
    BOOST_CHECK_THROW(outbox->run(), std::runtime_error);
    auto again = open("daemon-c", true);
    again->run();
    BOOST_TEST(state("karin") == "sent");
}

BOOST_FIXTURE_TEST_CASE(a_mail_cancelled_on_its_way_is_what_became_of_it, Office) {
    queue("karin");
    queue("piet");
    answers = {{Delivery::taken, {}}, {Delivery::postponed, "451 later"}};
    while_sending = [this] { set("karin", {{"state", "cancelled"}}); };
    outbox->run();
    BOOST_TEST(state("karin") == "sent");
    answers = {{Delivery::postponed, "451 later"}};
    queue("anna");
    while_sending = [this] { set("anna", {{"state", "cancelled"}}); };
    outbox->run();
    BOOST_TEST(state("anna") == "cancelled");
}

BOOST_FIXTURE_TEST_CASE(a_mail_deleted_on_its_way_stays_deleted, Office) {
    queue("karin");
    while_sending = [this] {
        json::array changes{{{"op", "delete"}, {"entity", "outgoing_mail"}, {"id", "karin"}, {"rev", mail("karin").at("rev")}}};
        asked(200, "POST", "/api/v1/changes", json::serialize(json::value{{"changes", changes}}));
    };
    outbox->run();
    BOOST_TEST(ask("GET", "/api/v1/entities/outgoing_mail/karin").status == 404);
    BOOST_TEST(outbox->waiting() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_mail_that_cannot_be_one_fails_without_a_server, Office) {
    queue("karin", {{"parts", json::array{{{"type", "multipart/mixed"}, {"name", ""}, {"content", ""}}}}});
    outbox->run();
    BOOST_TEST(delivered.empty());
    BOOST_TEST(state("karin") == "failed");
    BOOST_TEST(mail("karin").at("error").as_string() == "'multipart/mixed' is not the type of a part");
}

BOOST_FIXTURE_TEST_CASE(a_daemon_that_stops_counts_no_try, Office) {
    queue("karin");
    answers = {{Delivery::broken, "aborted"}};
    while_sending = [this] { stopping = true; };
    outbox->run();
    BOOST_TEST(mail("karin").at("attempts").as_int64() == 0);
    BOOST_TEST(state("karin") == "queued");
}

BOOST_FIXTURE_TEST_CASE(a_body_is_not_in_lists_and_not_in_the_log, Office) {
    queue("karin");
    BOOST_TEST(ask("GET", "/api/v1/entities/outgoing_mail").body.find("moin") == std::string::npos);
    BOOST_TEST(ask("GET", "/api/v1/changes?entity=outgoing_mail").body.find("moin") == std::string::npos);
    BOOST_TEST(ask("GET", "/api/v1/entities/outgoing_mail/karin").body.find("moin") != std::string::npos); // with the right 'care'
}
