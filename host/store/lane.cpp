// SPDX-License-Identifier: EUPL-1.2
#include "store/lane.hpp"

#include "store/catch_up.hpp"
#include "store/group.hpp"
#include "store/log.hpp"

#include <algorithm>

namespace kogge::host::store {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_together = 64;   // change sets in one transaction
constexpr std::size_t most_at_once = 5'000; // changes after which a transaction is long enough
constexpr auto patience = 30s;              // a restarting server is waited for this long
constexpr auto glance = 250ms;              // how often an idle daemon looks whether another one wrote, when it hears no hints
constexpr auto rare_glance = 5s;            // and when it does
constexpr int log_warn = 2;

Outcome failure(std::int64_t seq, Error error, Verdict verdict = Verdict::failed) {
    Outcome out;
    out.verdict = verdict;
    out.seq = seq;
    out.error = std::move(error);
    return out;
}

Error error_of(DatabaseError const& e) {
    switch (e.trouble) {
    case Trouble::lost:
        return {ErrorCode::busy, "the database does not answer; nothing was changed, try again when it is back"};
    case Trouble::busy:
        return {ErrorCode::busy, "the database is busy with somebody else's work; nothing was changed, try again"};
    case Trouble::full: return {ErrorCode::failed, "the database has no room left; nothing was changed, free some disk space"};
    default: return {ErrorCode::failed, std::string(e.what()) + "; nothing was changed"};
    }
}

Error unknown_outcome() {
    return {ErrorCode::timeout,
            "the database went away while it was committing; look whether the change is there before you repeat it"};
}

} // namespace

Lane::Lane(Options const& options, Rows const& rows, Publisher& publisher, std::unique_ptr<Session> session, std::int64_t seq)
    : options_(options), rows_(rows), publisher_(publisher), session_(std::move(session)), seq_(seq) {
    if (session_->dialect().postgres)
        hints_ = std::make_unique<Hints>(session_->dialect(), [this] {
            std::lock_guard const lock(mutex_);
            others_ = true;
            wake_.notify_one();
        });
    thread_ = std::thread([this] { loop(); });
}

Lane::~Lane() { stop(); }

// ---- at the door ---------------------------------------------------------------------------------------------------

Outcome Lane::apply(json::object const& change_set, std::string const& actor, bool dry_run) {
    // What can be judged without the world is judged on the caller's own thread.
    auto request = read_change_set(rows_.catalogue(), change_set);
    if (!request) return failure(seq_, request.error(), Verdict::invalid);
    Job job;
    job.document = &change_set;
    job.request = std::move(request).value();
    job.actor = &actor;
    job.dry_run = dry_run || job.request.dry_run;
    submit(job);
    return std::move(job.outcome);
}

void Lane::run(std::function<void(Session&)> task, Task kind) {
    Job job;
    job.task = std::move(task);
    job.writes = kind == Task::writes;
    submit(job);
    if (job.error) std::rethrow_exception(job.error);
    if (job.outcome.verdict == Verdict::failed) throw std::runtime_error(job.outcome.error.message);
}

void Lane::submit(Job& job) {
    std::unique_lock lock(mutex_);
    if (stopping_) {
        job.outcome = failure(seq_, {ErrorCode::busy, "the store is closing; nothing was changed"});
        return;
    }
    waiting_.push_back(&job);
    wake_.notify_one();
    job.answered.wait(lock, [&] { return job.finished; });
}

void Lane::note(AccessNote note) {
    {
        std::lock_guard const lock(mutex_);
        notes_.push_back(std::move(note));
    }
    wake_.notify_one();
}

std::size_t Lane::waiting() const {
    std::lock_guard const lock(mutex_);
    return waiting_.size();
}

void Lane::stop() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

// ---- the thread ----------------------------------------------------------------------------------------------------

void Lane::loop() {
    for (;;) {
        std::vector<AccessNote> notes;
        auto const jobs = next_jobs(notes);
        if (!jobs.empty() || !notes.empty())
            process(jobs, notes);
        else if (std::lock_guard const lock(mutex_); stopping_ && waiting_.empty() && notes_.empty())
            return;
        else
            continue;
    }
}

std::vector<Lane::Job*> Lane::next_jobs(std::vector<AccessNote>& notes) {
    std::unique_lock lock(mutex_);
    auto const something = [&] { return stopping_ || !waiting_.empty() || !notes_.empty(); };
    if (!hints_) wake_.wait(lock, something);
    while (!something()) {
        bool const hinted = wake_.wait_for(lock, hints_->listening() ? rare_glance : glance, [&] { return something() || others_; });
        if (hinted && !others_) break;
        others_ = false;
        lock.unlock();
        look_for_others();
        lock.lock();
    }
    std::vector<Job*> out;
    std::size_t changes = 0;
    while (!waiting_.empty() && out.size() < most_together && changes < most_at_once) {
        out.push_back(waiting_.front());
        changes += out.back()->request.changes.size();
        waiting_.pop_front();
    }
    notes.swap(notes_);
    return out;
}

