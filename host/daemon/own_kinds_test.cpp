// SPDX-License-Identifier: EUPL-1.2
// EntityOptions::own: one plugin's private kind, and everything that must not see it.
#include "daemon/test_house.hpp"

#include <kogge/plugin.hpp>

using namespace kogge;
using namespace kogge::host;
using test::InMemory;

namespace {

struct Diary {
    Id<Diary> id;
    std::string line;
};
BOOST_DESCRIBE_STRUCT(Diary, (), (id, line))

/// Owns the diary, or only would like to read it.
template <bool owner>
class Reader {
  public:
    explicit Reader(Host& host) : host_(host) {}
    void start() {
        if (owner)
            host_.entity<Diary>({.own = true});
        host_.follow(world_);
        host_.route("POST", std::string("/api/v1/") + (owner ? "mine" : "theirs"), "read", [this](Request const&) -> Result<Response> {
            ChangeSet changes("dear diary");
            changes.create(Diary{Id<Diary>::make(), "secret"}).by("user:ada");
            KOGGE_TRY(auto const outcome, host_.apply(changes));
            auto const log = host_.log_entries({{"entity", "diary"}});
            return Response::json({{"verdict", outcome.at("verdict")}, {"mirrored", diaries_.rows().size()}, {"logged", log ? log.value().size() : 0},
                                   {"actor", log && !log.value().empty() ? log.value().front().at("actor") : json::value()}, {"seq", world_.seq()}});
        });
    }

  private:
    Host& host_;
    Mirror<Diary> diaries_;
    World world_{&diaries_};
};

template <bool owner>
kg_entry const entry{sizeof(kg_entry), KG_ABI_MAJOR, KG_ABI_MINOR, 0, detail::Instance<Reader<owner>>::create};

template <bool owner>
void add(plugins::PluginHost& host) {
    plugins::Manifest manifest;
    manifest.name = owner ? "owner" : "other";
    manifest.version = "1";
    manifest.sdk = int(KG_ABI_MAJOR);
    manifest.services = {KG_STORE, KG_HTTP};
    host.add(manifest, entry<owner>);
}

void add_both(plugins::PluginHost& host) {
    add<false>(host); // it follows what is described later
    add<true>(host);
}

bool has(std::string const& text, std::string_view part) { return text.find(part) != text.npos; }

} // namespace

BOOST_AUTO_TEST_SUITE(own_kinds)

BOOST_AUTO_TEST_CASE(its_plugin_writes_follows_and_reads_its_log) {
    InMemory h(add_both);
    auto const answer = h.asked(200, "POST", "/api/v1/mine");
    BOOST_TEST(answer.at("verdict").as_string() == "committed");
    BOOST_TEST(answer.at("mirrored").to_number<int>() == 1);
    BOOST_TEST(answer.at("logged").to_number<int>() == 1);
    BOOST_TEST(answer.at("actor").as_string() == "user:ada");
    BOOST_TEST(answer.at("seq").to_number<std::int64_t>() == h.house->store().seq());
}

BOOST_AUTO_TEST_CASE(another_plugin_neither_sees_nor_changes_it) {
    InMemory h(add_both);
    h.asked(200, "POST", "/api/v1/mine");
    auto const answer = h.asked(200, "POST", "/api/v1/theirs");
    BOOST_TEST(answer.at("verdict").as_string() == "invalid");
    BOOST_TEST(answer.at("mirrored").to_number<int>() == 0);
    BOOST_TEST(answer.at("logged").to_number<int>() == 0);
}

BOOST_AUTO_TEST_CASE(nothing_general_serves_it) {
    InMemory h(add_both);
    h.asked(200, "POST", "/api/v1/mine");
    auto const seq = std::to_string(h.house->store().seq());
    BOOST_TEST(h.ask("GET", "/api/v1/entities/diary").status == 404);
    BOOST_TEST(h.ask("POST", "/api/v1/entities/diary", R"({"line":"x"})").status == 404);
    BOOST_TEST(h.ask("POST", "/api/v1/changes/" + seq + "/undo").status == 404);
    h.asked(400, "POST", "/api/v1/changes", R"({"changes":[{"op":"create","entity":"diary","fields":{"line":"x"}}]})");
    for (auto const* target : {"/api/v1/entities", "/api/v1/changes", "/api/v1/export", "/openapi.json", "/api/v1/findings"}) {
        auto const answer = h.ask("GET", target);
        BOOST_TEST(answer.status == 200, target);
        BOOST_TEST(!has(answer.body, "diary"), target);
        BOOST_TEST(!has(answer.body, "secret"), target);
    }
}

BOOST_AUTO_TEST_SUITE_END()
