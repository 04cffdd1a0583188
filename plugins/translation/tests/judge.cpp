// SPDX-License-Identifier: EUPL-1.2
#include "judge.hpp"

#include <algorithm>
#include <set>

namespace kogge::translation::test {

namespace {

constexpr std::chrono::minutes quarter{15};

/// By its own words: a mode among the modes, both halves of some pair among the languages.
bool may_do(Interpreter const& one, InterpretationMode mode, std::vector<std::string> const& languages) {
    std::set<std::string> const spoken(languages.begin(), languages.end());
    bool const mode_fits = std::count(one.modes.begin(), one.modes.end(), mode) > 0;
    bool pair_fits = false;
    for (auto const& pair : one.pairs)
        pair_fits = pair_fits || (spoken.contains(pair.substr(0, 2)) && spoken.contains(pair.substr(3)));
    return mode_fits && pair_fits;
}

/// Places that stay empty whatever one does: of some of the needs together, more than there are people who can do any of
/// them (Hall's theorem with deficiency).
int deficiency(std::vector<Need> const& needs, std::vector<Interpreter const*> const& pool) {
    int worst = 0;
    for (unsigned subset = 0; subset < (1u << needs.size()); ++subset) {
        int wanted = 0;
        std::set<Interpreter const*> able;
        for (std::size_t n = 0; n < needs.size(); ++n)
            if (subset >> n & 1u) {
                wanted += needs[n].needed;
                for (auto const* one : pool)
                    if (may_do(*one, needs[n].mode, needs[n].languages)) able.insert(one);
            }
        worst = std::max(worst, wanted - static_cast<int>(able.size()));
    }
    return worst;
}

std::string key(std::string const& code, std::set<std::string> const& refs, std::string const& scope = {}) {
    auto out = code;
    for (auto const& ref : refs) out += "|" + ref;
    return scope.empty() ? out : out + "|" + scope;
}

class Sweep {
  public:
    explicit Sweep(Picture const& picture) : picture_(picture) {}

    std::map<std::string, std::string> run() {
        for (auto const& [id, row] : picture_.visits.rows())
            if (matters(id)) shortages(id);
        for (auto const& [id, row] : picture_.persons.rows()) works(id);
        texts();
        return std::move(out_);
    }

  private:
    bool matters(Id<Visit> const& id) const {
        auto const* visit = picture_.visits.find(id);
        return visit && visit->status != VisitStatus::closed && visit->status != VisitStatus::declined
               && visit->status != VisitStatus::cancelled;
    }
    std::string item_ref(Id<ProgrammeItem> const& item) const { return "programme_item/" + item.str(); }

    void shortages(Id<Visit> const& visit) {
        std::vector<Interpreter const*> pool;
        for (auto const& [id, row] : picture_.interpreters.rows())
            if (row.value.visits.empty() || std::count(row.value.visits.begin(), row.value.visits.end(), visit) > 0)
                pool.push_back(&row.value);
        std::vector<Need> needs;
        Instant first = Instant::max(), last = Instant::min();
        for (auto const& [id, row] : picture_.items.rows())
            if (row.value.visit == visit)
                if (auto need = need_of(picture_.profile, row.value)) {
                    first = std::min(first, need->span.begin);
                    last = std::max(last, need->span.end);
                    needs.push_back(*need);
                }
        std::set<std::string> before;
        std::map<std::set<std::string>, int> times;
        for (auto at = first; at < last; at += quarter) {
            std::vector<Need> now;
            std::set<std::string> refs;
            int needed = 0;
            for (auto const& need : needs)
                if (need.span.begin <= at && at < need.span.end) {
                    now.push_back(need);
                    refs.insert(item_ref(need.item));
                    needed += need.needed;
                }
            if (auto const missing = refs == before ? 0 : deficiency(now, pool); missing > 0) {
                auto const nth = ++times[refs];
                bool const few = static_cast<int>(pool.size()) < needed;
                out_[key(few ? "INTERPRETERS" : "INTERPRETERS_UNFIT", refs, nth > 1 ? std::to_string(nth) : "")] =
                    std::to_string(needed) + " needed, " + std::to_string(pool.size()) + " booked, "
                    + std::to_string(needed - missing) + " able";
            }
            before = refs;
        }
    }

