// SPDX-License-Identifier: EUPL-1.2
// Tells read models and listeners what was committed, in order. Everything here runs on the lane.
#pragma once

#include "store/proposal.hpp"
#include "store/store.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace kogge::host::store {

/// A change as followers and checks read it, as text made once: {"entity","id","op","rev","updated_us","before","after"}.
struct Told {
    std::string kind;
    bool internal = false;
    std::string text;
};
Told told(Change const& change, std::int64_t at_us);
/// The same taken back.
Told taken_back(Change const& change, std::int64_t at_us);

/// One change set on its way to the followers.
struct Batch {
    std::int64_t seq = 0;
    std::vector<Told> changes;
};

struct Follower {
    std::set<std::string, std::less<>> kinds;
    std::function<void(std::string_view batch)> tell;
};

class Publisher {
  public:
    explicit Publisher(std::function<void(int, std::string_view)> log) : log_(std::move(log)) {}

    void add(Follower follower) { followers_.push_back(std::move(follower)); }
    void add(std::function<void(Commit const&)> listener) { listeners_.push_back(std::move(listener)); }
    void tell(Batch const& batch);
    void tell(Commit const& commit);
    /// `{"seq":…,"load":true,"changes":[…]}` to one of them.
    void load(Follower const& follower, std::int64_t seq, std::vector<std::string> const& creations);

  private:
    void guarded(std::function<void()> const& work);

    std::function<void(int, std::string_view)> log_;
    std::vector<Follower> followers_;
    std::vector<std::function<void(Commit const&)>> listeners_;
};

} // namespace kogge::host::store
