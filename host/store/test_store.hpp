// SPDX-License-Identifier: EUPL-1.2
// A database of a test's own, on the backend that KOGGE_TEST_STORE names (file, memory or postgres), and a store on it.
#pragma once

#include "model/core.hpp"
#include "store/session.hpp"
#include "store/store.hpp"

#include <kogge/json.hpp>
#include <kogge/model/people.hpp>
#include <kogge/model/place.hpp>
#include <kogge/model/programme.hpp>
#include <kogge/model/visit.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kogge::host::store::test {

/// What a person must not eat: sensitive.
struct Care {
    Id<Care> id;
    Id<Person> person;
    std::string diet;
    std::optional<int> steps;
    std::optional<std::string> remark;
};
BOOST_DESCRIBE_STRUCT(Care, (), (id, person, diet, steps, remark))

struct Key {
    Id<Key> id;
    std::string name;
    std::string secret;
};
BOOST_DESCRIBE_STRUCT(Key, (), (id, name, secret))

std::string backend();

class Database {
  public:
    Database();
    ~Database();
    Database(Database const&) = delete;
    std::string url;
    std::filesystem::path folder;

  private:
    std::string name_;
    std::unique_ptr<Dialect> dialect_;
    std::unique_ptr<Session> keeper_; // a database in memory lives while somebody holds it
};

std::vector<json::object> descriptions();

struct Fixture {
    Database database;
    std::int64_t now = 1'800'000'000'000'000;
    std::vector<std::string> logged, requests; // what the store wrote to its log, and asked the checks
    std::function<Checked(std::string_view)> check;
    std::unique_ptr<Store> store;

    Options options(std::vector<json::object> kinds = descriptions());
    Result<void> reopen(std::vector<json::object> kinds = descriptions());
    Fixture() { BOOST_TEST_REQUIRE(reopen().has_value()); }

    Outcome apply(std::string_view change_set, bool dry_run = false) {
        return store->apply(json::parse(change_set).as_object(), "ada", dry_run);
    }
    /// Applied, or the test ends here with the reason.
    Outcome must(std::string_view change_set);
    json::object get(std::string_view kind, std::string_view id) { return store->get(kind, id).value(); }
    std::string text(std::string_view kind, std::string_view id, std::string_view field) {
        return json::serialize(get(kind, id).at(field));
    }
    json::array log(LogQuery const& query = {}) { return store->log(query).value(); }
    std::size_t count(std::string_view kind) { return store->list(kind, {.limit = 10'000}).value().items.size(); }
    /// Everything but sensitive fields and internal kinds, as one text.
    std::string everything();
    /// A connection beside the store.
    std::unique_ptr<Session> session();

    /// A city, a venue, two visits (v-1, v-2), tracks t-1 (of v-1) and t-2 (of v-2), an item it-1 in t-1, persons p-1, p-2.
    void small_world();

  private:
    std::unique_ptr<Dialect> dialect_;
};

std::string create(std::string_view entity, std::string_view id, std::string_view fields);
std::string change(std::string_view changes);

} // namespace kogge::host::store::test
