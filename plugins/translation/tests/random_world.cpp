// SPDX-License-Identifier: EUPL-1.2
#include "random_world.hpp"

#include <algorithm>
#include <array>

namespace kogge::translation::test {

namespace {

constexpr std::chrono::minutes quarter{15};
constexpr std::array modes{InterpretationMode::simultaneous, InterpretationMode::consecutive, InterpretationMode::whispered,
                           InterpretationMode::liaison};

Zone amsterdam() {
    static Zone const zone = Zone::parse("Europe/Amsterdam").value();
    return zone;
}

} // namespace

/// The evening, night and morning in which the clocks change.
LocalTime RandomWorld::moment() {
    auto const evening =
        instant_of({std::chrono::local_seconds(Day(std::chrono::year(2027) / 3 / 27)) + std::chrono::hours(18), amsterdam()});
    return local_of(evening + quarter * below(64), amsterdam());
}

std::optional<Interpretation> RandomWorld::interpretation() {
    if (chance(15)) return std::nullopt;
    return Interpretation{modes[static_cast<std::size_t>(below(4))], "nl", chance(70) ? "de" : chance(50) ? "en" : "de,en"};
}

ProgrammeItem RandomWorld::random_item() {
    ProgrammeItem out;
    out.id = Id<ProgrammeItem>(fresh("it"));
    out.visit = visit();
    out.title = {"Item " + std::to_string(below(3)), "nl"};
    out.status = ItemStatus::confirmed;
    out.starts = moment();
    out.ends = out.starts + quarter * (1 + below(20));
    out.interpretation = interpretation();
    return out;
}

Interpreter RandomWorld::random_interpreter(int p) {
    Interpreter out;
    out.id = Id<Interpreter>("i" + std::to_string(p));
    out.person = Id<Person>("p" + std::to_string(p));
    for (auto const* pair : {"nl-de", "en-nl", "de-en"})
        if (chance(60)) out.pairs.emplace_back(pair);
    for (auto const mode : modes)
        if (chance(70)) out.modes.push_back(mode);
    out.day_limit_minutes = 120 * (1 + below(3));
    if (chance(25)) out.visits = {visit()};
    return out;
}

ChangeSet RandomWorld::everything() {
    ChangeSet out("everything");
    for (int v = 0; v < visits; ++v) {
        Visit one;
        one.id = Id<Visit>("v" + std::to_string(v));
        one.status = VisitStatus::confirmed;
        one.starts = one.ends = moment();
        out.create(one);
    }
    for (int p = 0; p < people; ++p) {
        Person one;
        one.id = Id<Person>("p" + std::to_string(p));
        out.create(one);
        if (chance(80)) out.create(random_interpreter(p));
    }
    for (int i = 0; i < items * visits; ++i) {
        auto const item = random_item();
        out.create(item);
        if (chance(40))
            out.create(InterpreterAssignment{Id<InterpreterAssignment>(fresh("as")), item.visit, item.id, person()});
        if (chance(40))
            out.create(Translation{Id<Translation>(fresh("tr")), "programme_item", item.id.str(), "title", "de", "Punkt",
                                   item.title.text, Origin::human, item.visit});
    }
    return out;
}

/// The order of a hash map is not random; sorted, so that runs agree.
template <class T>
T const* RandomWorld::any(Mirror<T> const& mirror) {
    std::vector<T const*> list;
    for (auto const& [id, row] : mirror.rows()) list.push_back(&row.value);
    std::ranges::sort(list, {}, [](T const* value) { return value->id; });
    return list.empty() ? nullptr : list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
}

ChangeSet RandomWorld::edit(Picture const& picture) {
    ChangeSet out("edit");
    auto const kind = below(20);
    if (kind < 10)
        item_edit(out, picture);
    else if (kind < 14)
        assignment_edit(out, picture);
    else if (kind < 17)
        text_edit(out, picture);
    else if (kind < 19)
        interpreter_edit(out, picture);
    else
        out.update(visit(), 1, {{"status", chance(40) ? "cancelled" : "confirmed"}});
    if (chance(25)) // several things at once
        out.create(random_item());
    return out;
}

void RandomWorld::remove(ChangeSet& out, Picture const& picture, ProgrammeItem const& item) {
    for (auto const& id : picture.assignments_of(item.id)) // goes with it
        out.erase(id, 1);
    out.erase(item.id, 1);
}

void RandomWorld::item_edit(ChangeSet& out, Picture const& picture) {
    auto const* item = any(picture.items);
    auto const what = below(9);
    if (!item || what == 0)
        out.create(random_item());
    else if (what == 1)
        remove(out, picture, *item);
    else if (what <= 5) {
        auto const by = quarter * (below(33) - 16);
        out.update(item->id, 1, {{"starts", to_text(item->starts + by)}, {"ends", to_text(item->ends + by)}});
    } else if (what == 6)
        out.update(item->id, 1, {{"ends", to_text(item->ends + quarter * (below(9) - 4))}});
    else if (what == 7)
        out.update(item->id, 1,
                   {{"interpretation", to_json(interpretation())}, {"status", chance(20) ? "cancelled" : "confirmed"}});
    else
        out.update(item->id, 1, {{"visit", visit().str()}});
}

void RandomWorld::assignment_edit(ChangeSet& out, Picture const& picture) {
    auto const* assignment = any(picture.assignments);
    auto const* item = any(picture.items);
    auto const who = person();
    auto const what = below(4);
    if (assignment && what == 0) out.erase(assignment->id, 1);
    if (assignment && what == 1) item = picture.items.find(assignment->item);
    if (!item) return;
    for (auto const& id : picture.assignments_of(item->id)) // a person is assigned to an item once
        if (picture.assignments.find(id)->person == who) return;
    if (assignment && what == 1)
        out.update(assignment->id, 1, {{"person", who.str()}});
    else
        out.create(InterpreterAssignment{Id<InterpreterAssignment>(fresh("as")), item->visit, item->id, who});
}

void RandomWorld::interpreter_edit(ChangeSet& out, Picture const& picture) {
    auto const p = below(people);
    auto const fresh_one = random_interpreter(p);
    if (!picture.interpreters.find(fresh_one.id)) {
        out.create(fresh_one);
        return;
    }
    if (chance(30)) {
        out.erase(fresh_one.id, 1);
        return;
    }
    auto fields = to_json(fresh_one).as_object();
    fields.erase("id");
    out.update(fresh_one.id, 1, std::move(fields));
}

void RandomWorld::text_edit(ChangeSet& out, Picture const& picture) {
    auto const* item = any(picture.items);
    if (!item) return;
    auto const what = below(3);
    if (what == 0) {
        out.update(item->id, 1,
                   {{"title", {{"text", "Item " + std::to_string(below(3))}, {"language", chance(85) ? "nl" : "de"}}}});
        return;
    }
    std::string const language = chance(50) ? "de" : "en";
    auto const* there = picture.translation({"programme_item", item->id.str(), "title"}, language);
    if (!there)
        out.create(Translation{Id<Translation>(fresh("tr")), "programme_item", item->id.str(), "title", language, "Punkt",
                               item->title.text, Origin::human, item->visit});
    else if (what == 1)
        out.erase(there->id, 1);
    else
        out.update(there->id, 1, {{"source_text", item->title.text}});
}

} // namespace kogge::translation::test
