// SPDX-License-Identifier: EUPL-1.2
#include "rules.hpp"

#include "shortage.hpp"

#include <algorithm>
#include <tuple>

namespace kogge::translation {

namespace {

using enum FindingLevel;
using Args = std::map<std::string, std::string>;

/// An assignment with the item it is for. A cancelled item is work for nobody.
struct Work {
    InterpreterAssignment const* assignment;
    ProgrammeItem const* item;
    Interval span;
};

std::string joined(std::vector<std::string> const& words, char const* glue) {
    std::string out;
    for (auto const& word : words) out += (out.empty() ? "" : glue) + word;
    return out;
}

/// "22 09:15-10:45": the day of the month, and the clock.
std::string subject_of(Interval const& span, Zone zone) {
    auto const begin = local_of(span.begin, zone);
    return to_text(begin.wall).substr(8, 2) + " " + clock_text(begin) + "-" + clock_text(local_of(span.end, zone));
}

class Judge {
  public:
    Judge(Picture const& picture, Scope const& scope, Findings& out) : picture_(picture), scope_(scope), out_(out) {}

    void look(Focus const& focus) {
        for (auto const& id : focus.whole)
            if (auto const* visit = picture_.visits.find(id)) short_of_interpreters(*visit, picture_.needs.of(id));
        for (auto const& [id, windows] : focus.windows)
            if (auto const* visit = picture_.visits.find(id))
                for (auto const& window : windows) short_of_interpreters(*visit, picture_.needs.overlapping(id, window));
        for (auto const& person : focus.people) at_work(person);
    }

  private:
    void find(std::string code, std::string subject, Id<Visit> const& visit, std::vector<Ref> refs, Args args,
              std::string scope = {}) {
        auto const* of = picture_.visits.find(visit);
        if (of && open(*of) && scope_.covers(visit))
            out_.add({std::move(code), block_release, std::move(subject), visit, std::move(refs), std::move(args),
                      std::move(scope)});
    }

    // ---- the pool ------------------------------------------------------------------------------------------------

    void short_of_interpreters(Visit const& visit, std::vector<Need const*> const& needs) {
        if (!open(visit)) return;
        for (auto const& shortage : shortages(needs, picture_.pool(visit.id))) {
            std::vector<Ref> refs;
            std::vector<std::string> items, titles;
            for (auto const* need : shortage.needs) {
                refs.push_back({kind_of<ProgrammeItem>(), need->item.str(), "interpretation"});
                items.push_back(need->item.str() + ":" + std::to_string(need->needed));
                titles.push_back(picture_.title_of(need->item));
            }
            auto const zone = visit.starts.zone;
            auto const begin = local_of(shortage.span.begin, zone);
            bool const too_few = shortage.booked < shortage.needed;
            find(too_few ? "INTERPRETERS" : "INTERPRETERS_UNFIT", subject_of(shortage.span, zone), visit.id, std::move(refs),
                 {{"day", to_text(day_of(begin))},
                  {"from", clock_text(begin)},
                  {"to", clock_text(local_of(shortage.span.end, zone))},
                  {"needed", std::to_string(shortage.needed)},
                  {"booked", std::to_string(shortage.booked)},
                  {"able", std::to_string(shortage.able)},
                  {"items", joined(items, ", ")},
                  {"titles", joined(titles, "; ")}},
                 shortage.nth == 1 ? "" : std::to_string(shortage.nth));
        }
    }

    // ---- one interpreter -----------------------------------------------------------------------------------------

    void at_work(Id<Person> const& person) {
        for (auto const& id : picture_.assignments_of(person)) visit_of(*picture_.assignments.find(id));
        auto const works = works_of(person);
        for (auto const& work : works) skills(work);
        double_booked(person, works);
        too_long(person, works);
    }

    std::vector<Work> works_of(Id<Person> const& person) const {
        std::vector<Work> out;
        for (auto const& id : picture_.assignments_of(person)) {
            auto const* assignment = picture_.assignments.find(id);
            auto const* item = picture_.items.find(assignment->item);
            if (item && item->status != ItemStatus::cancelled && !span_of(*item).empty())
                out.push_back({assignment, item, span_of(*item)});
        }
        std::ranges::sort(out, {}, [](Work const& w) { return std::tie(w.span.begin, w.item->id); });
        return out;
    }

