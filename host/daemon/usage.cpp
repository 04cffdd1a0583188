// SPDX-License-Identifier: EUPL-1.2
#include "daemon/usage.hpp"

#include <algorithm>

namespace kogge::host {

namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::size_t longest_client = 80;

void merge(store::Use& into, store::Use const& other) {
    into.times += other.times;
    if (other.at < into.at)
        return;
    into.at = other.at;
    into.client = other.client;
}

} // namespace

Usage::Usage(Write write, std::chrono::milliseconds rest) : write_(std::move(write)), rest_(rest), thread_([this] { loop(); }) {}

Usage::~Usage() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Usage::note(std::string const& token, std::string_view client, std::int64_t now) {
    std::lock_guard const lock(mutex_);
    auto const found = counts_.find(token);
    if (found == counts_.end()) {
        counts_.emplace(token, store::Use{token, now / day_seconds, now, short_client(client), 1});
        wake_.notify_one();
        return;
    }
    auto& use = found->second;
    if (use.day != now / day_seconds) {
        ended_.push_back(use);
        use.day = now / day_seconds;
        use.times = 0;
    }
    use.at = now;
    ++use.times;
    if (use.client != client)
        use.client = short_client(client);
}

std::vector<store::Use> Usage::pending() const {
    std::lock_guard const lock(mutex_);
    auto out = writing_;
    out.insert(out.end(), ended_.begin(), ended_.end());
    for (auto const& [token, use] : counts_)
        out.push_back(use);
    return out;
}

/// Back to what waits: the store did not take it.
void Usage::add(store::Use const& use) {
    auto const [entry, fresh] = counts_.try_emplace(use.subject, use);
    if (!fresh && entry->second.day == use.day)
        merge(entry->second, use);
    else if (!fresh)
        ended_.push_back(use);
}

void Usage::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !counts_.empty(); });
        wake_.wait_for(lock, rest_, [this] { return stopping_; });
        if (counts_.empty())
            return;
        writing_.swap(ended_);
        for (auto const& [token, use] : counts_)
            writing_.push_back(use);
        counts_.clear();
        lock.unlock();
        bool const written = write_(writing_).has_value(); // nobody else changes it
        lock.lock();
        if (!written && !stopping_)
            for (auto const& use : writing_)
                add(use);
        writing_.clear();
    }
}

std::string short_client(std::string_view user_agent) {
    std::string out(user_agent.substr(0, longest_client));
    std::replace_if(out.begin(), out.end(), [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    return out;
}

} // namespace kogge::host
