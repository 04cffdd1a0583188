// SPDX-License-Identifier: EUPL-1.2
// Invitations in a house: the real store, the jobs run by hand, a clock that stands still until moved.
#include "ical/parse.hpp"
#include "ical/reader.hpp"
#include "invite/entities.hpp"

#include <kogge/testing.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace kogge;
using namespace kogge::calendar;

extern "C" kg_entry const kogge_plugin_entry;

namespace {

std::string file(std::string const& path) {
    std::ifstream in(path);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << path);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string text(json::value const& document, char const* name) { return std::string(document.at(name).as_string()); }

constexpr char const* settings = R"({"office_address":"protocol@example.nl","office_name":"Protocol","public_url":"https://kogge.example.nl","tell_after_seconds":120,"plus_address":true})";
constexpr char const* base = "/api/v1/visits/visit-hh-2027/invitations";

struct InHouse : testing::TestHost {
    Instant now{std::chrono::seconds(1'798'761'600)};
    std::set<std::string> read; // mails that were looked at

    InHouse() : TestHost(file(std::string(KOGGE_SOURCE_DIR) + "/kogge-plugin.json"), kogge_plugin_entry, settings) {
        auto const imported = import(file(KOGGE_DEMO));
        BOOST_REQUIRE_EQUAL(text(imported.at("outcome"), "verdict"), "committed");
    }
    json::value get(std::string const& target) {
        auto const answer = request("GET", target);
        BOOST_REQUIRE_MESSAGE(answer.status == 200, target << ": " << answer.body);
        return answer.json();
    }
    json::value document(std::string const& kind, std::string const& id) { return get("/api/v1/entities/" + kind + "/" + id); }
    void wait(std::chrono::seconds by) {
        set_now(now += by);
        run_jobs();
    }
    void switch_on() {
        auto const answer = request("POST", base, "{}");
        BOOST_REQUIRE_MESSAGE(answer.status == 200, answer.body);
        run_jobs();
    }
    /// Mails queued since the last call, by recipient; they are sent then.
    std::multimap<std::string, json::value> mails() {
        auto out = queued();
        ChangeSet sent("as host/mail does");
        for (auto const& [to, mail] : out)
            sent.update(Id<OutgoingMail>(text(mail, "id")), mail.at("rev").as_int64(), {{"state", "sent"}});
        if (!sent.empty())
            commit(sent);
        return out;
    }
    std::multimap<std::string, json::value> queued() {
        std::multimap<std::string, json::value> out;
        std::string after;
        do {
            auto const page = get("/api/v1/entities/outgoing_mail?limit=500" + (after.empty() ? "" : "&after=" + after));
            for (auto const& item : page.at("items").as_array())
                if (read.insert(text(item, "id")).second)
                    out.emplace(text(item, "to"), document("outgoing_mail", text(item, "id")));
            after = page.at("next").is_string() ? text(page, "next") : std::string();
        } while (!after.empty());
        return out;
    }
    json::value the_mail_to(std::string const& address) {
        auto const all = mails();
        BOOST_REQUIRE_MESSAGE(all.count(address) == 1, all.count(address) << " mails to " << address);
        return all.find(address)->second;
    }
    json::value commit(ChangeSet const& changes) {
        auto outcome = apply(changes, false, true);
        BOOST_REQUIRE_MESSAGE(outcome.at("verdict") == "committed", json::serialize(outcome));
        return outcome;
    }
    std::int64_t rev(std::string const& kind, std::string const& id) { return document(kind, id).at("rev").as_int64(); }
    json::value move(char const* item, char const* starts, char const* ends) {
        return commit(ChangeSet("move").update(Id<ProgrammeItem>(item), rev("programme_item", item), {{"starts", starts}, {"ends", ends}}));
    }
    json::value later() { return move("it-20", "2027-04-22T14:30:00+02:00[Europe/Berlin]", "2027-04-22T15:45:00+02:00[Europe/Berlin]"); }
    /// What one person was told of one entry.
    json::value invitation(std::string const& person, std::string const& entry) {
        auto const told = get(std::string(base) + "?id=" + entry);
        for (auto const& one : told.at("people").as_array())
            if (text(one, "person") == person)
                return one.at("entries").at(0);
        return nullptr;
    }
    std::set<std::string> people_in(std::string const& item) {
        std::set<std::string> out;
        auto const told = get(std::string(base) + "?id=" + item);
        for (auto const& one : told.at("people").as_array())
            out.insert(text(one, "address"));
        return out;
    }
    json::value receive(std::string const& from, std::string const& content, std::string const& to = "protocol@example.nl", std::string const& reference = {}) {
        IncomingMail mail;
        mail.id = Id<IncomingMail>::make();
        mail.message_id = mail.id.str() + "@example.org";
        mail.in_reply_to = reference;
        mail.from = from;
        mail.to = to;
        mail.subject = "Re";
        mail.received = local_of(now, Zone());
        mail.parts = {{"text/calendar; method=REPLY", "", content}};
        commit(ChangeSet("a mail").create(mail));
        run_jobs();
        return document("incoming_mail", mail.id.str());
    }
};

/// As libical reads it.
ReadCalendar read_by_libical(std::string const& text) {
    auto calendar = read_calendar(text);
    if (!calendar)
        BOOST_FAIL(calendar.error().message);
    return std::move(calendar).value();
}

std::string part(json::value const& mail) { return text(mail.at("parts").at(0), "content"); }

ical::Component event_in(json::value const& mail) {
    auto object = ical::parse_object(part(mail));
    if (!object)
        BOOST_FAIL(object.error().message);
    for (auto const& component : object.value().components)
        if (component.is("VEVENT"))
            return component;
    BOOST_FAIL("no VEVENT");
    return ical::Component();
}

std::string reply(std::string const& attendee, std::string const& partstat, int sequence, std::string const& more = {}, std::string const& method = "REPLY") {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:" + method + "\r\nBEGIN:VEVENT\r\nUID:it-20@item.kogge\r\nSEQUENCE:" + std::to_string(sequence) + "\r\nATTENDEE;PARTSTAT=" + partstat
           + ":mailto:" + attendee + "\r\n" + more + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

std::string token_of(json::value const& mail) {
    auto const body = text(mail, "text");
    auto const at = body.find("/reply/");
    BOOST_REQUIRE_MESSAGE(at != body.npos, body);
    return body.substr(at + 7, 26);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(invitations, InHouse)

BOOST_AUTO_TEST_CASE(nobody_hears_anything_until_staff_say_so) {
    later();
    wait(std::chrono::hours(1));
    BOOST_TEST(mails().empty());
    auto const preview = request("POST", base, R"({"dry_run":true})").json();
    BOOST_TEST(preview.at("on").as_bool() == false);
    BOOST_TEST(preview.at("mails").as_int64() > 20);
    run_jobs();
    BOOST_TEST(mails().empty());
    BOOST_TEST(get(base).at("counts").at("current").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(switched_on_everybody_gets_one_programme_or_few_invitations) {
    switch_on();
    auto const all = mails();
    BOOST_TEST(all.size() > 20u);
    std::map<std::string, std::size_t> per_person;
    for (auto const& [to, mail] : all)
        ++per_person[to];
    for (auto const& [to, count] : per_person)
        BOOST_TEST(count <= 3u, to);
    BOOST_REQUIRE(per_person.contains("p-g01@example.org"));
    auto const& digest = all.find("p-g01@example.org")->second;
    BOOST_TEST(text(digest, "language") == "nl");
    BOOST_TEST(text(digest, "subject").starts_with("Uw programma: Handelsmissie Hamburg 2027 ("));
    auto const calendar = read_by_libical(part(digest));
    BOOST_TEST(calendar.method == "PUBLISH");
    BOOST_TEST(calendar.events.size() >= 4u);
    BOOST_TEST(part(digest).find("ATTENDEE") == std::string::npos); // who else comes is nobody's business
    wait(std::chrono::hours(2));
    BOOST_TEST(mails().empty()); // told once
}

BOOST_AUTO_TEST_CASE(a_move_is_told_to_its_people_only_after_the_quiet_period) {
    switch_on();
    mails();
    auto const people = people_in("it-20");
    BOOST_REQUIRE(people.size() > 3u);
    later();
    wait(std::chrono::seconds(119));
    BOOST_TEST(mails().empty());
    wait(std::chrono::seconds(16)); // the job looks every 15
    std::set<std::string> written;
    for (auto const& [to, mail] : mails()) {
        BOOST_TEST(written.insert(to).second, "twice to " << to);
        auto const event = event_in(mail);
        BOOST_TEST(event.value("UID") == "it-20@item.kogge");
        BOOST_TEST(event.value("SEQUENCE") == "1");
        BOOST_TEST(event.value("ORGANIZER") == "mailto:protocol@example.nl");
        BOOST_TEST(event.all("ATTENDEE").size() == 1u);
        BOOST_TEST(event.value("ATTENDEE") == "mailto:" + to);
        BOOST_TEST(text(mail.at("parts").at(0), "type") == "text/calendar; method=REQUEST; charset=utf-8");
        BOOST_TEST(to_text(read_by_libical(part(mail)).events.at(0).begins) == "2027-04-22T12:30:00Z");
    }
    BOOST_TEST(written == people, boost::test_tools::per_element());
    auto const one = invitation("p-g01", "it-20");
    BOOST_TEST(one.at("sequence").as_int64() == 1);
    BOOST_TEST(one.at("due").is_null());
    BOOST_TEST(text(one.at("mail"), "state") == "sent");
    BOOST_TEST(one.at("current").as_bool());
}

BOOST_AUTO_TEST_CASE(the_text_says_old_and_new_in_the_readers_language) {
    switch_on();
    mails();
    later();
    wait(std::chrono::minutes(3));
    auto const body = text(the_mail_to("p-g01@example.org"), "text");
    BOOST_TEST(body.find("Tijd: donderdag 22 april 2027, 14:00–15:15 → donderdag 22 april 2027, 14:30–15:45") != body.npos, body);
}

BOOST_AUTO_TEST_CASE(what_is_undone_within_the_quiet_period_is_not_told) {
    switch_on();
    mails();
    auto const outcome = later();
    wait(std::chrono::minutes(1));
    BOOST_REQUIRE(request("POST", "/api/v1/changes/" + std::to_string(outcome.at("seq").as_int64()) + "/undo", R"({"confirm":["*"]})").status == 200);
    wait(std::chrono::hours(1));
    BOOST_TEST(mails().empty());
}

BOOST_AUTO_TEST_CASE(many_changes_are_one_digest_per_person) {
    switch_on();
    mails();
    ChangeSet storm("storm");
    int count = 0;
    auto const items = get("/api/v1/entities/programme_item?visit=visit-hh-2027&limit=500");
    for (auto const& item : items.at("items").as_array())
        if (count < 30 && text(item, "status") == "confirmed") {
            storm.update(Id<ProgrammeItem>(text(item, "id")), item.at("rev").as_int64(), {{"dress_code", "rubber boots"}});
            ++count;
        }
    BOOST_REQUIRE(count == 30);
    commit(storm);
    wait(std::chrono::minutes(3));
    std::map<std::string, std::vector<std::string>> told;
    for (auto const& [to, mail] : mails())
        told[to].push_back(text(mail, "about"));
    BOOST_REQUIRE(told.contains("p-g01@example.org"));
    BOOST_TEST(told["p-g01@example.org"] == std::vector<std::string>{"visit:visit-hh-2027"}, boost::test_tools::per_element());
    for (auto const& [to, about] : told)
        BOOST_TEST((about.size() <= 3u && (about.size() == 1u || about.front().starts_with("programme_item:"))), to);
}

BOOST_AUTO_TEST_CASE(while_a_mail_is_under_way_the_rest_waits_and_comes_as_one) {
    switch_on();
    mails();
    later();
    wait(std::chrono::minutes(3));
    BOOST_TEST(queued().size() == people_in("it-20").size());
    move("it-20", "2027-04-22T15:00:00+02:00[Europe/Berlin]", "2027-04-22T16:15:00+02:00[Europe/Berlin]");
    wait(std::chrono::minutes(3));
    move("it-20", "2027-04-22T15:30:00+02:00[Europe/Berlin]", "2027-04-22T16:45:00+02:00[Europe/Berlin]");
    wait(std::chrono::minutes(3));
    BOOST_TEST(queued().empty()); // the mail server is down
    BOOST_TEST(text(invitation("p-g01", "it-20"), "due") == "update");
    read.clear();
    mails(); // and up again
    wait(std::chrono::minutes(3));
    auto const last = the_mail_to("p-g01@example.org");
    BOOST_TEST(text(last, "text").find("14:30–15:45 → donderdag 22 april 2027, 15:30–16:45") != std::string::npos, text(last, "text"));
}

BOOST_AUTO_TEST_CASE(everybody_is_written_to_in_their_language) {
    switch_on();
    std::map<std::string, std::string> greetings{{"nl", "Geachte "}, {"de", "Guten Tag "}, {"en", "Dear "}};
    std::set<std::string> spoken;
    for (auto const& [to, mail] : mails()) {
        auto const language = text(mail, "language");
        BOOST_TEST(text(mail, "text").starts_with(greetings.at(language)), to << ": " << text(mail, "text"));
        spoken.insert(language);
    }
    BOOST_TEST(spoken.contains("nl"));
    BOOST_TEST(spoken.contains("de"));
}

BOOST_AUTO_TEST_CASE(out_and_in_again_rises_each_time) {
    switch_on();
    mails();
    Participation out{Id<Participation>("away"), Id<Visit>("visit-hh-2027"), Id<ProgrammeItem>("it-20"), Id<Person>("p-g01"), Presence::excluded, "participant", {}};
    commit(ChangeSet("away").create(out));
    wait(std::chrono::minutes(3));
    auto const cancelled = mails();
    BOOST_REQUIRE(cancelled.size() == 1u);
    auto const& [to, mail] = *cancelled.begin();
    BOOST_TEST(to == "p-g01@example.org");
    BOOST_TEST(part(mail).find("METHOD:CANCEL") != std::string::npos);
    BOOST_TEST(event_in(mail).value("SEQUENCE") == "1");
    BOOST_TEST(event_in(mail).value("STATUS") == "CANCELLED");
    BOOST_TEST(read_by_libical(part(mail)).method == "CANCEL");
    commit(ChangeSet("back").erase(out.id, 1));
    wait(std::chrono::minutes(3));
    auto const again = the_mail_to("p-g01@example.org");
    BOOST_TEST(part(again).find("METHOD:REQUEST") != std::string::npos);
    BOOST_TEST(event_in(again).value("SEQUENCE") == "2");
    later();
    wait(std::chrono::minutes(3));
    BOOST_TEST(event_in(the_mail_to("p-g01@example.org")).value("SEQUENCE") == "3"); // the item's own is 1
}

BOOST_AUTO_TEST_CASE(a_deleted_item_is_cancelled_for_those_who_were_told) {
    switch_on();
    mails();
    auto const people = people_in("it-20");
    commit(ChangeSet("gone").erase(Id<ProgrammeItem>("it-20"), rev("programme_item", "it-20")));
    wait(std::chrono::minutes(3));
    std::set<std::string> written;
    for (auto const& [to, mail] : mails()) {
        written.insert(to);
        BOOST_TEST(part(mail).find("METHOD:CANCEL") != std::string::npos);
    }
    BOOST_TEST(written == people, boost::test_tools::per_element());
    BOOST_TEST(text(invitation("p-g01", "it-20"), "state") == "withdrawn");
}

BOOST_AUTO_TEST_CASE(switched_off_nothing_is_told_and_on_again_all_at_once) {
    switch_on();
    mails();
    BOOST_REQUIRE(request("POST", base, R"({"on":false})").status == 200);
    later();
    wait(std::chrono::hours(1));
    BOOST_TEST(mails().empty());
    BOOST_TEST(text(invitation("p-g01", "it-20"), "due") == "update");
    switch_on();
    BOOST_TEST(mails().size() == people_in("it-20").size());
}

BOOST_AUTO_TEST_CASE(a_new_address_is_told_again) {
    switch_on();
    mails();
    commit(ChangeSet("moved house").update(Id<Person>("p-g01"), rev("person", "p-g01"), {{"email", "wiebke@example.com"}}));
    wait(std::chrono::minutes(3));
    auto const all = mails();
    BOOST_REQUIRE(all.size() == 1u);
    BOOST_TEST(all.begin()->first == "wiebke@example.com");
}

BOOST_AUTO_TEST_CASE(a_reply_is_counted_once_it_is_theirs_and_to_what_they_know) {
    switch_on();
    mails();
    auto const taken = receive("P-G01@Example.ORG", reply("p-g01@example.org", "ACCEPTED", 0, "COMMENT:gladly\r\n"));
    BOOST_TEST(text(taken, "state") == "taken", text(taken, "note"));
    auto one = invitation("p-g01", "it-20");
    BOOST_TEST(text(one, "answer") == "accepted");
    BOOST_TEST(text(one, "comment") == "gladly");
    BOOST_TEST(text(one, "answered_by") == "mail");

    later();
    wait(std::chrono::minutes(3));
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "none"); // other times: asked again
    auto const stale = receive("p-g01@example.org", reply("p-g01@example.org", "ACCEPTED", 0));
    BOOST_TEST(text(stale, "state") == "taken");
    BOOST_TEST(text(stale, "note").find("answers version 0") != std::string::npos, text(stale, "note"));
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "none");
    receive("p-g01@example.org", reply("p-g01@example.org", "DECLINED", 1));
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "declined");
}

BOOST_AUTO_TEST_CASE(a_delegation_is_a_substitute_to_be_confirmed) {
    switch_on();
    auto const taken = receive("p-g01@example.org", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:it-20@item.kogge\r\n"
        "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:jan@example.org\":mailto:p-g01@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    BOOST_TEST(text(taken, "state") == "taken", text(taken, "note"));
    auto const one = invitation("p-g01", "it-20");
    BOOST_TEST(text(one, "answer") == "substitute");
    BOOST_TEST(text(one.at("substitute"), "email") == "jan@example.org");
    BOOST_TEST(text(one.at("substitute"), "state") == "open");
}

BOOST_AUTO_TEST_CASE(an_answer_stands_while_only_the_note_changes) {
    switch_on();
    receive("p-g01@example.org", reply("p-g01@example.org", "ACCEPTED", 0));
    mails();
    commit(ChangeSet("dress").update(Id<ProgrammeItem>("it-20"), rev("programme_item", "it-20"), {{"dress_code", "dark suit"}}));
    wait(std::chrono::minutes(3));
    auto const mail = the_mail_to("p-g01@example.org");
    BOOST_TEST(event_in(mail).find("ATTENDEE")->parameter("PARTSTAT").value() == "ACCEPTED");
    BOOST_TEST(event_in(mail).find("ATTENDEE")->parameter("RSVP").value() == "FALSE");
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "accepted");
    receive("p-g01@example.org", reply("p-g01@example.org", "TENTATIVE", 0)); // to the version before the dress code: the times are the same
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "tentative");
}

BOOST_AUTO_TEST_CASE(nobody_answers_for_another) {
    switch_on();
    auto const sent = the_mail_to("p-g01@example.org");
    auto const refused = [&](json::value const& mail) {
        BOOST_TEST(text(mail, "state") == "ignored");
        BOOST_TEST(text(mail, "note").find("nothing was changed") != std::string::npos, text(mail, "note"));
        BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "none");
    };
    refused(receive("stranger@example.com", reply("p-g01@example.org", "DECLINED", 0)));
    refused(receive("p-g02@example.org", reply("p-g01@example.org", "DECLINED", 0)));
    refused(receive("stranger@example.com", reply("p-g01@example.org", "DECLINED", 0), "protocol+abcdefghijklmnopqrstuvwxyz@example.nl"));
    // From another address, but by what only she was given: the address to reply to, or the mail's own Message-ID.
    auto const taken = receive("wiebke@private.example", reply("wiebke@private.example", "DECLINED", 0), text(sent, "reply_to"));
    BOOST_TEST(text(taken, "state") == "taken", text(taken, "note"));
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "declined");
    receive("wiebke@private.example", reply("wiebke@private.example", "ACCEPTED", 0), "protocol@example.nl", "<" + text(sent, "message_id") + ">");
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "accepted");
}

