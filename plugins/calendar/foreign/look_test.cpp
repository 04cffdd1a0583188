// SPDX-License-Identifier: EUPL-1.2
#include "foreign/difference.hpp"
#include "foreign/look.hpp"
#include "foreign/multistatus.hpp"
#include "foreign/pace.hpp"
#include "foreign/words.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>

using namespace kogge;
using namespace kogge::calendar::foreign;

namespace {

Reading reading() {
    Reading out;
    out.now = Instant(std::chrono::sys_days(std::chrono::year(2027) / 4 / 15));
    out.window = {out.now - std::chrono::days(7), out.now + std::chrono::days(400)};
    return out;
}

std::string calendar_of(std::string const& uid, std::string const& day, std::string const& title) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTART:" + day + "T080000Z\r\nDTEND:" + day + "T090000Z\r\nSUMMARY:" + title +
           "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

/// Answers in the order they are due, each with what must be asked: "PROPFIND https://…".
struct Server {
    struct Turn {
        std::string asked;
        Result<Fetched> answer;
    };
    std::deque<Turn> turns;
    std::vector<Fetch> wishes;

    Ask ask() {
        return [this](Fetch wish, std::function<void(Result<Fetched>)> then) {
            auto const asked = wish.method + " " + wish.url;
            wishes.push_back(std::move(wish));
            BOOST_REQUIRE_MESSAGE(!turns.empty(), "asked for " << asked << ", which nobody expected");
            auto turn = std::move(turns.front());
            turns.pop_front();
            BOOST_TEST(asked == turn.asked);
            then(std::move(turn.answer));
        };
    }
    void expect(std::string asked, int status, std::string body = {}, std::map<std::string, std::string> headers = {}) {
        auto const url = asked.substr(asked.find(' ') + 1);
        turns.push_back({std::move(asked), Fetched{status, url, std::move(headers), std::move(body), {}}});
    }
    LookResult look(Target target, Account& account) {
        std::optional<LookResult> out;
        look_at(ask(), std::move(target), reading(), {}, &account, [&](LookResult result) { out.emplace(std::move(result)); });
        BOOST_REQUIRE(out.has_value());
        BOOST_TEST(turns.empty());
        return std::move(*out);
    }
    LookResult look(std::string const& url) {
        Account nobody;
        return look({ForeignKind::ics, url, {}, {}, {}, {}}, nobody);
    }
};

std::string multistatus(std::string const& inside) {
    return R"(<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/">)" + inside + "</d:multistatus>";
}
std::string response(std::string const& href, std::string const& properties) {
    return "<d:response><d:href>" + href + "</d:href><d:propstat><d:prop>" + properties + "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
}
std::string object(std::string const& href, std::string const& etag, std::string const& data) {
    return response(href, "<d:getetag>" + etag + "</d:getetag><cal:calendar-data>" + xml_escaped(data) + "</cal:calendar-data>");
}
std::string state(std::string const& token, std::string const& ctag) {
    return multistatus(response("/c/", (token.empty() ? "" : "<d:sync-token>" + token + "</d:sync-token>") + (ctag.empty() ? "" : "<cs:getctag>" + ctag + "</cs:getctag>")));
}

