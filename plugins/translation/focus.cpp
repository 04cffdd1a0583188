// SPDX-License-Identifier: EUPL-1.2
#include "focus.hpp"

#include <algorithm>

namespace kogge::translation {

namespace {

class Build {
  public:
    Build(Picture const& picture, Scope const& scope) : picture_(picture), scope_(scope) {}

    Focus standing() {
        if (scope_.visit())
            focus_.whole.insert(*scope_.visit());
        else
            every_visit();
        for (auto const& [id, row] : picture_.assignments.rows())
            if (scope_.covers(row.value.visit)) focus_.people.insert(row.value.person);
        return std::move(focus_);
    }

    Focus change() {
        for (auto const& assignment : scope_.versions<InterpreterAssignment>()) focus_.people.insert(assignment.person);
        visits();
        interpreters();
        items();
        return std::move(focus_);
    }

  private:
    static constexpr std::size_t most_windows = 100; // an import touches more; then a sweep over everything is cheaper

    void every_visit() {
        for (auto const& [id, row] : picture_.visits.rows()) focus_.whole.insert(id);
    }
    /// Whoever joins or leaves the pool, or learns a language, may end or begin a shortage anywhere. Rare enough to go
    /// through everything for it.
    void interpreters() {
        for (auto const& interpreter : scope_.versions<Interpreter>()) {
            focus_.people.insert(interpreter.person);
            if (interpreter.visits.empty()) every_visit();
            focus_.whole.insert(interpreter.visits.begin(), interpreter.visits.end());
        }
    }
    /// A visit called off, or called in again, takes or brings all its findings.
    void visits() {
        for (auto const& visit : scope_.ids<Visit>()) focus_.whole.insert(visit);
        if (!focus_.whole.empty())
            for (auto const& [id, row] : picture_.assignments.rows())
                if (focus_.whole.contains(row.value.visit)) focus_.people.insert(row.value.person);
    }
    void items() {
        auto const touched = scope_.ids<ProgrammeItem>();
        for (auto const& item : touched)
            for (auto const& id : picture_.assignments_of(item)) focus_.people.insert(picture_.assignments.find(id)->person);
        if (touched.size() > most_windows) return every_visit();
        std::map<Id<Visit>, std::vector<Interval>> seeds;
        for (auto const& item : scope_.versions<ProgrammeItem>())
            if (auto const need = need_of(picture_.profile, item)) seeds[need->visit].push_back(need->span);
        for (auto& [visit, spans] : seeds)
            if (!focus_.whole.contains(visit)) focus_.windows[visit] = closed(visit, std::move(spans));
    }
    /// Grows the windows until nothing reaches across their ends, be it in the world before or after: what is touched
    /// counts in both its versions, the rest is the same in both. So a shortage lies in a window as a whole or not at all.
    std::vector<Interval> closed(Id<Visit> const& visit, std::vector<Interval> windows) const {
        for (auto& window : windows)
            for (bool grown = true; grown;) {
                auto const before = window;
                for (auto const* need : picture_.needs.overlapping(visit, window))
                    window = {std::min(window.begin, need->span.begin), std::max(window.end, need->span.end)};
                grown = window != before;
            }
        std::ranges::sort(windows);
        std::vector<Interval> apart;
        for (auto const& window : windows)
            if (!apart.empty() && apart.back().overlaps(window))
                apart.back().end = std::max(apart.back().end, window.end);
            else
                apart.push_back(window);
        return apart;
    }

    Picture const& picture_;
    Scope const& scope_;
    Focus focus_;
};

} // namespace

Focus focus_of(Picture const& picture, Scope const& scope) {
    Build build(picture, scope);
    return scope.standing() ? build.standing() : build.change();
}

} // namespace kogge::translation