BOOST_AUTO_TEST_CASE(what_nobody_understands_stays_for_staff_and_is_not_answered) {
    switch_on();
    mails();
    auto const mail = receive("p-g01@example.org", "just words");
    BOOST_TEST(text(mail, "state") == "ignored");
    BOOST_TEST(text(mail, "note").find("cannot be read") != std::string::npos, text(mail, "note"));
    wait(std::chrono::hours(1));
    BOOST_TEST(mails().empty());
}

BOOST_AUTO_TEST_CASE(a_mail_that_came_back_shows_and_is_not_answered) {
    switch_on();
    auto const sent = the_mail_to("p-g01@example.org");
    IncomingMail mail;
    mail.id = Id<IncomingMail>::make();
    mail.from = "mailer-daemon@example.org";
    mail.to = "protocol@example.nl";
    mail.received = local_of(now, Zone());
    mail.automatic = true;
    mail.parts = {{"message/delivery-status", "", "Action: failed\r\n"}};
    commit(ChangeSet("as host/mail does").create(mail).update(Id<OutgoingMail>(text(sent, "id")), 2, {{"state", "failed"}, {"error", "550 unknown"}}));
    run_jobs();
    auto const one = invitation("p-g01", "it-20");
    BOOST_TEST(text(one.at("mail"), "error") == "550 unknown");
    BOOST_TEST(!one.at("current").as_bool());
    BOOST_TEST(text(document("incoming_mail", mail.id.str()), "state") == "ignored");
    wait(std::chrono::hours(1));
    BOOST_TEST(mails().empty());
}

