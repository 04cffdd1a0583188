// SPDX-License-Identifier: EUPL-1.2
// One change set inside the lane's transaction: proposed, checked, written.
#include "store/findings.hpp"
#include "store/group.hpp"
#include "store/log.hpp"

#include <kogge/id.hpp>

namespace kogge::host::store {

namespace {

/// The one visit of all changes; empty when there are several or none.
std::string common_visit(std::vector<Change> const& changes) {
    auto const& first = changes.front().visit;
    for (auto const& change : changes)
        if (change.visit != first) return {};
    return first;
}

/// {"visit","changes"} for the checks; empty when nothing in it is theirs to see.
std::string check_request(std::vector<Change> const& changes, std::vector<Told> const& texts) {
    std::string list;
    std::size_t size = 0;
    for (auto const& text : texts) size += text.text.size() + 1;
    list.reserve(size + 128);
    auto const visit = common_visit(changes);
    list = "{\"visit\":" + (visit.empty() ? "null" : "\"" + visit + "\"") + ",\"changes\":[";
    bool any = false;
    for (auto const& text : texts)
        if (!text.internal) {
            list += any ? "," : "";
            list += text.text;
            any = true;
        }
    return any ? list += "]}" : std::string();
}

json::object api_document(json::object document, EntityType const* type) {
    if (document.empty()) return document;
    auto const us = number_of(document, "updated_us");
    document["updated"] = instant_text(us);
    for (auto const& field : type->fields)
        if (field.sensitive) document.erase(field.name);
    return document;
}

} // namespace

void Lane::work(Job& job, Group& group) {
    try {
        if (job.task) {
            flush(group);
            job.task(*session_);
            job.outcome.verdict = Verdict::unchanged;
        } else
            job.outcome = propose(job, group);
    } catch (DatabaseError const&) {
        throw; // the transaction's business
    } catch (std::exception const& e) {
        job.error = job.task ? std::current_exception() : nullptr;
        job.outcome = {};
        job.outcome.seq = seq_;
        job.outcome.error = {ErrorCode::failed, std::string("the change set could not be worked on: ") + e.what()};
    }
}

Outcome Lane::propose(Job& job, Group& group) {
    if (std::exchange(job.used, true)) job.request = read_change_set(rows_.catalogue(), *job.document).value();
    Outcome out;
    out.seq = group.seq;
    auto const now = options_.now_us();
    Proposal proposal(rows_, *session_, now);
    if (auto const built = proposal.build(std::move(job.request)); !built) {
        out.error = built.error();
        out.verdict = out.error.code == ErrorCode::conflict ? Verdict::conflict : Verdict::invalid;
        auto const at = out.error.field.find_first_not_of("0123456789", 9);
        auto const index = out.error.field.substr(9, at == std::string::npos ? at : at - 9);
        out.current = api_document(std::move(proposal.current), job.request.changes.at(std::stoul(index)).type);
        return out;
    }
    auto changes = proposal.take_changes();
    for (auto const& change : changes)
        out.changes.push_back({change.kind(), change.id, std::string(to_text(change.op)), change.visit, change.rev});
    if (changes.empty()) {
        out.verdict = Verdict::unchanged;
        return out;
    }
    Batch batch;
    for (auto const& change : changes) batch.changes.push_back(told(change, now));
    Checked checked;
    if (auto const request = options_.check ? check_request(changes, batch.changes) : std::string(); !request.empty()) {
        flush(group); // the mirrors must stand where this proposal begins
        checked = options_.check(request);
    }
    weigh(std::move(checked), job.request, out);
    if (job.dry_run || out.verdict != Verdict::would_commit) return out;

    Commit commit{group.seq + std::int64_t(changes.size()), make_uuid(), *job.actor, job.request.reason, now, out.changes};
    if (auto failed = write_alone(changes, commit, group.seq + 1)) {
        out.verdict = Verdict::failed;
        out.error = std::move(*failed);
        return out;
    }
    group.seq = batch.seq = commit.seq;
    out.verdict = Verdict::committed;
    out.seq = commit.seq;
    out.change_set = commit.change_set;
    group.done.push_back({std::move(changes), std::move(batch), now});
    group.commits.push_back(std::move(commit));
    return out;
}

/// A change set that the database refuses falls alone: what shares its transaction goes on.
std::optional<Error> Lane::write_alone(std::vector<Change> const& changes, Commit const& commit, std::int64_t first_seq) {
    session_->execute("SAVEPOINT one_change_set");
    try {
        write(changes, commit, first_seq);
        session_->execute("RELEASE SAVEPOINT one_change_set");
        return std::nullopt;
    } catch (DatabaseError const& e) {
        if (e.trouble != Trouble::constraint && e.trouble != Trouble::other) throw;
        session_->execute("ROLLBACK TO SAVEPOINT one_change_set");
        session_->execute("RELEASE SAVEPOINT one_change_set");
        options_.log(3, std::string("a change set was refused: ") + e.what());
        return Error{ErrorCode::failed, std::string(e.what()) + "; nothing was changed"};
    }
}

void Lane::write(std::vector<Change> const& changes, Commit const& commit, std::int64_t first_seq) {
    Entry entry{0, commit.change_set, commit.at_us, commit.actor, commit.reason, {}, {}, {}, 0, {}, {}, {}};
    auto const& cipher = rows_.cipher();
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto const& change = changes[i];
        auto const& type = *change.table->type;
        if (change.op == Op::create)
            rows_.insert(*session_, *change.table, *change.after);
        else if (change.op == Op::update)
            rows_.update(*session_, *change.table, *change.before, *change.after);
        else
            rows_.remove(*session_, *change.table, *change.before);
        auto const* before = change.before ? &*change.before : nullptr;
        auto const* after = change.after ? &*change.after : nullptr;
        entry.seq = first_seq + std::int64_t(i);
        entry.entity = type.kind;
        entry.id = change.id;
        entry.visit = change.visit;
        entry.rev = change.rev;
        entry.op = to_text(change.op);
        entry.before = before ? log_text(cipher, type, *before, after) : std::string();
        entry.after = after ? log_text(cipher, type, *after, before) : std::string();
        write_entry(*session_, entry);
    }
}

void Lane::flush(Group& group) {
    while (group.told < group.done.size()) publisher_.tell(group.done[group.told++].batch);
}

} // namespace kogge::host::store
