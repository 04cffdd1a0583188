// SPDX-License-Identifier: EUPL-1.2
#include "pool.hpp"

#include <algorithm>
#include <utility>

namespace kogge::translation {

namespace {

/// Augmenting paths (Kuhn): a place goes to who asks for it, and whoever held it looks for another.
class Matching {
  public:
    Matching(std::vector<Need const*> const& needs, std::vector<Interpreter const*> const& pool)
        : needs_(needs), pool_(pool), holders_(needs.size()), seen_(needs.size()) {}

    int size() {
        int out = 0;
        for (std::size_t who = 0; who < pool_.size(); ++who) {
            std::fill(seen_.begin(), seen_.end(), false);
            out += place(who);
        }
        return out;
    }

  private:
    bool place(std::size_t who) {
        for (std::size_t n = 0; n < needs_.size(); ++n) {
            if (seen_[n] || !can_do(*pool_[who], *needs_[n])) continue;
            seen_[n] = true;
            auto& holders = holders_[n];
            if (std::cmp_less(holders.size(), needs_[n]->needed)) {
                holders.push_back(who);
                return true;
            }
            for (auto& holder : holders)
                if (place(holder)) {
                    holder = who;
                    return true;
                }
        }
        return false;
    }

    std::vector<Need const*> const& needs_;
    std::vector<Interpreter const*> const& pool_;
    std::vector<std::vector<std::size_t>> holders_; // by need: who of the pool
    std::vector<bool> seen_;
};

} // namespace

bool booked_for(Interpreter const& interpreter, Id<Visit> const& visit) {
    return interpreter.visits.empty() || std::ranges::find(interpreter.visits, visit) != interpreter.visits.end();
}

bool knows_mode(Interpreter const& interpreter, InterpretationMode mode) {
    return std::ranges::find(interpreter.modes, mode) != interpreter.modes.end();
}

bool knows_pair(Interpreter const& interpreter, std::vector<std::string> const& languages) {
    auto const among = [&](std::string const& language) { return std::ranges::binary_search(languages, language); };
    return std::ranges::any_of(interpreter.pairs, [&](std::string const& pair) {
        auto const dash = pair.find('-');
        return dash != pair.npos && among(pair.substr(0, dash)) && among(pair.substr(dash + 1));
    });
}

bool can_do(Interpreter const& interpreter, Need const& need) {
    return knows_mode(interpreter, need.mode) && knows_pair(interpreter, need.languages);
}

int places_filled(std::vector<Need const*> const& needs, std::vector<Interpreter const*> const& pool) {
    return Matching(needs, pool).size();
}

} // namespace kogge::translation
