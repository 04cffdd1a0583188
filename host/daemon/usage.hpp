// SPDX-License-Identifier: EUPL-1.2
// Who fetches what by which token: counted in memory with every request, written at most once a minute. The host does it and no
// plugin, since a kept answer never reaches one.
#pragma once

#include "store/uses.hpp"

#include <kogge/result.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace kogge::host {

/// Any thread.
class Usage {
  public:
    using Write = std::function<Result<void>(std::vector<store::Use> const&)>;

    /// `write` adds to what is stored; called on a thread of its own, `rest` apart.
    explicit Usage(Write write, std::chrono::milliseconds rest = std::chrono::minutes(1));
    ~Usage(); // writes what is left
    Usage(Usage const&) = delete;

    /// Costs a lookup: it is done for every 304. `now` in seconds since 1970 UTC.
    void note(std::string const& token, std::string_view client, std::int64_t now);
    /// What is not written yet.
    std::vector<store::Use> pending() const;

  private:
    using Counts = std::unordered_map<std::string, store::Use>; // by token

    void add(store::Use const& use);

    void loop();

    Write write_;
    std::chrono::milliseconds rest_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Counts counts_;                                // of the day each was last used
    std::vector<store::Use> ended_, writing_;      // of days that are over; on their way to the store
    bool stopping_ = false;
    std::thread thread_;
};

/// The first 80 characters of a User-Agent; what is not printable ASCII becomes a question mark.
std::string short_client(std::string_view user_agent);

} // namespace kogge::host
