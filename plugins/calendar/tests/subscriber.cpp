// SPDX-License-Identifier: EUPL-1.2
#include "tests/subscriber.hpp"

#include <stdexcept>
#include <tuple>

namespace kogge::calendar::test {

Calendar take_apart(std::string const& feed) {
    Calendar out;
    std::string line, uid;
    Held held;
    int depth = 0; // within VEVENT: 1
    for (std::size_t at = 0; at < feed.size();) {
        auto const end = feed.find("\r\n", at);
        if (end == feed.npos)
            throw std::logic_error("a line without its end");
        line.append(feed, at, end - at);
        bool const goes_on = end + 2 < feed.size() && feed[end + 2] == ' ';
        at = end + (goes_on ? 3 : 2);
        if (goes_on)
            continue;
        if (line == "BEGIN:VEVENT")
            held = {}, uid.clear(), depth = 1;
        else if (depth && line.starts_with("BEGIN:"))
            ++depth;
        if (depth)
            held.bytes += line + "\n";
        auto const value = line.substr(std::min(line.find(':') + 1, line.size()));
        if (depth == 1) {
            if (line.starts_with("UID:"))
                uid = value;
            else if (line.starts_with("SEQUENCE:"))
                held.sequence = std::stoi(value);
            else if (line.starts_with("DTSTAMP:"))
                held.stamp = value;
            else if (line.starts_with("STATUS:"))
                held.status = value;
            else if (line.starts_with("DTSTART"))
                held.starts = line.substr(7);
            else if (line.starts_with("SUMMARY"))
                held.summary = value;
            else if (line.starts_with("LAST-MODIFIED:") && value != held.stamp)
                throw std::logic_error(uid + ": LAST-MODIFIED " + value + " is not DTSTAMP " + held.stamp);
        }
        if (line == "END:VEVENT" && !out.emplace(uid, held).second)
            throw std::logic_error("twice in one feed: " + uid);
        if (depth && line.starts_with("END:"))
            --depth;
        line.clear();
    }
    return out;
}

void Subscriber::poll(std::string const& feed) {
    auto const seen = take_apart(feed);
    for (auto const& [uid, now] : seen) {
        auto const known = held_.find(uid);
        if (known == held_.end()) {
            held_.emplace(uid, now);
            continue;
        }
        auto& old = known->second;
        auto const version = [](Held const& one) { return std::tuple(one.sequence, one.stamp); };
        if (version(now) < version(old) || now.sequence < old.sequence)
            throw std::logic_error(uid + " goes backwards:\n" + old.bytes + "---\n" + now.bytes);
        if (now.sequence == old.sequence && now.stamp == old.stamp && now.bytes != old.bytes)
            throw std::logic_error(uid + " is one version with two contents:\n" + old.bytes + "---\n" + now.bytes);
        old = now;
    }
    if (habit_ == Habit::replacing)
        std::erase_if(held_, [&](auto const& one) { return !seen.contains(one.first); });
}

std::map<std::string, std::string> Subscriber::agenda() const {
    std::map<std::string, std::string> out;
    for (auto const& [uid, held] : held_)
        if (held.status != "CANCELLED")
            out[uid] = held.starts + " " + held.summary;
    return out;
}

} // namespace kogge::calendar::test
