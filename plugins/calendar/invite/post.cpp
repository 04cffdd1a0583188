// SPDX-License-Identifier: EUPL-1.2
#include "invite/post.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

using Told = Row<Invitation> const*;

class Taking {
  public:
    Taking(Row<IncomingMail> const& mail, Picture const& picture, Ledger const& ledger, InviteSettings const& settings, Instant now)
        : row_(mail), mail_(mail.value), picture_(picture), ledger_(ledger), settings_(settings), now_(now) {}

    ChangeSet run() {
        auto const replies = read_replies(mail_, zone());
        if (replies.list.empty()) {
            note(mail_.automatic ? "written by a machine, and no answer to an invitation" : replies.why);
            return close(IncomingState::ignored);
        }
        bool any = false;
        for (auto const& reply : replies.list)
            any = heard(reply) || any;
        return close(any ? IncomingState::taken : IncomingState::ignored);
    }

  private:
    void note(std::string const& sentence) { note_ += (note_.empty() ? "" : "; ") + sentence; }

    Zone zone() const {
        auto const* link = ledger_.links.find(Id<ReplyLink>(link_in(mail_.to, settings_.office_address)));
        auto const* visit = link ? picture_.visits.find(link->visit) : nullptr;
        return visit ? visit->starts.zone : Zone();
    }

    /// Whom the mail itself proves to be written by: it came to an address, or answers a Message-ID, that only they were given.
    std::optional<Id<Person>> proven() const {
        if (auto const* link = ledger_.links.find(Id<ReplyLink>(link_in(mail_.to, settings_.office_address))))
            return link->person;
        if (auto const* sent = ledger_.mail(bare_id(mail_.in_reply_to)); sent && sent->person)
            return sent->person;
        return std::nullopt;
    }

    Result<Told> whose(Reply const& reply) const {
        auto const all = ledger_.about(reply.entry);
        auto const with = [&](std::string const& address) {
            std::vector<Told> out;
            for (auto const* one : all) {
                auto const* guest = ledger_.guests.find(one->value.person);
                if (!address.empty() && (same_address(one->value.address) == address || (guest && same_address(guest->email.value_or("")) == address)))
                    out.push_back(one);
            }
            return out;
        };
        auto const from = same_address(mail_.from);
        auto const named = with(reply.attendee);
        auto candidates = with(from);
        std::string who = from;
        if (auto const person = proven()) {
            candidates.clear();
            who = person->str();
            std::copy_if(all.begin(), all.end(), std::back_inserter(candidates), [&](Told one) { return one->value.person == *person; });
        }
        if (candidates.empty())
            return Error{ErrorCode::denied, who + " was not invited to " + reply.entry.id + "; nothing was changed"};
        if (!named.empty())
            std::erase_if(candidates, [&](Told one) { return std::find(named.begin(), named.end(), one) == named.end(); });
        if (candidates.empty())
            return Error{ErrorCode::denied, who + " answers for " + reply.attendee + ", who was not asked through them; nothing was changed"};
        if (candidates.size() > 1)
            return Error{ErrorCode::invalid, "several guests have the address " + from + "; ask them to answer by the link in their mail"};
        return candidates.front();
    }

    bool heard(Reply const& reply) {
        auto const found = whose(reply);
        if (!found) {
            note(found.error().message);
            return false;
        }
        auto const& told = *found.value();
        auto const who = told.value.person.str() + ", " + reply.entry.id + ": ";
        if (told.value.withdrawn)
            return note(who + "answers what was withdrawn; not counted"), true;
        if (reply.kind == Reply::Kind::refresh) {
            next(told).address.clear(); // told again, as to a new address
            return note(who + "asked for the invitation again"), true;
        }
        if (reply.sequence < told.value.asked)
            return note(who + "answers version " + std::to_string(reply.sequence) + ", but its times are those of version " + std::to_string(told.value.asked) + "; not counted"), true;
        auto const at = std::min(now_, reply.stamp.value_or(now_));
        if (reply.kind == Reply::Kind::counter)
            return propose(told, reply, who);
        if (told.value.answered_at && at < instant_of(*told.value.answered_at))
            return note(who + "older than the answer there is; not counted"), true;
        answer(next(told), reply.answer, reply.substitute, reply.comment, "mail", at);
        return note(who + boost::describe::enum_to_string(reply.answer, "?")), true;
    }

    bool propose(Row<Invitation> const& told, Reply const& reply, std::string const& who) {
        if (told.value.entity != kind_of<ProgrammeItem>())
            return note(who + "proposes another time for a journey; not counted"), true;
        auto const zone = told.value.said.starts.zone;
        auto& invitation = next(told);
        invitation.counter = Counter{local_of(reply.proposed->begin, zone), local_of(reply.proposed->end, zone), reply.comment, reply.sequence, Wish::open};
        return note(who + "proposes " + to_text(invitation.counter->starts) + "; accept or decline it"), true;
    }

    Invitation& next(Row<Invitation> const& told) { return next_.try_emplace(told.value.id, told.value, told.rev).first->second.first; }

    ChangeSet close(IncomingState state) {
        ChangeSet out("read a mail");
        for (auto& [id, changed] : next_) {
            auto fields = to_json(changed.first).as_object();
            fields.erase("id");
            out.update(id, changed.second, std::move(fields));
        }
        out.update(mail_.id, row_.rev, {{"state", to_json(state)}, {"note", note_}});
        return out;
    }

    Row<IncomingMail> const& row_;
    IncomingMail const& mail_;
    Picture const& picture_;
    Ledger const& ledger_;
    InviteSettings const& settings_;
    Instant now_;
    std::string note_;
    std::map<Id<Invitation>, std::pair<Invitation, std::int64_t>> next_;
};

} // namespace

ChangeSet take(Row<IncomingMail> const& mail, Picture const& picture, Ledger const& ledger, InviteSettings const& settings, Instant now) {
    return Taking(mail, picture, ledger, settings, now).run();
}

void answer(Invitation& invitation, Answer answer, std::optional<Substitute> substitute, std::string comment, std::string by, Instant at) {
    invitation.answer = answer;
    invitation.answered_at = local_of(at, Zone());
    invitation.answered_by = std::move(by);
    invitation.comment = std::move(comment);
    invitation.substitute = answer == Answer::substitute ? std::move(substitute) : std::nullopt;
}

std::string link_in(std::string_view address, std::string_view office) {
    auto const to = same_address(address), ours = same_address(office);
    auto const at = ours.find('@');
    auto const local = std::string_view(ours).substr(0, at);
    if (at == ours.npos || !to.starts_with(local) || to.size() <= local.size() || to[local.size()] != '+' || !to.ends_with(std::string_view(ours).substr(at)))
        return {};
    return to.substr(local.size() + 1, to.rfind('@') - local.size() - 1);
}

} // namespace kogge::calendar
