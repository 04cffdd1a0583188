// SPDX-License-Identifier: EUPL-1.2
// The invitations, links and mails as the store has them, the mails that still have to be read, and which visits were
// touched since somebody last looked.
#pragma once

#include "invite/entities.hpp"

#include <kogge/world.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace kogge::calendar {

/// Which visits were edited, and whether it has been quiet there since. Changes that belong together are told together, and
/// one that is taken back at once is not told at all.
class Quiet {
  public:
    explicit Quiet(std::chrono::seconds quiet) : quiet_(quiet) {}
    void touched(Id<Visit> const& visit, Instant now);
    /// Visits where nothing moved for the quiet period, or something has moved for ten of them on end; each once.
    std::vector<Id<Visit>> take(Instant now);
    /// At once, whatever moves.
    void hurry(Id<Visit> const& visit) { visits_[visit] = {Instant::min(), Instant::min()}; }
    bool waiting() const { return !visits_.empty(); }

  private:
    static constexpr int patience = 10;
    struct Span {
        Instant first{}, last{};
    };
    std::chrono::seconds quiet_;
    std::map<Id<Visit>, Span> visits_;
};

/// Hears of every change of a kind and keeps of it only which visit each entity belongs to.
class Bell : public MirrorBase {
  public:
    using Ring = std::function<void(std::string const& visit)>; // empty: no visit in particular
    Bell(std::string kind, Ring ring) : MirrorBase(std::move(kind)), ring_(std::move(ring)) {}
    void put(std::string const& id, json::value const& document) override;

  private:
    Ring ring_;
    std::map<std::string, std::string> visits_;
};

/// Mails of the mailbox that nobody took yet.
class Inbox : public MirrorBase {
  public:
    Inbox() : MirrorBase(kind_of<IncomingMail>()) {}
    void put(std::string const& id, json::value const& document) override;
    std::map<std::string, Row<IncomingMail>> const& mails() const { return mails_; }
    std::function<void()> on_mail;

  private:
    std::map<std::string, Row<IncomingMail>> mails_;
};

class Ledger {
  public:
    Mirror<Inviting> inviting;
    Mirror<Invitation> invitations;
    Mirror<ReplyLink> links;
    Mirror<Guest> guests;
    Mirror<SentMail> mails;
    Inbox inbox;
    World world;

    /// `edited` is told of each visit something changed in that may have to be told; empty: it may be any.
    explicit Ledger(Bell::Ring edited);

    using Rows = std::map<EntryId, Row<Invitation> const*>;
    /// What a person was told in a visit.
    Rows of(Id<Visit> const& visit, Id<Person> const& person) const;
    /// Everybody who was ever told something in a visit.
    std::set<Id<Person>> people_of(Id<Visit> const& visit) const;
    bool is_on(Id<Visit> const& visit) const;
    /// The mail of this Message-ID, or null: it is none of ours.
    SentMail const* mail(std::string const& message_id) const;
    /// Whether a mail to somebody about a visit is still on its way.
    bool is_under_way(Id<Visit> const& visit, Id<Person> const& person) const;
    /// Everything anybody was told of an entry.
    std::vector<Row<Invitation> const*> about(EntryId const& entry) const;

  private:
    std::vector<std::unique_ptr<Bell>> bells_;
    std::map<std::pair<Id<Visit>, Id<Person>>, std::set<Id<Invitation>>> by_person_;
    std::map<EntryId, std::set<Id<Invitation>>> by_entry_;
    std::map<std::string, Id<SentMail>> by_message_;
    std::set<std::tuple<Id<Visit>, Id<Person>, Id<SentMail>>> under_way_;
};

} // namespace kogge::calendar