    void works(Id<Person> const& person) {
        std::vector<std::pair<InterpreterAssignment const*, ProgrammeItem const*>> list;
        for (auto const& [id, row] : picture_.assignments.rows())
            if (auto const* item = picture_.items.find(row.value.item); item && row.value.person == person) {
                if (item->visit != row.value.visit) out_[key("INTERPRETER_VISIT", {"interpreter_assignment/" + id.str()})];
                if (item->status != ItemStatus::cancelled) list.emplace_back(&row.value, item);
            }
        Interpreter const* interpreter = nullptr;
        for (auto const& [id, row] : picture_.interpreters.rows())
            if (row.value.person == person) interpreter = &row.value;
        std::map<std::string, std::pair<int, std::set<Id<Visit>>>> days;
        for (auto const& [assignment, item] : list) {
            alone(*assignment, *item, interpreter);
            for (auto at = instant_of(item->starts); at < instant_of(item->ends); at += quarter) {
                auto& day = days[to_text(day_of(local_of(at, item->starts.zone)))];
                day.first += 15;
                day.second.insert(assignment->visit);
            }
        }
        for (auto const& [day, of_day] : days)
            if (interpreter && of_day.first > interpreter->day_limit_minutes)
                for (auto const& visit : of_day.second)
                    if (matters(visit))
                        out_[key("INTERPRETER_LIMIT", {"person/" + person.str(), "visit/" + visit.str()}, day)] =
                            std::to_string(of_day.first);
        for (auto const& [a, item_a] : list)
            for (auto const& [b, item_b] : list)
                if (item_a->id < item_b->id
                    && std::max(instant_of(item_a->starts), instant_of(item_b->starts))
                           < std::min(instant_of(item_a->ends), instant_of(item_b->ends)))
                    for (auto const& visit : std::set{a->visit, b->visit})
                        if (matters(visit))
                            out_[key("INTERPRETER_DOUBLE",
                                     {item_ref(item_a->id), item_ref(item_b->id), "person/" + person.str()},
                                     a->visit == b->visit ? "" : visit.str())];
    }

    void alone(InterpreterAssignment const& assignment, ProgrammeItem const& item, Interpreter const* interpreter) {
        auto const need = need_of(picture_.profile, item);
        if (!need || !matters(assignment.visit)) return;
        std::set<std::string> const refs{item_ref(item.id), "person/" + assignment.person.str()};
        if (!interpreter
            || (!interpreter->visits.empty()
                && std::count(interpreter->visits.begin(), interpreter->visits.end(), item.visit) == 0)) {
            out_[key("INTERPRETER_NOT_BOOKED", refs)];
            return;
        }
        auto any_pair = *interpreter, any_mode = *interpreter;
        any_pair.pairs = {need->languages[0] + "-" + need->languages[1]};
        any_mode.modes = {need->mode};
        if (!may_do(any_mode, need->mode, need->languages)) out_[key("INTERPRETER_PAIR", refs)];
        if (!may_do(any_pair, need->mode, need->languages)) out_[key("INTERPRETER_MODE", refs)];
    }

    void texts() {
        std::map<std::pair<std::string, std::string>, std::set<std::string>> old;
        for (auto const& [id, row] : picture_.translations.rows())
            if (auto const* item = picture_.items.find(Id<ProgrammeItem>(row.value.subject));
                item && row.value.entity == "programme_item" && row.value.field == "title")
                if (item->title.text != row.value.source_text && item->title.language != row.value.language)
                    old[{row.value.subject, row.value.field}].insert(row.value.language);
        for (auto const& [text, languages] : old) {
            std::string list;
            for (auto const& language : languages) list += (list.empty() ? "" : ", ") + language;
            out_[key("TRANSLATION_STALE", {"programme_item/" + text.first}, text.second)] = list;
        }
    }

