// SPDX-License-Identifier: EUPL-1.2
#include "interpreters_view.hpp"

#include "assign.hpp"
#include "stable_id.hpp"

#include <kogge/change.hpp>

#include <algorithm>
#include <string_view>

namespace kogge::translation {

namespace {

/// In order of their ids, each once.
std::vector<Id<Person>> assigned(Picture const& picture, Id<ProgrammeItem> const& item) {
    std::vector<Id<Person>> out;
    for (auto const& id : picture.assignments_of(item)) out.push_back(picture.assignments.find(id)->person);
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// The work a person has, in whatever visit; cancelled items are none.
std::vector<ProgrammeItem const*> work_of(Picture const& picture, Id<Person> const& person) {
    std::vector<ProgrammeItem const*> out;
    for (auto const& id : picture.assignments_of(person))
        if (auto const* item = picture.items.find(picture.assignments.find(id)->item);
            item && item->status != ItemStatus::cancelled)
            out.push_back(item);
    return out;
}

std::map<Day, int> minutes_of(Picture const& picture, Id<Person> const& person) {
    std::map<Day, int> out;
    for (auto const* item : work_of(picture, person))
        for (auto const& [day, minutes] : minutes_by_day(*item)) out[day] += minutes;
    return out;
}

json::object minutes_document(Picture const& picture, std::set<Id<Person>> const& people) {
    json::object out;
    for (auto const& person : people) {
        json::object days;
        for (auto const& [day, minutes] : minutes_of(picture, person)) days[to_text(day)] = minutes;
        if (!days.empty()) out[person.str()] = std::move(days);
    }
    return out;
}

std::string reason(std::string_view language) {
    return language == "nl" ? "tolken toegewezen" : language == "de" ? "Dolmetscher zugeteilt" : "interpreters assigned";
}

std::vector<Job> open_jobs(Picture const& picture, Id<Visit> const& visit) {
    std::vector<Job> out;
    for (auto const* need : picture.needs.of(visit)) {
        Job job{*need, minutes_by_day(*picture.items.find(need->item)), assigned(picture, need->item)};
        job.need.needed -= static_cast<int>(job.taken.size());
        if (job.need.needed > 0) out.push_back(std::move(job));
    }
    return out;
}

std::vector<Hand> hands(Picture const& picture, Id<Visit> const& visit) {
    std::vector<Hand> out;
    for (auto const* interpreter : picture.pool(visit)) {
        Hand hand{interpreter, {}, minutes_of(picture, interpreter->person)};
        for (auto const* item : work_of(picture, interpreter->person)) hand.busy.push_back(span_of(*item));
        out.push_back(std::move(hand));
    }
    return out;
}

} // namespace

json::value interpreters_view(Picture const& picture, Id<Visit> const& visit) {
    json::array needs, pool;
    std::set<Id<Person>> people;
    for (auto const* need : picture.needs.of(visit)) {
        auto const& item = *picture.items.find(need->item);
        auto const who = assigned(picture, need->item);
        people.insert(who.begin(), who.end());
        needs.push_back({{"item", item.id.str()},
                         {"needed", need->needed},
                         {"mode", to_json(need->mode)},
                         {"from", item.interpretation->from},
                         {"to", item.interpretation->to},
                         {"starts", to_text(item.starts)},
                         {"ends", to_text(item.ends)},
                         {"assigned", to_json(who)}});
    }
    for (auto const* one : picture.pool(visit)) {
        people.insert(one->person);
        pool.push_back({{"person", one->person.str()},
                        {"name", picture.name_of(one->person)},
                        {"pairs", to_json(one->pairs)},
                        {"modes", to_json(one->modes)},
                        {"day_limit_minutes", one->day_limit_minutes}});
    }
    return {{"needs", std::move(needs)}, {"pool", std::move(pool)}, {"minutes", minutes_document(picture, people)}};
}

json::value assign_view(Picture const& picture, Id<Visit> const& visit, std::string const& language) {
    auto const plan = assign(open_jobs(picture, visit), hands(picture, visit));
    ChangeSet changes(reason(language));
    json::array assignments, open;
    for (auto const& [item, person] : plan.places) {
        assignments.push_back({{"item", item.str()}, {"person", person.str()}});
        changes.create(
            InterpreterAssignment{Id<InterpreterAssignment>(stable_id({item.str(), person.str()})), visit, item, person});
    }
    for (auto const& [item, missing] : plan.open) open.push_back({{"item", item.str()}, {"missing", missing}});
    return {{"assignments", std::move(assignments)}, {"open", std::move(open)}, {"change_set", changes.document()}};
}

} // namespace kogge::translation
