// SPDX-License-Identifier: EUPL-1.2
#include "mail/inbox.hpp"

#include <kogge/abi.h>
#include <kogge/json.hpp>

#include <algorithm>

namespace kogge::host::mail {

namespace {

constexpr int first_look_days = 7; // a mailbox seen for the first time may be old

/// The mailbox's address as an id: it stays the same when the password changes.
Id<MailboxMark> mark_id(Server const& server) {
    auto text = server.user + "~" + server.url.substr(server.url.find("://") + 3);
    std::replace_if(text.begin(), text.end(), [](char c) { return !is_id(std::string_view(&c, 1)); }, '-');
    return Id<MailboxMark>(text.substr(0, 64));
}

/// RFC 3501's date: 18-Nov-2026
std::string search_date(Instant at) {
    constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::chrono::year_month_day const day(std::chrono::floor<std::chrono::days>(at));
    return std::to_string(unsigned(day.day())) + "-" + months[unsigned(day.month()) - 1] + "-" + std::to_string(int(day.year()));
}

} // namespace

Inbox::Inbox(Settings const& settings, Ground ground)
    : settings_(settings), ground_(std::move(ground)), imap_(settings.imap, settings.most_bytes, ground_.stopping), id_(mark_id(settings.imap)) {}

void Inbox::run() {
    auto const done = look();
    imap_.rest();
    bool const fine = done || ground_.stopping() || done.error().code == ErrorCode::conflict; // another daemon was faster
    auto const wrong = fine ? std::string() : done.error().message;
    if (wrong != trouble_)
        ground_.log(wrong.empty() ? KG_LOG_INFO : KG_LOG_WARN, wrong.empty() ? std::string("the mailbox is read again") : "the mailbox cannot be read: " + wrong);
    trouble_ = wrong;
}

Inbox::Mark Inbox::mark() const {
    auto const document = ground_.get(kind_of<MailboxMark>(), id_.str());
    auto value = document ? from_json<MailboxMark>(document.value()) : Result<MailboxMark>(document.error());
    if (!value)
        return {{id_, 0, 0}, 0};
    value.value().id = id_;
    return {std::move(value).value(), document.value().at("rev").as_int64()};
}

Result<void> Inbox::look() {
    KOGGE_TRY(auto const state, imap_.state());
    auto read = mark();
    bool const known = read.rev > 0 && read.value.validity == state.validity;
    if (known && state.next_uid <= read.value.last_uid + 1)
        return boost::outcome_v2::success();
    KOGGE_TRY(auto const uids, imap_.search(known ? "UID " + std::to_string(read.value.last_uid + 1) + ":*"
                                                  : "SINCE " + search_date(ground_.now() - std::chrono::days(first_look_days))));
    if (!known)
        read.value.validity = state.validity, read.value.last_uid = 0;
    for (auto const uid : uids) {
        if (ground_.stopping())
            return boost::outcome_v2::success();
        if (uid > read.value.last_uid) {
            KOGGE_TRY(collect(read, uid));
        }
    }
    if (read.value.last_uid + 1 < state.next_uid) // what was there is gone, or older than a first look goes
        return advance(read, state.next_uid - 1, ChangeSet("mail: the mailbox was read"));
    return boost::outcome_v2::success();
}

Result<void> Inbox::collect(Mark& mark, std::int64_t uid) {
    KOGGE_TRY(auto const size, imap_.size(uid));
    bool const large = size > std::int64_t(settings_.most_bytes);
    ChangeSet changes("mail: received");
    if (size > 0) {
        KOGGE_TRY(auto const bytes, imap_.fetch(uid, large));
        auto letter = parse(bytes);
        if (large) {
            letter.mail.parts.clear();
            letter.mail.note = "only its header was read: it has " + std::to_string(size) + " bytes, [mail] max_mb allows " + std::to_string(settings_.most_bytes);
        }
        KOGGE_TRY(take(std::move(letter.mail), changes));
        if (letter.bounce) {
            KOGGE_TRY(note_bounce(*letter.bounce, changes));
        }
    }
    return advance(mark, uid, std::move(changes));
}

/// A mail that is known is passed over: a mailbox that was restored numbers its mails anew.
Result<void> Inbox::take(IncomingMail mail, ChangeSet& changes) const {
    if (!mail.message_id.empty()) {
        KOGGE_TRY(auto const known, ground_.find(kind_of<IncomingMail>(), "message_id", mail.message_id));
        if (!known.empty())
            return boost::outcome_v2::success();
    }
    mail.id = Id<IncomingMail>::make();
    mail.received = local_of(ground_.now(), Zone());
    changes.create(mail);
    return boost::outcome_v2::success();
}

/// A mail server's report (RFC 3464) that a mail of ours did not arrive after all.
Result<void> Inbox::note_bounce(Bounce const& bounce, ChangeSet& changes) const {
    KOGGE_TRY(auto const sent, ground_.find(kind_of<OutgoingMail>(), "message_id", bounce.message_id));
    for (auto const& document : sent)
        if (std::string_view(document.at("state").as_string()) == "sent")
            changes.update(Id<OutgoingMail>(std::string(document.at("id").as_string())), document.at("rev").as_int64(), {{"state", "failed"}, {"error", bounce.words}});
    return boost::outcome_v2::success();
}

Result<void> Inbox::advance(Mark& mark, std::int64_t uid, ChangeSet changes) {
    mark.value.last_uid = uid;
    if (mark.rev == 0)
        changes.create(mark.value);
    else
        changes.update(id_, mark.rev, {{"validity", mark.value.validity}, {"last_uid", uid}});
    KOGGE_TRY(ground_.commit(changes));
    ++mark.rev;
    return boost::outcome_v2::success();
}

} // namespace kogge::host::mail
