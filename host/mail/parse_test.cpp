// SPDX-License-Identifier: EUPL-1.2
#include "mail/parse.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace kogge;
using namespace kogge::host::mail;

namespace {

/// As Outlook sends an acceptance: base64 calendar in UTF-8, no ORGANIZER, an alternative in HTML.
std::string const outlook = "From: =?iso-8859-1?Q?M=FCller=2C_Karin?= <Karin@Hamburg.Example>\r\n"
                            "To: Protocolbureau <protokoll@gouda.example>, other@x.example\r\n"
                            "Subject: =?utf-8?B?WnVnZXNhZ3Q6IEVtcGZhbmcgaW0gR3LDvG5lbg==?=\r\n"
                            "Message-ID: <AM0PR@hamburg.example>\r\n"
                            "In-Reply-To: <m-1@gouda.example>\r\n"
                            "MIME-Version: 1.0\r\n"
                            "Content-Type: multipart/alternative; boundary=\"b\"\r\n"
                            "\r\n"
                            "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSch=F6n!\r\n"
                            "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Sch\xc3\xb6n!</p>\r\n"
                            "--b\r\nContent-Type: text/calendar; charset=\"utf-8\"; method=REPLY\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                            "QkVHSU46VkNBTEVOREFSDQpNRVRIT0Q6UkVQTFkNCkVORDpWQ0FMRU5EQVINCg==\r\n"
                            "--b--\r\n";

std::string const bounced = "From: MAILER-DAEMON@gouda.example\r\nTo: protokoll@gouda.example\r\nSubject: Undelivered\r\nMessage-ID: <x@gouda.example>\r\n"
                            "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
                            "--r\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
                            "--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.gouda.example\r\n\r\n"
                            "Final-Recipient: rfc822; karin@hamburg.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such person here\r\n\r\n"
                            "--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <m-1@gouda.example>\r\nSubject: Empfang\r\n\r\nText\r\n"
                            "--r--\r\n";

std::string replaced(std::string text, std::string const& from, std::string const& to) {
    auto const at = text.find(from);
    BOOST_REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

} // namespace

BOOST_AUTO_TEST_CASE(an_acceptance_is_read) {
    auto const mail = parse(outlook).mail;
    BOOST_TEST(mail.from == "Karin@Hamburg.Example");
    BOOST_TEST(mail.to == "protokoll@gouda.example");
    BOOST_TEST(mail.subject == "Zugesagt: Empfang im Grünen");
    BOOST_TEST(mail.message_id == "AM0PR@hamburg.example");
    BOOST_TEST(mail.in_reply_to == "m-1@gouda.example");
    BOOST_TEST(!mail.automatic);
    BOOST_REQUIRE(mail.parts.size() == 3u);
    BOOST_TEST(mail.parts[0].content.starts_with("Schön!"));
    BOOST_TEST(mail.parts[2].type == "text/calendar; method=REPLY");
    BOOST_TEST(mail.parts[2].content == "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n");
}

BOOST_AUTO_TEST_CASE(a_calendar_that_google_calls_application_ics_is_kept_and_a_picture_only_named) {
    auto mail = parse(replaced(outlook, "text/calendar; charset=\"utf-8\"; method=REPLY", "application/ics; name=\"invite.ics\"")).mail;
    BOOST_TEST(mail.parts[2].content.starts_with("BEGIN:VCALENDAR"));
    mail = parse(replaced(outlook, "text/calendar; charset=\"utf-8\"; method=REPLY", "image/png; name=\"wappen.png\"")).mail;
    BOOST_TEST(mail.parts[2].name == "wappen.png");
    BOOST_TEST(mail.parts[2].content.empty());
}

BOOST_AUTO_TEST_CASE(an_out_of_office_answer_says_so) {
    BOOST_TEST(parse(replaced(outlook, "MIME-Version", "Auto-Submitted: auto-replied\r\nMIME-Version")).mail.automatic);
    BOOST_TEST(!parse(replaced(outlook, "MIME-Version", "Auto-Submitted: no\r\nMIME-Version")).mail.automatic);
}

BOOST_AUTO_TEST_CASE(a_report_that_a_mail_did_not_arrive_names_it) {
    auto const letter = parse(bounced);
    BOOST_TEST(letter.mail.automatic);
    BOOST_REQUIRE(letter.bounce.has_value());
    BOOST_TEST(letter.bounce->message_id == "m-1@gouda.example");
    BOOST_TEST(letter.bounce->words == "smtp; 550 5.1.1 no such person here");
    BOOST_TEST(!parse(replaced(bounced, "Action: failed", "Action: delayed")).bounce);
    BOOST_TEST(!parse(replaced(bounced, "multipart/report", "multipart/mixed")).bounce);
    BOOST_TEST(!parse(outlook).bounce);
    auto const headers_only = parse(replaced(bounced, "message/rfc822", "text/rfc822-headers"));
    BOOST_TEST(headers_only.bounce->message_id == "m-1@gouda.example");
}

BOOST_AUTO_TEST_CASE(whatever_comes_is_text_afterwards) {
    for (auto const& wrong : {std::string(), std::string("\r\n"), std::string("no header at all"), std::string(1000, '\0'), std::string("\xff\xfe") + outlook,
                              replaced(outlook, "charset=iso-8859-1", "charset=no-such"), replaced(outlook, "\r\nQkVH", "\r\n\0QkVH"),
                              replaced(outlook, "boundary=\"b\"", "boundary=\"\"")}) {
        auto const mail = parse(wrong).mail;
        BOOST_TEST(mail.subject.find('\n') == std::string::npos);
        for (auto const& part : mail.parts)
            BOOST_TEST(part.content.find('\0') == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_mail_cut_or_flipped_anywhere_is_read_or_not_but_never_breaks) {
    std::mt19937 random(7);
    for (std::size_t cut = 0; cut < outlook.size(); cut += 3)
        (void)parse(outlook.substr(0, cut));
    for (int i = 0; i < 500; ++i) {
        auto mutant = i % 2 ? outlook : bounced;
        for (int n = 0; n < 8; ++n)
            mutant[random() % mutant.size()] = char(random() % 256);
        (void)parse(mutant);
    }
}

BOOST_AUTO_TEST_CASE(a_tree_of_parts_without_end_is_cut) {
    std::string deep;
    for (int i = 0; i < 5000; ++i)
        deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" + std::to_string(i) + "\r\n";
    BOOST_TEST(parse(deep).mail.parts.size() <= 50u);
    std::string wide = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (int i = 0; i < 20000; ++i)
        wide += "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
    BOOST_TEST(parse(wide).mail.parts.size() == 50u);
    std::string inner = "Subject: x\r\n\r\ny";
    for (int i = 0; i < 3000; ++i)
        inner = "Content-Type: message/rfc822\r\n\r\n" + inner;
    BOOST_TEST(parse(inner).mail.parts.size() <= 50u);
}
