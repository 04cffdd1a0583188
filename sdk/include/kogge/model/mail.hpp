// SPDX-License-Identifier: EUPL-1.2
// Mail is entities: a plugin queues a mail by creating an OutgoingMail in a change set and reads the answers as IncomingMail.
// The host (host/mail) sends and collects; each step it takes is a change of the entity, so log, events and desk tell it all.
#pragma once

#include <kogge/id.hpp>
#include <kogge/time.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge {

struct Person;
struct Visit;

/// A part beside the plain text. Without a name it is another form of the text (text/html, "text/calendar;
/// method=REQUEST; charset=utf-8": RFC 6047) and goes into multipart/alternative; with one it is an attachment.
/// `content` is UTF-8 text. Of an incoming mail, text and calendars are kept (the type with its method: "text/calendar;
/// method=REPLY"); any other attachment is named and its content left out.
struct MailPart {
    std::string type;
    std::string name;
    std::string content;
};
BOOST_DESCRIBE_STRUCT(MailPart, (), (type, name, content))

enum class MailState { queued, sent, failed, cancelled };
BOOST_DESCRIBE_ENUM(MailState, queued, sent, failed, cancelled)

/// A mail to one recipient. Created `queued`, it is sent at least once: a daemon that dies between the server's "250" and
/// writing that down sends it again, with the same Message-ID, by which mail programs show it once. A plugin may set
/// `cancelled` while it is queued; setting it `queued` again sends it (again).
struct OutgoingMail {
    Id<OutgoingMail> id;
    std::string to;      // one address: name@example.org
    std::string to_name;
    std::string subject;
    std::string text;     // the plain text, UTF-8, lines of any length
    std::string language; // of the text: nl, de, en
    std::vector<MailPart> parts;
    std::optional<std::string> reply_to;    // an address; without it the operator's [mail] reply_to
    std::optional<std::string> in_reply_to; // a Message-ID, without angle brackets
    std::string message_id;                 // without angle brackets; empty: "<id>@<domain of the sender>", set when it is first sent
    std::optional<Id<Visit>> visit;
    std::optional<std::string> about; // what it tells of: "programme_item:<id>"
    std::optional<Id<Person>> person; // who is written to; the mail is deleted with the person
    MailState state = MailState::queued;
    int attempts = 0;
    std::optional<LocalTime> next_try; // UTC: not before; of a mail being sent, when somebody else may take it over
    std::optional<std::string> claimed_by; // the daemon that is sending it now
    std::optional<std::string> error;  // the last failure, in the server's words
    std::optional<LocalTime> sent_at;  // UTC: when the server took it
};
BOOST_DESCRIBE_STRUCT(OutgoingMail, (), (id, to, to_name, subject, text, language, parts, reply_to, in_reply_to, message_id, visit, about,
                                         person, state, attempts, next_try, claimed_by, error, sent_at))

enum class IncomingState { fresh, taken, ignored };
BOOST_DESCRIBE_ENUM(IncomingState, fresh, taken, ignored)

/// A mail found in the operator's mailbox, once. Plugins follow the kind, act in a job, and set `state` and `note`.
struct IncomingMail {
    Id<IncomingMail> id;
    std::string message_id;  // without angle brackets
    std::string in_reply_to; // as the mail says it; empty: nothing
    std::string from;        // the address; who wrote it is what the mail claims, not what is known
    std::string to;
    std::string subject;
    LocalTime received; // UTC: when it was collected
    bool automatic = false; // an out-of-office answer or a mail server's report, by RFC 3834 and RFC 3464
    std::vector<MailPart> parts; // leaves of the MIME tree in order, the plain text among them
    IncomingState state = IncomingState::fresh;
    std::string note; // one sentence of the plugin that took or ignored it
};
BOOST_DESCRIBE_STRUCT(IncomingMail, (), (id, message_id, in_reply_to, from, to, subject, received, automatic, parts, state, note))

} // namespace kogge
