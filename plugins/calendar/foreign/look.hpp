// SPDX-License-Identifier: EUPL-1.2
// One look at a calendar elsewhere, from the first request to what came of it. Knows no store: asks through `Ask`, which is
// the host's fetch in the daemon and a table of answers in a test. Everything runs on the plugin's strand [S].
#pragma once

#include "foreign/digest.hpp"

#include <kogge/fetch.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kogge::calendar::foreign {

using Ask = std::function<void(Fetch, std::function<void(Result<Fetched>)>)>;

struct Target {
    ForeignKind kind = ForeignKind::ics;
    std::string url;
    std::optional<std::string> user, password;
    std::optional<std::string> etag, last_modified; // of the last answer, when busy times were worked out from it today
};

/// A collection of a CalDAV account as the last look left it. Lives in memory: after a restart everything is asked for anew.
struct Collection {
    std::string url, name, sync_token, ctag;
    Day day{};                                  // for whose window `objects` were taken
    std::map<std::string, std::vector<Taken>> objects; // by href
    std::size_t events = 0;
};
struct Account {
    std::string address; // what was discovered from
    std::vector<Collection> collections;
    bool changed = false; // since a look was last brought to its end
};

struct Arrived {
    bool unchanged = false; // and then nothing else is said
    Digest digest;
    std::optional<std::string> etag, last_modified;
    std::optional<std::string> moved; // for good: ask there from now on
};
struct LookResult {
    Looked<Arrived> arrived;
    std::optional<std::chrono::seconds> retry_after;
};
using LookDone = std::function<void(LookResult)>;

struct LookLimits {
    DigestLimits digest;
    int timeout_s = 30;
    std::size_t collections = 20;
    int requests = 400; // of one look at an account
};

/// `account` is read and renewed; it must outlive the look. Reading is copied.
void look_at(Ask ask, Target target, Reading reading, LookLimits limits, Account* account, LookDone done);

/// The address of a calendar as people paste it, made one that can be asked: webcal:// is https://. An error says what is
/// wrong with it.
Looked<std::string> address_of(std::string_view text);
/// "calendar.example.org:8443" of an address.
std::string host_of(std::string_view url);
/// `href` as a server writes it, seen from `base`.
std::string resolved(std::string_view base, std::string_view href);

/// What an answer or the lack of one means, when it is no success.
std::optional<Trouble> trouble_of(Result<Fetched> const& answer);

} // namespace kogge::calendar::foreign
