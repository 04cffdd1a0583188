// SPDX-License-Identifier: EUPL-1.2
#include "invite/reply.hpp"

#include "ical/foreign_zone.hpp"
#include "ical/parse.hpp"
#include "ical/values.hpp"
#include "invite/message.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

constexpr std::size_t largest_part = 1 << 20; // octets of a calendar in a mail: a reply has a few thousand
constexpr std::size_t most_replies = 200;     // in one mail
constexpr std::size_t longest_comment = 4000;

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return out;
}

std::string cut(std::string text, std::size_t octets) {
    if (text.size() <= octets)
        return text;
    while (octets > 0 && (static_cast<unsigned char>(text[octets]) & 0xC0U) == 0x80U)
        --octets; // not inside a character
    text.resize(octets);
    return text += "…";
}

/// The bytes of a part that is or may be a calendar.
std::optional<std::string> calendar_of(MailPart const& part) {
    auto const type = lower(part.type), name = lower(part.name);
    auto const& content = part.content;
    auto const start = content.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    bool const named = type.starts_with("text/calendar") || type.starts_with("application/ics") || name.ends_with(".ics");
    bool const begun = start != content.npos && lower(std::string_view(content).substr(start, 15)) == "begin:vcalendar";
    if (!(named || begun) || content.size() > largest_part)
        return std::nullopt;
    return content;
}

/// The method= of a part's type, for calendars that do not say it themselves.
std::string method_of_type(std::string_view type) {
    auto const text = lower(type);
    auto const at = text.find("method=");
    if (at == text.npos)
        return {};
    auto rest = std::string_view(text).substr(at + 7);
    if (rest.starts_with('"'))
        rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find_first_of("\"; \t")));
}

std::string address_of(ical::Property const& attendee) {
    auto const value = ical::read_address(attendee.value());
    if (value.starts_with("mailto:"))
        return same_address(value.substr(7));
    return same_address(attendee.parameter("EMAIL").value_or("")); // Apple: a principal, and the address beside it
}

std::string partstat(ical::Property const& attendee) { return lower(attendee.parameter("PARTSTAT").value_or("")); }

Answer answer_of(std::string_view partstat) {
    if (partstat == "accepted" || partstat == "completed" || partstat == "in-process")
        return Answer::accepted;
    if (partstat == "tentative")
        return Answer::tentative;
    if (partstat == "declined")
        return Answer::declined;
    return partstat == "delegated" ? Answer::substitute : Answer::none;
}

/// The one who answers: a REPLY names nobody else, but not every program keeps to that.
ical::Property const* who_answers(ical::Component const& event, std::string const& from) {
    ical::Property const* best = nullptr;
    for (auto const* one : event.all("ATTENDEE")) {
        if (address_of(*one) == from && answer_of(partstat(*one)) != Answer::none)
            return one;
        if (!best || (answer_of(partstat(*best)) == Answer::none && answer_of(partstat(*one)) != Answer::none))
            best = one;
    }
    return best;
}

std::optional<Substitute> delegate_of(ical::Component const& event, ical::Property const& attendee) {
    auto const to = attendee.parameter("DELEGATED-TO");
    if (!to)
        return std::nullopt;
    auto const value = ical::read_address(*to);
    Substitute out;
    out.email = same_address(value.starts_with("mailto:") ? std::string_view(value).substr(7) : std::string_view(value));
    for (auto const* other : event.all("ATTENDEE"))
        if (address_of(*other) == out.email)
            out.name = other->parameter("CN").value_or("");
    if (out.name.empty())
        out.name = out.email.substr(0, out.email.find('@'));
    return out;
}

std::optional<Interval> proposed(ical::Component const& event, ical::ZoneBook const& zones) {
    auto const begin = ical::moment_of(event, "DTSTART", zones);
    auto end = ical::moment_of(event, "DTEND", zones);
    if (auto const* length = event.find("DURATION"); begin && !end && length)
        if (auto const read = ical::read_duration(length->value()))
            end = *begin + read.value().days + read.value().time;
    if (!begin || !end || *end <= *begin)
        return std::nullopt;
    return Interval{*begin, *end};
}

