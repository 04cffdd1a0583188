// SPDX-License-Identifier: EUPL-1.2
// Work that no request asks for: jobs that come round or are woken, and answers that arrive late. Each owner (a plugin, or a
// part of the host) has a thread of its own, so that one which waits for a slow server keeps nobody else waiting.
#pragma once

#include <kogge/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace kogge::host {

/// Any thread.
class Jobs {
  public:
    using Now = std::function<std::int64_t()>; // microseconds, from anywhere
    using Log = std::function<void(std::string_view owner, std::string_view message)>;

    /// `now` of a daemon runs steadily; of a test it may stand still until moved, with run_due() in place of start().
    Jobs(Now now, Log log);
    ~Jobs(); // stop()
    Jobs(Jobs const&) = delete;

    /// Due at once, and then `every` after it last returned; 0: only when woken. One owner's jobs never run at the same time.
    Result<void> add(std::string const& owner, std::string name, std::chrono::seconds every, std::function<void()> run);
    /// Once, however often it is woken before it runs; while it runs: once more afterwards.
    Result<void> wake(std::string_view owner, std::string_view name);
    /// One task, after those posted before it and ahead of that owner's jobs. Dropped once stop() was called.
    void post(std::string const& owner, std::function<void()> task);

    void start();
    /// Waits for what is running and starts nothing more.
    void stop();

    /// Runs on this thread what is due, and what that makes due, until nothing is; how many that were.
    std::size_t run_due();

  private:
    class Lane;
    Lane& lane(std::string const& owner);

    Now now_;
    Log log_;
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Lane>, std::less<>> lanes_;
    bool started_ = false, stopped_ = false;
};

} // namespace kogge::host
