// SPDX-License-Identifier: EUPL-1.2
#include "identity/identity.hpp"
#include "identity/secret.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>

using namespace kogge;
using namespace kogge::host;

namespace {

/// An Identity over a store that is a map: every change set is applied and told back as a batch.
struct House {
    Instant now{std::chrono::seconds(1'800'000'000)};
    std::map<std::pair<std::string, std::string>, json::object> rows;
    Identity identity{[this](ChangeSet const& changes, std::string const&) { return apply(changes); }, [this] { return now; }};

    Result<void> apply(ChangeSet const& changes) {
        json::array batch;
        for (auto const& change : changes.changes()) {
            auto const& c = change.as_object();
            auto const key = std::pair(std::string(c.at("entity").as_string()), std::string(c.at("id").as_string()));
            json::value before = rows.contains(key) ? json::value(rows[key]) : json::value();
            json::value after;
            if (c.at("op").as_string() == "delete")
                rows.erase(key);
            else {
                auto& row = rows[key];
                for (auto const& [name, value] : c.at("fields").as_object())
                    row[name] = value;
                row["rev"] = row.contains("rev") ? row["rev"].as_int64() + 1 : 1;
                after = row;
            }
            batch.push_back({{"entity", key.first}, {"id", key.second}, {"before", before}, {"after", after}});
        }
        identity.tell(json::serialize(json::value{{"changes", batch}}));
        return boost::outcome_v2::success();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_user_signs_in_and_is_known_by_the_cookie_until_the_session_ends) {
    House house;
    BOOST_TEST(house.identity.create_user("marloes", "correct horse", Role::planner, "nl", "test").has_value());
    auto const in = house.identity.sign_in("marloes", "correct horse");
    BOOST_REQUIRE(in.has_value());
    auto const caller = house.identity.by_cookie(in.value().cookie);
    BOOST_REQUIRE(caller.has_value());
    BOOST_TEST(caller->may("write"));
    BOOST_TEST(!caller->may("admin"));
    BOOST_TEST(caller->csrf == in.value().caller.csrf);

    house.now += std::chrono::hours(13);
    BOOST_TEST(!house.identity.by_cookie(in.value().cookie).has_value());
}

BOOST_AUTO_TEST_CASE(signing_out_ends_the_session) {
    House house;
    (void)house.identity.create_user("marloes", "correct horse", Role::planner, "nl", "test");
    auto const in = house.identity.sign_in("marloes", "correct horse").value();
    BOOST_TEST(house.identity.sign_out(in.cookie).has_value());
    BOOST_TEST(!house.identity.by_cookie(in.cookie).has_value());
}

BOOST_AUTO_TEST_CASE(five_wrong_passwords_make_the_name_wait_a_minute) {
    House house;
    (void)house.identity.create_user("marloes", "correct horse", Role::planner, "nl", "test");
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(int(house.identity.sign_in("marloes", "wrong").error().code) == int(ErrorCode::denied));
    BOOST_TEST(int(house.identity.sign_in("marloes", "correct horse").error().code) == int(ErrorCode::busy));
    house.now += std::chrono::seconds(61);
    BOOST_TEST(house.identity.sign_in("marloes", "correct horse").has_value());
}

BOOST_AUTO_TEST_CASE(a_token_has_the_rights_of_its_scopes_until_it_is_revoked) {
    House house;
    auto const minted = house.identity.mint_api_token("desk export", {"read"}, "test").value();
    auto const caller = house.identity.by_api_token(minted.secret);
    BOOST_REQUIRE(caller.has_value());
    BOOST_TEST(caller->may("read"));
    BOOST_TEST(!caller->may("write"));
    BOOST_TEST(house.identity.revoke(minted.id, "test").has_value());
    BOOST_TEST(!house.identity.by_api_token(minted.secret).has_value());
    BOOST_TEST(house.identity.mint_api_token("x", {"root"}, "test").error().field == "/scopes");
}

BOOST_AUTO_TEST_CASE(a_feed_token_opens_one_calendar_and_nothing_else) {
    House house;
    FeedToken token;
    token.scope = "person", token.subject = "p-g01", token.language = "de";
    auto const minted = house.identity.mint_feed_token(token, "test").value();
    auto const caller = house.identity.by_feed_token(minted.secret);
    BOOST_REQUIRE(caller.has_value());
    BOOST_TEST(caller->may("feed"));
    BOOST_TEST(!caller->may("read"));
    BOOST_TEST(caller->feed->subject == "p-g01");
    BOOST_TEST(!house.identity.by_feed_token(minted.id).has_value());
}

BOOST_AUTO_TEST_CASE(sessions_that_have_ended_are_forgotten_when_somebody_signs_in) {
    House house;
    (void)house.identity.create_user("marloes", "correct horse", Role::planner, "nl", "test");
    auto const old = house.identity.sign_in("marloes", "correct horse").value();
    house.now += std::chrono::hours(house.identity.session_hours) + std::chrono::seconds(1);
    auto const fresh = house.identity.sign_in("marloes", "correct horse").value();
    BOOST_TEST(!house.identity.by_cookie(old.cookie).has_value());
    BOOST_TEST(house.identity.by_cookie(fresh.cookie).has_value());
    BOOST_TEST(std::count_if(house.rows.begin(), house.rows.end(), [](auto const& row) { return row.first.first == "session"; }) == 1);
}

BOOST_AUTO_TEST_CASE(the_secret_of_this_run_has_every_right_and_is_stored_nowhere) {
    House house;
    auto const secret = make_secret();
    BOOST_TEST(!house.identity.by_api_token(secret).has_value());
    house.identity.admit(secret, "cli");
    auto const caller = house.identity.by_api_token(secret);
    BOOST_REQUIRE(caller.has_value());
    BOOST_TEST(caller->id == "cli");
    BOOST_TEST(caller->may("admin"));
    BOOST_TEST(house.rows.empty());
    BOOST_TEST(!house.identity.by_api_token(std::string(43, 'x')).has_value());
    BOOST_TEST(!house.identity.by_api_token("").has_value());
}

BOOST_AUTO_TEST_CASE(no_secret_is_stored) {
    House house;
    (void)house.identity.create_user("marloes", "correct horse", Role::planner, "nl", "test");
    auto const in = house.identity.sign_in("marloes", "correct horse").value();
    auto const minted = house.identity.mint_api_token("x", {"read"}, "test").value();
    for (auto const& [key, row] : house.rows) {
        auto const text = key.second + json::serialize(row);
        for (auto const& secret : {in.cookie, minted.secret, std::string("correct horse")})
            BOOST_TEST(text.find(secret) == text.npos);
    }
}

BOOST_AUTO_TEST_CASE(a_password_that_was_verified_is_known_for_minutes_and_under_its_hash_only) {
    KnownPasswords known;
    Instant const now{std::chrono::seconds(1'800'000'000)};
    auto const key = known.key("u-1", "hash", "correct horse");
    BOOST_TEST(!known.verdict(key, now).has_value());
    known.keep(key, true, now);
    BOOST_TEST(known.verdict(key, now).value());
    BOOST_TEST(!known.verdict(known.key("u-1", "another hash", "correct horse"), now).has_value());
    BOOST_TEST((known.key("u-1", "h", "ash") != known.key("u-1", "ha", "sh")));
    BOOST_TEST((KnownPasswords().key("u-1", "hash", "correct horse") != key)); // each process has its own
    BOOST_TEST(!known.verdict(key, now + std::chrono::minutes(11)).has_value());
}

BOOST_AUTO_TEST_CASE(an_app_password_reaches_no_further_than_its_user_and_goes_with_them) {
    House house;
    (void)house.identity.create_user("joost", "correct horse", Role::reader, "nl", "test");
    auto const minted = house.identity.mint_api_token("phone", {"read", "write"}, "test", "joost").value();
    auto const caller = house.identity.by_password("joost", minted.secret);
    BOOST_REQUIRE(caller.has_value());
    BOOST_TEST(caller.value().may("read"));
    BOOST_TEST(!caller.value().may("write")); // he has not that right himself
    BOOST_TEST(caller.value().id.starts_with("user:"));
    BOOST_TEST(house.identity.owns_token(caller.value(), minted.id));
    BOOST_TEST(int(house.identity.by_password("marloes", minted.secret).error().code) == int(ErrorCode::denied));
    BOOST_TEST(house.identity.mint_api_token("phone", {"read"}, "test", "nobody").error().field == "/user");
    BOOST_TEST(house.identity.create_user("a:b", "correct horse", Role::reader, "nl", "test").error().field == "/name");
}
