// SPDX-License-Identifier: EUPL-1.2
#include "mail/compose.hpp"
#include "mail/parse.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace kogge;
using namespace kogge::host::mail;

namespace {

Sender const sender{"protokoll@gouda.example", "Protocolbureau Gouda", ""};
Instant const monday{std::chrono::sys_days(std::chrono::year(2027) / 4 / 19) + std::chrono::hours(7)};

OutgoingMail letter() {
    OutgoingMail mail;
    mail.id = Id<OutgoingMail>("m-1");
    mail.to = "karin@hamburg.example";
    mail.to_name = "Karin Müller";
    mail.subject = "Empfang im Rathaus";
    mail.text = "Sehr geehrte Frau Müller,\nder Empfang beginnt um 10:00.\n";
    mail.language = "de";
    return mail;
}

std::string made(OutgoingMail const& mail) {
    auto out = compose(mail, sender, monday);
    BOOST_REQUIRE_MESSAGE(out, (out ? "" : out.error().message));
    return std::move(out).value();
}

/// Lines of the header, unfolded.
std::vector<std::string> header_lines(std::string const& mail) {
    std::vector<std::string> out;
    auto rest = std::string_view(mail).substr(0, mail.find("\r\n\r\n"));
    while (!rest.empty()) {
        auto const line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(std::min(line.size() + 2, rest.size()));
        if (!out.empty() && (line.starts_with(' ') || line.starts_with('\t')))
            out.back().append(" ").append(line.substr(1));
        else
            out.emplace_back(line);
    }
    return out;
}
std::string header(std::string const& mail, std::string const& name) {
    std::string out;
    int count = 0;
    for (auto const& line : header_lines(mail))
        if (line.starts_with(name + ": "))
            out = line.substr(name.size() + 2), ++count;
    BOOST_TEST(count <= 1, name << " is there " << count << " times");
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plain_mail_has_the_headers_of_one) {
    auto const mail = made(letter());
    BOOST_TEST(header(mail, "From") == "Protocolbureau Gouda <protokoll@gouda.example>");
    BOOST_TEST(header(mail, "To") == "Karin =?iso-8859-1?q?M=FCller?= <karin@hamburg.example>");
    BOOST_TEST(header(mail, "Subject") == "Empfang im Rathaus");
    BOOST_TEST(header(mail, "Message-Id") == "<m-1@gouda.example>");
    BOOST_TEST(header(mail, "Date") == "Mon, 19 Apr 2027 07:00:00 +0000");
    BOOST_TEST(header(mail, "Auto-Submitted") == "auto-generated");
    BOOST_TEST(header(mail, "Content-Language") == "de");
    BOOST_TEST(header(mail, "MIME-Version") == "1.0");
    BOOST_TEST(header(mail, "Content-Type") == "text/plain; charset=utf-8");
    BOOST_TEST(header(mail, "In-Reply-To").empty());
}

BOOST_AUTO_TEST_CASE(lines_end_with_cr_lf_and_none_is_too_long) {
    auto mail = letter();
    mail.subject = std::string(300, 'x') + " Grüße " + std::string(300, 'y');
    mail.text = std::string(5000, 'z') + "\n.\nfrom here\nFrom there\r\nend";
    auto const bytes = made(mail);
    std::size_t line = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        BOOST_REQUIRE_MESSAGE((bytes[i] == '\n') == (i > 0 && bytes[i - 1] == '\r' && bytes[i] == '\n'), "a bare line feed at " << i);
        BOOST_REQUIRE(static_cast<unsigned char>(bytes[i]) < 0x80);
        line = bytes[i] == '\n' ? 0 : line + 1;
        BOOST_REQUIRE(line <= 998);
    }
    auto const read = parse(bytes).mail;
    BOOST_TEST(read.subject == mail.subject);
    auto text = read.parts.at(0).content;
    std::erase(text, '\r');
    BOOST_CHECK(text == std::string(5000, 'z') + "\n.\nfrom here\nFrom there\nend\n");
}