BOOST_AUTO_TEST_CASE(a_proposed_time_is_declined_by_mail_or_taken_by_a_change_set) {
    switch_on();
    mails();
    std::string const times = "DTSTART;TZID=Europe/Berlin:20270422T143000\r\nDTEND;TZID=Europe/Berlin:20270422T154500\r\nCOMMENT:our train\r\n";
    auto const counter = [&] {
        auto const taken = receive("p-g01@example.org", reply("p-g01@example.org", "TENTATIVE", 0, times, "COUNTER"));
        BOOST_TEST(text(taken, "state") == "taken", text(taken, "note"));
        auto const one = invitation("p-g01", "it-20");
        BOOST_TEST(text(one.at("counter"), "starts") == "2027-04-22T14:30:00+02:00[Europe/Berlin]");
        return std::string(base) + "/" + text(one, "invitation") + "/decision";
    };
    auto const decide = [&](std::string const& target, std::string const& body) {
        auto const proposal = request("POST", target, body);
        BOOST_REQUIRE_MESSAGE(proposal.status == 200, proposal.body);
        auto changes = proposal.json().at("change_set").as_object();
        changes["confirm"] = json::array{"*"};
        auto const outcome = request("POST", "/api/v1/changes", json::serialize(changes));
        BOOST_REQUIRE_MESSAGE(outcome.status == 200, outcome.body);
    };
    auto const target = counter();
    BOOST_TEST(request("POST", target, R"({"about":"substitute","accept":true})").status == 409);
    decide(target, R"({"about":"counter","accept":false,"comment":"the room is taken"})");
    auto const declined = the_mail_to("p-g01@example.org");
    BOOST_TEST(part(declined).find("METHOD:DECLINECOUNTER") != std::string::npos);
    BOOST_TEST(event_in(declined).value("COMMENT") == "the room is taken");
    BOOST_TEST(event_in(declined).value("SEQUENCE") == "0");
    BOOST_TEST(text(invitation("p-g01", "it-20").at("counter"), "state") == "declined");
    BOOST_TEST(request("POST", target, R"({"about":"counter","accept":true})").status == 409);

    decide(counter(), R"({"about":"counter","accept":true})");
    BOOST_TEST(text(document("programme_item", "it-20"), "starts") == "2027-04-22T14:30:00+02:00[Europe/Berlin]");
    wait(std::chrono::minutes(3));
    BOOST_TEST(mails().size() == people_in("it-20").size());
}

