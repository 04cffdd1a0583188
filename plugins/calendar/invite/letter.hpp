// SPDX-License-Identifier: EUPL-1.2
// What is due to a person, as mails: one per entry when they are few, one digest when they are many. The mail, what the
// person will then have been told, and the link to answer by are one change set: told and queued, or neither.
#pragma once

#include "feed/feed.hpp"
#include "invite/due.hpp"
#include "invite/message.hpp"

#include <kogge/change.hpp>

#include <string>
#include <vector>

namespace kogge::calendar {

/// The operator's settings; the README explains them.
struct InviteSettings {
    int tell_after_seconds = 120;
    int digest_from = 4;
    std::string office_address, office_name;
    bool plus_address = false;
    std::string public_url; // without a slash at the end; empty: mails carry no link
};

/// The language somebody is written to in: the best of nl, de and en they have, their country's where two are equal.
std::string language_of(Guest const& guest);
std::string name_of(Guest const& guest);

/// name@example.org, and nothing that could become a header.
bool is_address(std::string_view text);

/// Said::interpretation as people say it.
std::string interpretation_text(std::string const& stored, std::string const& language);

/// What changed between two versions, for a reader: (label, before, now).
struct Contrast {
    std::string label, before, now;
};
std::vector<Contrast> differences(Said const& before, Said const& now, std::string const& language);

struct Letter {
    OutgoingMail mail;
    ReplyLink link;
    std::vector<std::size_t> dues; // those it tells of
};

class Writer {
  public:
    Writer(Picture const& picture, Translate const& translate, InviteSettings const& settings)
        : picture_(picture), translate_(translate), settings_(settings) {}

    /// The mails to one person. Fills in how they read the titles (Said::read_title).
    std::vector<Letter> write(Id<Visit> const& visit, Guest const& guest, std::vector<Due>& dues, Instant now) const;
    /// A proposed time is not taken.
    OutgoingMail decline(Invitation const& invitation, Guest const& guest, std::string const& comment, Instant now) const;

  private:
    struct Reader;
    Letter letter(Reader const& reader, std::vector<Due> const& dues, std::vector<std::size_t> which, bool digest) const;
    OutgoingMail mail_to(Guest const& guest, std::string const& language, Id<Visit> const& visit) const;
    void single(Reader const& reader, Due const& due, Event const& event, std::string const& url, OutgoingMail& mail) const;
    void digest(Reader const& reader, std::vector<Due> const& dues, std::vector<std::size_t> const& which, std::string const& url, OutgoingMail& mail) const;

    Picture const& picture_;
    Translate const& translate_;
    InviteSettings const& settings_;
};

/// Mail, link, and what the person knows then.
ChangeSet told(std::vector<Letter> const& letters, std::vector<Due> const& dues, Guest const& guest, Id<Visit> const& visit, Instant now);

} // namespace kogge::calendar
