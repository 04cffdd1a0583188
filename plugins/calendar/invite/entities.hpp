// SPDX-License-Identifier: EUPL-1.2
// What each person was last told of each entry, and what they answered. Whatever differs between that and the programme as
// it is, is what must be told next: nothing else decides who is written to.
#pragma once

#include "world/picture.hpp"

#include <kogge/model/mail.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge::calendar {

/// Staff let Kogge write to the people of a visit. Until there is one, and while it is off, nobody hears anything. Its id is
/// the visit's.
struct Inviting {
    static constexpr std::string_view kind = "inviting";
    Id<Inviting> id;
    Id<Visit> visit;
    bool on = true;
    LocalTime since; // UTC
};
BOOST_DESCRIBE_STRUCT(Inviting, (), (id, visit, on, since))

/// An entry as one person was told it: what they would want to hear of when it changes. Source texts, so that a better
/// translation is no change; the title also as it was read, to say what an entry was called that is gone.
struct Said {
    Text title;
    std::string read_title;
    LocalTime starts, ends;
    std::string place;      // name and address; of a journey where it leaves
    std::string to;         // of a journey
    bool tentative = false;
    bool delayed = false;
    std::string dress_code;
    std::string interpretation; // "consecutive nl-de"
    std::string connection;     // of a journey: mode, service, vehicle
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Said, (), (title, read_title, starts, ends, place, to, tentative, delayed, dress_code, interpretation, connection, note))

enum class Answer { none, accepted, tentative, declined, substitute };
BOOST_DESCRIBE_ENUM(Answer, none, accepted, tentative, declined, substitute)

/// Something an invited person asks for; staff decide.
enum class Wish { open, accepted, declined };
BOOST_DESCRIBE_ENUM(Wish, open, accepted, declined)

/// Somebody is to come in their place.
struct Substitute {
    std::string name, email;
    Wish state = Wish::open;
    friend bool operator==(Substitute const&, Substitute const&) = default;
};
BOOST_DESCRIBE_STRUCT(Substitute, (), (name, email, state))

/// Another time (RFC 5546 §3.2.7).
struct Counter {
    LocalTime starts, ends;
    std::string comment;
    std::int64_t sequence = 0; // of the version it answers
    Wish state = Wish::open;
};
BOOST_DESCRIBE_STRUCT(Counter, (), (starts, ends, comment, sequence, state))

struct Invitation {
    static constexpr std::string_view kind = "invitation";
    Id<Invitation> id;
    Id<Visit> visit;
    Id<Person> person;
    std::string entity, entry; // programme_item or transport_leg, and its id: no reference, it outlives the entry until told
    std::string address;       // they were written to
    bool withdrawn = false;    // they were told that it is off, or off for them
    Said said;
    std::int64_t sequence = 0; // SEQUENCE of the last message
    std::int64_t asked = 0;    // the SEQUENCE since which its times are the same: older answers are to something else
    LocalTime told_at;         // UTC
    std::string mail;          // id of the outgoing_mail that told them
    Answer answer = Answer::none;
    std::optional<LocalTime> answered_at; // UTC: as they say themselves, when they do
    std::string answered_by;              // "page", "mail"
    std::string comment;
    std::optional<Substitute> substitute;
    std::optional<Counter> counter;
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (id, visit, person, entity, entry, address, withdrawn, said, sequence, asked, told_at, mail, answer, answered_at,
                                       answered_by, comment, substitute, counter))

inline EntryId entry_of(Invitation const& invitation) {
    return {invitation.entity == kind_of<ProgrammeItem>() ? EntryId::Kind::item : EntryId::Kind::leg, invitation.entry};
}

/// The link in a mail by which its reader answers without an account. Its id is the hash of the token, so that nobody who
/// reads the store can answer for anybody; deleting it revokes the link.
struct ReplyLink {
    static constexpr std::string_view kind = "reply_link";
    Id<ReplyLink> id;
    Id<Visit> visit;
    Id<Person> person;
    std::vector<std::string> entries; // "programme_item:<id>", what the mail told of
};
BOOST_DESCRIBE_STRUCT(ReplyLink, (), (id, visit, person, entries))

/// As much of a person as writing to them needs.
struct Guest {
    static constexpr std::string_view kind = "person";
    Id<Guest> id;
    std::string given_name, family_name;
    std::optional<std::string> academic_prefix;
    std::vector<LanguageSkill> languages;
    std::optional<std::string> country;
    std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(Guest, (), (id, given_name, family_name, academic_prefix, languages, country, email))

/// What became of a mail; its text is not kept in memory.
struct SentMail {
    static constexpr std::string_view kind = "outgoing_mail";
    Id<SentMail> id;
    std::string message_id;
    std::optional<Id<Visit>> visit;
    std::optional<Id<Person>> person;
    MailState state = MailState::queued;
    std::optional<std::string> error;
    std::optional<LocalTime> sent_at;
};
BOOST_DESCRIBE_STRUCT(SentMail, (), (id, message_id, visit, person, state, error, sent_at))

} // namespace kogge::calendar