BOOST_AUTO_TEST_CASE(the_page_shows_takes_and_keeps_an_answer) {
    switch_on();
    mails();
    later();
    wait(std::chrono::minutes(3));
    json::value mail;
    for (auto const& [to, one] : mails())
        if (to == "p-g01@example.org" && text(one, "about") == "programme_item:it-20")
            mail = one;
    auto const target = "/reply/" + token_of(mail);
    auto const before = get("/api/v1/changes?limit=1000").at("seq");
    auto const page = request("GET", target);
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.body.find("Rondetafel spoor") != std::string::npos);
    BOOST_TEST(page.body.find("it-01") == std::string::npos);
    BOOST_TEST(page.body.find("<script") == std::string::npos);
    BOOST_TEST(request("GET", target + "?lang=de").body.find("Ich komme nicht") != std::string::npos);
    BOOST_TEST((get("/api/v1/changes?limit=1000").at("seq") == before)); // looking changes nothing

    BOOST_TEST(request("POST", target, "answer0=declined&asked0=0").status == 422); // to times that are no longer so
    BOOST_TEST(request("POST", target, "asked0=1").status == 422);
    BOOST_TEST(request("POST", target, "answer0=substitute&asked0=1&name0=Jan&email0=nowhere").status == 422);
    BOOST_TEST(text(invitation("p-g01", "it-20"), "answer") == "none");
    BOOST_TEST(request("POST", target, "answer0=declined&asked0=1&comment0=ziek+%26+thuis").status == 303);
    auto const one = invitation("p-g01", "it-20");
    BOOST_TEST(text(one, "answer") == "declined");
    BOOST_TEST(text(one, "comment") == "ziek & thuis");
    BOOST_TEST(text(one, "answered_by") == "page");
    bool reminded = false;
    for (auto const& finding : findings("visit-hh-2027", "en"))
        reminded = reminded || text(finding, "text") == "mr. Wiebke ten Kaate-Luinstra cannot come to Rondetafel spoor en bereikbaarheid, 2027-04-22 14:30, and is still expected there";
    BOOST_TEST(reminded);
    BOOST_TEST(request("GET", target + "?done=1").body.find("ziek &amp; thuis") != std::string::npos);

    BOOST_TEST(request("GET", "/reply/abcdefghijklmnopqrstuvwxyz").status == 404);
    BOOST_TEST(request("POST", "/reply/x", "answer0=accepted&asked0=1").status == 404);
}

