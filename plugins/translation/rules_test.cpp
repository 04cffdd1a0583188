// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"
#include "tests/judge.hpp"
#include "tests/random_world.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::translation;
using namespace kogge::translation::test;

namespace {

std::string line(Finding const& finding) {
    return std::string(boost::describe::enum_to_string(finding.level, "?")) + " " + finding.code + " " + finding.subject;
}

std::string lines(std::vector<Finding> const& findings) {
    std::string out;
    for (auto const& finding : findings) out += line(finding) + "\n";
    return out;
}

std::string lines(std::map<std::string, Finding> const& findings) {
    std::vector<Finding> list;
    for (auto const& [key, finding] : findings) list.push_back(finding);
    return lines(list);
}

template <class T>
ChangeSet change(Id<T> const& id, json::object fields) {
    ChangeSet out;
    out.update(id, 1, std::move(fields));
    return out;
}

struct Rules : Demo {
    ChangeSet assign(std::vector<std::pair<char const*, char const*>> const& places) {
        ChangeSet out;
        for (auto const& [item, person] : places)
            out.create(InterpreterAssignment{Id<InterpreterAssignment>(std::string(item) + "." + person), hamburg,
                                             Id<ProgrammeItem>(item), Id<Person>(person)});
        return out;
    }
    std::string brings(ChangeSet const& changes) { return lines(preview(changes).introduced()); }
};

constexpr char const* golden = "block_release INTERPRETERS 22 09:15-10:45\nblock_release INTERPRETERS 22 14:00-15:15\n";

} // namespace

BOOST_FIXTURE_TEST_SUITE(rules, Rules)

BOOST_AUTO_TEST_CASE(the_demo_has_the_golden_findings_and_no_others) {
    std::string wanted, found;
    auto const answers = expected();
    for (auto const& row : answers.at("findings").as_array())
        if (row.at("code").as_string() == "INTERPRETERS")
            wanted += std::string(row.at("subject").as_string()) + ": " + std::string(row.at("text").as_string()) + "\n";
    for (auto const& [key, finding] : standing())
        found += finding.subject + ": " + finding.args.at("needed") + " needed (" + finding.args.at("items") + "), "
                 + finding.args.at("booked") + " booked\n";
    BOOST_TEST(found == wanted);
    BOOST_TEST(lines(standing()) == golden);
    BOOST_TEST(lines(standing(hamburg)) == golden);
    BOOST_TEST(standing(Id<Visit>("visit-hbol-2027")).empty());
}

BOOST_AUTO_TEST_CASE(moving_it_20_only_shifts_the_shortage) {
    auto const preview = this->preview(move("it-20", Minutes(30)));
    BOOST_TEST(preview.introduced().empty());
    BOOST_TEST(preview.resolved().empty());
    BOOST_TEST(lines(preview.shifted()) == "block_release INTERPRETERS 22 14:30-15:40\n");
}

BOOST_AUTO_TEST_CASE(moving_it_out_of_the_way_ends_the_shortage) {
    auto const preview = this->preview(move("it-20", Minutes(100)));
    BOOST_TEST(lines(preview.resolved()) == "block_release INTERPRETERS 22 14:00-15:15\n");
    BOOST_TEST(preview.after.empty());
}

BOOST_AUTO_TEST_CASE(a_fourth_interpreter_clears_both_and_a_third_that_leaves_brings_more) {
    ChangeSet more;
    more.create(fourth());
    BOOST_TEST(lines(preview(more).resolved()) == golden);
    BOOST_TEST(preview(more).after.empty());
    ChangeSet fewer;
    fewer.erase(Id<Interpreter>("p-i03"), 1);
    BOOST_TEST(brings(fewer) == "block_release INTERPRETERS_UNFIT 21 14:00-15:10\nblock_release INTERPRETERS 22 11:05-12:05\n");
    BOOST_TEST(lines(preview(change(Id<Interpreter>("p-i03"), {{"visits", {"visit-hbol-2027"}}})).introduced())
               == brings(fewer));
}

BOOST_AUTO_TEST_CASE(enough_people_for_the_plenary_who_cannot_do_it) {
    auto const found =
        preview(change(Id<Interpreter>("p-i02"), {{"modes", {"consecutive", "liaison", "whispered"}}})).introduced();
    BOOST_TEST(lines(found) == "block_release INTERPRETERS_UNFIT 21 14:00-15:10\n");
    BOOST_TEST(found.at(0).args.at("able") == "1");
    BOOST_TEST(found.at(0).refs.at(0).id == "it-04");
}