/// One VEVENT as an answer; nothing when it answers nothing of ours.
std::optional<Reply> reply_of(ical::Component const& event, std::string const& method, std::string const& from, ical::ZoneBook const& zones) {
    auto const entry = entry_of_uid(event.value("UID"));
    if (!entry)
        return std::nullopt;
    Reply out;
    out.entry = *entry;
    if (auto const number = ical::read_integer(event.value("SEQUENCE")))
        out.sequence = std::max(0L, number.value());
    out.stamp = ical::moment_of(event, "DTSTAMP", zones);
    out.comment = cut(ical::read_text(event.value("COMMENT")), longest_comment);
    auto const* attendee = who_answers(event, from);
    if (attendee) {
        out.attendee = address_of(*attendee);
        out.answer = answer_of(partstat(*attendee));
        out.substitute = delegate_of(event, *attendee);
        if (out.comment.empty())
            out.comment = cut(attendee->parameter("X-RESPONSE-COMMENT").value_or(""), longest_comment);
    }
    if (method == "refresh") {
        out.kind = Reply::Kind::refresh;
        return out;
    }
    if (method == "counter") {
        out.kind = Reply::Kind::counter;
        out.proposed = proposed(event, zones);
        return out.proposed ? std::optional(out) : std::nullopt;
    }
    if (out.answer == Answer::none || (out.answer == Answer::substitute && !out.substitute))
        return std::nullopt;
    return out;
}

/// Replies of one calendar. Without a METHOD anywhere, an answer is known by its PARTSTAT.
void collect(std::string const& text, std::string const& type, std::string const& from, Zone floating, Replies& out) {
    ical::ParseLimits limits;
    limits.bytes = largest_part;
    limits.components = 2000;
    limits.properties = 50'000;
    limits.lenient = true;
    auto const parsed = ical::parse(text, limits);
    if (!parsed) {
        out.why = "its calendar cannot be read: " + parsed.error().message;
        return;
    }
    for (auto const& calendar : parsed.value().calendars) {
        auto method = lower(calendar.value("METHOD"));
        if (method.empty())
            method = method_of_type(type);
        if (!method.empty() && method != "reply" && method != "counter" && method != "refresh") {
            out.why = "its calendar is no answer but METHOD:" + cut(method, 40);
            continue;
        }
        ical::ZoneBook const zones(calendar, floating);
        for (auto const& event : calendar.components)
            if (event.is("VEVENT") && out.list.size() < most_replies) {
                if (auto reply = reply_of(event, method, from, zones))
                    out.list.push_back(std::move(*reply));
                else
                    out.why = "its calendar answers nothing of ours: UID " + cut(std::string(event.value("UID")), 80);
            }
    }
}

} // namespace

std::string same_address(std::string_view address) {
    auto const begin = address.find_first_not_of(" \t\r\n<");
    if (begin == address.npos)
        return {};
    auto const end = address.find_last_not_of(" \t\r\n>");
    return lower(address.substr(begin, end - begin + 1));
}

std::string bare_id(std::string_view id) {
    auto const begin = id.find_first_not_of(" \t<");
    return begin == id.npos ? std::string() : std::string(id.substr(begin, id.find_first_of("> \t", begin) - begin));
}

Replies read_replies(IncomingMail const& mail, Zone floating) {
    Replies out;
    auto const from = same_address(mail.from);
    for (auto const& part : mail.parts) {
        auto const text = calendar_of(part);
        if (!text)
            continue;
        collect(*text, part.type, from, floating, out);
        if (!out.list.empty()) { // the same again as an attachment
            out.why.clear();
            return out;
        }
    }
    if (out.why.empty())
        out.why = "it carries no calendar; somebody has to read it";
    return out;
}

} // namespace kogge::calendar
