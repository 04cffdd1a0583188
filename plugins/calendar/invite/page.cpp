// SPDX-License-Identifier: EUPL-1.2
#include "invite/page.hpp"

#include "invite/phrases.hpp"

namespace kogge::calendar {

namespace {

constexpr std::size_t longest_field = 4000;

std::string html(std::string_view text) {
    std::string out;
    for (char const c : text)
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    return out;
}

std::string tag(std::string_view name, std::string_view text) {
    std::string out = "<";
    out.append(name).append(">").append(html(text)).append("</").append(name).append(">\n");
    return out;
}

std::string answer_text(Answer answer, std::string const& language) {
    switch (answer) {
        case Answer::accepted: return say(Phrase::accept, language);
        case Answer::tentative: return say(Phrase::perhaps, language);
        case Answer::declined: return say(Phrase::decline, language);
        case Answer::substitute: return say(Phrase::send_substitute, language);
        case Answer::none: break;
    }
    return say(Phrase::no_answer_yet, language);
}

std::string attribute(std::string_view name, std::string_view value) {
    std::string out = " ";
    return out.append(name).append("=\"").append(html(value)).append("\"");
}

std::string input(std::string const& label, std::string const& name, std::string const& type, std::string const& value) {
    auto out = "<label>" + html(label) + " <input" + attribute("type", type) + attribute("name", name) + attribute("value", value);
    return out += attribute("maxlength", "200") + "></label>\n";
}

std::string facts(Said const& said, std::string const& language) {
    auto out = tag("p", span_text(said.starts, said.ends, language));
    auto const line = [&](Phrase label, std::string const& text) {
        if (!text.empty())
            out += tag("p", say(label, language) + ": " + text);
    };
    line(Phrase::where, said.place);
    line(Phrase::to, said.to);
    line(Phrase::dress_code, said.dress_code);
    line(Phrase::interpretation, interpretation_text(said.interpretation, language));
    return out;
}

bool is_open(PageEntry const& entry) { return !entry.over && !entry.invitation->withdrawn; }

std::string choices(Invitation const& invitation, std::string const& number, std::string const& language) {
    auto out = "<input type=\"hidden\"" + attribute("name", "asked" + number) + attribute("value", std::to_string(invitation.asked)) + ">\n";
    for (auto const answer : {Answer::accepted, Answer::tentative, Answer::declined, Answer::substitute}) {
        std::string const value = boost::describe::enum_to_string(answer, "");
        out += "<label class=\"choice\"><input type=\"radio\"" + attribute("name", "answer" + number) + attribute("value", value);
        out += invitation.answer == answer ? " checked> " : "> ";
        out += html(answer_text(answer, language)) + "</label>\n";
    }
    auto const substitute = invitation.substitute.value_or(Substitute{});
    out += input(say(Phrase::substitute_name, language), "name" + number, "text", substitute.name);
    out += input(say(Phrase::substitute_email, language), "email" + number, "email", substitute.email);
    out += tag("p", say(Phrase::office_confirms, language));
    out += input(say(Phrase::comment, language), "comment" + number, "text", invitation.comment);
    return out;
}

std::string fieldset(PageEntry const& entry, std::string const& language) {
    auto const& invitation = *entry.invitation;
    std::string out = "<fieldset>\n";
    out += tag("legend", invitation.said.read_title) + facts(invitation.said, language);
    if (invitation.withdrawn)
        out += tag("p", say(Phrase::is_off, language));
    else if (entry.over)
        out += tag("p", say(Phrase::is_over, language));
    else {
        out += tag("p", say(Phrase::your_answer, language) + ": " + answer_text(invitation.answer, language));
        out += choices(invitation, std::to_string(entry.number), language);
    }
    return out += "</fieldset>\n";
}

Response page(std::string const& title, std::string const& language, std::string const& body, int status) {
    std::string out = "<!doctype html>\n<html" + attribute("lang", language) + "><head><meta charset=\"utf-8\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" + tag("title", title);
    out += "<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}fieldset{margin:1.5rem 0;border:1px solid #888;"
           "border-radius:.4rem}legend{font-weight:bold}label{display:block;margin:.5rem 0}input[type=text],input[type=email]{width:100%;font:inherit}"
           "button{font:inherit;padding:.6rem 1.2rem}.wrong{color:#a00}</style></head>\n<body>\n" + tag("h1", title) + body + "</body></html>\n";
    auto response = Response::text(std::move(out), "text/html; charset=utf-8");
    response.status = status;
    response.headers = {{"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}, {"X-Robots-Tag", "noindex"}, {"Content-Language", language},
                        {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"}};
    return response;
}

int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        int const high = text[i] == '%' && i + 2 < text.size() ? hex(text[i + 1]) : -1, low = high < 0 ? -1 : hex(text[i + 2]);
        if (low >= 0) {
            out += char(high * 16 + low);
            i += 2;
        } else
            out += text[i] == '+' ? ' ' : text[i];
    }
    return out;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        auto const lead = static_cast<unsigned char>(text[i++]);
        int const more = lead < 0x80 ? 0 : lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : -1;
        if (more < 0)
            return false;
        for (int k = 0; k < more; ++k, ++i)
            if (i >= text.size() || (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
                return false;
    }
    return true;
}

std::string clean(std::string text) {
    if (text.size() > longest_field || !is_utf8(text))
        return {};
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
    return text;
}

/// A value as it may be stored: bounded, and UTF-8 without control characters.
std::string field(Form const& form, std::string const& name) {
    for (auto const& [key, value] : form)
        if (key == name)
            return clean(value);
    return {};
}

} // namespace

Form read_form(std::string_view body) {
    Form out;
    while (!body.empty()) {
        auto const pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        auto const equals = std::min(pair.find('='), pair.size());
        out.emplace_back(decode(pair.substr(0, equals)), decode(pair.substr(std::min(equals + 1, pair.size()))));
    }
    return out;
}

Response show(ReplyPage const& content) {
    auto const& language = content.language;
    auto body = tag("p", say(Phrase::page_intro, language, {{"name", content.name}})) + tag("p", content.visit_title);
    if (content.thanks)
        body += "<p role=\"status\">" + html(say(Phrase::thanks, language)) + "</p>\n";
    if (!content.wrong.empty())
        body += "<p role=\"alert\" class=\"wrong\">" + html(content.wrong) + "</p>\n";
    body += "<form method=\"post\" action=\"?\">\n";
    bool open = false;
    for (auto const& entry : content.entries) {
        body += fieldset(entry, language);
        open = open || is_open(entry);
    }
    if (open)
        body += "<button>" + html(say(Phrase::send, language)) + "</button>\n";
    body += "</form>\n" + tag("p", say(Phrase::local_times, language)) + tag("p", content.office);
    return page(say(Phrase::page_title, language), language, body, content.wrong.empty() ? 200 : 422);
}

Response show_no_such_link(std::string const& language) {
    return page(say(Phrase::no_such_link, language), language, tag("p", say(Phrase::no_such_link_why, language)), 404);
}

Result<std::optional<Sent>> sent_for(Form const& form, PageEntry const& entry, std::string const& language) {
    auto const number = std::to_string(entry.number);
    auto const wanted = field(form, "answer" + number);
    if (wanted.empty())
        return std::optional<Sent>();
    if (!is_open(entry) || field(form, "asked" + number) != std::to_string(entry.invitation->asked))
        return Error{ErrorCode::conflict, say(Phrase::changed_meanwhile, language), "/answer" + number};
    Sent out;
    if (!boost::describe::enum_from_string(wanted.c_str(), out.answer) || out.answer == Answer::none)
        return invalid(say(Phrase::nothing_chosen, language), "/answer" + number);
    out.comment = field(form, "comment" + number);
    if (out.answer == Answer::substitute) {
        out.substitute = Substitute{field(form, "name" + number), field(form, "email" + number), Wish::open};
        if (out.substitute->name.empty() || !is_address(out.substitute->email))
            return invalid(say(Phrase::bad_substitute, language), "/email" + number);
    }
    return std::optional(std::move(out));
}

} // namespace kogge::calendar