    Picture const& picture_;
    std::map<std::string, std::string> out_;
};

bool allowed(Job const& job, Hand const& hand) {
    return may_do(*hand.interpreter, job.need.mode, job.need.languages)
           && std::ranges::find(job.taken, hand.interpreter->person) == job.taken.end();
}

/// Whether one person can do all of `todo` beside what they have.
bool bearable(Hand const& hand, std::vector<Job const*> const& todo) {
    auto busy = hand.busy;
    auto minutes = hand.minutes;
    for (auto const* job : todo) {
        for (auto const& one : busy)
            if (one.overlaps(job->need.span)) return false;
        busy.push_back(job->need.span);
        for (auto const& [day, more] : job->minutes)
            if ((minutes[day] += more) > hand.interpreter->day_limit_minutes) return false;
    }
    return true;
}

} // namespace

std::map<std::string, std::string> judge_everything(Picture const& picture) { return Sweep(picture).run(); }

std::string faults(Plan const& plan, std::vector<Job> const& jobs, std::vector<Hand> const& hands) {
    std::string out;
    std::map<Id<ProgrammeItem>, int> filled;
    std::map<Id<Person>, std::vector<Job const*>> todo;
    for (auto const& [item, person] : plan.places) {
        auto const job = std::ranges::find(jobs, item, [](Job const& j) { return j.need.item; });
        auto const hand = std::ranges::find(hands, person, [](Hand const& h) { return h.interpreter->person; });
        if (job == jobs.end() || hand == hands.end() || !allowed(*job, *hand)) {
            out += person.str() + " cannot do " + item.str() + "\n";
            continue;
        }
        ++filled[item];
        todo[person].push_back(&*job);
    }
    for (auto const& hand : hands) {
        auto const& mine = todo[hand.interpreter->person];
        if (!bearable(hand, mine)) out += hand.interpreter->person.str() + " is asked too much\n";
    }
    for (auto const& job : jobs) {
        auto const open = plan.open.contains(job.need.item) ? plan.open.at(job.need.item) : 0;
        if (filled[job.need.item] + open != job.need.needed) out += job.need.item.str() + ": places do not add up\n";
        for (auto const& hand : hands) {
            auto mine = todo[hand.interpreter->person];
            if (open == 0 || !allowed(job, hand) || std::ranges::find(mine, &job) != mine.end()) continue;
            mine.push_back(&job);
            if (bearable(hand, mine)) out += hand.interpreter->person.str() + " was free for " + job.need.item.str() + "\n";
        }
    }
    return out;
}

int most_places(std::vector<Job> const& jobs, std::vector<Hand> const& hands) {
    std::vector<std::pair<Job const*, std::size_t>> pairs;
    for (auto const& job : jobs)
        for (std::size_t hand = 0; hand < hands.size(); ++hand)
            if (allowed(job, hands[hand])) pairs.emplace_back(&job, hand);
    int best = 0;
    for (unsigned chosen = 0; chosen < (1u << pairs.size()); ++chosen) {
        std::map<Job const*, int> filled;
        std::vector<std::vector<Job const*>> todo(hands.size());
        int count = 0;
        bool good = true;
        for (std::size_t i = 0; i < pairs.size(); ++i)
            if (chosen >> i & 1u) {
                good = good && ++filled[pairs[i].first] <= pairs[i].first->need.needed;
                todo[pairs[i].second].push_back(pairs[i].first);
                ++count;
            }
        for (std::size_t hand = 0; good && count > best && hand < hands.size(); ++hand)
            good = bearable(hands[hand], todo[hand]);
        if (good) best = std::max(best, count);
    }
    return best;
}

} // namespace kogge::translation::test