BOOST_AUTO_TEST_CASE(an_invitation_is_two_forms_of_one_text) {
    auto mail = letter();
    std::string const calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Empfang für die Gäste \xf0\x9f\x9a\xa2\r\nEND:VCALENDAR\r\n";
    mail.parts.push_back({"text/calendar; method=REQUEST; charset=utf-8", "", calendar});
    mail.in_reply_to = "abc@hamburg.example";
    mail.reply_to = "antwort@gouda.example";
    auto const bytes = made(mail);
    BOOST_TEST(header(bytes, "Content-Type").starts_with("multipart/alternative; boundary="));
    BOOST_TEST(header(bytes, "In-Reply-To") == "<abc@hamburg.example>");
    BOOST_TEST(header(bytes, "References") == "<abc@hamburg.example>");
    BOOST_TEST(header(bytes, "Reply-To") == "antwort@gouda.example");
    auto const read = parse(bytes).mail;
    BOOST_REQUIRE(read.parts.size() == 2u);
    BOOST_TEST(read.parts[0].type == "text/plain");
    BOOST_TEST(read.parts[1].type == "text/calendar; method=REQUEST");
    BOOST_TEST(read.parts[1].content == calendar); // byte for byte
    BOOST_TEST(read.in_reply_to == "abc@hamburg.example");
}

BOOST_AUTO_TEST_CASE(an_attachment_stands_beside_the_text) {
    auto mail = letter();
    mail.parts.push_back({"text/calendar; method=REQUEST", "", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"});
    mail.parts.push_back({"application/ics", "Einladung für Müller.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"});
    auto const bytes = made(mail);
    BOOST_TEST(header(bytes, "Content-Type").starts_with("multipart/mixed; boundary="));
    auto const read = parse(bytes).mail;
    BOOST_REQUIRE(read.parts.size() == 3u);
    BOOST_TEST(read.parts[2].name == "Einladung für Müller.ics");
    BOOST_TEST(read.parts[2].content == "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
}

BOOST_AUTO_TEST_CASE(nothing_in_a_mail_begins_a_header_of_its_own) {
    std::string const evil = "x\r\nBcc: everybody@example.org\r\n\r\nbody\nX-Evil: 1\r2\0003";
    auto mail = letter();
    mail.subject = evil;
    mail.to_name = evil;
    mail.language = evil;
    mail.parts.push_back({"text/html\r\nX-Evil: 1", "a\r\nX-Evil: 1.html", "<p>x</p>"});
    auto const bytes = made(mail);
    BOOST_TEST(header(bytes, "Bcc").empty());
    for (auto const& line : header_lines(bytes))
        BOOST_TEST(!line.starts_with("X-Evil"), line);
    BOOST_TEST(bytes.find("\r\nX-Evil") == std::string::npos);
    BOOST_TEST(bytes.find("\r\nBcc") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_is_refused_by_its_field) {
    auto const refused = [](auto&& change) {
        auto mail = letter();
        change(mail);
        auto const out = compose(mail, sender, monday);
        return out ? std::string("sent") : out.error().field;
    };
    for (auto const* to : {"", "karin", "@hamburg.example", "karin@", "a@b@c", "karin@hamburg.example\r\nRCPT TO:<x@y>", "<karin@hamburg.example>", "karin müller@x.example",
                           "karin@ham burg", ".karin@x.example", "ka..rin@x.example", "karin@x..example", "karin@x.example>", "a,b@x.example"})
        BOOST_TEST(refused([&](OutgoingMail& mail) { mail.to = to; }) == "/to", to);
    BOOST_TEST(refused([](OutgoingMail& mail) { mail.reply_to = "x\r\ny"; }) == "/reply_to");
    BOOST_TEST(refused([](OutgoingMail& mail) { mail.message_id = "a b@c"; }) == "/message_id");
    BOOST_TEST(refused([](OutgoingMail& mail) { mail.in_reply_to = "a@b>\r\nX: y"; }) == "/in_reply_to");
    for (auto const* type : {"", "text", "multipart/mixed", "message/rfc822"})
        BOOST_TEST(refused([&](OutgoingMail& mail) { mail.parts.push_back({type, "", "x"}); }) == "/parts/0/type", type);
    BOOST_TEST(refused([](OutgoingMail& mail) { mail.parts.resize(21, {"text/html", "", ""}); }) == "/parts");
    BOOST_TEST(compose(letter(), {"nobody", "", ""}, monday).error().field == "/from");
    for (auto const* to : {"a@b.example", "o'neil+kogge@sub.x-y.example", "A.B_c-d@x.example", "karin@xn--mnchen-3ya.example"})
        BOOST_TEST(refused([&](OutgoingMail& mail) { mail.to = to; }) == "sent", to);
}