BOOST_AUTO_TEST_CASE(a_substitute_takes_the_place_when_staff_agree) {
    switch_on();
    mails();
    later();
    wait(std::chrono::minutes(3));
    json::value mail;
    for (auto const& [to, one] : mails())
        if (to == "p-g01@example.org" && text(one, "about") == "programme_item:it-20")
            mail = one;
    BOOST_TEST(request("POST", "/reply/" + token_of(mail), "answer0=substitute&asked0=1&name0=Jan+Modaal&email0=jan%40example.org").status == 303);
    auto const one = invitation("p-g01", "it-20");
    BOOST_TEST(text(one.at("substitute"), "state") == "open");
    auto const proposal = request("POST", std::string(base) + "/" + text(one, "invitation") + "/decision", R"({"about":"substitute","accept":true})");
    BOOST_REQUIRE_MESSAGE(proposal.status == 200, proposal.body);
    auto changes = proposal.json().at("change_set").as_object();
    changes["confirm"] = json::array{"*"};
    BOOST_REQUIRE(request("POST", "/api/v1/changes", json::serialize(changes)).status == 200);
    wait(std::chrono::minutes(3));
    auto const all = mails();
    BOOST_TEST(all.size() == 2u);
    BOOST_REQUIRE(all.count("p-g01@example.org") == 1 && all.count("jan@example.org") == 1);
    BOOST_TEST(part(all.find("p-g01@example.org")->second).find("METHOD:CANCEL") != std::string::npos);
    BOOST_TEST(part(all.find("jan@example.org")->second).find("METHOD:REQUEST") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
