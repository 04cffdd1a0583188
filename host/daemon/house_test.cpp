// SPDX-License-Identifier: EUPL-1.2
#include "daemon/test_house.hpp"

#include "daemon/data_folder.hpp"

#include <kogge/plugin.hpp>

#include <filesystem>
#include <thread>

using namespace kogge;
using namespace kogge::host;
using test::InMemory;
using test::Served;

namespace {

struct Lantern {
    Id<Lantern> id;
    std::string colour;
};
BOOST_DESCRIBE_STRUCT(Lantern, (), (id, colour))

/// Everything a plugin may ask of the house.
class Lanterns {
  public:
    explicit Lanterns(Host& host) : host_(host) {}
    void start() {
        host_.entity<Lantern>();
        host_.follow(world_);
        host_.route("GET", "/api/v1/lanterns", "read", [this](Request const&) -> Result<Response> {
            auto response = Response::json({{"lanterns", lanterns_.rows().size()}});
            response.depends.push_back("kind:lantern");
            return response;
        });
        host_.route("POST", "/api/v1/lanterns/{colour}", "write", [this](Request const& request) -> Result<Response> {
            ChangeSet changes("lit");
            changes.create(Lantern{Id<Lantern>::make(), request.param("colour")});
            KOGGE_TRY(auto const outcome, host_.apply(changes));
            return Response::json({{"verdict", outcome.at("verdict")}, {"lanterns", lanterns_.rows().size()}, {"caller", request.caller()}});
        });
        host_.route("POST", "/api/v1/lanterns-by-stealth", "write", [this](Request const&) -> Result<Response> {
            ChangeSet changes("make me a user");
            changes.create(User{Id<User>::make(), "mallory"});
            KOGGE_TRY(auto const outcome, host_.apply(changes));
            return Response::json(outcome);
        });
        host_.route("GET", "/api/v1/lantern-log", "read", [this](Request const&) -> Result<Response> {
            KOGGE_TRY(auto const entries, host_.log_entries({{"entity", "lantern"}}));
            return Response::json(json::array(entries.begin(), entries.end()));
        });
        host_.route("GET", "/feeds/{token}.ics", "feed", [this](Request const& request) -> Result<Response> {
            auto response = Response::text(json::serialize(request.caller().at("feed")) + std::to_string(++rendered_), "text/calendar");
            response.depends.push_back("kind:lantern");
            return response;
        });
        host_.route("GET", "/api/v1/broken", "read", [](Request const&) -> Result<Response> { throw std::runtime_error("the wick is wet"); });
    }

