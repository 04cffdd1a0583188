// SPDX-License-Identifier: EUPL-1.2
// Whatever happens to a programme, and whenever they look: subscribers end up with the programme. A thousand histories take
// a minute or two of an optimised build: KOGGE_HISTORIES=1000 calendar_test --run_test=histories
#include "tests/random_history.hpp"
#include "tests/subscriber.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>

using namespace kogge;
using namespace kogge::calendar;
using namespace kogge::calendar::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int usual = 4; // ten times as slow
#else
constexpr int usual = 24;
#endif

int asked(char const* name, int otherwise) {
    auto const* text = std::getenv(name);
    return text ? std::atoi(text) : otherwise;
}

struct Watched {
    FeedSpec spec;
    Subscriber cautious{Habit::cautious}, replacing{Habit::replacing};
    Calendar last;         // every version there was, whoever looked
    std::string bytes, etag; // rendered last
};

/// The first line in which two feeds differ, with whose it is.
std::string difference(std::string const& kept, std::string const& anew) {
    if (kept == anew)
        return {};
    auto const at = std::size_t(std::mismatch(kept.begin(), kept.end(), anew.begin(), anew.end()).first - kept.begin());
    auto const from = kept.rfind("BEGIN:VEVENT", at);
    return "kept:\n" + kept.substr(from == kept.npos ? 0 : from, 400) + "\nmade anew:\n" + anew.substr(from == kept.npos ? 0 : from, 400);
}

/// SEQUENCE only rises, also between two looks of a subscriber.
void never_back(Calendar& last, std::string const& bytes) {
    for (auto& [uid, now] : take_apart(bytes)) {
        auto const [at, fresh] = last.try_emplace(uid, now);
        if (!fresh && (now.sequence < at->second.sequence || now.stamp < at->second.stamp))
            throw std::logic_error(uid + " went back from\n" + at->second.bytes + "to\n" + now.bytes);
        at->second = now;
    }
}

void look(History& history, Watched& one, bool from_scratch) {
    auto const [bytes, name, etag, tags, unreadable] = history.render(one.spec);
    BOOST_REQUIRE_MESSAGE(history.bytes(one.spec) == bytes, "the same feed twice");
    BOOST_REQUIRE_MESSAGE((etag == one.etag) == (bytes == one.bytes), "an ETag that is not the bytes'");
    one.etag = etag;
    if (from_scratch) { // what was patched is what would be made anew, after a restart, too
        Chronicle chronicle([&](json::object const& query) { return history.read_log(query); });
        Feeds anew(history.picture, chronicle, [](auto const&, auto const& keys) {
            std::vector<Text> out;
            for (auto const& key : keys)
                out.push_back(*key.source);
            return out;
        }, history.settings);
        auto const fresh = anew.render(one.spec, history.now()).value();
        BOOST_REQUIRE_EQUAL(difference(bytes, fresh.bytes), "");
        BOOST_REQUIRE_EQUAL(etag, fresh.etag);
    }
    never_back(one.last, bytes);
    one.cautious.poll(bytes);
    one.replacing.poll(bytes);
    one.bytes = bytes;
}

void live(unsigned seed, int changes) {
    History history(seed);
    std::mt19937 random(seed * 7919 + 1);
    std::vector<Watched> watched;
    for (auto& spec : history.specs())
        watched.push_back({std::move(spec), Subscriber(Habit::cautious), Subscriber(Habit::replacing), {}, {}, {}});
    for (int i = 0; i < changes; ++i) {
        history.change();
        for (auto& one : watched)
            if (random() % 6 == 0)
                look(history, one, random() % 8 == 0);
    }
    for (auto& one : watched) {
        look(history, one, true);
        auto const wanted = history.programme(one.spec);
        auto const which = std::string(boost::describe::enum_to_string(one.spec.scope, "?")) + " " + one.spec.id;
        BOOST_REQUIRE_MESSAGE(one.replacing.agenda() == wanted, which << ": who replaces ends with another programme");
        BOOST_REQUIRE_MESSAGE(one.cautious.agenda() == wanted, which << ": who waits to be told ends with another programme");
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(histories)

BOOST_AUTO_TEST_CASE(every_subscriber_ends_with_the_programme) {
    auto const first = asked("KOGGE_HISTORY", 1), count = asked("KOGGE_HISTORIES", usual);
    for (int seed = first; seed < first + count; ++seed) {
        BOOST_TEST_CONTEXT("history " << seed << " (KOGGE_HISTORY=" << seed << " KOGGE_HISTORIES=1)")
        try {
            live(unsigned(seed), 200);
        } catch (std::logic_error const& wrong) {
            BOOST_FAIL(wrong.what());
        }
    }
}

BOOST_AUTO_TEST_CASE(the_model_subscriber_notices_what_it_is_to_notice) {
    auto const feed = [](int sequence, char const* stamp, char const* status) {
        return "BEGIN:VEVENT\r\nUID:x\r\nSEQUENCE:" + std::to_string(sequence) + "\r\nDTSTAMP:" + stamp + "\r\nSTATUS:" + status + "\r\nSUMMARY:s\r\nEND:VEVENT\r\n";
    };
    for (auto const habit : {Habit::cautious, Habit::replacing}) {
        Subscriber subscriber(habit);
        subscriber.poll(feed(1, "20270101T000000Z", "CONFIRMED"));
        BOOST_CHECK_THROW(subscriber.poll(feed(0, "20270102T000000Z", "CONFIRMED")), std::logic_error);
        BOOST_CHECK_THROW(subscriber.poll(feed(1, "20270101T000000Z", "CANCELLED")), std::logic_error);
        subscriber.poll("");
        BOOST_TEST(subscriber.agenda().size() == (habit == Habit::cautious ? 1u : 0u));
        subscriber.poll(feed(1, "20270102T000000Z", "CANCELLED"));
        BOOST_TEST(subscriber.agenda().empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
