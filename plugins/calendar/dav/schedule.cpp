// SPDX-License-Identifier: EUPL-1.2
// The outbox (RFC 6638 §5): when those who are to be invited are free. Everybody who may sign in may ask when a colleague is
// busy, nobody with what.
#include "dav/delivery.hpp"
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

/// In UTC, as RFC 5545 §3.6.4 has it; local times, as some programs send them, are those of the caller.
Answer<Interval> range_of(ical::Component const& request, ical::ZoneBook const& zones) {
    auto const begin = ical::moment_of(request, "DTSTART", zones), until = ical::moment_of(request, "DTEND", zones);
    if (!begin || !until || *until <= *begin)
        return condition(403, ns::caldav, "valid-scheduling-message", "a free-busy request has a DTSTART and a later DTEND");
    return Interval{*begin, *until};
}

/// The zone of their default calendar.
Zone zone_of(Tree const& tree, Principal const& who) {
    auto const* principal = tree.shelf().principal(who.id);
    auto const calendar = principal ? tree.stored().find(who, who.name, principal->default_calendar) : nullptr;
    return calendar ? calendar->about().zone : Zone();
}

} // namespace

std::string Server::whose(std::string_view address) const {
    if (auto const* found = tree_.by_address(address))
        return found->user;
    auto const comparable = ical::read_address(address);
    return comparable.starts_with("mailto:") ? comparable : std::string();
}

std::vector<std::string> Server::deliver(Principal const& who, std::string const& owner, ical::Component const* before, ical::Component const* after) {
    std::vector<std::string> untold;
    auto const* principal = tree_.shelf().principal_named(owner);
    if (!principal || (!before && !after))
        return untold;
    for (auto const& message : messages_of(before, after, principal->user, [this](std::string_view address) { return whose(address); }))
        if (!deliver_one(who, message))
            untold.push_back(message.to);
    return untold;
}

namespace {

struct Copy {
    std::shared_ptr<Collection> collection;
    Member const* member = nullptr;
};

/// Where an object of that UID lies among a user's own calendars, or their default calendar without a member.
Copy copy_of(Tree const& tree, Principal const& them, std::string const& default_calendar, std::string const& uid) {
    Copy otherwise;
    for (auto& collection : tree.stored().home(them, them.name)) {
        if (collection->about().kind != About::Kind::calendar || collection->about().owner != them.name)
            continue;
        if (auto const* member = collection->find_uid(uid))
            return {collection, member};
        if (!otherwise.collection || collection->about().slug == default_calendar)
            otherwise.collection = collection;
    }
    return otherwise;
}

void store(Collection& collection, Principal const& them, std::string name, ical::Component const& calendar, std::string uid, bool answered) {
    auto const bytes = ical::to_text(calendar);
    auto const type = calendar.components.empty() ? std::string() : calendar.components.back().name;
    PutRequest put;
    put.name = std::move(name);
    put.bytes = bytes;
    auto const content_type = "text/calendar; charset=utf-8; component=" + type;
    put.content_type = content_type;
    put.parsed = &calendar;
    put.uid = std::move(uid);
    put.component = type;
    put.keep_schedule_tag = answered;
    static_cast<void>(collection.put(them, put)); // an invitation that cannot be filed is still in the inbox
}

} // namespace

bool Server::deliver_one(Principal const& who, Message const& message) {
    auto const* principal = tree_.shelf().principal(message.to);
    if (!principal)
        return mail_ && message.to.starts_with("mailto:") && mail_(who, message.to.substr(7), message);
    auto them = as(*principal);
    them.actor = who.id;
    auto const default_calendar = principal->default_calendar;
    auto const uid = uid_of(message.calendar);
    if (auto const inbox = tree_.stored().find(them, them.name, inbox_slug))
        store(*inbox, them, make_uuid() + ".ics", message.calendar, {}, false);
    auto const copy = copy_of(tree_, them, default_calendar, uid);
    if (!copy.collection || (!copy.member && message.method != "REQUEST"))
        return true;
    std::optional<ical::Component> theirs;
    if (copy.member)
        if (auto parsed = ical::parse_object(*copy.collection->bytes(*copy.member)))
            theirs = std::move(parsed).value();
    auto const name = copy.member ? copy.member->name : copy.collection->find(uid + ".ics") || uid.size() > 200 || !read_path(std::string(dav_root) + encode_segment(uid)) ? make_uuid() + ".ics" : uid + ".ics";
    if (message.method == "REQUEST")
        store(*copy.collection, them, name, copy_for_attendee(message.calendar, theirs ? &*theirs : nullptr), uid, false);
    else if (theirs && message.method == "CANCEL")
        store(*copy.collection, them, name, cancelled(*theirs), uid, false);
    else if (theirs)
        if (auto const answered = with_answer(*theirs, message, [this](std::string_view address) { return whose(address); }))
            store(*copy.collection, them, name, *answered, uid, true);
    return true;
}

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
    KOGGE_TRY(auto const range, range_of(*request, ical::ZoneBook(parsed.value(), zone_of(tree_, call.who))));
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
