// SPDX-License-Identifier: EUPL-1.2
#include "invite/ledger.hpp"

namespace kogge::calendar {

void Quiet::touched(Id<Visit> const& visit, Instant now) {
    auto const [at, fresh] = visits_.try_emplace(visit, Span{now, now});
    if (!fresh)
        at->second.last = std::max(at->second.last, now);
}

std::vector<Id<Visit>> Quiet::take(Instant now) {
    std::vector<Id<Visit>> out;
    for (auto i = visits_.begin(); i != visits_.end();) {
        bool const ready = i->second.first == Instant::min() || now - i->second.last >= quiet_ || now - i->second.first >= patience * quiet_;
        if (ready)
            out.push_back(i->first);
        i = ready ? visits_.erase(i) : std::next(i);
    }
    return out;
}

void Bell::put(std::string const& id, json::value const& document) {
    auto const found = visits_.find(id);
    auto const before = found == visits_.end() ? std::string() : found->second;
    std::string after;
    if (auto const* object = document.if_object()) {
        auto const* visit = kind() == kind_of<Visit>() ? object->if_contains("id") : object->if_contains("visit");
        if (visit && visit->is_string())
            after = std::string(visit->get_string());
        if (!after.empty())
            visits_[id] = after;
    } else if (found != visits_.end())
        visits_.erase(found);
    ring_(after.empty() ? before : after);
    if (!after.empty() && !before.empty() && after != before)
        ring_(before);
}

void Inbox::put(std::string const& id, json::value const& document) {
    auto mail = document.is_null() ? Result<IncomingMail>(IncomingMail{}) : from_json<IncomingMail>(document);
    if (!mail)
        refuse(id, mail.error());
    if (document.is_null() || mail.value().state != IncomingState::fresh) {
        mails_.erase(id);
        return;
    }
    mail.value().id = Id<IncomingMail>(id);
    mails_[id] = {std::move(mail).value(), number(document, "rev"), number(document, "updated_us")};
    if (on_mail)
        on_mail();
}

Ledger::Ledger(Bell::Ring edited) {
    invitations.on_change = [this](Row<Invitation> const* before, Row<Invitation> const* after) {
        if (before) {
            auto const& old = before->value;
            by_person_[{old.visit, old.person}].erase(old.id);
            by_entry_[calendar::entry_of(old)].erase(old.id);
        }
        if (after) {
            auto const& now = after->value;
            by_person_[{now.visit, now.person}].insert(now.id);
            by_entry_[calendar::entry_of(now)].insert(now.id);
        }
    };
    mails.on_change = [this](Row<SentMail> const* before, Row<SentMail> const* after) {
        auto const place = [](SentMail const& mail) { return std::tuple(mail.visit.value_or(Id<Visit>()), mail.person.value_or(Id<Person>()), mail.id); };
        if (before) {
            by_message_.erase(before->value.message_id);
            under_way_.erase(place(before->value));
        }
        if (after && !after->value.message_id.empty())
            by_message_[after->value.message_id] = after->value.id;
        if (after && after->value.state == MailState::queued)
            under_way_.insert(place(after->value));
    };
    std::vector<MirrorBase*> all{&inviting, &invitations, &links, &guests, &mails, &inbox};
    for (auto const& kind : {kind_of<Visit>(), kind_of<ProgrammeItem>(), kind_of<Leg>(), kind_of<Delegate>(), kind_of<Participation>(),
                             kind_of<Assignment>(), kind_of<Venue>(), kind_of<Vehicle>(), kind_of<Guest>()})
        all.push_back(bells_.emplace_back(std::make_unique<Bell>(kind, edited)).get());
    world = World(std::move(all));
}

Ledger::Rows Ledger::of(Id<Visit> const& visit, Id<Person> const& person) const {
    Rows out;
    if (auto const found = by_person_.find({visit, person}); found != by_person_.end())
        for (auto const& id : found->second) {
            auto const* row = invitations.row(id);
            out.emplace(calendar::entry_of(row->value), row);
        }
    return out;
}

std::set<Id<Person>> Ledger::people_of(Id<Visit> const& visit) const {
    std::set<Id<Person>> out;
    for (auto i = by_person_.lower_bound({visit, {}}); i != by_person_.end() && i->first.first == visit; ++i)
        if (!i->second.empty())
            out.insert(i->first.second);
    return out;
}

bool Ledger::is_on(Id<Visit> const& visit) const {
    auto const* found = inviting.find(Id<Inviting>(visit.str()));
    return found && found->on;
}

SentMail const* Ledger::mail(std::string const& message_id) const {
    auto const found = by_message_.find(message_id);
    return found == by_message_.end() ? nullptr : mails.find(found->second);
}

bool Ledger::is_under_way(Id<Visit> const& visit, Id<Person> const& person) const {
    auto const found = under_way_.lower_bound({visit, person, {}});
    return found != under_way_.end() && std::get<0>(*found) == visit && std::get<1>(*found) == person;
}

std::vector<Row<Invitation> const*> Ledger::about(EntryId const& entry) const {
    std::vector<Row<Invitation> const*> out;
    if (auto const found = by_entry_.find(entry); found != by_entry_.end())
        for (auto const& id : found->second)
            out.push_back(invitations.row(id));
    return out;
}

} // namespace kogge::calendar