  private:
    struct User {
        Id<User> id;
        std::string name;
        BOOST_DESCRIBE_CLASS(User, (), (id, name), (), ())
    };
    Host& host_;
    Mirror<Lantern> lanterns_;
    World world_{&lanterns_};
    int rendered_ = 0;
};

kg_entry const lanterns{sizeof(kg_entry), KG_ABI_MAJOR, KG_ABI_MINOR, 0, detail::Instance<Lanterns>::create};

plugins::Manifest manifest() {
    plugins::Manifest out;
    out.name = "lanterns";
    out.version = "1";
    out.sdk = int(KG_ABI_MAJOR);
    out.services = {KG_STORE, KG_HTTP};
    return out;
}
void add_lanterns(plugins::PluginHost& host) { host.add(manifest(), lanterns); }

std::string reason_of(House& house, std::string const& plugin) {
    for (auto const& status : house.plugins().list())
        if (status.name == plugin)
            return status.reason;
    return "not listed";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plugin_reads_what_it_has_just_written) {
    InMemory h(add_lanterns);
    auto const answer = h.asked(200, "POST", "/api/v1/lanterns/red");
    BOOST_TEST(answer.at("verdict").as_string() == "committed");
    BOOST_TEST(answer.at("lanterns").to_number<int>() == 1);
    BOOST_TEST(answer.at("caller").at("id").as_string() == "test");
    auto const log = h.asked(200, "GET", "/api/v1/lantern-log");
    BOOST_REQUIRE(log.as_array().size() == 1u);
    BOOST_TEST(log.at(0).at("after").at("colour").as_string() == "red");
    BOOST_TEST(log.at(0).at("actor").as_string() == "plugin:lanterns");
}

BOOST_AUTO_TEST_CASE(the_hosts_own_business_is_closed_to_plugins_and_to_change_sets) {
    InMemory h(add_lanterns);
    auto const refused = h.asked(200, "POST", "/api/v1/lanterns-by-stealth");
    BOOST_TEST(refused.at("verdict").as_string() == "invalid");
    BOOST_TEST(refused.at("detail").as_string() == "there is no entity 'user'; GET /api/v1/entities lists them");
    auto const change = R"({"changes":[{"op":"create","entity":"user","fields":{"name":"mallory"}}]})";
    auto const problem = h.asked(400, "POST", "/api/v1/changes", change);
    BOOST_TEST(problem.at("field").as_string() == "/changes/0/entity");
    BOOST_TEST(!h.house->identity().has_users());
    BOOST_TEST(h.ask("GET", "/api/v1/entities/user").status == 404);
}

BOOST_AUTO_TEST_CASE(undo_does_not_bring_back_a_removed_user) {
    InMemory h;
    BOOST_REQUIRE(h.house->identity().create_user("ada", "long enough", Role::admin, "nl", "test").has_value());
    BOOST_REQUIRE(h.house->identity().remove_user("ada", "test").has_value());
    h.asked(404, "POST", "/api/v1/changes/" + std::to_string(h.house->store().seq()) + "/undo");
    BOOST_TEST(!h.house->identity().has_users());
    BOOST_TEST(h.asked(200, "GET", "/api/v1/changes").at("changes").as_array().empty());
}

BOOST_AUTO_TEST_CASE(a_plugin_that_describes_what_is_described_is_refused_and_the_house_stands) {
    InMemory h([](plugins::PluginHost& host) {
        add_lanterns(host);
        auto second = manifest();
        second.name = "copy";
        host.add(second, lanterns);
    });
    BOOST_TEST(reason_of(*h.house, "lanterns") == "");
    BOOST_TEST(reason_of(*h.house, "copy") == "describes the entity 'lantern', which exists already; copy must name it otherwise");
    h.asked(200, "POST", "/api/v1/lanterns/green");
}

BOOST_AUTO_TEST_CASE(an_unchanged_feed_is_served_from_memory_and_a_commit_renews_it) {
    Served h(add_lanterns);
    h.asked(201, "POST", "/api/v1/entities/visit", R"({"id":"v-1","title":{"text":"Visite","language":"nl"},"starts":"2027-04-21T07:00:00+02:00[Europe/Amsterdam]","ends":"2027-04-23T20:00:00+02:00[Europe/Amsterdam]"})");
    auto const minted = h.house->identity().mint_feed_token({{}, {}, "visit", Id<Visit>("v-1"), "", "de", "for the test"}, "test").value();
    auto const path = "/feeds/" + minted.secret + ".ics";

    auto const first = h.send("GET", path);
    BOOST_REQUIRE(first.status == 200);
    BOOST_TEST(first.body == R"({"scope":"visit","visit":"v-1","id":"","language":"de","detail":"full"}1)");
    auto const again = h.send("GET", path);
    BOOST_TEST(again.body == first.body);
    BOOST_TEST(h.house->cache().stats().hits == 1u);
    BOOST_TEST(h.send("GET", path, "If-None-Match: " + first.value("ETag") + "\r\n").status == 304);

    h.asked(200, "POST", "/api/v1/lanterns/red");
    BOOST_TEST(h.send("GET", path).body.ends_with("2"));

    BOOST_REQUIRE(h.house->identity().revoke(minted.id, "test").has_value());
    BOOST_TEST(h.send("GET", path).status == 404); // though its bytes are still there
}

BOOST_AUTO_TEST_CASE(an_answer_that_depends_on_the_callers_language_is_kept_only_when_the_address_names_it) {
    Served h(add_lanterns);
    auto const token = h.house->identity().mint_api_token("t", {"read"}, "test").value().secret;
    auto const bearer = "Authorization: Bearer " + token + "\r\n";
    BOOST_TEST(h.send("GET", "/api/v1/lanterns", bearer).status == 200);
    BOOST_TEST(h.house->cache().stats().entries == 0u);
    BOOST_TEST(h.send("GET", "/api/v1/lanterns?lang=nl", bearer).status == 200);
    BOOST_TEST(h.house->cache().stats().entries == 1u);
    BOOST_TEST(h.send("GET", "/api/v1/lanterns?lang=nl").status == 401); // the gate stands before the cache
}

BOOST_AUTO_TEST_CASE(what_a_plugin_throws_is_an_incident_in_the_log_and_not_in_the_answer) {
    Served h(add_lanterns);
    auto const token = h.house->identity().mint_api_token("t", {"read"}, "test").value().secret;
    auto const reply = h.send("GET", "/api/v1/broken", "Authorization: Bearer " + token + "\r\n");
    BOOST_TEST(reply.status == 500);
    BOOST_TEST(reply.body.find("wick") == std::string::npos);
    auto const incident = std::string(json::parse(reply.body).at("incident").as_string());
    BOOST_TEST(h.has_logged("incident " + incident + " in GET /api/v1/broken: "));
    BOOST_TEST(h.has_logged("the wick is wet"));
    BOOST_TEST(!h.has_logged(token));
}

BOOST_AUTO_TEST_CASE(a_listener_gets_each_commit_once_and_what_it_missed_first) {
    InMemory h;
    auto const city = [&](std::string const& id) { h.asked(201, "POST", "/api/v1/entities/city", R"({"id":")" + id + R"(","zone":"Europe/Amsterdam"})"); };
    city("c-1");
    auto const before = h.house->store().seq();
    city("c-2");
    auto const listener = h.house->listen("", before).value();
    city("c-3");
    auto const text = listener->take().text;
    auto const count = [&](std::string_view what) {
        int n = 0;
        for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1))
            ++n;
        return n;
    };
    BOOST_TEST(count("c-1") == 0);
    BOOST_TEST(count("c-2") == 1);
    BOOST_TEST(count("c-3") == 1);
    BOOST_TEST(text.find("c-2") < text.find("event: ready"));
    BOOST_TEST(text.find("event: ready") < text.find("c-3"));
}

