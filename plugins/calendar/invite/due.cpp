// SPDX-License-Identifier: EUPL-1.2
#include "invite/due.hpp"

#include <algorithm>
#include <tuple>

namespace kogge::calendar {

namespace {

std::string name_and_address(Picture const& picture, Id<Venue> const& id) {
    auto const* venue = picture.venues.find(id);
    if (!venue)
        return {};
    return venue->address && !venue->address->empty() ? venue->name + ", " + *venue->address : venue->name;
}

std::string connection_of(Picture const& picture, Leg const& leg) {
    auto out = leg.mode;
    if (leg.service)
        out += " " + *leg.service;
    if (auto const* vehicle = leg.vehicle ? picture.vehicles.find(*leg.vehicle) : nullptr; vehicle && vehicle->name)
        out += " " + *vehicle->name;
    return out;
}

bool is_off(Picture const& picture, Shown const& shown) {
    auto const* visit = picture.visits.find(shown.visit());
    if (visit && (visit->status == VisitStatus::cancelled || visit->status == VisitStatus::declined))
        return true;
    return shown.item ? shown.item->status == ItemStatus::cancelled : shown.leg->status == "cancelled";
}

auto essence(Said const& said) {
    return std::tie(said.title, said.starts, said.ends, said.place, said.to, said.tentative, said.delayed, said.dress_code, said.interpretation,
                    said.connection, said.note);
}

/// Entries a person is in, as a delegate, a guest, a passenger or an interpreter, and that take place.
std::map<EntryId, Shown> entries_of(Picture const& picture, Id<Visit> const& visit, Id<Person> const& person) {
    std::map<EntryId, Shown> out;
    auto const& roster = picture.roster;
    auto const add = [&](Shown const& shown) {
        if (!is_off(picture, shown))
            out.emplace(shown.entry, shown);
    };
    for (auto const& entry : picture.entries_of(visit)) {
        if (entry.kind == EntryId::Kind::item) {
            auto const& row = *picture.items.row(Id<ProgrammeItem>(entry.id));
            if (roster.takes_part(row.value, person) || picture.interprets(row.value.id, person))
                add(shown(row.value, row.rev, row.updated_us));
        } else {
            auto const& row = *picture.legs.row(Id<Leg>(entry.id));
            auto const& leg = row.value;
            if (shown(leg) && (roster.brings(leg.tracks, person) || holds(leg.extra_passengers, person)) && !holds(leg.without, person))
                add(shown(leg, row.rev, row.updated_us));
        }
    }
    return out;
}

/// SEQUENCE starts at 0 with revision 1 (feed/event.cpp).
std::int64_t sequence_of(Shown const& shown) { return std::max<std::int64_t>(0, shown.rev - 1); }

Due withdrawal(Row<Invitation> const& told) {
    Due out{News::withdraw, entry_of(told.value), {}, &told, told.value.said, told.value.sequence + 1, false};
    return out;
}

std::optional<Due> news_of(Picture const& picture, Shown const& shown, Row<Invitation> const* told, std::string const& address) {
    Due out;
    out.entry = shown.entry;
    out.shown = shown;
    out.told = told;
    out.now = said_of(picture, shown);
    out.sequence = sequence_of(shown);
    if (told) {
        auto const& before = told->value;
        bool const anew = before.withdrawn || before.address != address;
        if (!anew && !differs(before.said, out.now))
            return std::nullopt;
        out.news = anew ? News::invite : News::update;
        out.moved = before.withdrawn || before.said.starts != out.now.starts || before.said.ends != out.now.ends;
        out.sequence = std::max(out.sequence, before.sequence + 1);
    }
    if (out.news == News::invite && out.now.tentative)
        return std::nullopt;
    return out;
}

} // namespace

Said said_of(Picture const& picture, Shown const& shown) {
    Said out;
    out.starts = shown.starts();
    out.ends = shown.ends();
    if (shown.leg) {
        auto const& leg = *shown.leg;
        out.place = name_and_address(picture, leg.from);
        out.to = name_and_address(picture, leg.to);
        out.delayed = leg.status == "delayed";
        out.connection = connection_of(picture, leg);
        return out;
    }
    auto const& item = *shown.item;
    out.title = item.title;
    out.tentative = item.status == ItemStatus::proposed;
    out.place = item.venue ? name_and_address(picture, *item.venue) : std::string();
    out.dress_code = item.dress_code.value_or("");
    if (item.interpretation)
        out.interpretation = std::string(boost::describe::enum_to_string(item.interpretation->mode, "")) + " " + item.interpretation->from + "-" + item.interpretation->to;
    out.note = item.note ? item.note->text : std::string();
    return out;
}

bool differs(Said const& before, Said const& now) { return essence(before) != essence(now); }

std::set<Id<Person>> people_of(Picture const& picture, Ledger const& ledger, Id<Visit> const& visit) {
    auto out = ledger.people_of(visit);
    for (auto const& entry : picture.entries_of(visit)) {
        if (entry.kind == EntryId::Kind::item) {
            auto const people = picture.roster.people_of(*picture.items.find(Id<ProgrammeItem>(entry.id)));
            out.insert(people.begin(), people.end());
        } else {
            auto const& leg = *picture.legs.find(Id<Leg>(entry.id));
            auto const people = picture.roster.people_of(leg.tracks);
            out.insert(people.begin(), people.end());
            out.insert(leg.extra_passengers.begin(), leg.extra_passengers.end());
        }
    }
    for (auto const& [id, row] : picture.assignments.rows())
        if (row.value.visit == visit)
            out.insert(row.value.person);
    return out;
}

std::vector<Due> due(Picture const& picture, Ledger const& ledger, Id<Visit> const& visit, Id<Person> const& person, Instant now) {
    auto const* guest = ledger.guests.find(person);
    auto const address = guest ? guest->email.value_or("") : std::string();
    auto const entries = entries_of(picture, visit, person);
    auto const told = ledger.of(visit, person);
    auto const over = [&](Said const& said) { return instant_of(said.ends) <= now; };
    std::vector<Due> out;
    for (auto const& [entry, shown] : entries) {
        auto const known = told.find(entry);
        auto const* before = known == told.end() ? nullptr : known->second;
        auto one = news_of(picture, shown, before, address);
        if (one && !(over(one->now) && (!before || over(before->value.said))))
            out.push_back(std::move(*one));
    }
    for (auto const& [entry, row] : told)
        if (!row->value.withdrawn && !entries.contains(entry) && !over(row->value.said))
            out.push_back(withdrawal(*row));
    std::sort(out.begin(), out.end(), [](Due const& a, Due const& b) {
        return std::make_tuple(instant_of(a.now.starts), a.entry) < std::make_tuple(instant_of(b.now.starts), b.entry);
    });
    return out;
}

} // namespace kogge::calendar