std::string titles(Digest const& digest) {
    std::string out;
    for (auto const& taken : digest.busy)
        out += (out.empty() ? "" : " ") + taken.title;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(foreign_look)

BOOST_AUTO_TEST_CASE(a_feed_is_asked_only_for_what_is_new) {
    Server server;
    server.expect("GET https://a.example/c.ics", 200, calendar_of("u", "20270420", "Uno"), {{"etag", "\"1\""}, {"last-modified", "Mon, 19 Apr 2027 10:00:00 GMT"}});
    auto const first = server.look("https://a.example/c.ics");
    BOOST_REQUIRE(first.arrived);
    BOOST_TEST(titles(first.arrived.value().digest) == "Uno");
    BOOST_TEST(first.arrived.value().etag.value() == "\"1\"");
    BOOST_TEST(!server.wishes[0].headers.contains("If-None-Match"));

    Account nobody;
    server.expect("GET https://a.example/c.ics", 304);
    auto const second = server.look({ForeignKind::ics, "https://a.example/c.ics", "anna", "geheim", "\"1\"", "Mon, 19 Apr 2027 10:00:00 GMT"}, nobody);
    BOOST_TEST(second.arrived.value().unchanged);
    BOOST_TEST(server.wishes[1].headers.at("If-None-Match") == "\"1\"");
    BOOST_TEST(server.wishes[1].headers.at("If-Modified-Since") == "Mon, 19 Apr 2027 10:00:00 GMT");
    BOOST_TEST(server.wishes[1].user + server.wishes[1].password == "annageheim");
}

BOOST_AUTO_TEST_CASE(each_way_to_fail_has_a_name_and_a_sentence_in_three_languages) {
    std::map<int, LookError> const statuses{{401, LookError::sign_in}, {403, LookError::sign_in}, {404, LookError::not_found}, {410, LookError::gone},
                                            {429, LookError::status}, {500, LookError::status}, {503, LookError::status}};
    for (auto const& [status, error] : statuses) {
        Server server;
        server.expect("GET https://a.example/c.ics", status, "no", {{"retry-after", "1800"}});
        auto const result = server.look("https://a.example/c.ics");
        BOOST_TEST((result.arrived.error().what == error), status);
        BOOST_TEST(result.retry_after->count() == 1800);
    }
    std::map<ErrorCode, LookError> const errors{{ErrorCode::denied, LookError::refused}, {ErrorCode::timeout, LookError::timeout}, {ErrorCode::failed, LookError::unreachable},
                                                {ErrorCode::refused, LookError::too_large}, {ErrorCode::invalid, LookError::invalid_address}};
    for (auto const& [code, error] : errors)
        BOOST_TEST((trouble_of(Error{code, "x", {}})->what == error));
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<LookError>>([](auto one) {
        for (auto const* language : {"nl", "de", "en"})
            BOOST_TEST((look_text(one.value, "42", language).empty() == (one.value == LookError::none)), one.name << " in " << language);
        if (one.value != LookError::none)
            BOOST_TEST(look_text(one.value, "42", "nl") != look_text(one.value, "42", "en"));
    });
}

BOOST_AUTO_TEST_CASE(addresses_as_people_paste_them) {
    BOOST_TEST(address_of(" webcal://p1.example/x.ics#y \n").value() == "https://p1.example/x.ics");
    BOOST_TEST(address_of("HTTP://p1.example:81/x?y=1").value() == "http://p1.example:81/x?y=1");
    for (std::string const bad : {"", "p1.example/x.ics", "ftp://p1.example/", "file:///etc/passwd", "https://", "https://anna:geheim@p1.example/", "https://p1.example/a b", "javascript:alert(1)",
                                  "https://p1.example/\r\nHost: x", "gopher://x/", "mailto:a@b.c"})
        BOOST_TEST((address_of(bad).has_error() && address_of(bad).error().what == LookError::invalid_address), bad);
    BOOST_TEST(address_of("https://anna:geheim@p1.example/").error().detail.find("geheim") == std::string::npos);
    BOOST_TEST(host_of("https://p1.example:81/x") == "p1.example:81");
    BOOST_TEST(resolved("https://a.example/dav/x/", "/home/") == "https://a.example/home/");
    BOOST_TEST(resolved("https://a.example/dav/x/y", "z.ics") == "https://a.example/dav/x/z.ics");
    BOOST_TEST(resolved("https://a.example", "z/") == "https://a.example/z/");
    BOOST_TEST(resolved("https://a.example/q?x=/y/", "https://b.example/z/") == "https://b.example/z/");
    BOOST_TEST(resolved("https://a.example/q", "//b.example/z/") == "https://b.example/z/");
}

BOOST_AUTO_TEST_CASE(an_account_is_found_through_well_known_and_then_followed_by_its_token) {
    Server server;
    Account account;
    Target const target{ForeignKind::caldav, "https://dav.example", "anna", "geheim", {}, {}};
    server.expect("PROPFIND https://dav.example", 405);
    server.expect("PROPFIND https://dav.example/.well-known/caldav", 207, multistatus(response("/", "<d:current-user-principal><d:href>/p/anna/</d:href></d:current-user-principal>")));
    server.expect("PROPFIND https://dav.example/p/anna/", 207, multistatus(response("/p/anna/", "<cal:calendar-home-set><d:href>/c/anna/</d:href></cal:calendar-home-set>")));
    auto const type = std::string("<d:resourcetype><d:collection/><cal:calendar/></d:resourcetype>");
    server.expect("PROPFIND https://dav.example/c/anna/", 207,
                  multistatus(response("/c/anna/", "<d:resourcetype><d:collection/></d:resourcetype>") + response("/c/anna/work/", type + "<d:displayname>Werk</d:displayname>") +
                              response("/c/anna/todo/", type + "<cal:supported-calendar-component-set><cal:comp name=\"VTODO\"/></cal:supported-calendar-component-set>") +
                              response("/c/anna/birthdays/", type + "<cal:schedule-calendar-transp><cal:transparent/></cal:schedule-calendar-transp>")));
    server.expect("PROPFIND https://dav.example/c/anna/work/", 207, state("t1", "1"));
    server.expect("REPORT https://dav.example/c/anna/work/", 207,
                  multistatus(object("/c/anna/work/a.ics", "\"1\"", calendar_of("a", "20270420", "Uno")) + object("/c/anna/work/b.ics", "\"1\"", calendar_of("b", "20270421", "Due"))));
    auto const first = server.look(target, account);
    BOOST_REQUIRE(first.arrived);
    BOOST_TEST(titles(first.arrived.value().digest) == "Uno Due");
    BOOST_TEST(first.arrived.value().digest.name == "Werk");
    BOOST_TEST(server.wishes.back().body.find("start=\"20270408T000000Z\"") != std::string::npos);
    BOOST_TEST(server.wishes.back().headers.at("Depth") == "1");

    server.expect("PROPFIND https://dav.example/c/anna/work/", 207, state("t1", "1"));
    BOOST_TEST(server.look(target, account).arrived.value().unchanged);

    server.expect("PROPFIND https://dav.example/c/anna/work/", 207, state("t2", "2"));
    server.expect("REPORT https://dav.example/c/anna/work/", 207,
                  multistatus("<d:response><d:href>/c/anna/work/a.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>" +
                              response("/c/anna/work/b.ics", "<d:getetag>\"2\"</d:getetag>") + response("/c/anna/work/c&amp;d.ics", "<d:getetag>\"1\"</d:getetag>") +
                              "<d:sync-token>t3</d:sync-token>"));
    server.expect("REPORT https://dav.example/c/anna/work/", 207,
                  multistatus(object("/c/anna/work/b.ics", "\"2\"", calendar_of("b", "20270422", "Due!")) + object("/c/anna/work/c&amp;d.ics", "\"1\"", calendar_of("c", "20270423", "Tre"))));
    auto const third = server.look(target, account);
    BOOST_TEST(titles(third.arrived.value().digest) == "Due! Tre");
    BOOST_TEST(server.wishes[server.wishes.size() - 2].body.find("<D:sync-token>t1</D:sync-token>") != std::string::npos);
    BOOST_TEST(server.wishes.back().body.find("c&amp;d.ics</D:href>") != std::string::npos);

    // The token is no longer known: everything once more.
    server.expect("PROPFIND https://dav.example/c/anna/work/", 207, state("t9", "9"));
    server.expect("REPORT https://dav.example/c/anna/work/", 403, "<d:error xmlns:d=\"DAV:\"><d:valid-sync-token/></d:error>");
    server.expect("REPORT https://dav.example/c/anna/work/", 207, multistatus(object("/c/anna/work/c.ics", "\"1\"", calendar_of("c", "20270423", "Tre"))));
    BOOST_TEST(titles(server.look(target, account).arrived.value().digest) == "Tre");

    // A look that breaks off leaves what is known, and what it had already taken is not lost for the next.
    server.expect("PROPFIND https://dav.example/c/anna/work/", 503);
    BOOST_TEST((server.look(target, account).arrived.error().what == LookError::status));
    server.expect("PROPFIND https://dav.example/c/anna/work/", 207, state("t9", "9"));
    BOOST_TEST(server.look(target, account).arrived.value().unchanged);
}

BOOST_AUTO_TEST_CASE(an_account_that_lets_nobody_in_or_has_nothing) {
    Account account;
    Target const target{ForeignKind::caldav, "https://dav.example/", {}, {}, {}, {}};
    Server closed;
    closed.expect("PROPFIND https://dav.example/", 401);
    BOOST_TEST((closed.look(target, account).arrived.error().what == LookError::sign_in));
    Server page;
    page.expect("PROPFIND https://dav.example/", 200, "<html>hello</html>");
    page.expect("PROPFIND https://dav.example/.well-known/caldav", 404);
    BOOST_TEST((page.look(target, account).arrived.error().what == LookError::not_found));
    Server empty;
    empty.expect("PROPFIND https://dav.example/", 207, multistatus(response("/", "<cal:calendar-home-set><d:href>/h/</d:href></cal:calendar-home-set>")));
    empty.expect("PROPFIND https://dav.example/h/", 207, multistatus(""));
    BOOST_TEST((empty.look(target, account).arrived.error().what == LookError::no_calendar));
    Server downgrade; // a password that goes out sealed is not sent in the open
    downgrade.expect("PROPFIND https://dav.example/", 207, multistatus(response("/", "<cal:calendar-home-set><d:href>http://dav.example/h/</d:href></cal:calendar-home-set>")));
    BOOST_TEST((downgrade.look(target, account).arrived.error().what == LookError::invalid_address));
}

BOOST_AUTO_TEST_CASE(xml_from_outside_is_bounded) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    for (auto const& bad : {std::string(), std::string("<html/>"), std::string("<multistatus"), "<multistatus>" + deep, std::string("\0\0\0", 3),
                            std::string("<!DOCTYPE m [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><multistatus>&b;</multistatus>"),
                            std::string("<!DOCTYPE m SYSTEM \"file:///etc/passwd\"><multistatus/>")})
        BOOST_TEST(read_multistatus(bad).has_error(), bad.substr(0, 60));
    for (int i = 0; i < 100'000; ++i)
        deep += "</a>";
    BOOST_TEST(read_multistatus("<multistatus>" + deep + "</multistatus>").has_error());
    BOOST_TEST(read_multistatus("<x:multistatus xmlns:x='DAV:'><x:response><x:href> /a </x:href></x:response></x:multistatus>").value().responses.at(0).href == "/a");
}

BOOST_AUTO_TEST_CASE(the_pace_of_looks) {
    using namespace std::chrono;
    Instant const now{};
    Pace const pace;
    auto const wait = [&](std::optional<Minutes> asked, int failures, LookError error = LookError::none, std::optional<seconds> retry = {}, double chance = 0) {
        return duration_cast<minutes>(next_look(now, pace, asked, failures, error, retry, chance) - now).count();
    };
    BOOST_TEST(wait({}, 0) == 60);
    BOOST_TEST(wait(Minutes(5), 0) == 60);         // a calendar may ask for less work, not for more
    BOOST_TEST(wait(Minutes(240), 0) == 240);
    BOOST_TEST(wait(Minutes(7 * 1440), 0) == 1440); // once a week is too seldom for a programme
    BOOST_TEST(wait({}, 1, LookError::status) == 5);
    BOOST_TEST(wait({}, 2, LookError::timeout) == 10);
    BOOST_TEST(wait({}, 5, LookError::status) == 80);
    BOOST_TEST(wait({}, 1'000'000, LookError::status) == 1440);
    BOOST_TEST(wait({}, 1, LookError::status, seconds(7200)) == 120);
    BOOST_TEST(wait({}, 1, LookError::status, seconds(10)) == 5);
    BOOST_TEST(wait({}, 1, LookError::status, hours(9999)) == 1440);
    BOOST_TEST(wait({}, 1, LookError::sign_in) == 1440); // a wrong password again and again locks accounts
    BOOST_TEST(wait({}, 1, LookError::gone) == 1440);
    BOOST_TEST(wait({}, 0, LookError::none, {}, 0.999) == 65);
    BOOST_TEST(retry_after("120")->count() == 120);
    BOOST_TEST(!retry_after("Wed, 21 Oct 2027 07:28:00 GMT").has_value());
    BOOST_TEST(!retry_after("-5").has_value());
}

BOOST_AUTO_TEST_CASE(three_that_moved_are_three_changes) {
    ForeignCalendar source;
    source.id = Id<ForeignCalendar>::make();
    source.person = Id<Person>("p-g01");
    std::vector<Taken> taken;
    for (int i = 0; i < 1000; ++i)
        taken.push_back({"u" + std::to_string(i), {Instant(std::chrono::hours(i)), Instant(std::chrono::hours(i + 1))}, false, "T"});
    ChangeSet first;
    BOOST_TEST(add_difference(source, taken, {}, first).fresh == 1000u);
    std::map<Id<BusyTime>, Row<BusyTime>> rows;
    for (auto const& change : first.changes()) {
        auto value = from_json<BusyTime>(change.at("fields")).value();
        BOOST_TEST(!value.title.has_value()); // not the owner's wish
        value.id = Id<BusyTime>(std::string(change.at("id").as_string()));
        BOOST_TEST(is_id(value.id.str()));
        rows[value.id] = {value, 1, 0};
    }
    StoredTimes stored;
    for (auto const& [id, row] : rows)
        stored[id] = &row;
    ChangeSet none;
    BOOST_TEST(add_difference(source, taken, stored, none).sum() == 0u);
    BOOST_TEST(none.empty());
    taken[10].when.end += std::chrono::minutes(5);
    taken[11].tentative = true;
    taken.erase(taken.begin() + 12);
    ChangeSet three;
    auto const counts = add_difference(source, taken, stored, three);
    BOOST_TEST(counts.changed == 2u);
    BOOST_TEST(counts.gone == 1u);
    BOOST_TEST(three.changes().size() == 3u);
    source.show_details = true;
    ChangeSet titled;
    BOOST_TEST(add_difference(source, taken, stored, titled).changed == 999u);
}

BOOST_AUTO_TEST_SUITE_END()
