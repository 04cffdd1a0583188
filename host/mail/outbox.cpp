// SPDX-License-Identifier: EUPL-1.2
#include "mail/outbox.hpp"

#include <kogge/abi.h>
#include <kogge/json.hpp>

#include <algorithm>

namespace kogge::host::mail {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds claim_holds = 5min; // longer than a delivery may take
constexpr std::chrono::seconds longest_wait = 4h;
constexpr std::chrono::seconds longest_pause = 5min;

json::value utc(Instant at) { return to_json(local_of(at, Zone())); }

std::string_view text(json::object const& document, std::string_view name) {
    auto const* value = document.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

Instant time(json::object const& document, std::string_view name) {
    auto const parsed = parse_local_time(text(document, name));
    return parsed ? instant_of(parsed.value()) : Instant{};
}

} // namespace

Outbox::Outbox(Settings const& settings, Ground ground, Carrier carrier)
    : settings_(settings), sender_{settings.from, settings.from_name, settings.reply_to}, ground_(std::move(ground)), carrier_(std::move(carrier)) {}

bool Outbox::tell(std::string_view batch) {
    auto const document = json::parse(batch);
    bool const load = document.at("load").as_bool();
    auto const now = ground_.now();
    bool due = false;
    std::lock_guard const lock(mutex_);
    for (auto const& change : document.at("changes").as_array()) {
        std::string const id(change.at("id").as_string());
        auto const* after = change.at("after").if_object();
        if (!after || text(*after, "state") != "queued") {
            waiting_.erase(id);
            continue;
        }
        bool const orphaned = load && ground_.alone && !text(*after, "claimed_by").empty();
        auto const not_before = orphaned ? Instant{} : time(*after, "next_try");
        waiting_[id] = {not_before.time_since_epoch().count()};
        due = due || not_before <= now;
    }
    return due;
}

std::size_t Outbox::waiting() const {
    std::lock_guard const lock(mutex_);
    return waiting_.size();
}

/// Oldest first: ids sort by the moment they were made.
std::vector<std::string> Outbox::due() const {
    auto const now = ground_.now().time_since_epoch().count();
    std::vector<std::string> out;
    std::lock_guard const lock(mutex_);
    for (auto const& [id, waiting] : waiting_)
        if (waiting.not_before <= now)
            out.push_back(id);
    return out;
}

void Outbox::run() {
    if (ground_.now() < pause_until_)
        return;
    for (auto const& id : due())
        if (ground_.stopping() || !send(id))
            break;
    if (due().empty())
        carrier_.rest();
}

Result<Outbox::Taken> Outbox::read(std::string const& id) const {
    KOGGE_TRY(auto const document, ground_.get(kind_of<OutgoingMail>(), id));
    KOGGE_TRY(auto mail, from_json<OutgoingMail>(document));
    mail.id = Id<OutgoingMail>(id);
    return Taken{std::move(mail), document.at("rev").as_int64()};
}

/// By what the store says now: of another daemon's claim we may not have been told yet.
bool Outbox::still_due(OutgoingMail const& mail) const {
    bool const later = mail.next_try && instant_of(*mail.next_try) > ground_.now();
    return mail.state == MailState::queued && (ground_.alone || !later);
}

/// False when nothing can be delivered at the moment.
bool Outbox::send(std::string const& id) {
    auto taken = read(id);
    if (!taken || !still_due(taken.value().mail))
        return true; // it went another way since
    if (auto const claimed = claim(taken.value()); !claimed)
        return claimed.error().code == ErrorCode::conflict; // somebody else has it; else the store takes nothing
    auto const bytes = compose(taken.value().mail, sender_, ground_.now());
    if (!bytes) {
        give_up(taken.value(), bytes.error().message);
        return true;
    }
    auto const delivered = carrier_.deliver(sender_.address, taken.value().mail.to, bytes.value());
    return settle(std::move(taken).value(), delivered);
}

Result<void> Outbox::claim(Taken& taken) {
    auto& mail = taken.mail;
    mail.message_id = message_id_of(mail, sender_);
    ++mail.attempts;
    ChangeSet changes("mail: being sent");
    changes.update(mail.id, taken.rev,
                   {{"claimed_by", ground_.node}, {"attempts", mail.attempts}, {"next_try", utc(ground_.now() + claim_holds)}, {"message_id", mail.message_id}});
    KOGGE_TRY(ground_.commit(changes));
    ++taken.rev;
    return boost::outcome_v2::success();
}

bool Outbox::settle(Taken taken, Delivered const& delivered) {
    auto const& mail = taken.mail;
    if (delivered.how == Delivery::taken) {
        if (outages_ > 0)
            ground_.log(KG_LOG_INFO, "mail goes out again");
        outages_ = 0;
        write(taken, {{"state", "sent"}, {"sent_at", utc(ground_.now())}, {"error", nullptr}, {"next_try", nullptr}, {"claimed_by", nullptr}}, "mail: the server took it");
        return true;
    }
    bool const broken = delivered.how == Delivery::broken;
    if (broken)
        outage(delivered.words);
    if (ground_.stopping() && broken) // we hung up ourselves: not a try
        write(taken, {{"attempts", mail.attempts - 1}, {"next_try", nullptr}, {"claimed_by", nullptr}}, "mail: the daemon stops");
    else if (delivered.how == Delivery::rejected)
        give_up(taken, delivered.words);
    else if (mail.attempts >= settings_.most_tries)
        give_up(taken, "given up after " + std::to_string(mail.attempts) + " tries; the last: " + delivered.words);
    else
        write(taken, {{"error", delivered.words}, {"next_try", utc(ground_.now() + wait_after(mail.attempts, longest_wait))}, {"claimed_by", nullptr}}, "mail: will be tried again");
    return !broken;
}

void Outbox::give_up(Taken const& taken, std::string const& why) {
    ground_.log(KG_LOG_WARN, "mail " + taken.mail.id.str() + " was not delivered: " + why);
    write(taken, {{"state", "failed"}, {"error", why}, {"next_try", nullptr}, {"claimed_by", nullptr}}, "mail: not delivered");
}

/// What happened is written down whatever somebody else changed meanwhile; a mail that was deleted stays so.
void Outbox::write(Taken const& taken, json::object fields, std::string const& reason) {
    auto rev = taken.rev;
    for (int tries = 0; tries < 5; ++tries) {
        ChangeSet changes(reason);
        changes.update(taken.mail.id, rev, fields);
        auto const done = ground_.commit(changes);
        if (done)
            return;
        auto const now = read(taken.mail.id.str());
        if (done.error().code != ErrorCode::conflict || !now)
            return ground_.log(KG_LOG_ERROR, "mail " + taken.mail.id.str() + ": what came of it could not be written down: " + done.error().message);
        rev = now.value().rev;
        if (now.value().mail.state == MailState::cancelled && fields.contains("next_try") && !fields.contains("state"))
            return; // it will not be tried again
    }
}

void Outbox::outage(std::string const& words) {
    if (outages_++ == 0)
        ground_.log(KG_LOG_WARN, "no mail goes out: " + words + "; " + std::to_string(waiting()) + " wait");
    pause_until_ = ground_.now() + wait_after(outages_, longest_pause);
}

std::chrono::seconds Outbox::wait_after(int tries, std::chrono::seconds at_most) const {
    auto wait = settings_.retry;
    for (int i = 1; i < tries && wait < at_most; ++i)
        wait *= 2;
    return std::min(wait, at_most);
}

} // namespace kogge::host::mail
