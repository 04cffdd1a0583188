// SPDX-License-Identifier: EUPL-1.2
#include "invite/decide.hpp"

#include "invite/reply.hpp"

namespace kogge::calendar {

namespace {

Error gone(Invitation const& invitation) {
    return {ErrorCode::not_found, "there is no " + invitation.entity + " " + invitation.entry + " any more; nothing can be changed in it", {}};
}

Result<void> take_time(Invitation const& invitation, Picture const& picture, ChangeSet& out) {
    auto const* item = picture.items.row(Id<ProgrammeItem>(invitation.entry));
    if (!item)
        return gone(invitation);
    out.update(item->value.id, item->rev, {{"starts", to_text(invitation.counter->starts)}, {"ends", to_text(invitation.counter->ends)}});
    return boost::outcome_v2::success();
}

/// The person of that address, or a new one.
Id<Person> person_of(Substitute const& substitute, Ledger const& ledger, ChangeSet& out) {
    for (auto const& [id, row] : ledger.guests.rows())
        if (same_address(row.value.email.value_or("")) == same_address(substitute.email))
            return Id<Person>(id.str());
    auto const space = substitute.name.rfind(' ');
    Person person;
    person.id = Id<Person>::make();
    person.given_name = space == std::string::npos ? std::string() : substitute.name.substr(0, space);
    person.family_name = space == std::string::npos ? substitute.name : substitute.name.substr(space + 1);
    person.email = substitute.email;
    out.create(person);
    return person.id;
}

void take_part(Picture const& picture, ProgrammeItem const& item, Id<Person> const& person, Presence presence, std::string const& role, ChangeSet& out) {
    for (auto const& [id, row] : picture.roster.participations.rows())
        if (row.value.item == item.id && row.value.person == person) {
            out.update(id, row.rev, {{"presence", to_json(presence)}, {"role", role}});
            return;
        }
    out.create(Participation{Id<Participation>::make(), item.visit, item.id, person, presence, role, {}});
}

/// The substitute comes with a rank of their own: nothing of the other's office passes to them.
Result<void> take_place(Invitation const& invitation, Picture const& picture, Ledger const& ledger, ChangeSet& out) {
    auto const substitute = person_of(*invitation.substitute, ledger, out);
    if (invitation.entity == kind_of<ProgrammeItem>()) {
        auto const* item = picture.items.find(Id<ProgrammeItem>(invitation.entry));
        if (!item)
            return gone(invitation);
        take_part(picture, *item, invitation.person, Presence::excluded, "represented", out);
        take_part(picture, *item, substitute, Presence::included, "substitute", out);
        return boost::outcome_v2::success();
    }
    auto const* leg = picture.legs.row(Id<Leg>(invitation.entry));
    if (!leg)
        return gone(invitation);
    auto without = leg->value.without, extra = leg->value.extra_passengers;
    std::erase(extra, invitation.person);
    if (!holds(without, invitation.person))
        without.push_back(invitation.person);
    std::erase(without, substitute);
    if (!holds(extra, substitute))
        extra.push_back(substitute);
    out.update(leg->value.id, leg->rev, {{"without", to_json(without)}, {"extra_passengers", to_json(extra)}});
    return boost::outcome_v2::success();
}

} // namespace

Result<ChangeSet> decide(Row<Invitation> const& row, Decision const& decision, Picture const& picture, Ledger const& ledger, Writer const& writer, Instant now) {
    auto next = row.value;
    auto const* guest = ledger.guests.find(next.person);
    auto const name = guest ? name_of(*guest) : next.person.str();
    auto const state = decision.accept ? Wish::accepted : Wish::declined;
    bool const about_time = decision.about == WishKind::counter;
    if (about_time ? !next.counter || next.counter->state != Wish::open : !next.substitute || next.substitute->state != Wish::open)
        return Error{ErrorCode::conflict, name + (about_time ? " proposes no other time that is still open" : " names no substitute who is still to be confirmed"), "/about"};
    ChangeSet out(about_time ? "answer the time " + name + " proposes" : "answer about the substitute of " + name);
    if (about_time) {
        if (decision.accept) {
            KOGGE_TRY(take_time(next, picture, out));
        } else if (guest && is_address(guest->email.value_or("")))
            out.create(writer.decline(next, *guest, decision.comment, now));
        next.counter->state = state;
    } else {
        if (decision.accept) {
            KOGGE_TRY(take_place(next, picture, ledger, out));
        }
        next.substitute->state = state;
    }
    out.update(next.id, row.rev, about_time ? json::object{{"counter", to_json(next.counter)}} : json::object{{"substitute", to_json(next.substitute)}});
    return out;
}

} // namespace kogge::calendar