void Lane::finish(std::vector<Job*> const& jobs) {
    std::lock_guard const lock(mutex_); // until it is let go no waiting thread takes its job away
    for (auto* job : jobs) {
        job->finished = true;
        job->answered.notify_one();
    }
}

void Lane::process(std::vector<Job*> const& jobs, std::vector<AccessNote> const& notes) {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    bool uncertain = false; // a COMMIT was sent whose answer never came
    for (int tries = 0;; ++tries) {
        Group group;
        try {
            attempt(jobs, notes, group, uncertain);
            break;
        } catch (DatabaseError const& e) {
            session_->rollback();
            group.take_back(publisher_, seq_);
            if (retry(e, deadline, tries)) continue;
            give_up(jobs, notes, uncertain && e.trouble == Trouble::lost ? unknown_outcome() : error_of(e), e.what());
            break;
        } catch (std::exception const& e) { // a bug or no memory: the lane goes on with the next ones
            session_->rollback();
            group.take_back(publisher_, seq_);
            give_up(jobs, notes, {ErrorCode::failed, std::string(e.what()) + "; nothing was changed"}, e.what());
            break;
        }
    }
    finish(jobs);
}

void Lane::give_up(std::vector<Job*> const& jobs, std::vector<AccessNote> const& notes, Error const& error, char const* what) {
    for (auto* job : jobs) job->outcome = failure(seq_, error);
    options_.log(log_warn, std::string("a transaction failed: ") + what);
    for (auto const& note : notes) // the record of a read must not vanish with it
        options_.log(log_warn, note.actor + " read sensitive fields of " + note.entity + " " + note.id + " at "
                                   + instant_text(note.at_us) + "; the access log could not be written");
}

bool Lane::retry(DatabaseError const& error, std::chrono::steady_clock::time_point deadline, int tries) {
    if ((error.trouble != Trouble::lost && error.trouble != Trouble::busy) || !session_->dialect().postgres)
        return false; // SQLite has waited its busy timeout already
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(10ms * (1 << std::min(tries, 6)), 500ms));
    return true;
}

void Lane::attempt(std::vector<Job*> const& jobs, std::vector<AccessNote> const& notes, Group& group, bool& uncertain) {
    if (session_->broken()) session_->reconnect();
    Transaction transaction(*session_);
    group.seq = take_counter();
    catch_up(group.seq);
    // Only now that the counter is ours is it sure that the old connection's COMMIT is over, one way or the other.
    if (uncertain && was_committed(jobs)) return;
    uncertain = false;
    for (auto* job : jobs) work(*job, group);
    for (auto const& note : notes)
        session_->execute("INSERT INTO kogge_access (at_us, actor, entity, id) VALUES (?, ?, ?, ?)",
                          {note.at_us, note.actor, note.entity, note.id});
    auto const writes = std::any_of(jobs.begin(), jobs.end(), [](auto const* job) { return job->writes; });
    if (group.seq == seq_ && notes.empty() && !writes) return; // nothing was written
    if (group.seq != seq_) session_->execute("UPDATE kogge_counter SET seq = ? WHERE id = 1", {group.seq});
    uncertain = true;
    transaction.commit();
    uncertain = false;
    if (hints_ && seq_ != group.seq) hints_->tell();
    seq_ = group.seq;
    flush(group);
    for (auto const& commit : group.commits) publisher_.tell(commit);
}

bool Lane::was_committed(std::vector<Job*> const& jobs) {
    for (auto const* job : jobs)
        if (job->outcome.verdict == Verdict::committed)
            return !session_
                        ->value("SELECT change_set FROM kogge_log WHERE change_set = ? LIMIT 1", {job->outcome.change_set},
                                Storage::text)
                        .null;
    return false;
}

std::int64_t Lane::take_counter() {
    return session_->value("SELECT seq FROM kogge_counter WHERE id = 1" + session_->dialect().for_update, {}, Storage::integer)
        .integer;
}

/// Another daemon wrote: its commits are told here as if they were ours.
void Lane::catch_up(std::int64_t counter) {
    if (counter == seq_) return;
    for (auto& [batch, commit] : replay(*session_, rows_, seq_, counter)) {
        publisher_.tell(batch);
        seq_ = commit.seq;
        publisher_.tell(commit);
    }
    seq_ = counter;
}

void Lane::look_for_others() {
    try {
        if (session_->broken()) session_->reconnect();
        if (session_->value("SELECT seq FROM kogge_counter WHERE id = 1", {}, Storage::integer).integer == seq_) return;
        Transaction const transaction(*session_);
        catch_up(take_counter());
    } catch (DatabaseError const&) {
        // gone for now; the next change set or the next glance finds out
    } catch (std::exception const& e) {
        options_.log(log_warn, std::string("what another daemon wrote could not be read: ") + e.what());
    }
}

Checked Lane::check(std::string const& request) const { return options_.check ? options_.check(request) : Checked(); }

} // namespace kogge::host::store
