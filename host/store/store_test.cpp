// SPDX-License-Identifier: EUPL-1.2
#include "store/test_store.hpp"

#include <set>

namespace kogge::host::store::test {

namespace {

std::string name_of(Verdict verdict) {
    static char const* const names[] = {"committed", "would_commit", "unchanged", "needs_confirmation",
                                        "refused",   "conflict",     "invalid",   "failed"};
    return names[std::size_t(verdict)];
}

/// "invalid /changes/0/fields/x"
std::string brief(Outcome const& out) {
    return out.error.field.empty() ? name_of(out.verdict) : name_of(out.verdict) + " " + out.error.field;
}

json::object finding(std::string const& code, std::string const& level, std::string const& id,
                     std::string const& subject = "s") {
    return {{"code", code},
            {"level", level},
            {"subject", subject},
            {"visit", "v-1"},
            {"refs", {{{"entity", "programme_item"}, {"id", id}, {"field", ""}}}},
            {"args", json::object()},
            {"scope", ""}};
}

auto const move_item = change(
    R"({"op":"update","entity":"programme_item","id":"it-1","rev":1,"fields":{"starts":"2027-04-21T10:30:00+02:00[Europe/Berlin]"}})");

} // namespace

BOOST_FIXTURE_TEST_SUITE(change_sets, Fixture)

BOOST_AUTO_TEST_CASE(a_change_set_becomes_rows_and_log_entries) {
    small_world();
    auto const out = must(move_item);
    BOOST_TEST(out.seq == 10);
    BOOST_TEST(store->seq() == 10);
    auto const item = get("programme_item", "it-1");
    BOOST_TEST(item.at("rev").as_int64() == 2);
    BOOST_TEST(item.at("starts").as_string() == "2027-04-21T10:30:00+02:00[Europe/Berlin]");
    BOOST_TEST(item.at("updated").as_string() == "2027-01-15T08:00:00Z");
    BOOST_TEST(item.at("status").as_string() == "proposed"); // the default of its description
    auto const entry = log({.since = 9}).at(0).as_object();
    BOOST_TEST(json::serialize(entry.at("before")) == R"({"starts":"2027-04-21T10:00:00+02:00[Europe/Berlin]"})");
    BOOST_TEST(json::serialize(entry.at("after")) == R"({"starts":"2027-04-21T10:30:00+02:00[Europe/Berlin]"})");
    BOOST_TEST(entry.at("actor").as_string() == "ada");
    BOOST_TEST(entry.at("visit").as_string() == "v-1");
    BOOST_TEST(entry.at("rev").as_int64() == 2);
}

BOOST_AUTO_TEST_CASE(all_of_a_change_set_or_nothing) {
    small_world();
    auto const before = everything();
    auto const out = apply(change(create("person", "p-9", R"({"family_name":"Negen"})") + ","
                                  + create("venue", "ve-9", R"({"name":"X","city":"nowhere"})")));
    BOOST_TEST(brief(out) == "invalid /changes/1/fields/city");
    BOOST_TEST(everything() == before);
    BOOST_TEST(store->seq() == 9);
}

BOOST_AUTO_TEST_CASE(what_changes_nothing_makes_no_revision) {
    small_world();
    auto const out = apply(change(R"({"op":"update","entity":"venue","id":"ve-1","fields":{"name":"Rathaus"}})"));
    BOOST_TEST(brief(out) == "unchanged");
    BOOST_TEST(out.seq == 9);
    BOOST_TEST(get("venue", "ve-1").at("rev").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(a_stale_revision_is_a_conflict_with_the_document_of_now) {
    small_world();
    must(move_item);
    auto const out = apply(move_item);
    BOOST_TEST(brief(out) == "conflict /changes/0");
    BOOST_TEST(out.current.at("rev").as_int64() == 2);
    BOOST_TEST(brief(apply(change(R"({"op":"delete","entity":"programme_item","id":"it-1","rev":1})")))
               == "conflict /changes/0");
    auto const gone =
        apply(change(R"({"op":"update","entity":"programme_item","id":"it-7","rev":1,"fields":{"meal":"lunch"}})"));
    BOOST_TEST(brief(gone) == "conflict /changes/0");
    BOOST_TEST(gone.current.empty());
    BOOST_TEST(brief(apply(change(create("person", "p-1", R"({"family_name":"Twee"})")))) == "conflict /changes/0");
}

BOOST_AUTO_TEST_CASE(input_that_is_not_right_is_refused_with_its_place) {
    small_world();
    auto const before = everything();
    std::vector<std::pair<std::string, std::string>> const cases{
        {R"({"reason":"x"})", "invalid /changes"},
        {R"({"changes":[],"extra":1})", "invalid /extra"},
        {R"({"changes":{}})", "invalid /changes"},
        {R"({"changes":[1]})", "invalid /changes/0"},
        {R"({"changes":[],"confirm":"*"})", "invalid /confirm"},
        {R"({"reason":7,"changes":[]})", "invalid /reason"},
        {change(R"({"op":"make","entity":"person"})"), "invalid /changes/0/op"},
        {change(R"({"op":"create","entity":"unicorn"})"), "invalid /changes/0/entity"},
        {change(R"({"op":"create","entity":"person","id":"a b"})"), "invalid /changes/0/id"},
        {change(R"({"op":"create","entity":"person","rev":1})"), "invalid /changes/0/rev"},
        {change(R"({"op":"create","entity":"person","color":1})"), "invalid /changes/0/color"},
        {change(R"({"op":"update","entity":"person","fields":{}})"), "invalid /changes/0/id"},
        {change(R"({"op":"update","entity":"person","id":"p-1"})"), "invalid /changes/0/fields"},
        {change(R"({"op":"update","entity":"person","id":"p-1","rev":0,"fields":{}})"), "invalid /changes/0/rev"},
        {change(R"({"op":"delete","entity":"person","id":"p-1","fields":{}})"), "invalid /changes/0/fields"},
        {change(create("person", "x", R"({"shoe_size":43})")), "invalid /changes/0/fields/shoe_size"},
        {change(create("person", "x", R"({"family_name":7})")), "invalid /changes/0/fields/family_name"},
        {change(create("person", "x", R"({"family_name":null})")), "invalid /changes/0/fields/family_name"},
        {change(create("person", "x", R"({"family_name":"a\u0000b"})")), "invalid /changes/0/fields/family_name"},
        {change(create("person", "x", R"({"languages":[{"language":"nl","level":"D7"}]})")),
         "invalid /changes/0/fields/languages/0/level"},
        {change(create("person", "x", R"({"languages":{"language":"nl"}})")), "invalid /changes/0/fields/languages"},
        {change(create("venue", "x", R"({"capacity":3000000000})")), "invalid /changes/0/fields/capacity"},
        {change(create("venue", "x", R"({"capacity":1.5})")), "invalid /changes/0/fields/capacity"},
        {change(create("venue", "x", R"({"step_free":"yes"})")), "invalid /changes/0/fields/step_free"},
        {change(create("venue", "x", R"({"location":{"latitude":1}})")), "committed"},
        {change(create("venue", "x2", R"({"location":{"latitude":1,"height":2}})")),
         "invalid /changes/0/fields/location/height"},
        {change(create("track", "x", R"({"code":"B"})")), "invalid /changes/0/fields/visit"},
        {change(create("visit", "x", R"({"starts":"tomorrow","ends":"2027-04-21T09:00:00[Europe/Berlin]"})")),
         "invalid /changes/0/fields/starts"},
        {change(create("visit", "x",
                       R"({"starts":"2027-04-21T09:00:00[Mars/Base]","ends":"2027-04-21T09:00:00[Europe/Berlin]"})")),
         "invalid /changes/0/fields/starts"},
        {change(create("task", "x", R"({"visit":"v-1","title":"t","due":"2027-02-30"})")), "invalid /changes/0/fields/due"},
        {change(create(
             "visit", "x",
             R"({"starts":"2027-04-21T09:00:00[Europe/Berlin]","ends":"2027-04-21T09:00:00[Europe/Berlin]","budget":{"minor":1,"currency":"euro"}})")),
         "invalid /changes/0/fields/budget/currency"},
        {change(create("person", "p-8", "{}") + "," + create("person", "p-8", "{}")), "invalid /changes/1"},
    };
    for (auto const& [text, expected] : cases) BOOST_TEST(brief(apply(text)) == expected, text);
    must(change(R"({"op":"delete","entity":"venue","id":"x"})"));
    BOOST_TEST(everything() == before);
}

BOOST_AUTO_TEST_CASE(ids_of_other_visits_are_refused) {
    small_world();
    auto const out =
        apply(change(R"({"op":"update","entity":"programme_item","id":"it-1","fields":{"tracks":["t-1","t-2"]}})"));
    BOOST_TEST(brief(out) == "invalid /changes/0/fields/tracks/1");
    BOOST_TEST(out.error.message == "track t-2 belongs to another visit");
    BOOST_TEST(brief(apply(change(create("participation", "pa-1", R"({"visit":"v-2","item":"it-1","person":"p-1"})"))))
               == "invalid /changes/0/fields/item");
    BOOST_TEST(brief(apply(change(R"({"op":"update","entity":"track","id":"t-1","fields":{"visit":"v-2"}})")))
               == "invalid /changes/0/fields/visit");
}

BOOST_AUTO_TEST_CASE(references_may_point_at_what_the_same_change_set_makes) {
    small_world();
    must(change(
        create("participation", "pa-1", R"({"visit":"v-3","item":"it-3","person":"p-3"})") + "," + create("person", "p-3", "{}")
        + ","
        + create("programme_item", "it-3",
                 R"({"visit":"v-3","starts":"2027-05-01T10:00:00[Europe/Berlin]","ends":"2027-05-01T11:00:00[Europe/Berlin]"})")
        + ","
        + create("visit", "v-3",
                 R"({"starts":"2027-05-01T10:00:00[Europe/Berlin]","ends":"2027-05-01T11:00:00[Europe/Berlin]"})")));
    BOOST_TEST(count("participation") == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_unique_stays_so) {
    small_world();
    BOOST_TEST(brief(apply(change(create("track", "t-9", R"({"visit":"v-1","code":"A"})"))))
               == "invalid /changes/0/fields/code");
    BOOST_TEST(brief(apply(change(create("track", "t-8", R"({"visit":"v-1","code":"B"})") + ","
                                  + create("track", "t-9", R"({"visit":"v-1","code":"B"})"))))
               == "invalid /changes/1/fields/code");
    must(change(create("track", "t-9", R"({"visit":"v-1","code":"B"})")));
    // two may swap what is unique, for it is the world after the change that counts
    must(change(
        R"({"op":"update","entity":"track","id":"t-1","fields":{"code":"B"}},{"op":"update","entity":"track","id":"t-9","fields":{"code":"A"}})"));
    must(change(R"({"op":"delete","entity":"track","id":"t-9"},)" + create("track", "t-10", R"({"visit":"v-1","code":"A"})")));
}

BOOST_AUTO_TEST_CASE(deleting_is_refused_while_something_points_here) {
    small_world();
    auto const out = apply(change(R"({"op":"delete","entity":"venue","id":"ve-1"})"));
    BOOST_TEST(brief(out) == "invalid /changes/0");
    BOOST_TEST(out.error.message
               == "venue ve-1 cannot be deleted: programme_item it-1 (venue) still points at it; change or delete that first");
    BOOST_TEST(brief(apply(change(R"({"op":"delete","entity":"track","id":"t-1"})")))
               == "invalid /changes/0"); // through a list
    must(change(
        R"({"op":"delete","entity":"track","id":"t-1"},{"op":"update","entity":"programme_item","id":"it-1","fields":{"tracks":[]}})"));
}

BOOST_AUTO_TEST_CASE(a_deleted_visit_takes_its_own_along) {
    small_world();
    must(change(create("participation", "pa-1", R"({"visit":"v-1","item":"it-1","person":"p-1"})")));
    auto const seq = store->seq();
    auto const out = must(change(R"({"op":"delete","entity":"visit","id":"v-1","rev":1})"));
    std::string order;
    for (auto const& changed : out.changes) order += changed.op + " " + changed.id + " " + std::to_string(changed.rev) + "; ";
    BOOST_TEST(order == "delete pa-1 2; delete it-1 2; delete t-1 2; delete v-1 2; ");
    BOOST_TEST(out.seq == seq + 4);
    BOOST_TEST(count("track") == 1U);
    BOOST_TEST(count("person") == 2U);
    auto const session = this->session();
    BOOST_TEST(session->value("SELECT COUNT(*) FROM kogge_links", {}, Storage::integer).integer == 0);
}

BOOST_AUTO_TEST_CASE(a_dry_run_says_what_would_be_and_writes_nothing) {
    small_world();
    check = [](std::string_view) {
        return Checked{{},
                       {finding("LATE", "warn", "it-1")},
                       {{{"person", "p-1"}, {"entity", "programme_item"}, {"id", "it-1"}},
                        {{"person", "p-1"}, {"entity", "visit"}, {"id", "v-1"}}},
                       {}};
    };
    auto const before = everything();
    auto const out = apply(move_item, true);
    BOOST_TEST(brief(out) == "would_commit");
    BOOST_TEST(out.change_set.empty());
    BOOST_TEST(out.introduced.size() == 1U);
    BOOST_TEST(json::serialize(out.affected)
               == R"([{"person":"p-1","because":[{"entity":"programme_item","id":"it-1"},{"entity":"visit","id":"v-1"}]}])");
    BOOST_TEST(everything() == before);
    BOOST_TEST(store->seq() == 9);
}

BOOST_AUTO_TEST_CASE(findings_are_brought_cured_or_only_shifted) {
    small_world();
    check = [](std::string_view) {
        return Checked{{finding("OLD", "warn", "it-1"), finding("GONE", "block", "it-1"), finding("SAME", "block", "it-1"),
                        finding("WORSE", "note", "it-1")},
                       {finding("OLD", "warn", "it-1", "moved"), finding("SAME", "block", "it-1"),
                        finding("NEW", "note", "it-1"), finding("WORSE", "warn", "it-1")},
                       {},
                       {"noise: broke"}};
    };
    auto const out = must(move_item);
    auto const codes = [](json::array const& findings) {
        std::string text;
        for (auto const& one : findings) text += std::string(one.at("code").as_string()) + " ";
        return text;
    };
    BOOST_TEST(codes(out.introduced) == "NEW WORSE CHECK_FAILED ");
    BOOST_TEST(codes(out.shifted) == "OLD ");
    BOOST_TEST(codes(out.resolved) == "GONE ");
    BOOST_TEST(out.shifted.at(0).at("key").as_string() == "OLD|programme_item/it-1");
}

BOOST_AUTO_TEST_CASE(levels_refuse_or_ask) {
    small_world();
    auto level = std::string("block");
    check = [&](std::string_view) { return Checked{{}, {finding("CLASH", level, "it-1")}, {}, {}}; };
    BOOST_TEST(brief(apply(move_item)) == "refused");
    level = "block_release";
    BOOST_TEST(brief(apply(move_item)) == "needs_confirmation");
    BOOST_TEST(brief(apply(move_item, true)) == "needs_confirmation");
    BOOST_TEST(store->seq() == 9);
    auto confirmed = json::parse(move_item).as_object();
    confirmed["confirm"] = {"OTHER|x/y"};
    BOOST_TEST(brief(store->apply(confirmed, "ada")) == "needs_confirmation");
    confirmed["confirm"] = {"CLASH|programme_item/it-1"};
    BOOST_TEST(brief(store->apply(confirmed, "ada")) == "committed");
}

BOOST_AUTO_TEST_CASE(checks_see_whole_documents_and_nothing_internal) {
    small_world();
    requests.clear();
    must(change(create("key", "k-1", R"({"name":"n","secret":"s"})")));
    BOOST_TEST(requests.empty());
    must(move_item);
    auto const request = json::parse(requests.at(0)).as_object();
    BOOST_TEST(request.at("visit").as_string() == "v-1");
    auto const& one = request.at("changes").at(0);
    BOOST_TEST(one.at("before").at("rev").as_int64() == 1);
    BOOST_TEST(one.at("after").at("rev").as_int64() == 2);
    BOOST_TEST(one.at("after").at("tracks").at(0).as_string() == "t-1");
    BOOST_TEST(one.at("updated_us").as_int64() == now);
    check = [](std::string_view) { return Checked{{}, {finding("S", "note", "it-1")}, {}, {}}; };
    BOOST_TEST(store->findings("v-1").at(0).at("key").as_string() == "S|programme_item/it-1");
    BOOST_TEST(requests.back() == R"({"visit":"v-1","changes":[]})");
}

BOOST_AUTO_TEST_CASE(followers_are_loaded_and_then_told_in_order) {
    small_world();
    std::vector<json::object> batches;
    std::vector<std::int64_t> commits;
    store->follow({"programme_item", "track", "nobody_knows_it"},
                  [&](std::string_view text) { batches.push_back(json::parse(text).as_object()); });
    store->on_commit([&](Commit const& commit) { commits.push_back(commit.seq); });
    std::size_t loaded = 0;
    for (auto const& batch : batches) {
        BOOST_TEST(batch.at("load").as_bool());
        loaded += batch.at("changes").as_array().size();
    }
    BOOST_TEST(loaded == 3U);
    batches.clear();
    must(move_item);
    must(change(create("person", "p-5", "{}")));
    must(change(R"({"op":"delete","entity":"programme_item","id":"it-1"})"));
    BOOST_TEST_REQUIRE(batches.size() == 2U);
    BOOST_TEST(!batches[0].at("load").as_bool());
    BOOST_TEST(batches[0].at("changes").at(0).at("op").as_string() == "update");
    BOOST_TEST(batches[1].at("changes").at(0).at("after").is_null());
    BOOST_TEST((commits == std::vector<std::int64_t>{10, 11, 12}));
}

BOOST_AUTO_TEST_CASE(a_follower_that_throws_is_left_behind_and_named) {
    small_world();
    store->follow({"programme_item"}, [](std::string_view) { throw std::runtime_error("cannot read this"); });
    must(move_item);
    BOOST_TEST(logged.back().find("cannot read this") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(lists_filter_compare_and_page) {
    small_world();
    auto const ids = [&](std::string_view kind, std::vector<Condition> conditions) {
        std::string out;
        auto const page = store->list(kind, {.conditions = std::move(conditions)});
        BOOST_TEST_REQUIRE(page.has_value(), (page ? std::string() : page.error().message));
        for (auto const& item : page.value().items) out += std::string(item.at("id").as_string()) + " ";
        return out;
    };
    BOOST_TEST(ids("track", {{"visit", Compare::equal, "v-2"}}) == "t-2 ");
    BOOST_TEST(ids("programme_item", {{"tracks", Compare::equal, "t-1"}}) == "it-1 ");
    BOOST_TEST(ids("programme_item", {{"tracks", Compare::equal, "t-"}}) == "");
    BOOST_TEST(ids("programme_item", {{"title", Compare::equal, "Ontvangst"}}) == "it-1 ");
    BOOST_TEST(ids("programme_item", {{"title", Compare::equal, "ontvangst"}}) == "");
    BOOST_TEST(ids("programme_item", {{"starts", Compare::from, "2027-04-21"}, {"starts", Compare::to, "2027-04-22"}})
               == "it-1 ");
    BOOST_TEST(ids("programme_item", {{"starts", Compare::from, "2027-04-21T08:00:00Z"}}) == "it-1 ");
    BOOST_TEST(ids("programme_item", {{"starts", Compare::from, "2027-04-21T08:00:01Z"}}) == "");
    BOOST_TEST(ids("programme_item", {{"starts", Compare::equal, "2027-04-21T09:00:00+01:00[Europe/London]"}}) == "it-1 ");
    BOOST_TEST(ids("programme_item", {{"starts", Compare::to, "2027-04-21T10:00:00+02:00"}}) == "");
    BOOST_TEST(ids("venue", {{"step_free", Compare::equal, "false"}, {"capacity", Compare::equal, ""}}) == "ve-1 ");
    BOOST_TEST(ids("person", {{"family_name", Compare::from, "B"}}) == "p-2 ");
    BOOST_TEST(store->list("venue", {.conditions = {{"location", Compare::equal, "x"}}}).error().field == "/location");
    BOOST_TEST(store->list("venue", {.conditions = {{"capacity", Compare::equal, "many"}}}).error().field == "/capacity");
    BOOST_TEST(store->list("care", {.conditions = {{"diet", Compare::equal, "halal"}}}).error().field == "/diet");
    BOOST_TEST((store->list("unicorn", {}).error().code == ErrorCode::not_found));

    auto const first = store->list("person", {.limit = 1}).value();
    BOOST_TEST(first.next == "p-1");
    auto const second = store->list("person", {.limit = 1, .after = first.next}).value();
    BOOST_TEST(second.items.at(0).at("id").as_string() == "p-2");
    BOOST_TEST(second.next.empty());
    BOOST_TEST(second.seq == 9);
}

BOOST_AUTO_TEST_CASE(values_come_back_as_they_went_in) {
    small_world();
    must(change(
        create(
            "person", "p-7",
            R"({"family_name":"O'Brien \"Ünï\" %_\\ :p0 ?","languages":[{"language":"nl","level":"C1"}],"note":"line\nline"})")
        + ","
        + create("venue", "ve-7",
                 R"({"name":"x","location":{"latitude":53.550341,"longitude":0.1},"capacity":2147483647,"step_free":true})")
        + ","
        + create(
            "visit", "v-7",
            R"({"starts":"2027-10-31T02:30:00+01:00[Europe/Berlin]","ends":"2027-10-31T02:30:00+02:00[Europe/Berlin]","budget":{"minor":9007199254740991,"currency":"EUR"}})")));
    BOOST_TEST(text("person", "p-7", "family_name") == R"("O'Brien \"Ünï\" %_\\ :p0 ?")");
    BOOST_TEST(text("person", "p-7", "languages") == R"([{"language":"nl","level":"C1"}])");
    BOOST_TEST(text("person", "p-7", "note") == R"("line\nline")");
    BOOST_TEST(text("person", "p-7", "email") == "null");
    BOOST_TEST((get("venue", "ve-7").at("location") == json::value{{"latitude", 53.550341}, {"longitude", 0.1}}));
    BOOST_TEST(text("venue", "ve-7", "capacity") == "2147483647");
    BOOST_TEST(text("venue", "ve-7", "step_free") == "true");
    BOOST_TEST(text("visit", "v-7", "starts") == R"("2027-10-31T02:30:00+01:00[Europe/Berlin]")");
    BOOST_TEST(text("visit", "v-7", "ends") == R"("2027-10-31T02:30:00+02:00[Europe/Berlin]")");
    BOOST_TEST(text("visit", "v-7", "budget") == R"({"minor":9007199254740991,"currency":"EUR"})");
    auto const session = this->session();
    BOOST_TEST(session->value("SELECT starts_utc - ends_utc FROM visit WHERE id = 'v-7'", {}, Storage::integer).integer
               == 3600);
}

BOOST_AUTO_TEST_CASE(a_closed_store_refuses_and_what_waited_was_finished) {
    small_world();
    store->stop();
    BOOST_TEST(brief(apply(move_item)) == "failed");
    BOOST_TEST_REQUIRE(reopen().has_value());
    BOOST_TEST(store->seq() == 9);
    BOOST_TEST(brief(apply(move_item)) == "committed");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
