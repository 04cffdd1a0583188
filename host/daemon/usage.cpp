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
    auto const [entry, fresh] = counts_.try_emplace({token, now / day_seconds});
    auto& use = entry->second;
    use.at = now;
    ++use.times;
    if (use.client != client)
        use.client = short_client(client);
    if (!fresh)
        return;
    use.subject = token;
    use.day = now / day_seconds;
    wake_.notify_one();
}

std::vector<store::Use> Usage::pending() const {
    std::lock_guard const lock(mutex_);
    std::vector<store::Use> out;
    for (auto const* counts : {&writing_, &counts_})
        for (auto const& [key, use] : *counts)
            out.push_back(use);
    return out;
}

void Usage::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !counts_.empty(); });
        wake_.wait_for(lock, rest_, [this] { return stopping_; });
        if (counts_.empty())
            return;
        writing_.swap(counts_);
        std::vector<store::Use> uses;
        for (auto const& [key, use] : writing_)
            uses.push_back(use);
        lock.unlock();
        bool const written = write_(uses).has_value();
        lock.lock();
        if (!written && !stopping_) // the store is busy or gone: with the next ones, then
            for (auto const& [key, use] : writing_)
                if (auto const [entry, fresh] = counts_.try_emplace(key, use); !fresh)
                    merge(entry->second, use);
        writing_.clear();
    }
}

std::string short_client(std::string_view user_agent) {
    std::string out(user_agent.substr(0, longest_client));
    std::replace_if(out.begin(), out.end(), [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    return out;
}

} // namespace kogge::host