BOOST_AUTO_TEST_CASE(plugins_people_and_listeners_at_once_wait_for_nobody_for_ever) {
    InMemory h(add_lanterns);
    auto const listener = h.house->listen("", std::nullopt).value();
    constexpr int rounds = 40;
    std::atomic<int> failed = 0;
    auto const many = [&](auto ask) {
        return std::thread([&failed, ask] {
            for (int i = 0; i < rounds; ++i)
                failed += ask(i) ? 0 : 1;
        });
    };
    std::vector<std::thread> crowd;
    for (int who = 0; who < 2; ++who) {
        crowd.push_back(many([&](int) { return h.ask("POST", "/api/v1/lanterns/red").status == 200; }));
        crowd.push_back(many([&h, who](int i) {
            return h.ask("POST", "/api/v1/entities/city", R"({"id":"c-)" + std::to_string(who) + "-" + std::to_string(i) + "\"}").status == 201;
        }));
        crowd.push_back(many([&](int) { return h.ask("GET", "/api/v1/lanterns").status == 200 && h.ask("GET", "/api/v1/findings").status == 200; }));
        crowd.push_back(many([&](int i) { return h.house->listen("", i).has_value(); }));
    }
    for (auto& thread : crowd)
        thread.join();
    BOOST_TEST(failed == 0);
    BOOST_TEST(h.house->store().seq() == 4 * rounds);
    BOOST_TEST(h.asked(200, "GET", "/api/v1/lanterns").at("lanterns").to_number<int>() == 2 * rounds);
    auto const text = listener->take().text; // every commit once, in order
    std::int64_t last = 0;
    for (auto at = text.find("id: "); at != text.npos; at = text.find("\nid: ", at + 1)) {
        auto const seq = std::atoll(text.c_str() + text.find(' ', at) + 1);
        BOOST_TEST((last == 0 || seq == last + 1));
        last = seq;
    }
    BOOST_TEST(last == 4 * rounds);
}

BOOST_AUTO_TEST_CASE(a_house_on_disk_finds_its_facts_and_its_key_again) {
    auto const folder = std::filesystem::temp_directory_path() / ("kogge-house-" + make_uuid());
    auto const open = [&] {
        HouseOptions options;
        options.config.data_dir = folder;
        options.add_plugins = [](plugins::PluginHost&) {};
        options.log = [](int, std::string_view, std::string_view) {};
        return House::open(std::move(options)).value();
    };
    auto const lock = DataFolder::take(folder);
    BOOST_REQUIRE(lock.has_value());
    open()->request("POST", "/api/v1/entities/city", R"({"id":"c-1","zone":"Europe/Amsterdam"})", "test");
    BOOST_TEST(open()->request("GET", "/api/v1/entities/city/c-1", "", "test").status == 200);
    BOOST_TEST(std::filesystem::exists(folder / "kogge.db"));
    BOOST_TEST(std::filesystem::exists(folder / "secret.key"));
    BOOST_TEST(DataFolder::take(folder).error().message == "another kogge is using " + folder.string());
    std::filesystem::remove_all(folder);
}
