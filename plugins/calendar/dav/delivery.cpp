// SPDX-License-Identifier: EUPL-1.2
#include "dav/delivery.hpp"

#include "ical/values.hpp"

#include <algorithm>
#include <set>

namespace kogge::calendar::dav {

namespace {

using ical::Component;
using ical::Property;

bool is_scheduled(Component const& component) { return !component.is("VTIMEZONE") && component.find("ORGANIZER"); }

std::string organizer_of(Component const& calendar, WhoseAddress const& whose) {
    for (auto const& component : calendar.components)
        if (is_scheduled(component)) {
            auto const agent = component.find("ORGANIZER")->parameter("SCHEDULE-AGENT");
            return agent && !ical::same_name(*agent, "SERVER") ? std::string() : whose(component.value("ORGANIZER"));
        }
    return {};
}

std::set<std::string> attendees_of(Component const& calendar, WhoseAddress const& whose) {
    std::set<std::string> out;
    for (auto const& component : calendar.components)
        for (auto const* attendee : component.all("ATTENDEE"))
            if (auto const agent = attendee->parameter("SCHEDULE-AGENT"); !agent || ical::same_name(*agent, "SERVER"))
                out.insert(whose(attendee->value()));
    out.erase("");
    return out;
}

void without_alarms(Component& calendar) {
    for (auto& component : calendar.components)
        std::erase_if(component.components, [](auto const& inner) { return inner.is("VALARM"); });
}

Component message(Component calendar, std::string_view method) {
    without_alarms(calendar);
    calendar.set("METHOD", method);
    return calendar;
}

Property const* attendee_in(Component const& component, std::string const& who, WhoseAddress const& whose) {
    for (auto const* attendee : component.all("ATTENDEE"))
        if (whose(attendee->value()) == who)
            return attendee;
    return nullptr;
}

std::string answer_in(Component const& component, std::string const& who, WhoseAddress const& whose) {
    auto const* attendee = attendee_in(component, who, whose);
    return attendee ? attendee->parameter("PARTSTAT").value_or("NEEDS-ACTION") : std::string();
}

Component const* instance(Component const& calendar, std::string_view recurrence) {
    for (auto const& component : calendar.components)
        if (!component.is("VTIMEZONE") && component.value("RECURRENCE-ID") == recurrence)
            return &component;
    return nullptr;
}

/// A reply holds only those instances that are answered, and only the one who answers.
std::optional<Component> reply(Component const* before, Component const* after, std::string const& owner, WhoseAddress const& whose) {
    auto out = after ? *after : *before;
    std::erase_if(out.components, [&](Component const& component) {
        if (component.is("VTIMEZONE"))
            return false;
        auto const* old = before ? instance(*before, component.value("RECURRENCE-ID")) : nullptr;
        auto const now = answer_in(component, owner, whose);
        if (!after)
            return now.empty() || ical::same_name(now, "DECLINED");
        auto const was = old ? answer_in(*old, owner, whose) : std::string("NEEDS-ACTION");
        return now.empty() || ical::same_name(now, was);
    });
    if (std::all_of(out.components.begin(), out.components.end(), [](auto const& component) { return component.is("VTIMEZONE"); }))
        return std::nullopt;
    for (auto& component : out.components) {
        std::erase_if(component.properties, [&](Property const& property) { return property.is("ATTENDEE") && whose(property.value()) != owner; });
        if (auto* attendee = component.find("ATTENDEE"); attendee && !after)
            attendee->set_parameter("PARTSTAT", "DECLINED");
    }
    return message(std::move(out), "REPLY");
}

} // namespace

std::string uid_of(Component const& calendar) {
    for (auto const& component : calendar.components)
        if (!component.is("VTIMEZONE"))
            return std::string(component.value("UID"));
    return {};
}

std::vector<Message> messages_of(Component const* before, Component const* after, std::string const& owner, WhoseAddress const& whose) {
    std::vector<Message> out;
    auto const organizer = organizer_of(after ? *after : *before, whose);
    if (organizer.empty())
        return out;
    auto const asked = after ? attendees_of(*after, whose) : std::set<std::string>();
    auto const were = before ? attendees_of(*before, whose) : std::set<std::string>();
    if (organizer == owner) {
        for (auto const& attendee : asked)
            if (attendee != owner)
                out.push_back({attendee, "REQUEST", message(*after, "REQUEST"), {}});
        for (auto const& attendee : were)
            if (attendee != owner && !asked.contains(attendee))
                out.push_back({attendee, "CANCEL", message(cancelled(*before), "CANCEL"), {}});
        return out;
    }
    if (!asked.contains(owner) && !were.contains(owner))
        return out;
    if (auto answer = reply(before, after, owner, whose))
        out.push_back({organizer, "REPLY", std::move(*answer), owner});
    return out;
}

Component copy_for_attendee(Component const& request, Component const* theirs) {
    auto out = request;
    out.remove("METHOD");
    if (theirs)
        for (auto& component : out.components)
            if (auto const* old = component.is("VTIMEZONE") ? nullptr : instance(*theirs, component.value("RECURRENCE-ID")))
                std::copy_if(old->components.begin(), old->components.end(), std::back_inserter(component.components), [](auto const& inner) { return inner.is("VALARM"); });
    return out;
}

Component cancelled(Component const& theirs) {
    auto out = theirs;
    out.remove("METHOD");
    for (auto& component : out.components)
        if (!component.is("VTIMEZONE"))
            component.set("STATUS", "CANCELLED");
    return out;
}

Component with_status(Component calendar, std::vector<std::string> const& attendees, std::string_view status, WhoseAddress const& whose) {
    for (auto& component : calendar.components)
        for (auto& property : component.properties)
            if (property.is("ATTENDEE") && std::find(attendees.begin(), attendees.end(), whose(property.value())) != attendees.end())
                property.set_parameter("SCHEDULE-STATUS", status);
    return calendar;
}

Letter letter_of(Message const& message, std::string_view language) {
    auto const in = [&](char const* nl, char const* de, char const* en) { return std::string(language == "nl" ? nl : language == "de" ? de : en); };
    auto const subject = message.method == "CANCEL"  ? in("Afgezegd", "Abgesagt", "Cancelled")
                         : message.method == "REPLY" ? in("Antwoord", "Antwort", "Reply")
                                                     : in("Uitnodiging", "Einladung", "Invitation");
    Letter out;
    for (auto const& component : message.calendar.components) {
        if (component.is("VTIMEZONE"))
            continue;
        auto const summary = ical::read_text(component.value("SUMMARY"));
        out.subject = subject + ": " + summary;
        out.text = summary + "\n";
        if (auto const* start = component.find("DTSTART"))
            if (auto const stamp = ical::read_stamp(start->value())) {
                auto when = to_text(stamp.value().wall);
                when[10] = ' ';
                out.text += when.substr(0, stamp.value().kind == ical::Stamp::Kind::date ? 10 : 16) +
                            (stamp.value().kind == ical::Stamp::Kind::utc ? " UTC" : " " + start->parameter("TZID").value_or("")) + "\n";
            }
        if (auto const place = ical::read_text(component.value("LOCATION")); !place.empty())
            out.text += place + "\n";
        break;
    }
    out.text += "\n" + in("De bijlage is voor uw agenda.", "Der Anhang ist für Ihren Kalender.", "The part beside this text is for your calendar.") + "\n";
    return out;
}

namespace {

/// Everything said in it but one attendee's answer, in an order that does not depend on the program that wrote it.
std::vector<std::string> apart_from_answer(Component const& component, std::string const& self, WhoseAddress const& whose) {
    std::vector<std::string> out;
    for (auto property : component.properties) {
        if (property.is("DTSTAMP") || property.is("LAST-MODIFIED") || property.is("SEQUENCE")) // some programs raise SEQUENCE whatever they save
            continue;
        if (property.is("ATTENDEE") && whose(property.value()) == self)
            for (auto const* answer : {"PARTSTAT", "RSVP"})
                property.remove_parameter(answer);
        std::string line;
        property.write(line);
        out.push_back(std::move(line));
    }
    for (auto const& inner : component.components)
        for (auto const& line : apart_from_answer(inner, self, whose))
            out.push_back(inner.name + '/' + line);
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

bool only_answers(Component const& before, Component const& after, std::string const& self, WhoseAddress const& whose) {
    return organizer_of(after, whose) != self && apart_from_answer(before, self, whose) == apart_from_answer(after, self, whose);
}

std::optional<Component> with_answer(Component const& organisers, Message const& reply, WhoseAddress const& whose) {
    auto out = organisers;
    bool changed = false;
    for (auto const& answered : reply.calendar.components) {
        if (answered.is("VTIMEZONE"))
            continue;
        auto const answer = answer_in(answered, reply.attendee, whose);
        for (auto& component : out.components)
            if (!component.is("VTIMEZONE") && component.value("RECURRENCE-ID") == answered.value("RECURRENCE-ID"))
                for (auto& property : component.properties)
                    if (property.is("ATTENDEE") && whose(property.value()) == reply.attendee && !answer.empty()) {
                        property.set_parameter("PARTSTAT", answer);
                        property.remove_parameter("RSVP");
                        changed = true;
                    }
    }
    return changed ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace kogge::calendar::dav
