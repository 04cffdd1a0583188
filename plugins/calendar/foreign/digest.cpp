// SPDX-License-Identifier: EUPL-1.2
#include "foreign/digest.hpp"

#include "ical/busy.hpp"
#include "ical/parse.hpp"
#include "ical/recur.hpp"
#include "ical/values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

namespace kogge::calendar::foreign {

namespace {

using ical::Component;
using ical::Series;

constexpr std::size_t most_remarks = 20;
constexpr std::size_t longest_title = 200;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view blanks = " \t\r\n";

bool begins_with(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && ical::same_name(text.substr(0, word.size()), word);
}

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// What these bytes are, when they are no calendar: the answers of servers that want a password or have broken off.
Trouble look_at(std::string_view bytes, DigestLimits const& limits) {
    if (bytes.size() > limits.bytes)
        return {LookError::too_large, std::to_string(bytes.size()) + " > " + std::to_string(limits.bytes)};
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") || bytes.find('\0') != bytes.npos)
        return {LookError::encoding, bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") ? "UTF-16" : "NUL"};
    auto text = bytes;
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    text = trimmed(text);
    if (text.starts_with("<"))
        return {begins_with(text, "<?xml") ? LookError::not_calendar : LookError::web_page, clean(text, 40)};
    if (!begins_with(text, "BEGIN:VCALENDAR"))
        return {LookError::not_calendar, text.empty() ? "" : clean(text, 40)};
    auto const last = trimmed(text.substr(text.find_last_of("\r\n") + 1));
    if (!ical::same_name(last, "END:VCALENDAR"))
        return {LookError::truncated, clean(last, 40)};
    return {};
}

Looked<ical::Parsed> parsed(std::string_view bytes, DigestLimits const& limits) {
    if (auto trouble = look_at(bytes, limits); trouble.what != LookError::none)
        return trouble;
    ical::ParseLimits bounds{.bytes = limits.bytes, .line_octets = std::size_t(1) << 20, .components = limits.components, .lenient = true};
    auto out = ical::parse(bytes, bounds);
    if (!out)
        return Trouble{out.error().message.find("UTF-8") == std::string::npos ? LookError::not_calendar : LookError::encoding, out.error().message};
    return std::move(out).value();
}

/// Outlook keeps a meeting that was called off as confirmed, and writes it before the title.
bool called_off(std::string_view title) {
    static constexpr std::array<std::string_view, 5> words{"Canceled:", "Cancelled:", "Abgesagt:", "Geannuleerd:", "Annulé"};
    return std::any_of(words.begin(), words.end(), [&](auto word) { return begins_with(title, word); });
}

bool invites(ical::Property const& property, std::optional<std::string> const& owner) {
    return owner && property.is("ATTENDEE") && ical::same_name(ical::read_address(property.value()), "mailto:" + *owner);
}

enum class Claim { none, tentative, busy };

/// What an event says about the time it takes, in one walk over its properties: there may be 100,000 of them.
struct Sayings {
    std::string_view status, summary, transp;
    std::string_view outlooks;         // X-MICROSOFT-CDO-BUSYSTATUS: finer than TRANSP, and written by who knows
    std::optional<std::string> answer; // of the owner to the invitation that it is, if it is one
};

Sayings sayings_of(Component const& event, std::optional<std::string> const& owner) {
    Sayings out;
    auto const first = [](std::string_view& to, ical::Property const& property) { to = to.empty() ? property.value() : to; };
    for (auto const& property : event.properties) {
        if (property.is("STATUS"))
            first(out.status, property);
        else if (property.is("SUMMARY"))
            first(out.summary, property);
        else if (property.is("TRANSP"))
            first(out.transp, property);
        else if (property.is("X-MICROSOFT-CDO-BUSYSTATUS"))
            first(out.outlooks, property);
        else if (!out.answer && invites(property, owner))
            out.answer = property.parameter("PARTSTAT").value_or("NEEDS-ACTION");
    }
    return out;
}

/// An override that only moves leaves the rest out (Exchange): then its master says it.
Sayings merged(Sayings own, Sayings const& master) {
    for (auto const member : {&Sayings::status, &Sayings::summary, &Sayings::transp, &Sayings::outlooks})
        if ((own.*member).empty())
            own.*member = master.*member;
    return own;
}

Claim claim_of(Sayings const& said, bool outlook) {
    using ical::same_name;
    if (same_name(said.status, "CANCELLED") || (outlook && called_off(said.summary)))
        return Claim::none;
    auto const answer = said.answer.value_or("");
    if (same_name(answer, "DECLINED") || same_name(answer, "DELEGATED"))
        return Claim::none;
    if (same_name(said.outlooks, "FREE") || same_name(said.outlooks, "WORKINGELSEWHERE"))
        return Claim::none;
    if (said.outlooks.empty() && same_name(said.transp, "TRANSPARENT"))
        return Claim::none;
    bool const tentative = same_name(said.status, "TENTATIVE") || same_name(said.outlooks, "TENTATIVE") || same_name(answer, "TENTATIVE") ||
                           same_name(answer, "NEEDS-ACTION");
    return tentative ? Claim::tentative : Claim::busy;
}

/// Who subscribes to Kogge's feeds, or accepts its invitations, has the programme in their own calendar: that is no reason
/// not to be there.
bool is_ours(std::string_view uid) { return uid.ends_with("@item.kogge") || uid.ends_with("@leg.kogge"); }

class Digester {
  public:
    Digester(Reading const& reading, DigestLimits const& limits) : reading_(reading), limits_(limits) {}

    Looked<Digest> run(ical::Parsed const& parsed) {
        for (auto const& remark : parsed.remarks)
            if (remark.message.ends_with("; left out"))
                say("line " + std::to_string(remark.line) + ": " + remark.message);
        for (auto const& calendar : parsed.calendars)
            if (auto done = take(calendar); !done)
                return done.error();
        std::sort(out_.busy.begin(), out_.busy.end(), [](auto const& a, auto const& b) { return std::tie(a.when, a.key) < std::tie(b.when, b.key); });
        if (out_.busy.size() > limits_.busy) {
            say("only the first " + std::to_string(limits_.busy) + " of " + std::to_string(out_.busy.size()) + " appointments are taken");
            out_.busy.resize(limits_.busy);
        }
        return std::move(out_);
    }

  private:
    Looked<void> take(Component const& calendar) {
        header(calendar);
        ical::ZoneBook const zones(calendar, floating(calendar));
        bool const outlook = calendar.value("PRODID").find("Microsoft") != std::string_view::npos;
        for (auto const& series : ical::series_of(calendar, "VEVENT")) {
            if (std::chrono::steady_clock::now() > deadline_)
                return Trouble{LookError::too_much, std::to_string(out_.events)};
            event(series, zones, outlook);
            if (out_.busy.size() > limits_.busy * 8)
                return Trouble{LookError::too_much, std::to_string(out_.events)};
        }
        published(calendar, zones);
        for (auto const& remark : zones.remarks())
            say(remark);
        return boost::outcome_v2::success();
    }

    void header(Component const& calendar) {
        if (out_.name.empty())
            out_.name = clean(ical::read_text(calendar.value(calendar.find("NAME") ? "NAME" : "X-WR-CALNAME")), longest_title);
        auto const asked = ical::read_duration(calendar.value(calendar.find("REFRESH-INTERVAL") ? "REFRESH-INTERVAL" : "X-PUBLISHED-TTL"));
        if (asked && !asked.value().negative())
            out_.refresh = std::chrono::duration_cast<Minutes>(std::chrono::hours(24) * asked.value().days.count() + asked.value().time);
    }

    Zone floating(Component const& calendar) {
        auto zone = reading_.zone;
        if (!zone)
            zone = ical::database_zone(trimmed(calendar.value("X-WR-TIMEZONE")));
        if (out_.zone.empty())
            out_.zone = zone.value_or(reading_.otherwise).name();
        return zone.value_or(reading_.otherwise);
    }

    void event(Series const& series, ical::ZoneBook const& zones, bool outlook) {
        ++out_.events;
        auto const& first = series.master ? *series.master : *series.overrides.front();
        std::string const uid(first.value("UID"));
        if (is_ours(uid)) {
            ++out_.ours;
            return;
        }
        auto const found = ical::occurrences(series, reading_.window, zones, {.steps = 200'000, .occurrences = 5'000});
        if (!found)
            return say(label(first) + ": " + found.error().message + "; left out");
        if (!found.value().cut.empty())
            say(label(first) + ": " + found.value().cut);
        bool const repeats = series.master && (series.master->find("RRULE") || series.master->find("RDATE") || !series.overrides.empty());
        auto const usual = series.master ? sayings_of(*series.master, reading_.owner) : Sayings();
        std::map<Component const*, std::pair<Claim, std::string>> known; // of each override once
        bool claimed = found.value().list.empty();
        for (auto const& occurrence : found.value().list) {
            auto const [facts, fresh] = known.try_emplace(occurrence.component);
            if (fresh) {
                auto const said = occurrence.component == series.master ? usual : merged(sayings_of(*occurrence.component, reading_.owner), usual);
                facts->second = {claim_of(said, outlook), clean(ical::read_text(said.summary), longest_title)};
            }
            auto const& [claim, title] = facts->second;
            if (claim == Claim::none || occurrence.when.empty())
                continue;
            claimed = true;
            auto key = uid.empty() ? "?" + to_text(occurrence.when.begin) + title : uid;
            if (repeats || !series.master)
                key += "\n" + ical::to_text(occurrence.recurrence);
            keep(std::move(key), occurrence.when, claim == Claim::tentative, title);
        }
        if (!claimed)
            ++(ical::same_name(first.value("STATUS"), "CANCELLED") ? out_.cancelled : out_.free);
    }

    /// VFREEBUSY: what Exchange and Zimbra publish for those who may see no more.
    void published(Component const& calendar, ical::ZoneBook const& zones) {
        Component only = calendar;
        std::erase_if(only.components, [](auto const& one) { return !one.is("VFREEBUSY"); });
        if (only.components.empty())
            return;
        out_.events += only.components.size();
        for (auto const& period : ical::joined(ical::busy(only, reading_.window, zones).list))
            keep("freebusy\n" + to_text(period.when.begin), period.when, period.type == ical::Busy::tentative, {});
    }

    /// One key stands for one stretch, also where a sloppy calendar uses a UID twice.
    void keep(std::string key, Interval when, bool tentative, std::string title) {
        auto const nth = ++seen_[key];
        if (nth > 1)
            key += "\n#" + std::to_string(nth);
        out_.busy.push_back({std::move(key), when, tentative, std::move(title)});
    }

    static std::string label(Component const& event) {
        auto const title = clean(ical::read_text(event.value("SUMMARY").substr(0, 300)), 60);
        return "line " + std::to_string(event.line) + (title.empty() ? "" : " (" + title + ")");
    }
    void say(std::string remark) {
        if (out_.remarks.size() < most_remarks)
            out_.remarks.push_back(clean(remark, 400));
    }

    Reading const& reading_;
    DigestLimits const& limits_;
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::now() + limits_.time;
    std::unordered_map<std::string, int> seen_;
    Digest out_;
};

bool needed(ical::Property const& property) {
    static constexpr std::array<std::string_view, 16> names{"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
                                                            "STATUS", "TRANSP", "SUMMARY", "X-MICROSOFT-CDO-BUSYSTATUS", "PRODID", "NAME",
                                                            "X-WR-CALNAME", "X-WR-TIMEZONE"};
    return std::any_of(names.begin(), names.end(), [&](auto name) { return property.is(name); });
}

} // namespace

std::string clean(std::string_view text, std::size_t most) {
    std::string out;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size();) {
        auto const first = static_cast<unsigned char>(text[i]);
        std::size_t const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
        auto const second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u; // no overlong forms, no surrogates
        bool const sound = !((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
                             (first == 0xf4 && second > 0x8f));
        bool const whole = length && i + length <= text.size() && first < 0xf5 && sound &&
                           std::all_of(text.begin() + std::ptrdiff_t(i + 1), text.begin() + std::ptrdiff_t(i + length),
                                       [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; });
        if (characters == most)
            return out + "…";
        if (!whole)
            out += "\xef\xbf\xbd";
        else if (first < 0x20 || first == 0x7f)
            out += ' ';
        else
            out += text.substr(i, length);
        i += whole ? length : 1;
        ++characters;
    }
    auto const last = out.find_last_not_of(' ');
    out.erase(last == out.npos ? 0 : last + 1);
    return out;
}

Looked<Digest> digest(std::string_view bytes, Reading const& reading, DigestLimits const& limits) {
    auto const calendars = parsed(bytes, limits);
    if (!calendars)
        return calendars.error();
    return Digester(reading, limits).run(calendars.value());
}

Looked<std::string> reduced(std::string_view bytes, Instant since, std::optional<std::string> const& owner, DigestLimits const& limits) {
    auto calendars = parsed(bytes, limits);
    if (!calendars)
        return calendars.error();
    std::string out;
    for (auto& calendar : calendars.value().calendars) {
        ical::ZoneBook const zones(calendar);
        std::set<Component const*> over; // a day of grace: the owner's zone is not known here
        for (auto const& series : ical::series_of(calendar, "VEVENT"))
            if (auto const extent = ical::extent(series, zones, {.steps = 20'000, .occurrences = 20'000});
                extent && extent.value() && extent.value()->end < since - std::chrono::hours(24)) {
                over.insert(series.master);
                over.insert(series.overrides.begin(), series.overrides.end());
            }
        std::vector<Component> kept;
        for (auto& component : calendar.components) {
            bool const event = component.is("VEVENT");
            if ((!event && !component.is("VTIMEZONE") && !component.is("VFREEBUSY")) || over.contains(&component))
                continue;
            if (event) {
                std::erase_if(component.properties, [&](auto const& property) { return !needed(property) && !invites(property, owner); });
                component.components.clear(); // alarms
            }
            kept.push_back(std::move(component));
        }
        calendar.components = std::move(kept);
        std::erase_if(calendar.properties, [](auto const& property) { return !needed(property); });
        ical::write(calendar, out);
    }
    return out;
}

} // namespace kogge::calendar::foreign
