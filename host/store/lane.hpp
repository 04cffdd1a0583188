// SPDX-License-Identifier: EUPL-1.2
// The one writer: a thread with a connection of its own. Change sets that wait together share a transaction and its way to
// the disk; each sees the ones before it. Nobody is answered before the commit, and no commit is told before it is one,
// except to the mirrors that the next check of the same transaction needs (taken back when the commit fails).
#pragma once

#include "store/hints.hpp"
#include "store/publisher.hpp"
#include "store/session.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace kogge::host::store {

/// A sensitive read, for the access log.
struct AccessNote {
    std::int64_t at_us = 0;
    std::string actor, entity, id;
};

class Lane {
  public:
    /// `session` is the lane's alone from now on; `seq` is where the log stands.
    Lane(Options const& options, Rows const& rows, Publisher& publisher, std::unique_ptr<Session> session, std::int64_t seq);
    ~Lane();

    Outcome apply(json::object const& change_set, std::string const& actor, bool dry_run);
    /// Runs `task` between two change sets, inside the lane's transaction, when all followers stand at seq(). Throws what it
    /// throws. What it writes is committed only when it says that it `writes`.
    enum class Task { reads, writes };
    void run(std::function<void(Session&)> task, Task kind = Task::reads);
    /// Written with the next transaction. Does not wait: whoever reads may hold what a check of the lane waits for.
    void note(AccessNote note);
    /// The checks' answer to a request; empty when nobody checks. On the lane.
    Checked check(std::string const& request) const;
    std::int64_t seq() const { return seq_; }
    std::size_t waiting() const;
    void stop();

  private:
    struct Job;
    struct Group;
    void loop();
    std::vector<Job*> next_jobs(std::vector<AccessNote>& notes);
    void process(std::vector<Job*> const& jobs, std::vector<AccessNote> const& notes);
    void attempt(std::vector<Job*> const& jobs, std::vector<AccessNote> const& notes, Group& group, bool& uncertain);
    bool retry(DatabaseError const& error, std::chrono::steady_clock::time_point deadline, int tries);
    void give_up(std::vector<Job*> const& jobs, std::vector<AccessNote> const& notes, Error const& error, char const* what);
    bool was_committed(std::vector<Job*> const& jobs);
    std::int64_t take_counter();
    void catch_up(std::int64_t counter);
    void look_for_others();
    void work(Job& job, Group& group);
    Outcome propose(Job& job, Group& group);
    std::optional<Error> write_alone(std::vector<Change> const& changes, Commit const& commit, std::int64_t first_seq);
    void write(std::vector<Change> const& changes, Commit const& commit, std::int64_t first_seq);
    void flush(Group& group);
    void submit(Job& job);
    void finish(std::vector<Job*> const& jobs);

    Options const& options_;
    Rows const& rows_;
    Publisher& publisher_;
    std::unique_ptr<Session> session_;
    std::atomic<std::int64_t> seq_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job*> waiting_;
    std::vector<AccessNote> notes_;
    bool stopping_ = false;
    bool others_ = false;          // another daemon may have written
    std::unique_ptr<Hints> hints_; // PostgreSQL only
    std::thread thread_;
};

} // namespace kogge::host::store
