// SPDX-License-Identifier: EUPL-1.2
#include "jobs/jobs.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <optional>
#include <thread>
#include <vector>

namespace kogge::host {

/// What one owner has to do, and the thread that does it.
class Jobs::Lane {
  public:
    Lane(std::string owner, Now const& now, Log const& log) : owner_(std::move(owner)), now_(now), log_(log) {}

    bool add(std::string name, std::chrono::seconds every, std::function<void()> run) {
        std::lock_guard const lock(mutex_);
        if (find(name))
            return false;
        jobs_.push_back({std::move(name), std::chrono::microseconds(every).count(), every.count() > 0 ? std::optional(now_()) : std::nullopt, std::move(run)});
        changed_.notify_one();
        return true;
    }
    bool wake(std::string_view name) {
        std::lock_guard const lock(mutex_);
        auto* const job = find(name);
        if (!job)
            return false;
        job->due = first_;
        changed_.notify_one();
        return true;
    }
    void post(std::function<void()> task) {
        std::lock_guard const lock(mutex_);
        tasks_.push_back(std::move(task));
        changed_.notify_one();
    }
    void start() {
        thread_ = std::thread([this] { loop(); });
    }
    void end() {
        {
            std::lock_guard const lock(mutex_);
            stopping_ = true;
            changed_.notify_one();
        }
        if (thread_.joinable())
            thread_.join();
    }
    bool run_one() {
        std::unique_lock lock(mutex_);
        return !stopping_ && run_next(lock);
    }

  private:
    struct Job {
        std::string name;
        std::int64_t every_us;
        std::optional<std::int64_t> due; // nothing: when woken
        std::function<void()> run;
    };
    static constexpr std::int64_t first_ = INT64_MIN; // due before anything that waits for its time

    Job* find(std::string_view name) {
        auto const found = std::find_if(jobs_.begin(), jobs_.end(), [&](Job const& job) { return job.name == name; });
        return found == jobs_.end() ? nullptr : &*found;
    }
    Job* earliest() {
        Job* out = nullptr;
        for (auto& job : jobs_)
            if (job.due && (!out || *job.due < *out->due))
                out = &job;
        return out;
    }
    void loop() {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            if (run_next(lock))
                continue;
            if (auto const* next = earliest())
                changed_.wait_for(lock, std::chrono::microseconds(*next->due - now_()));
            else
                changed_.wait(lock);
        }
    }
    /// Runs one thing that is due, unlocked; false when there is none.
    bool run_next(std::unique_lock<std::mutex>& lock) {
        if (!tasks_.empty()) {
            auto const task = std::move(tasks_.front());
            tasks_.pop_front();
            run_unlocked(lock, "an answer", task);
            return true;
        }
        auto* const job = earliest();
        if (!job || *job->due > now_())
            return false;
        job->due.reset();
        run_unlocked(lock, job->name, job->run);
        if (!job->due && job->every_us > 0) // else woken while it ran
            job->due = now_() + job->every_us;
        return true;
    }
    void run_unlocked(std::unique_lock<std::mutex>& lock, std::string_view name, std::function<void()> const& work) {
        lock.unlock();
        std::string wrong;
        try {
            work();
        } catch (std::exception const& e) {
            wrong = e.what();
        } catch (...) {
            wrong = "an exception that is no std::exception";
        }
        if (!wrong.empty())
            log_(owner_, "the job " + std::string(name) + " failed: " + wrong);
        lock.lock();
    }

    std::string owner_;
    Now const& now_;
    Log const& log_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    std::deque<Job> jobs_; // stays where it is while its work runs unlocked
    bool stopping_ = false;
    std::thread thread_;
};

Jobs::Jobs(Now now, Log log) : now_(std::move(now)), log_(std::move(log)) {}
Jobs::~Jobs() { stop(); }

Jobs::Lane& Jobs::lane(std::string const& owner) {
    auto& lane = lanes_[owner];
    if (!lane) {
        lane = std::make_unique<Lane>(owner, now_, log_);
        if (started_ && !stopped_)
            lane->start();
    }
    return *lane;
}

Result<void> Jobs::add(std::string const& owner, std::string name, std::chrono::seconds every, std::function<void()> run) {
    std::lock_guard const lock(mutex_);
    auto const taken = "has a job '" + name + "' already; name this one otherwise";
    if (!lane(owner).add(std::move(name), every, std::move(run)))
        return Error{ErrorCode::conflict, taken, {}};
    return boost::outcome_v2::success();
}

Result<void> Jobs::wake(std::string_view owner, std::string_view name) {
    std::lock_guard const lock(mutex_);
    auto const found = lanes_.find(owner);
    if (found == lanes_.end() || !found->second->wake(name))
        return Error{ErrorCode::not_found, "there is no job '" + std::string(name) + "'; it is made in start()", {}};
    return boost::outcome_v2::success();
}

void Jobs::post(std::string const& owner, std::function<void()> task) {
    std::lock_guard const lock(mutex_);
    if (!stopped_)
        lane(owner).post(std::move(task));
}

void Jobs::start() {
    std::lock_guard const lock(mutex_);
    started_ = true;
    for (auto& [owner, lane] : lanes_)
        lane->start();
}

void Jobs::stop() {
    {
        std::lock_guard const lock(mutex_); // from here on nobody adds a lane with a thread
        stopped_ = true;
    }
    for (auto& [owner, lane] : lanes_) // unlocked: what is running may wake another job
        lane->end();
}

std::size_t Jobs::run_due() {
    std::size_t count = 0;
    for (bool some = true; some;) {
        some = false;
        std::vector<Lane*> all;
        {
            std::lock_guard const lock(mutex_);
            for (auto& [owner, lane] : lanes_)
                all.push_back(lane.get());
        }
        for (auto* const one : all)
            while (one->run_one()) {
                some = true;
                ++count;
            }
    }
    return count;
}

} // namespace kogge::host
