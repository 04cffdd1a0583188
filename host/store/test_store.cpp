// SPDX-License-Identifier: EUPL-1.2
#include "store/test_store.hpp"

#include <unistd.h>

#include <atomic>
#include <iostream>

namespace kogge::host::store::test {

namespace {

std::string environment(char const* name) {
    auto const* value = std::getenv(name);
    return value ? value : "";
}

/// CTest shows 77 as skipped: KoggeTest's SKIP_RETURN_CODE.
struct NeedsServer {
    NeedsServer() {
        if (backend() != "postgres" || !environment("KOGGE_TEST_POSTGRES").empty()) return;
        std::cout << "skipped: KOGGE_TEST_POSTGRES names no server; run under tests/postgres run" << std::endl;
        std::_Exit(77);
    }
};
BOOST_TEST_GLOBAL_CONFIGURATION(NeedsServer);

std::string fresh_name() {
    static std::atomic<int> count = 0;
    return "kogge_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

Dialect dialect_of(std::string const& url) { return Dialect::of(url).value(); }

void on_server(std::string const& sql) {
    auto const dialect = dialect_of(environment("KOGGE_TEST_POSTGRES"));
    Session(dialect).run(sql);
}

} // namespace

std::string backend() {
    auto const named = environment("KOGGE_TEST_STORE");
    return named.empty() ? "file" : named;
}

Database::Database() : folder(std::filesystem::temp_directory_path() / fresh_name()), name_(folder.filename()) {
    std::filesystem::create_directories(folder);
    if (backend() == "postgres") {
        on_server("CREATE DATABASE " + name_);
        auto const server = environment("KOGGE_TEST_POSTGRES");
        url = server.substr(0, server.rfind('/') + 1) + name_;
    } else if (backend() == "memory") {
        url = "sqlite::memory:" + name_;
        dialect_ = std::make_unique<Dialect>(dialect_of(url));
        keeper_ = std::make_unique<Session>(*dialect_);
    } else
        url = "sqlite://" + (folder / "kogge.db").string();
}

Database::~Database() {
    keeper_.reset();
    if (backend() == "postgres") on_server("DROP DATABASE " + name_ + " WITH (FORCE)");
    std::filesystem::remove_all(folder);
}

std::vector<json::object> descriptions() {
    auto out = core_descriptions();
    out.push_back(describe<Care>("care", {.sensitive = {"diet", "steps"}, .cascade = {"person"}}));
    out.push_back(describe<Key>("key", {.unique = {"name"}, .internal = true}));
    return out;
}

Options Fixture::options(std::vector<json::object> kinds) {
    Options out;
    out.url = database.url;
    out.backup_dir = database.folder / "backups";
    out.key.fill(7);
    out.descriptions = std::move(kinds);
    out.now_us = [this] { return now; };
    out.log = [this](int, std::string_view message) { logged.emplace_back(message); };
    out.check = [this](std::string_view request) {
        requests.emplace_back(request);
        return check ? check(request) : Checked();
    };
    return out;
}

Result<void> Fixture::reopen(std::vector<json::object> kinds) {
    store.reset();
    KOGGE_TRY(store, Store::open(options(std::move(kinds))));
    return boost::outcome_v2::success();
}

Outcome Fixture::must(std::string_view change_set) {
    auto out = apply(change_set);
    BOOST_TEST_REQUIRE((out.verdict == Verdict::committed), change_set << ": " << out.error);
    return out;
}

std::string Fixture::everything() {
    std::string out;
    for (auto const& type : store->catalogue().types()) {
        if (type.internal) continue;
        auto const page = store->list(type.kind, {.limit = 10'000}).value();
        for (auto const& document : page.items) out += type.kind + " " + json::serialize(document) + "\n";
    }
    return out;
}

std::unique_ptr<Session> Fixture::session() {
    dialect_ = std::make_unique<Dialect>(dialect_of(database.url));
    return std::make_unique<Session>(*dialect_);
}

std::string create(std::string_view entity, std::string_view id, std::string_view fields) {
    return R"({"op":"create","entity":")" + std::string(entity) + R"(","id":")" + std::string(id) + R"(","fields":)"
           + std::string(fields) + "}";
}

std::string change(std::string_view changes) { return R"({"reason":"test","changes":[)" + std::string(changes) + "]}"; }

void Fixture::small_world() {
    auto const visit = [](std::string const& id) {
        return create(
            "visit", id,
            R"({"title":{"text":")" + id
                + R"(","language":"nl"},"starts":"2027-04-21T09:00:00+02:00[Europe/Amsterdam]","ends":"2027-04-23T18:00:00+02:00[Europe/Berlin]"})");
    };
    must(change(
        create("city", "c-1", R"({"name":{"text":"Hamburg","language":"de"},"country":"DE","zone":"Europe/Berlin"})") + ","
        + create("venue", "ve-1", R"({"name":"Rathaus","city":"c-1","zone":"Europe/Berlin"})") + "," + visit("v-1") + ","
        + visit("v-2") + "," + create("track", "t-1", R"({"visit":"v-1","code":"A","name":{"text":"A","language":"nl"}})") + ","
        + create("track", "t-2", R"({"visit":"v-2","code":"A","name":{"text":"A","language":"nl"}})") + ","
        + create("person", "p-1", R"({"given_name":"Ada","family_name":"Aalders"})") + ","
        + create("person", "p-2", R"({"given_name":"Bo","family_name":"Boer"})") + ","
        + create(
            "programme_item", "it-1",
            R"({"visit":"v-1","title":{"text":"Ontvangst","language":"nl"},"starts":"2027-04-21T10:00:00+02:00[Europe/Berlin]","ends":"2027-04-21T11:00:00+02:00[Europe/Berlin]","venue":"ve-1","tracks":["t-1"]})")));
}

} // namespace kogge::host::store::test
