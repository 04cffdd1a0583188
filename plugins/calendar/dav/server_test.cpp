// SPDX-License-Identifier: EUPL-1.2
#include "tests/office.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::calendar;
using test::between;
using test::event;
using test::Office;

namespace {

std::string const home = "/dav/calendars/ada/";
std::string const work = home + "calendar/";

bool has(std::string const& text, std::string const& part) { return text.find(part) != text.npos; }

std::string query(std::string const& filter, std::string const& props = "<D:getetag/>") {
    return "<C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop>" + props + "</D:prop><C:filter><C:comp-filter name=\"VCALENDAR\">" + filter +
           "</C:comp-filter></C:filter></C:calendar-query>";
}
std::string events_in(std::string const& start, std::string const& end) {
    return "<C:comp-filter name=\"VEVENT\"><C:time-range start=\"" + start + "\" end=\"" + end + "\"/></C:comp-filter>";
}

std::string header(dav::DavResponse const& answer, std::string const& wanted) {
    for (auto const& [name, value] : answer.headers)
        if (name == wanted)
            return value;
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(dav_server)

BOOST_AUTO_TEST_CASE(a_client_finds_its_calendar_from_the_root) {
    Office office;
    auto const root = office.propfind("ada", "/dav/", "<D:current-user-principal/>");
    BOOST_TEST(has(root, "<D:current-user-principal><D:href>/dav/principals/ada/</D:href>"));
    auto const principal = office.propfind("ada", "/dav/principals/ada/", "<C:calendar-home-set/><C:schedule-inbox-URL/>");
    BOOST_TEST(has(principal, "<C:calendar-home-set><D:href>" + home + "</D:href>"));
    BOOST_TEST(has(principal, "<D:href>" + home + "inbox/</D:href>"));
    auto const collections = office.propfind("ada", home, "<D:resourcetype/><CS:getctag/><D:sync-token/>", "1");
    BOOST_TEST(has(collections, "<D:href>" + work + "</D:href><D:propstat><D:prop><D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"));
    BOOST_TEST(between(collections, "D:sync-token").size() == 2u); // the calendar and the inbox
}

BOOST_AUTO_TEST_CASE(what_is_put_comes_back_byte_for_byte) {
    Office office;
    auto const odd = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:odd\nDTSTAMP:20261101T000000Z\nDTSTART;X-ODD=\"a;b\":20270421T080000Z\nX-Entourage_UUID:1\n"
                     "SUMMARY:zu\n  sammen\nBEGIN:VLOCATION\nUID:l\nNAME:Rathaus\nEND:VLOCATION\nEND:VEVENT\nEND:VCALENDAR\n\n";
    auto const etag = office.put("ada", work + "odd.ics", odd);
    auto const got = office.ask("ada", "GET", work + "odd.ics");
    BOOST_TEST(got.body == odd);
    BOOST_TEST(header(got, "ETag") == etag);
    BOOST_TEST(office.ask("ada", "GET", work + "odd.ics", {}, {{"if-none-match", etag}}).status == 304);
    auto const large = event("large", "20270421T080000Z", "20270421T090000Z", "DESCRIPTION:" + std::string(89'801, 'a') + std::string("\xc3\xa9\xc3\xa9\xc3\xa9") + std::string(200'000, 'b') + "\n");
    office.put("ada", work + "large.ics", large);
    office.restart();
    BOOST_TEST((office.ask("ada", "GET", work + "large.ics").body == large));
    auto const entries = office.log_size();
    BOOST_TEST(office.put("ada", work + "odd.ics", odd) == etag);
    BOOST_TEST(office.log_size() == entries); // nothing changed, nothing is written
}

BOOST_AUTO_TEST_CASE(preconditions_are_those_of_the_standard) {
    Office office;
    auto const etag = office.put("ada", work + "a.ics", event("a", "20270421T080000Z", "20270421T090000Z"));
    auto const refused = [&](std::string const& name, std::string const& body, Office::Headers headers, int status, std::string const& condition) {
        headers.try_emplace("content-type", "text/calendar");
        auto const answer = office.ask("ada", "PUT", work + name, body, headers);
        BOOST_TEST(answer.status == status, name << " " << answer.body);
        BOOST_TEST(has(answer.body, condition), answer.body);
    };
    auto const other = event("a", "20270421T080000Z", "20270421T100000Z");
    refused("b.ics", other, {}, 409, "<C:no-uid-conflict><D:href>" + work + "a.ics</D:href>");
    refused("a.ics", other, {{"if-none-match", "*"}}, 412, "");
    refused("a.ics", other, {{"if-match", "\"0\""}}, 412, "");
    refused("c.ics", other, {{"if-match", "*"}}, 412, "");
    refused("c.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", {}, 403, "<C:valid-calendar-data/>");
    refused("c.ics", test::calendar("METHOD:REQUEST\nBEGIN:VEVENT\nUID:c\nDTSTAMP:20261101T000000Z\nDTSTART:20270421T080000Z\nEND:VEVENT\n"), {}, 403, "<C:valid-calendar-object-resource/>");
    refused("c.ics", other, {{"content-type", "text/plain"}}, 415, "<C:supported-calendar-data/>");
    BOOST_TEST(office.ask("ada", "GET", work + "a.ics").body == event("a", "20270421T080000Z", "20270421T090000Z"));
    BOOST_TEST(office.ask("ada", "PUT", work + "a.ics", other, {{"if-match", etag}}).status == 204);
}

BOOST_AUTO_TEST_CASE(a_principal_is_found_by_name_also_when_the_properties_stand_beside_an_empty_prop) {
    Office office;
    office.propfind("bob", "/dav/", "<D:resourcetype/>");
    auto const search = [&](std::string const& wanted) {
        return office.report("ada", "/dav/", "<D:principal-property-search xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:property-search><D:prop><D:displayname/></D:prop><D:match>bob</D:match></D:property-search>" +
                                                 wanted + "</D:principal-property-search>");
    };
    for (auto const* wanted : {"<D:prop><C:calendar-home-set/></D:prop>", "<D:prop/><C:calendar-home-set/><D:displayname/>"}) {
        auto const found = search(wanted);
        BOOST_TEST(has(found, "<D:href>/dav/principals/bob/</D:href>"));
        BOOST_TEST(has(found, "<C:calendar-home-set><D:href>/dav/calendars/bob/</D:href>"));
        BOOST_TEST(!has(found, "/dav/principals/ada/"));
    }
}

BOOST_AUTO_TEST_CASE(who_is_not_shared_with_learns_nothing) {
    Office office;
    office.put("ada", work + "a.ics", event("a", "20270421T080000Z", "20270421T090000Z"));
    office.propfind("bob", "/dav/", "<D:resourcetype/>");
    for (auto const& path : {home, work, work + "a.ics", work + "none.ics", std::string("/dav/calendars/nobody/")})
        for (auto const* method : {"PROPFIND", "GET", "DELETE", "PROPPATCH", "REPORT", "PUT", "MKCALENDAR", "LOCK", "COPY", "MOVE", "ACL", "POST"}) {
            auto const answer = office.ask("bob", method, path, {}, {{"depth", "0"}, {"destination", "/dav/calendars/bob/calendar/x.ics"}});
            BOOST_TEST((answer.status >= 400 && answer.status < 500), method << " " << path << " " << answer.status);
            BOOST_TEST(!has(answer.body, "SUMMARY"));
            if (std::string(method) == "PROPFIND" || std::string(method) == "GET")
                BOOST_TEST(answer.status == 404);
        }
    auto const listed = office.propfind("bob", "/dav/calendars/", "<D:displayname/>", "1");
    BOOST_TEST(!has(listed, "/dav/calendars/ada/"));
    auto const got = office.report("bob", "/dav/calendars/bob/calendar/",
                                   "<C:calendar-multiget xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop><C:calendar-data/></D:prop><D:href>" + work + "a.ics</D:href></C:calendar-multiget>");
    BOOST_TEST(has(got, "404 Not Found"));
    BOOST_TEST(!has(got, "BEGIN:VEVENT"));
}

BOOST_AUTO_TEST_CASE(a_shared_calendar_stands_in_the_others_home_and_is_written_only_when_granted) {
    Office office;
    auto const etag = office.put("ada", work + "a.ics", event("a", "20270421T080000Z", "20270421T090000Z"));
    office.propfind("bob", "/dav/", "<D:resourcetype/>");
    auto const grant = [&](std::string const& privilege) {
        return office.ask("ada", "ACL", work, "<D:acl xmlns:D=\"DAV:\"><D:ace><D:principal><D:href>/dav/principals/bob/</D:href></D:principal><D:grant><D:privilege><D:" + privilege + "/></D:privilege></D:grant></D:ace></D:acl>").status;
    };
    BOOST_TEST(grant("read") == 200);
    BOOST_TEST(office.ask("bob", "GET", work + "a.ics").status == 200);
    auto const put = [&] { return office.ask("bob", "PUT", work + "a.ics", event("a", "20270421T080000Z", "20270421T110000Z"), {{"if-match", etag}}).status; };
    BOOST_TEST(put() == 403);
    BOOST_TEST(office.ask("bob", "DELETE", work).status == 403);
    auto const listed = office.propfind("bob", "/dav/calendars/bob/", "<D:owner/>", "1");
    BOOST_TEST(has(listed, "<D:owner><D:href>/dav/principals/ada/</D:href></D:owner>"));
    BOOST_TEST(has(listed, "/dav/calendars/bob/shared-"));
    BOOST_TEST(grant("write") == 200);
    BOOST_TEST(put() == 204);
    BOOST_TEST(std::string(office.log().back().at("actor").as_string()) == "user:bob");
    BOOST_TEST(office.ask("ada", "ACL", work, "<D:acl xmlns:D=\"DAV:\"/>").status == 200);
    BOOST_TEST(office.ask("bob", "GET", work + "a.ics").status == 404);
}

BOOST_AUTO_TEST_CASE(a_new_user_of_an_old_name_gets_nothing_of_the_old_one) {
    Office office;
    office.put("ada", work + "a.ics", event("a", "20270421T080000Z", "20270421T090000Z"));
    office.id_prefix = "user:another-";
    BOOST_TEST(office.ask("ada", "GET", work + "a.ics").status == 404);
    office.put("ada", work + "b.ics", event("b", "20270421T080000Z", "20270421T090000Z"));
    office.id_prefix = "user:";
    BOOST_TEST(office.ask("ada", "GET", work + "a.ics").status == 200); // back under the name: the newest who asks has it
    BOOST_TEST(office.ask("ada", "GET", work + "b.ics").status == 404);
}

BOOST_AUTO_TEST_CASE(a_week_is_found_with_its_recurring_events_and_the_rest_is_not) {
    Office office;
    office.put("ada", work + "before.ics", event("before", "20270414T080000Z", "20270414T090000Z"));
    office.put("ada", work + "in.ics", event("in", "20270421T080000Z", "20270421T090000Z"));
    office.put("ada", work + "weekly.ics", event("weekly", "20260107T080000Z", "20260107T090000Z", "RRULE:FREQ=WEEKLY\n"));
    office.put("ada", work + "ended.ics", event("ended", "20260107T080000Z", "20260107T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3\n"));
    office.put("ada", work + "far.ics", event("far", "20490107T080000Z", "20490107T090000Z", "RRULE:FREQ=YEARLY\n"));
    auto const found = office.report("ada", work, query(events_in("20270419T000000Z", "20270426T000000Z")));
    BOOST_TEST(between(found, "D:href").size() == 2u);
    BOOST_TEST(has(found, "in.ics"));
    BOOST_TEST(has(found, "weekly.ics"));
    auto const later = office.report("ada", work, query(events_in("20600101T000000Z", "20600201T000000Z")));
    BOOST_TEST(between(later, "D:href").size() == 2u); // weekly and yearly, beyond what is kept in the index
    office.ask("ada", "DELETE", work + "in.ics");
    BOOST_TEST(between(office.report("ada", work, query(events_in("20270419T000000Z", "20270426T000000Z"))), "D:href").size() == 1u);
}

BOOST_AUTO_TEST_CASE(filters_look_at_text_parameters_and_what_is_not_there) {
    Office office;
    office.put("ada", work + "1.ics", event("1", "20270421T080000Z", "20270421T090000Z", "SUMMARY:Straße nach Leer\nATTENDEE;PARTSTAT=DECLINED:mailto:x@example.org\n"));
    office.put("ada", work + "2.ics", event("2", "20270421T080000Z", "20270421T090000Z", "SUMMARY:other\n"));
    auto const count = [&](std::string const& inside) { return between(office.report("ada", work, query("<C:comp-filter name=\"VEVENT\">" + inside + "</C:comp-filter>")), "D:href").size(); };
    BOOST_TEST(count("<C:prop-filter name=\"SUMMARY\"><C:text-match collation=\"i;unicode-casemap\">STRASSE</C:text-match></C:prop-filter>") == 1u);
    BOOST_TEST(count("<C:prop-filter name=\"SUMMARY\"><C:text-match collation=\"i;octet\">OTHER</C:text-match></C:prop-filter>") == 0u);
    BOOST_TEST(count("<C:prop-filter name=\"SUMMARY\"><C:text-match>OTHER</C:text-match></C:prop-filter>") == 1u);
    BOOST_TEST(count("<C:prop-filter name=\"SUMMARY\"><C:text-match negate-condition=\"yes\">OTHER</C:text-match></C:prop-filter>") == 1u);
    BOOST_TEST(count("<C:prop-filter name=\"ATTENDEE\"><C:is-not-defined/></C:prop-filter>") == 1u);
    BOOST_TEST(count("<C:prop-filter name=\"ATTENDEE\"><C:param-filter name=\"PARTSTAT\"><C:text-match>declined</C:text-match></C:param-filter></C:prop-filter>") == 1u);
    BOOST_TEST(count("<C:prop-filter name=\"UID\"><C:text-match collation=\"i;octet\">2</C:text-match></C:prop-filter>") == 1u);
    BOOST_TEST(has(office.report("ada", work, query("<C:comp-filter name=\"VEVENT\"><C:prop-filter name=\"UID\"><C:text-match collation=\"i;klingon\">2</C:text-match></C:prop-filter></C:comp-filter>")), "<C:supported-collation/>"));
}

BOOST_AUTO_TEST_CASE(expansion_gives_instances_in_utc_with_their_override) {
    Office office;
    office.put("ada", work + "r.ics",
               test::calendar("BEGIN:VEVENT\nUID:r\nDTSTAMP:20261101T000000Z\nDTSTART;TZID=Europe/Berlin:20270324T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nSUMMARY:x\nEND:VEVENT\n"
                              "BEGIN:VEVENT\nUID:r\nDTSTAMP:20261101T000000Z\nRECURRENCE-ID;TZID=Europe/Berlin:20270331T090000\nDTSTART;TZID=Europe/Berlin:20270331T110000\nDURATION:PT1H\nSUMMARY:y\nEND:VEVENT\n"));
    auto const data = office.report("ada", work, query(events_in("20270320T000000Z", "20270410T000000Z"), "<C:calendar-data><C:expand start=\"20270320T000000Z\" end=\"20270410T000000Z\"/></C:calendar-data>"));
    BOOST_TEST(has(data, "DTSTART:20270324T080000Z")); // winter time
    BOOST_TEST(has(data, "DTSTART:20270331T090000Z")); // the override, in summer time
    BOOST_TEST(has(data, "RECURRENCE-ID:20270331T070000Z"));
    BOOST_TEST(has(data, "DTSTART:20270407T070000Z"));
    BOOST_TEST(!has(data, "RRULE"));
}

BOOST_AUTO_TEST_CASE(free_busy_says_when_and_nothing_else) {
    Office office;
    office.put("ada", work + "1.ics", event("1", "20270421T080000Z", "20270421T090000Z", "SUMMARY:secret\n"));
    office.put("ada", work + "2.ics", event("2", "20270421T083000Z", "20270421T100000Z"));
    office.put("ada", work + "3.ics", event("3", "20270421T120000Z", "20270421T130000Z", "TRANSP:TRANSPARENT\n"));
    office.put("ada", work + "4.ics", event("4", "20270421T150000Z", "20270421T160000Z", "STATUS:TENTATIVE\n"));
    auto const answer = office.report("ada", work, "<C:free-busy-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><C:time-range start=\"20270421T000000Z\" end=\"20270422T000000Z\"/></C:free-busy-query>");
    BOOST_TEST(has(answer, "FREEBUSY;FBTYPE=BUSY:20270421T080000Z/20270421T100000Z\r\n"));
    BOOST_TEST(has(answer, "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270421T150000Z/20270421T160000Z\r\n"));
    BOOST_TEST(!has(answer, "T120000Z"));
    BOOST_TEST(!has(answer, "secret"));
}

BOOST_AUTO_TEST_CASE(a_sync_token_tells_what_changed_also_over_a_restart) {
    Office office;
    auto const token = [](std::string const& xml) { return between(xml, "D:sync-token").back(); };
    office.put("ada", work + "a.ics", event("a", "20270421T080000Z", "20270421T090000Z"));
    auto const first = office.sync("ada", work, "");
    BOOST_TEST(between(first, "D:href").size() == 1u);
    office.put("ada", work + "b.ics", event("b", "20270421T080000Z", "20270421T090000Z"));
    office.put("ada", work + "c.ics", event("c", "20270421T080000Z", "20270421T090000Z"));
    office.ask("ada", "DELETE", work + "a.ics");
    office.ask("ada", "DELETE", work + "c.ics");
    auto const check = [&] {
        auto const second = office.sync("ada", work, token(first));
        auto const hrefs = between(second, "D:href");
        BOOST_TEST(hrefs.size() == 3u, second);
        BOOST_TEST(has(second, "<D:href>" + work + "a.ics</D:href><D:status>HTTP/1.1 404 Not Found"));
        BOOST_TEST(has(second, "<D:href>" + work + "c.ics</D:href><D:status>HTTP/1.1 404 Not Found"));
        BOOST_TEST(has(second, "<D:href>" + work + "b.ics</D:href><D:propstat>"));
        BOOST_TEST(between(office.sync("ada", work, token(second)), "D:href").empty());
    };
    check();
    office.restart();
    check();
    BOOST_TEST(has(office.sync("ada", work, "urn:kogge:sync:elsewhere:3"), "<D:valid-sync-token/>"));
    BOOST_TEST(has(office.sync("ada", work, token(first) + "0000"), "<D:valid-sync-token/>"));
}

BOOST_AUTO_TEST_CASE(a_limited_sync_reaches_everything_in_steps) {
    Office office;
    for (char const c : std::string("abcde"))
        office.put("ada", work + std::string(1, c) + ".ics", event(std::string(1, c), "20270421T080000Z", "20270421T090000Z"));
    std::set<std::string> seen;
    std::string token;
    for (int rounds = 0; rounds < 3; ++rounds) {
        auto const part = office.sync("ada", work, token, "2");
        for (auto const& href : between(part, "D:href"))
            seen.insert(href);
        token = between(part, "D:sync-token").back();
        BOOST_TEST(has(part, "507 Insufficient Storage") == (rounds < 2));
    }
    BOOST_TEST(seen.size() == 6u); // and the collection itself, which says that there is more
    BOOST_TEST(between(office.sync("ada", work, token), "D:href").empty());
}

BOOST_AUTO_TEST_CASE(of_two_who_put_at_once_one_is_told) {
    Office office;
    auto const etag = office.put("ada", work + "a.ics", event("a", "20270421T080000Z", "20270421T090000Z"));
    office.ask("ada", "ACL", work, "<D:acl xmlns:D=\"DAV:\"><D:ace><D:principal><D:authenticated/></D:principal><D:grant><D:privilege><D:write/></D:privilege></D:grant></D:ace></D:acl>");
    office.propfind("bob", "/dav/", "<D:resourcetype/>");
    int second = 0;
    office.meanwhile = [&] { second = office.ask("bob", "DELETE", work + "a.ics").status; };
    auto const first = office.ask("ada", "PUT", work + "a.ics", event("a", "20270421T080000Z", "20270421T100000Z"), {{"if-match", etag}});
    BOOST_TEST(second == 204);
    BOOST_TEST(first.status == 412);
    office.meanwhile = [&] { second = office.ask("bob", "PUT", work + "n2.ics", event("n", "20270421T080000Z", "20270421T090000Z")).status; };
    BOOST_TEST(office.ask("ada", "PUT", work + "n1.ics", event("n", "20270421T080000Z", "20270421T090000Z")).status == 201);
    BOOST_TEST(second == 503); // the same UID is on its way: try again, and be told of the conflict
}

BOOST_AUTO_TEST_CASE(properties_are_set_all_or_none) {
    Office office;
    auto const patch = [&](std::string const& props) {
        return office.ask("ada", "PROPPATCH", work, "<D:propertyupdate xmlns:D=\"DAV:\" xmlns:A=\"http://apple.com/ns/ical/\" xmlns:E=\"urn:e\"><D:set><D:prop>" + props + "</D:prop></D:set></D:propertyupdate>").body;
    };
    auto const bad = patch("<D:displayname>x</D:displayname><D:getetag>y</D:getetag>");
    BOOST_TEST(has(bad, "<D:getetag/></D:prop><D:status>HTTP/1.1 403 Forbidden"));
    BOOST_TEST(has(bad, "<D:displayname/></D:prop><D:status>HTTP/1.1 424 Failed Dependency"));
    BOOST_TEST(has(patch("<D:displayname>Ada &amp; co</D:displayname><A:calendar-color>#ff0000ff</A:calendar-color><E:own xml:lang=\"fy\"><E:in>t</E:in></E:own>"), "200 OK"));
    office.restart();
    auto const got = office.propfind("ada", work, "<D:displayname/><E:own xmlns:E=\"urn:e\"/>");
    BOOST_TEST(has(got, "<D:displayname>Ada &amp; co</D:displayname>"));
    BOOST_TEST(has(got, "xml:lang=\"fy\""));
    BOOST_TEST(has(got, ">t</"));
    BOOST_TEST(has(patch("<E:own><E:in note=\"a&#9;b&#10;c\"/></E:own>"), "200 OK")); // found by fuzzing: such blanks came back as spaces
    BOOST_TEST(has(office.propfind("ada", work, "<E:own xmlns:E=\"urn:e\"/>"), "note=\"a&#9;b&#10;c\""));
}

BOOST_AUTO_TEST_CASE(calendars_are_made_copied_moved_and_deleted_with_what_is_in_them) {
    Office office;
    auto const body = "<C:mkcalendar xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:set><D:prop><D:displayname>Tasks</D:displayname><C:supported-calendar-component-set><C:comp name=\"VTODO\"/></C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>";
    BOOST_TEST(office.ask("ada", "MKCALENDAR", home + "tasks/", body, {{"content-type", "application/xml"}}).status == 201);
    BOOST_TEST(office.ask("ada", "MKCALENDAR", home + "tasks/").status == 403);
    BOOST_TEST(has(office.ask("ada", "PUT", home + "tasks/e.ics", event("e", "20270421T080000Z", "20270421T090000Z")).body, "supported-calendar-component"));
    BOOST_TEST(office.ask("ada", "PUT", home + "tasks/t.ics", test::calendar("BEGIN:VTODO\nUID:t\nDTSTAMP:20261101T000000Z\nEND:VTODO\n")).status == 201);
    BOOST_TEST(office.ask("ada", "COPY", home + "tasks/", {}, {{"destination", home + "copy/"}}).status == 201);
    BOOST_TEST(office.ask("ada", "MOVE", home + "tasks/", {}, {{"destination", home + "moved/"}}).status == 201);
    BOOST_TEST(office.ask("ada", "GET", home + "tasks/t.ics").status == 404);
    BOOST_TEST(office.ask("ada", "GET", home + "moved/t.ics").status == 200);
    BOOST_TEST(office.ask("ada", "MOVE", home + "moved/t.ics", {}, {{"destination", home + "copy/t2.ics"}}).status == 409); // its UID is there
    BOOST_TEST(office.ask("ada", "DELETE", home + "copy/").status == 204);
    BOOST_TEST(office.ask("ada", "GET", home + "copy/t.ics").status == 404);
    office.restart();
    BOOST_TEST(office.ask("ada", "GET", home + "moved/t.ics").status == 200);
}

BOOST_AUTO_TEST_CASE(xml_that_would_harm_is_refused) {
    Office office;
    auto const status = [&](std::string const& body) { return office.ask("ada", "PROPFIND", work, body, {{"depth", "0"}}).status; };
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "<a>";
    BOOST_TEST(status("<!DOCTYPE x [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><D:propfind xmlns:D=\"DAV:\"><D:prop><D:displayname/></D:prop></D:propfind>") == 400);
    BOOST_TEST(status("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>") == 400);
    BOOST_TEST(status(deep) == 400);
    BOOST_TEST(status("<x:propfind/>") == 400);
    BOOST_TEST(status("<D:propfind xmlns:D=\"\"/>") == 400);
    BOOST_TEST(status("<D:propfind xmlns:D=\"DAV:\"><D:prop>") == 400);
    for (auto const* name : {":p:p:name", ":name", "a:b:name", "a:"}) // found by fuzzing: such a name came out as another
        BOOST_TEST(status("<D:propfind xmlns:D=\"DAV:\" xmlns:a=\"a\"><D:prop><D:displayname " + std::string(name) + "=\"1\"/></D:prop></D:propfind>") == 400, name);
    BOOST_TEST(status("not xml") == 400);
    BOOST_TEST(status(std::string("<a>\xff</a>")) == 400);
}

BOOST_AUTO_TEST_CASE(paths_stay_inside) {
    Office office;
    for (auto const* path : {"/dav/../x", "/dav/calendars/ada/%2e%2e/bob/", "/dav/calendars/ada/calendar%2Fa.ics", "/dav/calendars//ada/", "/dav/calendars/ada/%00", "/dav/calendars/ada/%zz", "/dav/calendars/ada/%ff",
                             "/dav/calendars/ada/..%5c", "/dav/calendars/ada/."})
        BOOST_TEST(office.ask("ada", "PROPFIND", path, {}, {{"depth", "0"}}).status == 400, path);
    BOOST_TEST(office.ask("ada", "GET", "/etc/passwd").status == 404);
    BOOST_TEST(office.ask("ada", "GET", "/dav/" + std::string(5'000, 'a')).status == 414);
}

BOOST_AUTO_TEST_CASE(a_lock_keeps_others_out_until_it_is_let_go) {
    Office office;
    office.put("ada", work + "a.ics", event("a", "20270421T080000Z", "20270421T090000Z"));
    auto const lock = office.ask("ada", "LOCK", work + "a.ics", "<D:lockinfo xmlns:D=\"DAV:\"><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>", {{"depth", "0"}});
    auto const token = header(lock, "Lock-Token");
    BOOST_TEST(lock.status == 200);
    auto const next = event("a", "20270421T080000Z", "20270421T100000Z");
    BOOST_TEST(office.ask("ada", "PUT", work + "a.ics", next).status == 423);
    BOOST_TEST(office.ask("ada", "DELETE", work).status == 423);
    BOOST_TEST(office.ask("ada", "PUT", work + "a.ics", next, {{"if", "(" + token + ")"}}).status == 204);
    BOOST_TEST(office.ask("ada", "PUT", work + "a.ics", next, {{"if", "(<urn:uuid:other>)"}}).status == 412);
    BOOST_TEST(office.ask("ada", "UNLOCK", work + "a.ics", {}, {{"lock-token", token}}).status == 204);
    BOOST_TEST(office.ask("ada", "DELETE", work + "a.ics").status == 204);
}

BOOST_AUTO_TEST_CASE(a_colleague_is_asked_when_they_are_busy) {
    Office office;
    office.put("bob", "/dav/calendars/bob/calendar/a.ics", event("a", "20270421T080000Z", "20270421T090000Z", "SUMMARY:secret\n"));
    auto const ask = [&](std::string const& organizer, std::string const& span = "DTSTART:20270421T000000Z\nDTEND:20270422T000000Z") {
        return office.ask("ada", "POST", home + "outbox/", test::calendar("METHOD:REQUEST\nBEGIN:VFREEBUSY\nUID:q\nDTSTAMP:20261101T000000Z\n" + span + "\nORGANIZER:" + organizer +
                                                                          "\nATTENDEE:/dav/principals/bob/\nATTENDEE:mailto:nobody@example.org\nEND:VFREEBUSY\n"));
    };
    auto const answer = ask("/dav/principals/ada/");
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(has(answer.body, "20270421T080000Z/20270421T090000Z"));
    BOOST_TEST(has(answer.body, "3.7;Invalid calendar user"));
    BOOST_TEST(!has(answer.body, "secret"));
    BOOST_TEST(has(ask("/dav/principals/bob/").body, "<C:organizer-allowed/>"));
    BOOST_TEST(has(ask("/dav/principals/ada/", "DTSTART:20270421T090000\nDTEND:20270421T180000").body, "<C:request-status>2.0;Success")); // python-caldav asks so
    BOOST_TEST(has(ask("/dav/principals/ada/", "DTSTART:20270421T090000Z\nDTEND:20270421T080000Z").body, "<C:valid-scheduling-message/>"));
    BOOST_TEST(office.ask("ada", "POST", "/dav/calendars/bob/outbox/").status == 404);
}

BOOST_AUTO_TEST_CASE(an_invitation_is_delivered_answered_and_called_off) {
    Office office;
    office.propfind("bob", "/dav/", "<D:resourcetype/>");
    auto const meeting = [&](std::string const& more) {
        return event("meet", "20270421T080000Z", "20270421T090000Z", "ORGANIZER:/dav/principals/ada/\nATTENDEE;PARTSTAT=ACCEPTED:/dav/principals/ada/\nATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:/dav/principals/bob/\n" + more);
    };
    auto const theirs = std::string("/dav/calendars/bob/calendar/meet.ics");
    auto const put = office.ask("ada", "PUT", work + "mine.ics", meeting("BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:-PT5M\nEND:VALARM\n"), {{"content-type", "text/calendar"}});
    auto const tag = header(put, "Schedule-Tag");
    BOOST_TEST(!tag.empty());
    BOOST_TEST(office.ask("ada", "GET", work + "mine.ics").body == meeting("BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:-PT5M\nEND:VALARM\n")); // as it was put
    auto const copy = office.ask("bob", "GET", theirs).body;
    BOOST_TEST(has(copy, "UID:meet"));
    BOOST_TEST(!has(copy, "VALARM"));
    BOOST_TEST(!has(copy, "METHOD"));
    auto const inbox = [&](std::string const& who) {
        return between(office.report(who, "/dav/calendars/" + who + "/inbox/", query("", "<C:calendar-data/>")), "C:calendar-data");
    };
    BOOST_REQUIRE(inbox("bob").size() == 1u);
    BOOST_TEST(has(inbox("bob").front(), "METHOD:REQUEST"));

    auto answer = copy;
    answer.replace(answer.find("NEEDS-ACTION"), 12, "DECLINED");
    auto const their_tag = header(office.ask("bob", "GET", theirs), "Schedule-Tag");
    BOOST_TEST(header(office.ask("bob", "PUT", theirs, answer, {{"content-type", "text/calendar"}}), "Schedule-Tag") == their_tag); // it is but an answer
    BOOST_TEST(office.ask("bob", "GET", theirs).body == answer);
    BOOST_REQUIRE(inbox("ada").size() == 1u);
    BOOST_TEST(has(inbox("ada").front(), "METHOD:REPLY"));
    auto const mine = office.ask("ada", "GET", work + "mine.ics");
    BOOST_TEST(has(mine.body, "PARTSTAT=DECLINED"));
    BOOST_TEST(header(mine, "Schedule-Tag") == tag); // an answer does not stand in the way of the organiser's next change
    BOOST_TEST(office.ask("ada", "PUT", work + "mine.ics", mine.body, {{"if-schedule-tag-match", "\"other\""}}).status == 412);
    auto noted = answer;
    noted.replace(noted.find("UID:meet"), 8, "UID:meet\r\nCOMMENT:mine");
    BOOST_TEST(header(office.ask("bob", "PUT", theirs, noted, {{"content-type", "text/calendar"}}), "Schedule-Tag") != their_tag);

    BOOST_TEST(office.ask("ada", "DELETE", work + "mine.ics").status == 204);
    BOOST_TEST(has(office.ask("bob", "GET", theirs).body, "STATUS:CANCELLED"));
    BOOST_TEST(inbox("bob").size() == 2u);
}

BOOST_AUTO_TEST_CASE(guests_from_outside_are_mailed_or_it_is_said_that_they_were_not) {
    Office office;
    auto const meeting = event("meet", "20270421T080000Z", "20270421T090000Z", "SUMMARY:Essen\\, spät\nORGANIZER:/dav/principals/ada/\nATTENDEE:mailto:Guest@Example.org\n");
    auto const first = office.ask("ada", "PUT", work + "m.ics", meeting, {{"content-type", "text/calendar"}});
    BOOST_TEST(first.status == 201);
    BOOST_TEST(header(first, "ETag").empty());
    BOOST_TEST(has(office.ask("ada", "GET", work + "m.ics").body, "ATTENDEE;SCHEDULE-STATUS=5.1:mailto:Guest@Example.org"));
    std::vector<std::pair<std::string, dav::Message>> mails;
    office.server().mail_with([&](dav::Principal const&, std::string const& address, dav::Message const& message) {
        mails.emplace_back(address, message);
        return true;
    });
    BOOST_TEST(office.put("ada", work + "m.ics", meeting).size() > 2u);
    BOOST_TEST(office.ask("ada", "DELETE", work + "m.ics").status == 204);
    BOOST_REQUIRE(mails.size() == 2u);
    BOOST_TEST(mails[0].first == "guest@example.org");
    BOOST_TEST(mails[0].second.method == "REQUEST");
    BOOST_TEST(dav::letter_of(mails[0].second, "de").subject == "Einladung: Essen, spät");
    BOOST_TEST(mails[1].second.method == "CANCEL");
}

BOOST_AUTO_TEST_SUITE_END()
