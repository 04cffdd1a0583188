// SPDX-License-Identifier: EUPL-1.2
#include "jobs/jobs.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <condition_variable>
#include <stdexcept>
#include <vector>

using namespace kogge::host;
using namespace std::chrono_literals;

namespace {

/// Jobs under a clock that stands still.
struct Bench {
    std::int64_t now_us = 1'000'000;
    std::vector<std::string> done, logged;
    Jobs jobs{[this] { return now_us; }, [this](std::string_view owner, std::string_view message) { logged.push_back(std::string(owner) + ": " + std::string(message)); }};

    void add(std::string const& name, std::chrono::seconds every, std::function<void()> also = [] {}) {
        BOOST_REQUIRE(jobs.add("calendar", name, every, [this, name, also = std::move(also)] { done.push_back(name), also(); }));
    }
    void pass(std::chrono::microseconds time) { now_us += time.count(); }
};

/// Counts, and lets a test wait for the count.
class Count {
  public:
    void up() {
        std::lock_guard const lock(mutex_);
        ++count_;
        changed_.notify_all();
    }
    bool reaches(int wanted) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 60s, [&] { return count_ >= wanted; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int count_ = 0;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_job_is_due_at_once_and_then_after_its_interval, Bench) {
    add("look", 60s);
    BOOST_TEST(jobs.run_due() == 1u);
    BOOST_TEST(jobs.run_due() == 0u);
    pass(59'999'999us);
    BOOST_TEST(jobs.run_due() == 0u);
    pass(1us);
    BOOST_TEST(jobs.run_due() == 1u);
}

BOOST_FIXTURE_TEST_CASE(the_interval_begins_when_the_job_has_returned, Bench) {
    add("slow", 60s, [this] { pass(45s); });
    jobs.run_due();
    pass(59s);
    BOOST_TEST(jobs.run_due() == 0u);
    pass(1s);
    BOOST_TEST(jobs.run_due() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_job_that_is_only_woken_runs_once_however_often_it_was_woken, Bench) {
    add("send", 0s);
    BOOST_TEST(jobs.run_due() == 0u);
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(jobs.wake("calendar", "send").has_value());
    BOOST_TEST(jobs.run_due() == 1u);
    BOOST_TEST(jobs.run_due() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_job_woken_while_it_runs_runs_once_more, Bench) {
    int left = 2;
    add("send", 0s, [&] {
        if (left-- > 0) {
            (void)jobs.wake("calendar", "send");
            (void)jobs.wake("calendar", "send");
        }
    });
    (void)jobs.wake("calendar", "send");
    BOOST_TEST(jobs.run_due() == 3u);
}

BOOST_FIXTURE_TEST_CASE(waking_a_periodic_job_moves_it_forward_and_its_interval_with_it, Bench) {
    add("look", 60s);
    jobs.run_due();
    pass(30s);
    (void)jobs.wake("calendar", "look");
    BOOST_TEST(jobs.run_due() == 1u);
    pass(59s);
    BOOST_TEST(jobs.run_due() == 0u);
    pass(1s);
    BOOST_TEST(jobs.run_due() == 1u);
}

BOOST_FIXTURE_TEST_CASE(posted_tasks_run_in_order_and_ahead_of_jobs, Bench) {
    add("look", 60s);
    jobs.post("calendar", [this] { done.push_back("first"); });
    jobs.post("calendar", [this] { done.push_back("second"); });
    jobs.run_due();
    BOOST_TEST(done == (std::vector<std::string>{"first", "second", "look"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_job_that_throws_is_logged_and_comes_round_again, Bench) {
    add("look", 60s, [] { throw std::runtime_error("no such calendar"); });
    jobs.run_due();
    BOOST_REQUIRE(logged.size() == 1u);
    BOOST_TEST(logged[0] == "calendar: the job look failed: no such calendar");
    pass(60s);
    BOOST_TEST(jobs.run_due() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_name_is_one_job_and_an_unknown_one_none, Bench) {
    add("look", 60s);
    BOOST_TEST(jobs.add("calendar", "look", 60s, [] {}).error().message == "has a job 'look' already; name this one otherwise");
    BOOST_TEST(jobs.add("logistics", "look", 60s, [] {}).has_value());
    BOOST_TEST(jobs.wake("calendar", "see").error().message == "there is no job 'see'; it is made in start()");
}

BOOST_AUTO_TEST_CASE(an_owner_that_waits_keeps_no_other_waiting) {
    Jobs jobs([] { return std::chrono::steady_clock::now().time_since_epoch() / 1us; }, [](std::string_view, std::string_view) {});
    Count logistics, calendar;
    // The calendar's job ends only when logistics' has run.
    (void)jobs.add("calendar", "wait", 0s, [&] { logistics.reaches(1), calendar.up(); });
    (void)jobs.add("logistics", "go", 0s, [&] { logistics.up(); });
    jobs.start();
    (void)jobs.wake("calendar", "wait");
    (void)jobs.wake("logistics", "go");
    BOOST_TEST(calendar.reaches(1));
}

BOOST_AUTO_TEST_CASE(an_interval_passes_by_the_clock_and_stop_waits_for_what_runs) {
    Count count;
    std::atomic<bool> inside{false};
    {
        Jobs jobs([] { return std::chrono::steady_clock::now().time_since_epoch() / 1us; }, [](std::string_view, std::string_view) {});
        (void)jobs.add("calendar", "tick", 1s, [&] { inside = true, count.up(), inside = false; });
        jobs.start();
        BOOST_TEST(count.reaches(2));
        jobs.stop();
        BOOST_TEST(!inside);
        jobs.post("calendar", [] { BOOST_ERROR("ran after the stop"); });
    }
}
