// SPDX-License-Identifier: EUPL-1.2
#include "dav/locks.hpp"

#include "dav/path.hpp"
#include "dav/xml.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t most_locks = 10'000, most_lists = 100;

std::string_view bare(std::string_view href) { return href.ends_with('/') ? href.substr(0, href.size() - 1) : href; }
bool below(std::string_view href, std::string_view root) {
    href = bare(href);
    root = bare(root);
    return href == root || (href.size() > root.size() && href.starts_with(root) && href[root.size()] == '/');
}

Refusal locked(char const* name, Lock const& lock) {
    auto out = condition(423, ns::dav, name, "it is locked until " + to_text(lock.until) + "; unlock it, or send its lock token");
    out.inside = "<D:href>" + escaped(lock.href) + "</D:href>";
    return out;
}

Refusal unreadable() { return refusal(400, "the If header cannot be read (RFC 4918 §10.4)"); }

void skip_blanks(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
}

/// `<…>` or `[…]`.
std::optional<std::string> take_between(std::string_view& text, char open, char close) {
    if (text.empty() || text.front() != open)
        return std::nullopt;
    auto const end = text.find(close);
    if (end == text.npos)
        return std::nullopt;
    std::string out(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    return out;
}

} // namespace

void Locks::drop_old(Instant now) {
    std::erase_if(locks_, [&](auto const& entry) { return entry.second.until <= now; });
}

Answer<Lock> Locks::take(Lock wish, Instant now) {
    drop_old(now);
    for (auto const& [token, lock] : locks_) {
        bool const meets = (lock.deep && below(wish.href, lock.href)) || bare(lock.href) == bare(wish.href) || (wish.deep && below(lock.href, wish.href));
        if (meets && (lock.exclusive || wish.exclusive))
            return locked("no-conflicting-lock", lock);
    }
    if (locks_.size() >= most_locks)
        return refusal(503, "there are too many locks; wait until some have run out");
    return locks_.emplace(wish.token, wish).first->second;
}

Lock const* Locks::refresh(std::string_view token, std::string_view href, std::string const& principal, Instant until, Instant now) {
    drop_old(now);
    auto const found = locks_.find(token);
    if (found == locks_.end() || found->second.principal != principal || !(found->second.deep ? below(href, found->second.href) : bare(href) == bare(found->second.href)))
        return nullptr;
    found->second.until = until;
    return &found->second;
}

bool Locks::release(std::string_view token, std::string_view href, std::string const& principal, Instant now) {
    auto const* lock = refresh(token, href, principal, now + std::chrono::seconds(1), now);
    return lock && locks_.erase(lock->token) > 0;
}

void Locks::forget(std::string_view href) {
    std::erase_if(locks_, [&](auto const& entry) { return below(entry.second.href, href); });
}

std::vector<Lock const*> Locks::holding(std::string_view href, Instant now) const {
    std::vector<Lock const*> out;
    for (auto const& [token, lock] : locks_)
        if (lock.until > now && (lock.deep ? below(href, lock.href) : bare(href) == bare(lock.href)))
            out.push_back(&lock);
    return out;
}

Answer<void> Locks::admits(std::string_view href, bool tree, std::string const& principal, std::set<std::string> const& tokens, Instant now) const {
    auto const ours = [&](Lock const& lock) { return lock.principal == principal && tokens.contains(lock.token); };
    auto const here = holding(href, now);
    if (!here.empty() && std::none_of(here.begin(), here.end(), [&](auto const* lock) { return ours(*lock); }))
        return locked("lock-token-submitted", *here.front());
    if (tree)
        for (auto const& [token, lock] : locks_)
            if (lock.until > now && below(lock.href, href) && bare(lock.href) != bare(href) && !ours(lock))
                return locked("lock-token-submitted", lock);
    return boost::outcome_v2::success();
}

std::string active_lock(Lock const& lock, Instant now) {
    auto const seconds = std::max<std::int64_t>(0, (lock.until - now).count());
    return "<D:activelock><D:locktype><D:write/></D:locktype><D:lockscope>" + std::string(lock.exclusive ? "<D:exclusive/>" : "<D:shared/>") + "</D:lockscope><D:depth>" +
           (lock.deep ? "infinity" : "0") + "</D:depth>" + lock.owner + "<D:timeout>Second-" + std::to_string(seconds) + "</D:timeout><D:locktoken><D:href>" + escaped(lock.token) +
           "</D:href></D:locktoken><D:lockroot><D:href>" + escaped(lock.href) + "</D:href></D:lockroot></D:activelock>";
}

Answer<IfHeader> IfHeader::read(std::string_view text) {
    IfHeader out;
    std::string tag;
    for (skip_blanks(text); !text.empty(); skip_blanks(text)) {
        if (text.front() == '<') {
            auto const resource = take_between(text, '<', '>');
            if (!resource)
                return unreadable();
            tag = *resource;
            continue;
        }
        if (text.front() != '(' || out.lists_.size() >= most_lists)
            return unreadable();
        text.remove_prefix(1);
        List list{tag, {}};
        for (skip_blanks(text); !text.empty() && text.front() != ')'; skip_blanks(text)) {
            Condition condition;
            if (text.starts_with("Not")) {
                condition.negated = true;
                text.remove_prefix(3);
                skip_blanks(text);
            }
            condition.is_etag = !text.empty() && text.front() == '[';
            auto const inside = condition.is_etag ? take_between(text, '[', ']') : take_between(text, '<', '>');
            if (!inside)
                return unreadable();
            condition.text = *inside;
            if (!condition.is_etag)
                out.tokens_.insert(condition.text);
            list.conditions.push_back(std::move(condition));
        }
        if (text.empty() || list.conditions.empty())
            return unreadable();
        text.remove_prefix(1);
        out.lists_.push_back(std::move(list));
    }
    if (out.lists_.empty())
        return unreadable();
    return out;
}

bool IfHeader::holds(std::string_view own, std::function<State(std::string_view)> const& state) const {
    return std::any_of(lists_.begin(), lists_.end(), [&](List const& list) {
        auto const here = state(list.tag.empty() ? own : std::string_view(list.tag));
        return std::all_of(list.conditions.begin(), list.conditions.end(), [&](Condition const& condition) {
            bool const met = condition.is_etag ? !here.etag.empty() && here.etag == condition.text : here.tokens.contains(condition.text);
            return met != condition.negated;
        });
    });
}

} // namespace kogge::calendar::dav
