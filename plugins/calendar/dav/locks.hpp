// SPDX-License-Identifier: EUPL-1.2
// Write locks (RFC 4918 §6, §7) and the If header that speaks of them (§10.4). Locks live in memory: a daemon that starts again
// has none, which §6.6 allows; nothing that matters is held by one, revisions are (If-Match).
#pragma once

#include "dav/answer.hpp"

#include <kogge/time.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::dav {

struct Lock {
    std::string token; // "urn:uuid:…"
    std::string href;  // of its root
    bool deep = false, exclusive = true;
    std::string principal; // who took it
    std::string owner;     // D:owner as the client sent it, XML
    Instant until{};
};

class Locks {
  public:
    static constexpr std::chrono::seconds longest{3'600};

    /// 423 with no-conflicting-lock when others hold one here, above (deep) or, with `deep`, below.
    Answer<Lock> take(Lock wish, Instant now);
    /// The lock of that token when it holds at `href` for `principal`; extended to `until`.
    Lock const* refresh(std::string_view token, std::string_view href, std::string const& principal, Instant until, Instant now);
    bool release(std::string_view token, std::string_view href, std::string const& principal, Instant now);
    /// Locks whose root is gone.
    void forget(std::string_view href);

    /// Locks that hold at `href`, their own or inherited from a collection above.
    std::vector<Lock const*> holding(std::string_view href, Instant now) const;
    /// Whether a write to `href` is free of others' locks, given the tokens a request submits. `tree`: to all below it, too.
    Answer<void> admits(std::string_view href, bool tree, std::string const& principal, std::set<std::string> const& tokens, Instant now) const;

  private:
    void drop_old(Instant now);
    std::map<std::string, Lock, std::less<>> locks_; // by token
};

/// D:activelock.
std::string active_lock(Lock const& lock, Instant now);

/// What stands at a path, for a condition: its ETag ("" none) and the tokens that hold there.
struct State {
    std::string etag;
    std::set<std::string> tokens;
};

class IfHeader {
  public:
    static Answer<IfHeader> read(std::string_view text);
    /// All tokens it names.
    std::set<std::string> const& tokens() const { return tokens_; }
    /// `state` is asked for the request's own path and for tagged ones (as they are written).
    bool holds(std::string_view own, std::function<State(std::string_view)> const& state) const;

  private:
    struct Condition {
        bool negated = false;
        bool is_etag = false;
        std::string text;
    };
    struct List {
        std::string tag; // "" none
        std::vector<Condition> conditions;
    };
    std::vector<List> lists_;
    std::set<std::string> tokens_;
};

} // namespace kogge::calendar::dav
