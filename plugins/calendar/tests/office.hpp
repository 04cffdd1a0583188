// SPDX-License-Identifier: EUPL-1.2
// The CalDAV server over a store of a few lines: documents in a map, a change log, a clock that moves a second per change set.
#pragma once

#include "dav/server.hpp"
#include "dav/shelf.hpp"
#include "dav/stored.hpp"

#include <kogge/change.hpp>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kogge::calendar::test {

struct Office {
    /// What happens while a change set waits for its turn: somebody else's.
    std::function<void()> meanwhile;

    Office();
    /// A daemon that starts again: the same documents and log, everything else forgotten.
    void restart();

    std::string id_prefix = "user:"; // of who asks; another makes them others of the same names
    using Headers = std::map<std::string, std::string>;
    dav::DavResponse ask(std::string const& who, std::string const& method, std::string const& target, std::string const& body = {}, Headers const& headers = {});
    /// A PUT that must succeed; its ETag.
    std::string put(std::string const& who, std::string const& target, std::string const& body);
    std::string propfind(std::string const& who, std::string const& target, std::string const& props, std::string const& depth = "0");
    std::string report(std::string const& who, std::string const& target, std::string const& body, std::string const& depth = "1");
    std::string sync(std::string const& who, std::string const& target, std::string const& token, std::string const& limit = {});

    std::size_t log_size() const { return log_.size(); }
    std::vector<json::object> const& log() const { return log_; }
    dav::Shelf& shelf() { return *shelf_; }
    dav::Server& server() { return *server_; }
    Instant now = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 25));

  private:
    Result<json::value> commit(ChangeSet const& changes);
    Result<std::vector<json::object>> read_log(json::object const& query) const;
    bool fits(json::object const& change) const;

    std::map<std::pair<std::string, std::string>, json::object> documents_;
    std::vector<json::object> log_;
    std::unique_ptr<dav::Shelf> shelf_;
    std::unique_ptr<dav::Calendars> calendars_;
    std::unique_ptr<dav::Server> server_;
};

/// VCALENDAR around some lines, with CRLF.
std::string calendar(std::string const& inside);
/// An event in UTC: event("a", "20270421T080000Z", "20270421T090000Z", "SUMMARY:x\n").
std::string event(std::string const& uid, std::string const& start, std::string const& end, std::string const& more = {});
/// What stands between <tag> and </tag>, each time.
std::vector<std::string> between(std::string const& xml, std::string const& tag);

} // namespace kogge::calendar::test
