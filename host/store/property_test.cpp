// SPDX-License-Identifier: EUPL-1.2
// Random change sets, good and bad ones: the log replayed from zero is what the tables hold, and a follower's mirror, too.
#include "store/test_store.hpp"

#include <map>
#include <random>

namespace kogge::host::store::test {

namespace {

using World = std::map<std::string, json::object>; // "kind/id" -> fields and rev

class RandomChanges {
  public:
    explicit RandomChanges(unsigned seed) : random_(seed) {}

    json::object next() {
        json::array changes;
        for (int n = pick(3) ? 1 : 1 + pick(4); n > 0; --n) changes.push_back(one());
        return {{"reason", "random"}, {"changes", std::move(changes)}};
    }

  private:
    int pick(int n) { return int(random_() % unsigned(n)); }
    std::string id(std::string const& letter) { return letter + std::to_string(pick(8)); }

    json::object fields(std::string const& kind) {
        if (kind == "visit") {
            json::object out{{"starts", "2027-04-2" + std::to_string(pick(9) + 1) + "T10:00:00[Europe/Berlin]"},
                             {"ends", "2027-05-01T10:00:00[Asia/Tokyo]"}};
            if (pick(2)) out["themes"] = json::array{id("h"), id("h")};
            return out;
        }
        if (kind == "track") return {{"visit", id("v")}, {"code", std::string(1, char('A' + pick(3)))}};
        if (kind == "theme") return {{"name", {{"text", id("n")}, {"language", pick(2) ? "nl" : "de"}}}};
        json::object out{{"visit", id("v")},
                         {"starts", "2027-04-21T1" + std::to_string(pick(9)) + ":00:00[Europe/Berlin]"},
                         {"ends", "2027-04-22T10:00:00[Europe/Berlin]"}};
        if (pick(2)) out["tracks"] = json::array{id("t")};
        if (pick(3) == 0) out["meal"] = nullptr;
        return out;
    }
    json::object one() {
        static std::pair<char const*, char const*> const kinds[] = {
            {"visit", "v"}, {"track", "t"}, {"theme", "h"}, {"programme_item", "i"}};
        auto const [kind, letter] = kinds[pick(4)];
        json::object out{{"entity", kind}, {"id", id(letter)}};
        auto const dice = pick(10);
        out["op"] = dice < 5 ? "create" : dice < 8 ? "update" : "delete";
        if (dice < 8) out["fields"] = fields(kind);
        if (dice >= 5 && pick(4) == 0) out["rev"] = 1 + pick(4);
        if (dice >= 5 && dice < 8) out.at("fields").as_object().erase("visit"); // an item does not move to another visit
        return out;
    }

    std::mt19937 random_;
};

void play(World& world, json::object const& entry) {
    auto const key = std::string(entry.at("entity").as_string()) + "/" + std::string(entry.at("id").as_string());
    if (entry.at("op").as_string() == "delete") {
        BOOST_TEST_REQUIRE(world.erase(key) == 1U);
        return;
    }
    BOOST_TEST_REQUIRE((entry.at("op").as_string() == "create") == !world.contains(key));
    auto& document = world[key];
    for (auto const& [name, value] : entry.at("after").as_object()) {
        if (entry.at("op").as_string() == "update") BOOST_TEST_REQUIRE(document.at(name) == entry.at("before").at(name));
        document[name] = value;
    }
    document["rev"] = entry.at("rev");
}

std::string text_of(World const& world) {
    std::string out;
    for (auto const& [key, document] : world) {
        std::map<std::string, std::string> sorted;
        for (auto const& [name, value] : document)
            if (std::string_view(name) != "id" && std::string_view(name) != "updated" && std::string_view(name) != "updated_us")
                sorted[std::string(name)] = json::serialize(value);
        out += key;
        for (auto const& [name, value] : sorted) out += " " + name + "=" + value;
        out += "\n";
    }
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(properties, Fixture)

BOOST_AUTO_TEST_CASE(the_log_replayed_from_zero_is_what_the_tables_hold) {
    World mirror;
    store->follow({"visit", "track", "theme", "programme_item"}, [&](std::string_view batch) {
        auto const document = json::parse(batch);
        for (auto const& value : document.at("changes").as_array()) {
            auto const key = std::string(value.at("entity").as_string()) + "/" + std::string(value.at("id").as_string());
            auto const known = mirror.find(key);
            BOOST_TEST_REQUIRE(value.at("before").is_null() == (known == mirror.end()));
            if (known != mirror.end())
                BOOST_TEST_REQUIRE(json::serialize(value.at("before")) == json::serialize(known->second));
            if (value.at("after").is_null())
                mirror.erase(key);
            else
                mirror[key] = value.at("after").as_object();
        }
    });
    RandomChanges random(20270421);
    std::map<Verdict, int> verdicts;
    for (int i = 0; i < 1500; ++i) {
        auto const before = store->seq();
        auto const out = store->apply(random.next(), "dice", i % 5 == 4);
        ++verdicts[out.verdict];
        if (out.verdict != Verdict::committed) BOOST_TEST_REQUIRE(store->seq() == before);
    }
    BOOST_TEST(verdicts[Verdict::committed] > 50); // the dice throw enough of each
    BOOST_TEST(verdicts[Verdict::invalid] > 50);
    BOOST_TEST(verdicts[Verdict::conflict] > 50);
    BOOST_TEST(verdicts[Verdict::failed] == 0);

    World replayed, stored;
    std::int64_t seq = 0;
    for (auto const& entry : log({.limit = 100'000})) {
        BOOST_TEST_REQUIRE(entry.at("seq").as_int64() == ++seq);
        play(replayed, entry.as_object());
    }
    BOOST_TEST(seq == store->seq());
    for (auto const* kind : {"visit", "track", "theme", "programme_item"}) {
        auto const page = store->list(kind, {.limit = 10'000}).value();
        for (auto const& document : page.items)
            stored[std::string(kind) + "/" + std::string(document.at("id").as_string())] = document;
    }
    BOOST_TEST(text_of(replayed) == text_of(stored));
    BOOST_TEST(text_of(mirror) == text_of(stored));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
