// SPDX-License-Identifier: EUPL-1.2
#include "invite/message.hpp"

#include "ical/lines.hpp"
#include "ical/parse.hpp"
#include "ical/zones.hpp"

namespace kogge::calendar {

namespace {

constexpr std::string_view item_tail = "@item.kogge", leg_tail = "@leg.kogge";

char const* partstat(Answer answer) {
    switch (answer) {
        case Answer::accepted: return "ACCEPTED";
        case Answer::tentative: return "TENTATIVE";
        case Answer::declined: return "DECLINED";
        case Answer::substitute: return "DELEGATED";
        case Answer::none: break;
    }
    return "NEEDS-ACTION";
}

std::string organizer(Party const& office) {
    ical::Property property("ORGANIZER", "mailto:" + office.address);
    if (!office.name.empty())
        property.set_parameter("CN", office.name);
    std::string out;
    property.write(out);
    return out;
}

std::string attendee(Party const& guest, Answer answer) {
    ical::Property property("ATTENDEE", "mailto:" + guest.address);
    property.set_parameter("CN", guest.name);
    property.set_parameter("CUTYPE", "INDIVIDUAL");
    property.set_parameter("ROLE", "REQ-PARTICIPANT");
    property.set_parameter("PARTSTAT", partstat(answer));
    property.set_parameter("RSVP", answer == Answer::none ? "TRUE" : "FALSE");
    std::string out;
    property.write(out);
    return out;
}

/// The event as feeds have it, with more properties in front.
std::string with(Event const& event, std::string const& lines) {
    constexpr std::string_view begin = "BEGIN:VEVENT\r\n";
    auto out = to_ical(event);
    return out.insert(begin.size(), lines);
}

std::string head(char const* method) {
    std::string out;
    Lines(out).raw("BEGIN", "VCALENDAR").raw("VERSION", "2.0").raw("PRODID", "-//Kogge//Calendar 1//EN").raw("CALSCALE", "GREGORIAN").raw("METHOD", method);
    return out;
}

std::string zones(std::vector<Event> const& events) {
    ZonesUsed used;
    for (auto const& event : events) {
        auto const years = years_of(event.starts, event.ends);
        used.use(event.starts, years);
        used.use(event.ends, years);
    }
    std::string out;
    for (auto const& [name, zone] : used.list())
        out += vtimezone(zone.first, zone.second);
    return out;
}

std::string calendar(char const* method, std::vector<Event> const& events, std::string const& body) {
    auto out = head(method);
    out += zones(events);
    out += body;
    return out += "END:VCALENDAR\r\n";
}

} // namespace

std::string uid_of(EntryId const& entry) {
    auto out = entry.id;
    return out += entry.kind == EntryId::Kind::item ? item_tail : leg_tail;
}

std::optional<EntryId> entry_of_uid(std::string_view uid) {
    auto const is = [&](std::string_view tail) { return uid.ends_with(tail) && is_id(uid.substr(0, uid.size() - tail.size())); };
    if (is(item_tail))
        return EntryId{EntryId::Kind::item, std::string(uid.substr(0, uid.size() - item_tail.size()))};
    if (is(leg_tail))
        return EntryId{EntryId::Kind::leg, std::string(uid.substr(0, uid.size() - leg_tail.size()))};
    return std::nullopt;
}

std::string request(Event const& event, Party const& office, Party const& guest, Answer answer) {
    return calendar("REQUEST", {event}, with(event, organizer(office) + attendee(guest, answer)));
}

std::string cancel(Event const& event, Party const& office, Party const& guest) {
    return calendar("CANCEL", {event}, with(event, organizer(office) + attendee(guest, Answer::none)));
}

std::string publish(std::vector<Event> const& events, Party const& office) {
    std::string body;
    for (auto const& event : events)
        body += with(event, organizer(office));
    return calendar("PUBLISH", events, body);
}

std::string decline_counter(EntryId const& entry, std::int64_t sequence, Party const& office, Party const& guest, std::string const& comment, Instant now) {
    auto out = head("DECLINECOUNTER");
    Lines lines(out);
    lines.raw("BEGIN", "VEVENT").raw("UID", uid_of(entry)).raw("SEQUENCE", std::to_string(sequence)).raw("DTSTAMP", utc(now));
    out += organizer(office);
    out += attendee(guest, Answer::none);
    if (!comment.empty())
        lines.text("COMMENT", comment);
    return out += "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

} // namespace kogge::calendar
