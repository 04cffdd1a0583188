// SPDX-License-Identifier: EUPL-1.2
// The world as a change set would make it: whole documents before and after, cascades included, references, uniqueness and
// revisions judged against what is stored.
#pragma once

#include "store/change_set.hpp"
#include "store/rows.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kogge::host::store {

struct Change {
    Op op = Op::create;
    Table const* table = nullptr;
    std::string id;
    std::string visit;
    std::int64_t rev = 0; // the one it makes
    std::optional<json::object> before, after;
    std::string at; // JSON pointer of the change that asked for it

    std::string const& kind() const { return table->type->kind; }
};

class Proposal {
  public:
    Proposal(Rows const& rows, Session& session, std::int64_t now_us) : rows_(rows), session_(session), now_us_(now_us) {}

    /// What is left are real changes: those that change nothing are gone. On a conflict `current` holds the document as
    /// it is now.
    Result<void> build(ChangeSetRequest&& request); // takes its fields
    /// In the order they are logged and told; what a deletion takes along stands before it.
    std::vector<Change> const& changes() const { return changes_; }
    std::vector<Change> take_changes() { return std::move(changes_); }
    json::object current; // API form is the store's business: {"id","rev","updated_us",…} or empty when it is gone

  private:
    struct Target {
        bool exists = false;
        std::string visit;
    };
    Result<void> take(Asked& asked, std::string at);
    Result<void> create(Asked& asked, Change& change);
    Result<void> update(Asked& asked, Change& change);
    Result<void> conflict(Change const& change, std::string message);
    /// What goes along with `kind/id`, then that itself.
    Result<void> erase(Change change);
    Result<void> cascade(Change const& cause);
    std::vector<std::pair<Inbound const*, std::string>> referrers(std::string_view kind, std::string_view id);
    Result<void> judge();
    Result<void> nothing_points_at_the_deleted();
    Result<void> references_hold(Change const& change);
    Result<void> stays_unique(Change const& change);
    Target target(std::string_view kind, std::string_view id);
    void put(Change change);
    Change const* find(std::string_view kind, std::string_view id) const;

    Rows const& rows_;
    Session& session_;
    std::int64_t now_us_;
    std::vector<Change> changes_;
    std::unordered_map<std::string, std::size_t> by_key_; // "kind/id" -> index in changes_
    std::unordered_map<std::string, std::string> asked_;  // "kind/id" -> pointer of the change that names it
    std::unordered_map<std::string, Target> targets_;     // stored ones, looked up once
    std::unordered_map<std::string, std::string> unique_; // unique values of this change set -> id
};

} // namespace kogge::host::store
