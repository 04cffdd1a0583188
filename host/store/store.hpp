// SPDX-License-Identifier: EUPL-1.2
// The one truth: entities in SQL and the log of their changes. One way in, apply(); everything else reads.
#pragma once

#include "store/catalogue.hpp"
#include "store/uses.hpp"

#include <kogge/result.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::store {

namespace json = boost::json;

/// What the checks of all plugins say of a request (abi.h, kg_check_fn): findings as documents of kogge::Finding, and
/// {"person","entity","id"} of those to be told.
struct Checked {
    json::array before, after, affected;
    std::vector<std::string> failed; // checks that could not answer; each becomes a finding CHECK_FAILED of level warn
};

struct Options {
    std::string url;                        // "sqlite:///path/kogge.db", "sqlite::memory:", "postgresql://…" (libpq's form)
    std::filesystem::path backup_dir;       // where a copy goes before tables are migrated; empty: no backup (in memory)
    std::array<unsigned char, 32> key{};    // encrypts sensitive fields
    std::vector<json::object> descriptions; // kogge::describe() of every kind, references may point anywhere
    std::function<std::int64_t()> now_us;
    std::function<Checked(std::string_view request)> check;       // empty: nothing to say. One call at a time, on the lane.
    std::function<void(int level, std::string_view message)> log; // never carries bound values
    unsigned readers = 4;                                         // connections for get, list and log; the lane has its own
};

enum class Verdict { committed, would_commit, unchanged, needs_confirmation, refused, conflict, invalid, failed };

/// One entity of a change set as it came out.
struct Changed {
    std::string entity, id, op; // create, update, delete (cascaded deletions are here, too)
    std::string visit;          // empty: belongs to none
    std::int64_t rev = 0;
};

struct Outcome {
    Verdict verdict = Verdict::failed;
    std::int64_t seq = 0;   // of its last log entry; without a commit, the store's
    std::string change_set; // its id; empty without a commit
    std::vector<Changed> changes;
    json::array introduced, shifted, resolved; // finding documents, `key` included; shifted: same key, other words
    json::array affected;                      // {"person","because":[{"entity","id"}]}, one per person
    Error error;                               // of conflict, invalid and failed; `field` is a pointer into the change set
    json::object current;                      // conflict: the document as it is now (null fields when it is gone)
    bool done() const { return verdict == Verdict::committed || verdict == Verdict::unchanged; }
};

/// A commit as followers and the event stream see it.
struct Commit {
    std::int64_t seq = 0; // of the last entry
    std::string change_set, actor, reason;
    std::int64_t at_us = 0;
    std::vector<Changed> changes;
};

/// Who reads, for fields marked sensitive: without `care` they are left out; with it the read goes to the access log.
struct Access {
    bool care = false;
    std::string actor;
};

enum class Compare { equal, from, to }; // from: at or after; to: before. Local times compare as instants, or by day.
struct Condition {
    std::string field;
    Compare compare = Compare::equal;
    std::string value; // as the query spells it; on a list field `equal` means: holds it
};
struct ListQuery {
    std::vector<Condition> conditions; // all must hold
    int limit = 100;
    std::string after; // the cursor a page ended with
};
struct Page {
    std::vector<json::object> items; // by id, without sensitive fields
    std::string next;                // empty: this was the last
    std::int64_t seq = 0;
};

struct LogQuery {
    std::int64_t since = 0; // entries after it
    int limit = 1000;
    std::string entity, id, visit, change_set; // empty: any
    bool internal = false;                     // `entity` may be an internal kind
};

/// Any thread, unless a function says otherwise.
class Store {
  public:
    /// Connects, migrates (with a backup first), and reads where the log stands. An incompatible change of a
    /// description is refused with what to do.
    static Result<std::unique_ptr<Store>> open(Options options);
    ~Store(); // stop()
    Store(Store const&) = delete;

    Catalogue const& catalogue() const;
    std::int64_t seq() const;
    /// How many change sets wait for their turn: a figure for /metrics.
    std::size_t waiting() const;

    /// {"reason"?,"changes":[{"op","entity","id"?,"rev"?,"fields"?}],"confirm"?:[key…]|["*"]} for `actor`. Waits for its turn
    /// in the writer lane and for the disk. Not from a follower or a check.
    Outcome apply(json::object const& change_set, std::string const& actor, bool dry_run = false);
    /// What would take back the change set that log entry `seq` belongs to, based on the revisions of now.
    Result<json::object> undo_of(std::int64_t seq) const;

    Result<json::object> get(std::string_view kind, std::string_view id, Access const& access = {}) const;
    Result<Page> list(std::string_view kind, ListQuery const& query) const;
    /// Log entries as host/README.md has them, internal kinds and sensitive fields left out.
    Result<json::array> log(LogQuery const& query) const;
    /// The findings that stand, of one visit or (empty) of everything; documents with `key`.
    json::array findings(std::string_view visit) const;

    /// Read models: `tell` gets what is stored of `kinds`, then each commit, in order, one at a time, on the lane. Documents
    /// are whole, sensitive fields included. Batches as in abi.h's kg_follow_fn. Returns when all that is stored was told.
    void follow(std::vector<std::string> kinds, std::function<void(std::string_view batch)> tell);
    /// After each commit, in order, on the lane; internal kinds included.
    void on_commit(std::function<void(Commit const&)> tell);

    /// Sensitive data that was read from a read model instead of get(): for the access log. Does not wait.
    void note_read(std::string actor, std::string entity, std::string id) const;
    /// See uses.hpp; waits for the disk.
    Result<void> add_uses(std::span<Use const> uses, std::int64_t oldest_day);
    Result<std::vector<Use>> uses() const;

    /// A consistent copy while others write (SQLite: a file; PostgreSQL: says to use pg_dump).
    Result<void> backup(std::filesystem::path const& to) const;

    /// Lets what waits in the lane finish, then refuses. The destructor does it too.
    void stop();

  private:
    struct Impl;
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace kogge::host::store
