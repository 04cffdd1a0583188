// SPDX-License-Identifier: EUPL-1.2
#include "assign.hpp"

#include "pool.hpp"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

namespace kogge::translation {

namespace {

/// The jobs of some days that no night's work joins to the days before or after.
class Search {
  public:
    Search(std::span<Job const> jobs, std::vector<Hand>& hands, int steps)
        : jobs_(jobs), hands_(hands), steps_(steps), chosen_(jobs.size()), best_choice_(jobs.size()) {
        if (jobs_.size() > most_jobs) steps_ = 0;
        for (std::size_t from = 0; from <= jobs_.size() && steps_ > 0; ++from) at_most_.push_back(upper_bound(from));
    }

    /// Leaves the best choice in the hands' calendars and returns who goes where, by job.
    std::vector<std::vector<std::size_t>> run() {
        if (steps_ > 0) decide(0);
        chosen_ = best_choice_;
        for (std::size_t job = 0; job < jobs_.size(); ++job)
            for (auto const hand : chosen_[job]) put(job, hand);
        if (!proven()) top_up();
        return std::move(chosen_);
    }
    bool proven() const { return steps_ > 0 || (!at_most_.empty() && best_ == at_most_.front()); }

  private:
    static constexpr std::size_t most_jobs = 200; // of one day; nobody plans more, and the bounds are cubic

    bool fits(std::size_t job, std::size_t hand) const {
        auto const& j = jobs_[job];
        auto const& h = hands_[hand];
        if (!can_do(*h.interpreter, j.need) || std::ranges::find(j.taken, h.interpreter->person) != j.taken.end()) return false;
        if (std::ranges::any_of(h.busy, [&](Interval const& busy) { return busy.overlaps(j.need.span); })) return false;
        return std::ranges::all_of(j.minutes, [&](auto const& day) {
            auto const found = h.minutes.find(day.first);
            return (found == h.minutes.end() ? 0 : found->second) + day.second <= h.interpreter->day_limit_minutes;
        });
    }
    void put(std::size_t job, std::size_t hand) {
        hands_[hand].busy.push_back(jobs_[job].need.span);
        for (auto const& [day, minutes] : jobs_[job].minutes) hands_[hand].minutes[day] += minutes;
    }
    void take_back(std::size_t job, std::size_t hand) {
        hands_[hand].busy.pop_back();
        for (auto const& [day, minutes] : jobs_[job].minutes) hands_[hand].minutes[day] -= minutes;
    }
    int load(std::size_t job, std::size_t hand) const {
        auto const& minutes = hands_[hand].minutes;
        auto const found = minutes.find(jobs_[job].minutes.begin()->first);
        return found == minutes.end() ? 0 : found->second;
    }
    std::vector<std::size_t> candidates(std::size_t job) const {
        std::vector<std::size_t> out;
        for (std::size_t hand = 0; hand < hands_.size(); ++hand)
            if (fits(job, hand)) out.push_back(hand);
        std::ranges::stable_sort(out, {}, [&](std::size_t hand) { return load(job, hand); });
        return out;
    }

    /// Places that can be filled from job `from` on, were there no limits and nothing but one moment at a time: jobs are
    /// gathered around the ends of the earliest, and of each such gathering no more than the pool can take at once.
    int upper_bound(std::size_t from) const {
        std::vector<Interpreter const*> pool;
        for (auto const& hand : hands_) pool.push_back(hand.interpreter);
        std::vector<Need const*> rest;
        for (auto const& job : jobs_.subspan(from)) rest.push_back(&job.need);
        std::ranges::stable_sort(rest, {}, [](Need const* need) { return need->span.end; });
        int out = 0;
        while (!rest.empty()) {
            auto const first_end = rest.front()->span.end;
            auto const later =
                std::ranges::stable_partition(rest, [&](Need const* need) { return need->span.begin < first_end; });
            out += places_filled({rest.begin(), later.begin()}, pool);
            rest.erase(rest.begin(), later.begin());
        }
        return out;
    }

    bool over() const { return steps_ <= 0 || best_ == at_most_.front(); }

    void decide(std::size_t job) {
        if (over() || filled_ + at_most_[job] <= best_) return;
        --steps_;
        if (job == jobs_.size()) {
            best_ = filled_;
            best_choice_ = chosen_;
            return;
        }
        auto const able = candidates(job);
        for (auto size = std::min(able.size(), static_cast<std::size_t>(jobs_[job].need.needed)) + 1; size-- > 0;)
            choose(job, able, 0, size);
    }
    /// Every way to send `left` more of `able`, those before `from` decided.
    void choose(std::size_t job, std::vector<std::size_t> const& able, std::size_t from, std::size_t left) {
        if (left == 0) return decide(job + 1);
        for (auto i = from; i + left <= able.size() && !over(); ++i) {
            put(job, able[i]);
            chosen_[job].push_back(able[i]);
            ++filled_;
            choose(job, able, i + 1, left - 1);
            --filled_;
            chosen_[job].pop_back();
            take_back(job, able[i]);
        }
    }
    void top_up() {
        for (std::size_t job = 0; job < jobs_.size(); ++job)
            for (auto const hand : candidates(job))
                if (std::cmp_less(chosen_[job].size(), jobs_[job].need.needed)) {
                    put(job, hand);
                    chosen_[job].push_back(hand);
                }
    }

    std::span<Job const> jobs_;
    std::vector<Hand>& hands_;
    int steps_;
    std::vector<int> at_most_; // places from this job on
    std::vector<std::vector<std::size_t>> chosen_, best_choice_;
    int filled_ = 0;
    int best_ = -1;
};

} // namespace

Plan assign(std::vector<Job> jobs, std::vector<Hand> hands, int steps) {
    std::erase_if(jobs, [](Job const& job) { return job.need.needed <= 0 || job.minutes.empty(); });
    std::ranges::sort(jobs, {}, [](Job const& job) { return std::tie(job.need.span.begin, job.need.item); });
    std::ranges::sort(hands, {}, [](Hand const& hand) { return hand.interpreter->person; });
    Plan plan;
    for (auto first = jobs.begin(); first != jobs.end();) {
        auto last = first;
        auto end = first->minutes.rbegin()->first;
        while (last != jobs.end() && last->minutes.begin()->first <= end)
            end = std::max(end, (last++)->minutes.rbegin()->first);
        Search search({first, last}, hands, steps);
        auto const chosen = search.run();
        plan.proven = plan.proven && search.proven();
        for (auto job = first; job != last; ++job) {
            auto const& who = chosen[static_cast<std::size_t>(job - first)];
            for (auto const hand : who) plan.places.emplace_back(job->need.item, hands[hand].interpreter->person);
            if (auto const open = job->need.needed - static_cast<int>(who.size()); open > 0) plan.open[job->need.item] = open;
        }
        first = last;
    }
    return plan;
}

} // namespace kogge::translation
