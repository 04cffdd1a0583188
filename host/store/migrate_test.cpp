// SPDX-License-Identifier: EUPL-1.2
#include "store/test_store.hpp"

#include <fstream>
#include <iterator>

namespace kogge::host::store::test {

namespace {

/// The descriptions with one of them edited as text, as a later version would describe it.
std::vector<json::object> edited(std::string_view kind, std::function<void(json::object&)> const& edit) {
    auto out = descriptions();
    for (auto& one : out)
        if (std::string_view(one.at("kind").as_string()) == kind) edit(one);
    return out;
}

json::object& field(json::object& description, std::string_view name) {
    for (auto& one : description.at("fields").as_array())
        if (std::string_view(one.at("name").as_string()) == name) return one.get_object();
    throw std::logic_error("no such field");
}

auto adds(json::object one) {
    return [one](json::object& description) { description.at("fields").as_array().push_back(one); };
}

auto removes(std::string name) {
    return [name](json::object& description) {
        auto& fields = description.at("fields").as_array();
        for (auto i = fields.begin(); i != fields.end(); ++i)
            if (i->at("name").as_string() == name) {
                fields.erase(i);
                return;
            }
    };
}

std::vector<std::filesystem::path> backups(Database const& database) {
    std::vector<std::filesystem::path> out;
    std::error_code none;
    for (auto const& file : std::filesystem::directory_iterator(database.folder / "backups", none)) out.push_back(file.path());
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(migrations, Fixture)

BOOST_AUTO_TEST_CASE(an_unchanged_description_touches_nothing) {
    small_world();
    auto const before = everything();
    BOOST_TEST(reopen().has_value());
    BOOST_TEST(everything() == before);
    BOOST_TEST(backups(database).empty());
    BOOST_TEST(store->seq() == 9);
}

BOOST_AUTO_TEST_CASE(a_new_field_gets_its_default_and_a_backup_exists) {
    small_world();
    auto const before = everything();
    BOOST_TEST_REQUIRE(reopen(edited("venue", adds({{"name", "stars"}, {"type", "integer"}, {"default", 3}}))).has_value());
    BOOST_TEST(text("venue", "ve-1", "stars") == "3");
    BOOST_TEST(text("venue", "ve-1", "name") == R"("Rathaus")");
    must(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"stars":5}})"));
    BOOST_TEST_REQUIRE(backups(database).size() == 1U);
    BOOST_TEST(backups(database).front().filename().string().find("kogge-20270115T080000Z") == 0U);
    if (backend() == "postgres") return; // its script is tried below
    Fixture restored;
    restored.store.reset();
    auto old = restored.options();
    old.url = "sqlite://" + backups(database).front().string();
    restored.store = Store::open(std::move(old)).value();
    BOOST_TEST(restored.everything() == before);
    restored.store.reset();
}

BOOST_AUTO_TEST_CASE(the_backup_of_postgresql_can_be_restored) {
    if (backend() != "postgres") return;
    small_world();
    must(change(create("person", "p-q", R"({"family_name":"O'Brien \\ \"x\"","note":"two\nlines"})")));
    auto const before = everything();
    BOOST_TEST_REQUIRE(reopen(edited("venue", adds({{"name", "stars"}, {"type", "integer"}}))).has_value());
    BOOST_TEST_REQUIRE(backups(database).size() == 1U);
    Fixture restored;
    restored.store.reset();
    {
        auto const session = restored.session();
        std::vector<std::string> tables;
        session->query(session->dialect().table_names, {}, "t", [&](Cells row) { tables.push_back(row[0].text); });
        for (auto const& name : tables) session->run("DROP TABLE " + sql_name(name));
    }
    auto const command = "psql -q -v ON_ERROR_STOP=1 -d '" + restored.database.url + "' -f "
                         + backups(database).front().string() + " >/dev/null";
    BOOST_TEST_REQUIRE(std::system(command.c_str()) == 0);
    BOOST_TEST_REQUIRE(restored.reopen().has_value());
    BOOST_TEST(restored.everything() == before);
    BOOST_TEST(restored.store->seq() == store->seq());
}

BOOST_AUTO_TEST_CASE(a_new_kind_needs_no_backup) {
    small_world();
    auto kinds = descriptions();
    kinds.push_back({{"kind", "gift"}, {"fields", {{{"name", "what"}, {"type", "string"}}}}});
    BOOST_TEST(reopen(kinds).has_value());
    BOOST_TEST(backups(database).empty());
    must(change(create("gift", "g-1", R"({"what":"a ship in a bottle"})")));
}

BOOST_AUTO_TEST_CASE(a_removed_field_is_kept_and_can_come_back) {
    small_world();
    BOOST_TEST_REQUIRE(reopen(edited("venue", removes("zone"))).has_value());
    BOOST_TEST(!get("venue", "ve-1").contains("zone"));
    must(change(create("venue", "ve-2", R"({"name":"Neu"})")));
    BOOST_TEST_REQUIRE(reopen().has_value());
    BOOST_TEST(text("venue", "ve-1", "zone") == R"("Europe/Berlin")");
    BOOST_TEST(text("venue", "ve-2", "zone") == R"("Europe/Amsterdam")"); // made without: it gets the default
}

BOOST_AUTO_TEST_CASE(what_cannot_hold_is_refused_and_nothing_is_changed) {
    small_world();
    auto const before = everything();
    std::vector<std::pair<std::vector<json::object>, std::string>> const cases{
        {edited("venue", [](auto& d) { field(d, "name")["type"] = "integer"; }), "venue.name is kept otherwise"},
        {edited(
             "programme_item",
             [](auto& d) {
        field(d, "status")["values"] = {"confirmed", "cancelled"};
             }),
         "programme_item.status: 1 stored values do not fit"},
        {edited("venue", adds({{"name", "owner"}, {"type", "id"}, {"ref", "person"}})),
         "venue.owner is new and cannot be empty"},
        {edited("programme_item", [](auto& d) { field(d, "venue")["ref"] = "city"; }),
         "programme_item.venue now refers to city"},
        {edited("person", [](auto& d) { field(d, "email")["optional"] = false, field(d, "email")["type"] = "id"; }),
         "person.email: 2 stored values do not fit"},
        {edited("track", [](auto& d) { d["unique"] = {"code"}; }), "track: there is more than one"},
        };
    for (auto const& [kinds, sentence] : cases) {
        auto const opened = reopen(kinds);
        BOOST_TEST_REQUIRE(!opened.has_value());
        BOOST_TEST(opened.error().message.find(sentence) == 0U, opened.error().message);
    }
    BOOST_TEST_REQUIRE(reopen().has_value());
    BOOST_TEST(everything() == before);
}

BOOST_AUTO_TEST_CASE(what_still_fits_is_accepted) {
    small_world();
    BOOST_TEST_REQUIRE(reopen(edited("person", [](auto& d) {
                           field(d, "email")["optional"] = false, field(d, "email")["default"] = "";
                       })).has_value());
    BOOST_TEST(text("person", "p-1", "email") == R"("")");
    BOOST_TEST(reopen(edited("programme_item", [](auto& d) {
                   field(d, "status")["values"] = {"proposed", "confirmed", "cancelled", "postponed"};
               })).has_value());
    must(change(R"({"op":"update","entity":"programme_item","id":"it-1","fields":{"status":"postponed"}})"));
    BOOST_TEST(reopen(edited("programme_item", [](auto& d) {
                   field(d, "status")["type"] = "string";
               })).has_value()); // an enumerator is a string
    BOOST_TEST(text("programme_item", "it-1", "status") == R"("postponed")");
}

BOOST_AUTO_TEST_CASE(an_empty_table_takes_any_description) {
    BOOST_TEST_REQUIRE(reopen(edited("venue", [](auto& d) {
                           field(d, "city") = {{"name", "city"}, {"type", "integer"}};
                       })).has_value());
    must(change(create("venue", "ve-1", R"({"name":"x","city":4711})")));
    BOOST_TEST(text("venue", "ve-1", "city") == "4711");
}

BOOST_AUTO_TEST_CASE(a_new_local_time_can_be_compared) {
    small_world();
    BOOST_TEST_REQUIRE(
        reopen(edited("venue", adds({{"name", "opens"}, {"type", "local_time"}, {"optional", true}}))).has_value());
    must(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"opens":"2027-04-21T09:00:00[Europe/Berlin]"}})"));
    BOOST_TEST(store->list("venue", {.conditions = {{"opens", Compare::from, "2027-04-21T07:00:00Z"}}}).value().items.size()
               == 1U);
    BOOST_TEST(store->list("venue", {.conditions = {{"opens", Compare::to, "2027-04-21T07:00:00Z"}}}).value().items.empty());
}

BOOST_AUTO_TEST_CASE(a_field_that_becomes_sensitive_is_sealed_in_rows_and_log) {
    small_world();
    must(change(create("care", "ca-1", R"({"person":"p-1","remark":"wheelchair-4711"})")));
    BOOST_TEST_REQUIRE(reopen(edited("care", [](auto& d) { d["sensitive"] = {"diet", "steps", "remark"}; })).has_value());
    auto const session = this->session();
    std::string raw;
    session->query("SELECT remark FROM care", {}, "t", [&](Cells row) { raw += row[0].text; });
    session->query("SELECT after_fields FROM kogge_log WHERE entity = 'care'", {}, "t", [&](Cells row) { raw += row[0].text; });
    BOOST_TEST(raw.find("wheelchair") == raw.npos);
    BOOST_TEST(store->get("care", "ca-1", {.care = true, .actor = "x"}).value().at("remark").as_string() == "wheelchair-4711");
    BOOST_TEST_REQUIRE(reopen().has_value());
    BOOST_TEST(text("care", "ca-1", "remark") == R"("wheelchair-4711")");
}

BOOST_AUTO_TEST_CASE(a_table_that_is_not_ours_is_left_alone) {
    store.reset();
    session()->run("CREATE TABLE gift (x BIGINT)");
    auto kinds = descriptions();
    kinds.push_back({{"kind", "gift"}, {"fields", {{{"name", "what"}, {"type", "string"}}}}});
    BOOST_TEST(reopen(kinds).error().message.find("there is a table 'gift' that Kogge did not make") == 0U);
}

BOOST_AUTO_TEST_CASE(instants_are_derived_anew_when_the_zones_change) {
    small_world();
    store.reset();
    {
        auto const session = this->session();
        session->execute("UPDATE programme_item SET starts_utc = 0");
        session->execute("UPDATE kogge_meta SET value = '1999a' WHERE name = 'tzdb'");
    }
    BOOST_TEST_REQUIRE(reopen().has_value());
    BOOST_TEST(
        store->list("programme_item", {.conditions = {{"starts", Compare::equal, "2027-04-21T08:00:00Z"}}}).value().items.size()
        == 1U);
    BOOST_TEST(get("programme_item", "it-1").at("rev").as_int64() == 1); // the fact has not changed
}

BOOST_AUTO_TEST_CASE(a_database_of_a_newer_kogge_is_not_touched) {
    store.reset();
    session()->execute("UPDATE kogge_meta SET value = '99' WHERE name = 'format'");
    BOOST_TEST((reopen().error().code == ErrorCode::unsupported));
}

BOOST_AUTO_TEST_CASE(a_description_that_makes_no_sense_is_refused) {
    auto const with = [&](json::object one) {
        auto kinds = descriptions();
        kinds.push_back(std::move(one));
        return Catalogue::read(kinds).has_value();
    };
    json::array const fields{{{"name", "what"}, {"type", "string"}}};
    BOOST_TEST(with({{"kind", "gift"}, {"fields", fields}}));
    BOOST_TEST(!with({{"kind", "visit"}, {"fields", fields}}));
    BOOST_TEST(!with({{"kind", "Gift"}, {"fields", fields}}));
    BOOST_TEST(!with({{"kind", "kogge_log"}, {"fields", fields}}));
    BOOST_TEST(!with({{"kind", "gift"}, {"fields", fields}, {"per_visit", true}}));
    BOOST_TEST(!with({{"kind", "gift"}, {"fields", fields}, {"cascade", {"what"}}}));
    BOOST_TEST(!with({{"kind", "gift"}, {"fields", fields}, {"unique", {"whose"}}}));
    BOOST_TEST(!with({{"kind", "gift"}, {"fields", {{{"name", "rev"}, {"type", "string"}}}}}));
    BOOST_TEST(!with({{"kind", "gift"}, {"fields", {{{"name", "x\"; DROP TABLE visit"}, {"type", "string"}}}}}));
    BOOST_TEST(!with({{"kind", "gift"}, {"fields", {{{"name", "x"}, {"type", "blob"}}}}}));
    BOOST_TEST(!with({{"kind", "gift"}, {"fields", {{{"name", "x"}, {"type", "list"}}}}}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