    void visit_of(InterpreterAssignment const& assignment) {
        auto const* item = picture_.items.find(assignment.item);
        if (item && item->visit != assignment.visit && scope_.covers(assignment.visit))
            out_.add({"INTERPRETER_VISIT",
                      block,
                      assignment.id.str(),
                      assignment.visit,
                      {{kind_of<InterpreterAssignment>(), assignment.id.str(), "visit"}},
                      {{"item", item->id.str()}, {"visit", item->visit.str()}}});
    }

    void skills(Work const& work) {
        auto const need = need_of(picture_.profile, *work.item);
        if (!need) return;
        auto const* interpreter = picture_.interpreter(work.assignment->person);
        auto const found = [&](char const* code) {
            find(code, work.item->id.str() + " " + work.assignment->person.str(), work.assignment->visit,
                 {{kind_of<ProgrammeItem>(), work.item->id.str(), "interpretation"}, ref(work.assignment->person)},
                 {{"name", picture_.name_of(work.assignment->person)},
                  {"item", work.item->id.str()},
                  {"title", picture_.title_of(work.item->id)},
                  {"mode", boost::describe::enum_to_string(need->mode, "?")},
                  {"pair", joined(need->languages, "-")}});
        };
        if (!interpreter || !booked_for(*interpreter, work.item->visit)) return found("INTERPRETER_NOT_BOOKED");
        if (!knows_pair(*interpreter, need->languages)) found("INTERPRETER_PAIR");
        if (!knows_mode(*interpreter, need->mode)) found("INTERPRETER_MODE");
    }

    /// Two visits may want the same person: each of them is told.
    static std::set<Id<Visit>> visits_of(std::vector<Work const*> const& works) {
        std::set<Id<Visit>> out;
        for (auto const* work : works) out.insert(work->assignment->visit);
        return out;
    }

    void double_booked(Id<Person> const& person, std::vector<Work> const& works) {
        for (auto a = works.begin(); a != works.end(); ++a)
            for (auto b = std::next(a); b != works.end() && b->span.begin < a->span.end; ++b) {
                if (a->item == b->item) continue;
                auto const both = a->span.intersect(b->span);
                auto const zone = a->item->starts.zone;
                auto const visits = visits_of({&*a, &*b});
                for (auto const& visit : visits)
                    find("INTERPRETER_DOUBLE", a->item->id.str() + " x " + b->item->id.str(), visit,
                         {ref(a->item->id), ref(b->item->id), ref(person)},
                         {{"name", picture_.name_of(person)},
                          {"a", a->item->id.str()},
                          {"b", b->item->id.str()},
                          {"a_title", picture_.title_of(a->item->id)},
                          {"b_title", picture_.title_of(b->item->id)},
                          {"day", to_text(day_of(local_of(both.begin, zone)))},
                          {"from", clock_text(local_of(both.begin, zone))},
                          {"to", clock_text(local_of(both.end, zone))}},
                         visits.size() == 1 ? "" : visit.str());
            }
    }

    void too_long(Id<Person> const& person, std::vector<Work> const& works) {
        auto const* interpreter = picture_.interpreter(person);
        if (!interpreter) return;
        struct OfDay {
            int minutes = 0;
            std::vector<Work const*> works;
        };
        std::map<Day, OfDay> days;
        for (auto const& work : works)
            for (auto const& [day, minutes] : minutes_by_day(*work.item)) {
                days[day].minutes += minutes;
                days[day].works.push_back(&work);
            }
        for (auto const& [day, of_day] : days)
            if (of_day.minutes > interpreter->day_limit_minutes)
                for (auto const& visit : visits_of(of_day.works))
                    find("INTERPRETER_LIMIT", person.str() + " " + to_text(day), visit, {ref(person), ref(visit)},
                         {{"name", picture_.name_of(person)},
                          {"day", to_text(day)},
                          {"minutes", std::to_string(of_day.minutes)},
                          {"limit", std::to_string(interpreter->day_limit_minutes)}},
                         to_text(day));
    }

    Picture const& picture_;
    Scope const& scope_;
    Findings& out_;
};

} // namespace

void check_interpreters(Picture const& picture, Scope const& scope, Findings& out, Told& told) {
    Judge(picture, scope, out).look(focus_of(picture, scope));
    for (auto const& id : scope.ids<InterpreterAssignment>())
        if (auto const* assignment = picture.assignments.find(id)) told.add(assignment->person, ref(assignment->item));
}

} // namespace kogge::translation