BOOST_AUTO_TEST_CASE(a_visit_called_off_needs_nobody) {
    BOOST_TEST(lines(preview(change(hamburg, {{"status", "cancelled"}})).resolved()) == golden);
    commit(assign({{"it-13", "p-i01"}, {"it-14", "p-i01"}}));
    commit(change(hamburg, {{"status", "cancelled"}}));
    BOOST_TEST(standing().empty());
}

BOOST_AUTO_TEST_CASE(nobody_is_in_two_places) {
    auto const found = preview(assign({{"it-13", "p-i01"}, {"it-14", "p-i01"}, {"it-15", "p-i02"}})).introduced();
    BOOST_TEST(lines(found) == "block_release INTERPRETER_DOUBLE it-13 x it-14\n");
    BOOST_TEST(found.at(0).args.at("from") + "-" + found.at(0).args.at("to") == "09:15-10:45");
    BOOST_TEST(brings(assign({{"it-22", "p-i01"}, {"it-23", "p-i01"}})) == ""); // 17:00 to 17:00
}

BOOST_AUTO_TEST_CASE(two_visits_may_want_the_same_person) {
    commit(change(Id<ProgrammeItem>("in-02"),
                  {{"starts", "2027-04-22T09:00:00[Europe/Amsterdam]"}, {"ends", "2027-04-22T10:00:00[Europe/Amsterdam]"}}));
    commit(assign({{"it-13", "p-i01"}}));
    ChangeSet other;
    other.create(InterpreterAssignment{Id<InterpreterAssignment>("x"), Id<Visit>("visit-hbol-2027"), Id<ProgrammeItem>("in-02"),
                                       Id<Person>("p-i01")});
    BOOST_TEST(lines(preview(other).introduced())
               == "block_release INTERPRETER_DOUBLE in-02 x it-13\nblock_release INTERPRETER_DOUBLE in-02 x it-13\n");
    commit(other);
    BOOST_TEST(standing(Id<Visit>("visit-hbol-2027")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(nobody_works_beyond_the_limit) {
    auto const day = assign({{"it-13", "p-i01"}, {"it-18", "p-i01"}, {"it-15", "p-i02"}}); // 200 and 100 min
    BOOST_TEST(brings(day) == "");
    commit(day);
    BOOST_TEST(brings(assign({{"it-22", "p-i01"}, {"it-23", "p-i01"}})) == ""); // 355
    auto const more = preview(assign({{"it-25", "p-i01"}})).introduced();
    BOOST_TEST(lines(more) == "block_release INTERPRETER_LIMIT p-i01 2027-04-22\n");
    BOOST_TEST(more.at(0).args.at("minutes") == "410");
    BOOST_TEST(brings(change(Id<ProgrammeItem>("it-13"), {{"ends", "2027-04-22T13:59:00[Europe/Amsterdam]"}}))
                   .find("INTERPRETER_LIMIT p-i01")
               != std::string::npos);
    BOOST_TEST(brings(change(Id<Interpreter>("p-i01"), {{"day_limit_minutes", 299}}))
               == "block_release INTERPRETER_LIMIT p-i01 2027-04-22\n");
}

BOOST_AUTO_TEST_CASE(who_cannot_do_it_is_not_sent) {
    BOOST_TEST(brings(assign({{"it-04", "p-i01"}})) == "block_release INTERPRETER_MODE it-04 p-i01\n");
    BOOST_TEST(brings(assign({{"it-15", "p-g04"}})) == "block_release INTERPRETER_NOT_BOOKED it-15 p-g04\n");
    commit(change(Id<Interpreter>("p-i01"), {{"pairs", {"nl-en"}}}));
    BOOST_TEST(brings(assign({{"it-15", "p-i01"}})) == "block_release INTERPRETER_PAIR it-15 p-i01\n");
    BOOST_TEST(brings(assign({{"it-16", "p-i01"}})) == ""); // asks for no interpretation: comes along
}

BOOST_AUTO_TEST_CASE(an_assignment_belongs_to_the_visit_of_its_item) {
    ChangeSet stray;
    stray.create(InterpreterAssignment{Id<InterpreterAssignment>("x"), Id<Visit>("visit-gro-2026"), Id<ProgrammeItem>("it-15"),
                                       Id<Person>("p-i01")});
    BOOST_TEST(brings(stray) == "block INTERPRETER_VISIT x\n");
}

BOOST_AUTO_TEST_CASE(the_assigned_are_told) {
    auto const places = assign({{"it-15", "p-i01"}});
    BOOST_TEST((preview(places).people() == std::set<std::string>{"p-i01"}));
    commit(places);
    ChangeSet other;
    other.update(Id<InterpreterAssignment>("it-15.p-i01"), 1, {{"person", "p-i02"}});
    BOOST_TEST((preview(other).people() == std::set<std::string>{"p-i01", "p-i02"}));
}

BOOST_AUTO_TEST_CASE(a_new_title_makes_its_translations_stale_a_new_time_does_not) {
    auto const retitled =
        preview(change(Id<ProgrammeItem>("it-15"), {{"title", {{"text", "Gesprek"}, {"language", "nl"}}}})).introduced();
    BOOST_TEST(lines(retitled) == "note TRANSLATION_STALE it-15 title\n");
    BOOST_TEST(retitled.at(0).args.at("languages") == "de, en");
    BOOST_TEST(retitled.at(0).visit.str() == "visit-hh-2027");
    commit(change(Id<ProgrammeItem>("it-15"), {{"title", {{"text", "Gesprek"}, {"language", "nl"}}}}));
    BOOST_TEST(lines(standing(hamburg)) == std::string(golden) + "note TRANSLATION_STALE it-15 title\n");
    auto const fresh =
        preview(change(Id<Translation>("programme_item.it-15.title.de"), {{"text", "Gespräch"}, {"source_text", "Gesprek"}}));
    BOOST_TEST(lines(fresh.shifted()) == "note TRANSLATION_STALE it-15 title\n"); // English is still old
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_translation_is_refused) {
    auto const brings_with = [&](auto spoil) {
        Translation translation{Id<Translation>("x"), "programme_item",     "it-15",       "title", "fr",
                                "Entretien",          "Bilateraal gesprek", Origin::human, hamburg};
        spoil(translation);
        ChangeSet out;
        out.create(translation);
        std::string refused;
        for (auto const& finding : preview(out).introduced())
            if (finding.level == FindingLevel::block) refused += finding.code + " " + finding.refs.at(0).field + " ";
        return refused;
    };
    BOOST_TEST(brings_with([](auto&) {}) == "");
    BOOST_TEST(brings_with([](auto& t) { t.subject = "it-99"; }) == "TRANSLATION_SUBJECT subject ");
    BOOST_TEST(brings_with([](auto& t) { t.field = "dress_code"; }) == "TRANSLATION_SUBJECT subject ");
    BOOST_TEST(brings_with([](auto& t) { t.entity = "vehicle"; }) == "TRANSLATION_SUBJECT subject ");
    BOOST_TEST(brings_with([](auto& t) { t.language = "French"; }) == "TRANSLATION_LANGUAGE language ");
    BOOST_TEST(brings_with([](auto& t) { t.source_text = ""; }) == "TRANSLATION_SOURCE source_text ");
    BOOST_TEST(brings_with([](auto& t) { t.visit.reset(); }) == "TRANSLATION_VISIT visit ");
}

BOOST_AUTO_TEST_CASE(deleting_an_item_is_not_held_up_by_its_translations) {
    ChangeSet gone;
    gone.erase(Id<ProgrammeItem>("it-16"), 1);
    BOOST_TEST(brings(gone) == "");
}

BOOST_AUTO_TEST_CASE(every_finding_has_a_sentence_in_three_languages) {
    auto const i18n = testing::read_json(std::string(KOGGE_SOURCE_DIR) + "/kogge-plugin.json").at("i18n").as_object();
    for (auto const* language : {"nl", "de"}) {
        BOOST_TEST(i18n.at(language).as_object().size() == i18n.at("en").as_object().size());
        for (auto const& [key, text] : i18n.at("en").as_object())
            BOOST_TEST(i18n.at(language).as_object().contains(key), language << " lacks " << key);
    }
}

BOOST_AUTO_TEST_SUITE_END()

// ---- what is found around a change is what a judge finds who looks at everything ---------------------------------------

namespace {

std::string figures(Finding const& finding) {
    auto const arg = [&](char const* name) { return finding.args.at(name); };
    if (finding.code.starts_with("INTERPRETERS"))
        return arg("needed") + " needed, " + arg("booked") + " booked, " + arg("able") + " able";
    return finding.code == "INTERPRETER_LIMIT" ? arg("minutes") : finding.code == "TRANSLATION_STALE" ? arg("languages") : "";
}

/// Refusals of an odd translation are of the moment of its writing: they stand nowhere.
bool stands(Finding const& finding) { return !finding.code.starts_with("TRANSLATION_") || finding.code == "TRANSLATION_STALE"; }

std::map<std::string, std::string> with_figures(std::map<std::string, Finding> const& findings) {
    std::map<std::string, std::string> out;
    for (auto const& [key, finding] : findings)
        if (stands(finding)) out[key] = figures(finding);
    return out;
}

std::string only_in(std::map<std::string, std::string> const& a, std::map<std::string, std::string> const& b) {
    std::string out;
    for (auto const& [key, value] : a)
        if (!b.contains(key)) out += key + "\n";
    return out;
}

std::string all_of(std::map<std::string, std::string> const& findings) {
    std::string out;
    for (auto const& [key, value] : findings) out += key + ": " + value + "\n";
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(random_edits)

BOOST_AUTO_TEST_CASE(agree_with_the_judge) {
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        House house;
        RandomWorld random(seed);
        house.commit(random.everything());
        auto before = judge_everything(house.picture);
        BOOST_REQUIRE_EQUAL(all_of(with_figures(house.standing())), all_of(before));
        for (int step = 0; step < 40; ++step) {
            auto const edit = random.edit(house.picture);
            BOOST_TEST_CONTEXT("seed " << seed << ", step " << step << ": " << json::serialize(edit.document())) {
                auto const preview = house.preview(edit);
                auto const found_before = with_figures(preview.before), found_after = with_figures(preview.after);
                house.commit(edit);
                auto const after = judge_everything(house.picture);
                BOOST_REQUIRE_EQUAL(only_in(found_after, found_before), only_in(after, before));
                BOOST_REQUIRE_EQUAL(only_in(found_before, found_after), only_in(before, after));
                for (auto const& [key, value] : found_after) // in the judge's figures, too
                    BOOST_REQUIRE_EQUAL(key + ": " + value, key + ": " + (after.contains(key) ? after.at(key) : "not there"));
                BOOST_REQUIRE_EQUAL(all_of(with_figures(house.standing())), all_of(after));
                for (auto const& [key, value] : after) ++seen[key.substr(0, key.find('|'))];
                before = after;
            }
        }
    }
    for (auto const* code :
         {"INTERPRETERS", "INTERPRETERS_UNFIT", "INTERPRETER_DOUBLE", "INTERPRETER_LIMIT", "INTERPRETER_PAIR",
          "INTERPRETER_MODE", "INTERPRETER_NOT_BOOKED", "INTERPRETER_VISIT", "TRANSLATION_STALE"})
        BOOST_TEST(seen[code] > 50, code << " was hardly tried: " << seen[code]);
}

BOOST_AUTO_TEST_CASE(an_edit_of_very_many_items_agrees_too) {
    House house;
    RandomWorld random(99);
    house.commit(random.everything());
    ChangeSet everything;
    for (auto const& [id, row] : house.picture.items.rows())
        everything.update(
            id, row.rev,
            {{"starts", to_text(row.value.starts + Minutes(60))}, {"ends", to_text(row.value.ends + Minutes(60))}});
    for (auto copy = 0; everything.changes().size() <= 100; ++copy)
        for (auto const& [id, row] : house.picture.items.rows()) {
            auto item = row.value;
            item.id = Id<ProgrammeItem>(id.str() + "." + std::to_string(copy));
            item.visit = Id<Visit>("v0");
            item.starts = item.starts + std::chrono::days(copy + 1);
            item.ends = item.ends + std::chrono::days(copy + 1);
            everything.create(item);
        }
    auto const before = judge_everything(house.picture);
    auto const preview = house.preview(everything);
    house.commit(everything);
    auto const after = judge_everything(house.picture);
    auto const found_before = with_figures(preview.before), found_after = with_figures(preview.after);
    BOOST_TEST(only_in(found_after, found_before) == only_in(after, before));
    BOOST_TEST(only_in(found_before, found_after) == only_in(before, after));
    BOOST_TEST(!only_in(after, before).empty());
}

BOOST_AUTO_TEST_SUITE_END()
