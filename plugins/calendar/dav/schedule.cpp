// SPDX-License-Identifier: EUPL-1.2
// The outbox (RFC 6638 §5): when those who are to be invited are free. Everybody who may sign in may ask when a colleague is
// busy, nobody with what.
#include "dav/free_busy.hpp"
#include "dav/server.hpp"
#include "ical/values.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t most_recipients = 200;

Principal as(CalendarPrincipal const& principal) {
    Principal out;
    out.id = principal.user;
    out.name = principal.name;
    out.rights = {"read"};
    if (principal.person)
        out.person = Id<Person>(*principal.person);
    return out;
}

/// What their calendars block, but for those they marked as not counting, and the hours they are not available.
std::vector<ical::BusyPeriod> busy_of(Tree const& tree, CalendarPrincipal const& principal, Interval range) {
    std::vector<ical::BusyPeriod> out;
    auto const self = as(principal);
    Zone zone;
    for (auto const& collection : tree.collections(self, principal.name)) {
        auto const& about = collection->about();
        if (about.kind != About::Kind::calendar || about.transparent || about.slug.starts_with("shared-") || about.slug.starts_with("visit.") || about.slug.starts_with("track."))
            continue;
        if (about.slug == principal.default_calendar)
            zone = about.zone;
        auto periods = collection->busy(range, about.zone);
        out.insert(out.end(), periods.begin(), periods.end());
    }
    if (auto const parsed = ical::parse_object(principal.availability); !principal.availability.empty() && parsed)
        for (auto const& period : ical::busy(parsed.value(), range, ical::ZoneBook(parsed.value(), zone)).list)
            out.push_back({period.when, period.type, nullptr});
    return out;
}

Answer<Interval> range_of(ical::Component const& request) {
    auto const* start = request.find("DTSTART");
    auto const* end = request.find("DTEND");
    auto const begin = start ? ical::read_date_time(start->value()) : Result<ical::Stamp>(invalid("no DTSTART"));
    auto const until = end ? ical::read_date_time(end->value()) : Result<ical::Stamp>(invalid("no DTEND"));
    if (!begin || !until || begin.value().kind != ical::Stamp::Kind::utc || until.value().kind != ical::Stamp::Kind::utc || until.value().wall <= begin.value().wall)
        return condition(403, ns::caldav, "valid-scheduling-message", "a free-busy request has a DTSTART and a later DTEND, in UTC");
    return Interval{Instant(begin.value().wall.time_since_epoch()), Instant(until.value().wall.time_since_epoch())};
}

} // namespace

Server::Reply Server::post(Call const& call) {
    KOGGE_TRY(auto const at, tree_.find(call.who, call.path));
    if (at.kind != Resource::Kind::outbox)
        return refusal(405, "requests are posted to one's own outbox only");
    auto const parsed = ical::parse_object(call.request.body);
    if (!parsed)
        return condition(403, ns::caldav, "valid-calendar-data", parsed.error().message);
    auto const& inside = parsed.value().components;
    auto const request = std::find_if(inside.begin(), inside.end(), [](auto const& component) { return component.is("VFREEBUSY"); });
    if (request == inside.end() || !ical::same_name(parsed.value().value("METHOD"), "REQUEST"))
        return condition(403, ns::caldav, "valid-scheduling-message", "a free-busy request is a VFREEBUSY with METHOD:REQUEST");
    auto const organizer = std::string(request->value("ORGANIZER"));
    auto const* self = tree_.by_address(organizer);
    if (!self || self->user != call.who.id)
        return condition(403, ns::caldav, "organizer-allowed", "the ORGANIZER of what you post is you, by one of your addresses");
    auto const attendees = request->all("ATTENDEE");
    if (attendees.empty() || attendees.size() > most_recipients)
        return condition(403, ns::caldav, "valid-scheduling-message", "between 1 and " + std::to_string(most_recipients) + " people can be asked for at once");
    KOGGE_TRY(auto const range, range_of(*request));
    DavResponse out;
    out.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<C:schedule-response" + std::string(declarations()) + ">";
    for (auto const* attendee : attendees) {
        std::string const address(attendee->value());
        auto const* principal = tree_.by_address(address);
        out.body += "<C:response><C:recipient><D:href>" + escaped(address) + "</D:href></C:recipient><C:request-status>" + (principal ? "2.0;Success" : "3.7;Invalid calendar user") + "</C:request-status>";
        if (principal)
            out.body += "<C:calendar-data>" +
                        escaped(free_busy_text({range, busy_of(tree_, *principal, range), now_(), std::string(request->value("UID")), organizer, address, "REPLY"})) + "</C:calendar-data>";
        out.body += "</C:response>";
    }
    out.body += "</C:schedule-response>\n";
    return out;
}

} // namespace kogge::calendar::dav
