// SPDX-License-Identifier: EUPL-1.2
#include "assign.hpp"

#include "interpreters_view.hpp"
#include "tests/demo_world.hpp"
#include "tests/judge.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <deque>
#include <random>
#include <sstream>

using namespace kogge;
using namespace kogge::translation;
using namespace kogge::translation::test;

namespace {

struct Assign : Demo {
    std::string planned(json::value const& view, std::string const& of_day = "2027-04-22") {
        std::map<std::string, std::string> by_item;
        for (auto const& place : view.at("assignments").as_array())
            by_item[std::string(place.at("item").as_string())] += " " + std::string(place.at("person").as_string());
        std::string out;
        for (auto const& [item, people] : by_item)
            if (to_text(picture.items.find(Id<ProgrammeItem>(item))->starts).starts_with(of_day)) out += item + people + "\n";
        return out;
    }
    /// Posts the proposal, as the caller does.
    void accept(json::value const& view) {
        ChangeSet changes;
        for (auto const& place : view.at("assignments").as_array()) {
            std::string const item(place.at("item").as_string()), person(place.at("person").as_string());
            changes.create(InterpreterAssignment{Id<InterpreterAssignment>(item + "." + person),
                                                 picture.items.find(Id<ProgrammeItem>(item))->visit, Id<ProgrammeItem>(item),
                                                 Id<Person>(person)});
        }
        commit(changes);
    }
    /// Findings about people rather than the pool.
    std::string lines_of_people() const {
        std::string out;
        for (auto const& [key, finding] : standing())
            if (!finding.code.starts_with("INTERPRETERS")) out += key + "\n";
        return out;
    }
    json::value propose() { return assign_view(picture, hamburg, "en"); }
};

/// A day or two of jobs and a small pool.
struct Question {
    std::deque<Interpreter> pool;
    std::vector<Job> jobs;
    std::vector<Hand> hands;

    Question(std::uint64_t seed, int most_jobs, int most_people) {
        std::mt19937_64 random(seed);
        auto const below = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
        Zone const zone = Zone::parse("Europe/Amsterdam").value();
        for (int p = 0, people = 1 + below(most_people); p < people; ++p) {
            Interpreter one;
            one.person = Id<Person>("p" + std::to_string(p));
            one.pairs = {below(3) ? "nl-de" : "nl-en"};
            one.modes = {InterpretationMode::liaison};
            one.day_limit_minutes = 60 * (2 + below(4));
            pool.push_back(std::move(one));
        }
        for (auto const& one : pool) hands.push_back({&one, {}, {}});
        for (int j = 0, count = 1 + below(most_jobs); j < count; ++j) {
            ProgrammeItem item;
            item.id = Id<ProgrammeItem>("j" + std::to_string(j));
            item.starts = local_of(
                instant_of({std::chrono::local_seconds(Day(std::chrono::year(2027) / 4 / 22)) + std::chrono::hours(8), zone})
                    + std::chrono::minutes(30 * below(64)),
                zone);
            item.ends = item.starts + std::chrono::minutes(30 * (1 + below(6)));
            item.interpretation = Interpretation{InterpretationMode::liaison, "nl", below(3) ? "de" : "en"};
            Job job{*need_of({}, item), minutes_by_day(item), {}};
            job.need.needed = 1 + below(2);
            if (below(4) == 0) job.taken = {Id<Person>("p0")};
            jobs.push_back(std::move(job));
        }
    }
};

std::string text(Plan const& plan) {
    std::ostringstream out;
    for (auto const& [item, person] : plan.places) out << item << " " << person << "\n";
    for (auto const& [item, open] : plan.open) out << item << " lacks " << open << "\n";
    return out.str();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(assignment, Assign)

BOOST_AUTO_TEST_CASE(three_interpreters_leave_two_places_of_the_second_day_open) {
    auto const view = propose();
    BOOST_TEST(json::serialize(view.at("open")).find("it-1") != std::string::npos);
    int missing = 0;
    for (auto const& open : view.at("open").as_array()) missing += static_cast<int>(open.at("missing").as_int64());
    BOOST_TEST(missing == 2);
    accept(view);
    // Nobody twice, nobody too long, nobody who cannot: only the two shortages are left.
    BOOST_TEST(standing().size() == 2u);
    BOOST_TEST(propose().at("assignments").as_array().empty());
}

BOOST_AUTO_TEST_CASE(four_interpreters_fill_everything_within_the_day) {
    ChangeSet more;
    more.create(fourth());
    commit(more);
    auto const view = propose();
    BOOST_TEST(view.at("open").as_array().empty());
    BOOST_TEST(planned(view) != "");
    accept(view);
    BOOST_TEST(standing().empty());
    auto const filled = interpreters_view(picture, hamburg);
    for (auto const& [person, days] : filled.at("minutes").as_object())
        for (auto const& [day, minutes] : days.as_object())
            BOOST_TEST(minutes.as_int64() <= 360, person << " on " << day << ": " << minutes);
}

BOOST_AUTO_TEST_CASE(the_proposal_is_a_change_set_and_the_same_every_time) {
    auto const view = propose();
    BOOST_TEST(view.at("change_set") == propose().at("change_set"));
    BOOST_TEST(view.at("change_set").at("reason").as_string() == "interpreters assigned");
    BOOST_TEST(assign_view(picture, hamburg, "nl").at("change_set").at("reason").as_string() == "tolken toegewezen");
    auto const& first = view.at("change_set").at("changes").at(0);
    BOOST_TEST(first.at("op").as_string() == "create");
    BOOST_TEST(first.at("entity").as_string() == "interpreter_assignment");
    BOOST_TEST(first.at("fields").at("visit").as_string() == "visit-hh-2027");
    BOOST_TEST(first.at("fields").at("item").as_string() == "it-03");
}

BOOST_AUTO_TEST_CASE(what_is_assigned_stays_and_work_in_another_visit_counts) {
    ChangeSet given;
    given.create(
        InterpreterAssignment{Id<InterpreterAssignment>("x"), hamburg, Id<ProgrammeItem>("it-15"), Id<Person>("p-i03")});
    given.update(Id<ProgrammeItem>("in-02"), 1,
                 {{"starts", "2027-04-22T16:00:00[Europe/Amsterdam]"}, {"ends", "2027-04-22T18:00:00[Europe/Amsterdam]"}});
    given.create(InterpreterAssignment{Id<InterpreterAssignment>("y"), Id<Visit>("visit-hbol-2027"), Id<ProgrammeItem>("in-02"),
                                       Id<Person>("p-i01")});
    commit(given);
    auto const plan = planned(propose());
    BOOST_TEST(plan.find("it-15") == std::string::npos);
    BOOST_TEST(plan.find("it-22 p-i01") == std::string::npos);
    accept(propose());
    BOOST_TEST(lines_of_people() == "");
}

BOOST_AUTO_TEST_CASE(the_needs_of_the_visit) {
    auto const view = interpreters_view(picture, hamburg);
    std::string needs;
    for (auto const& need : view.at("needs").as_array())
        needs += std::string(need.at("item").as_string()) + ":" + std::to_string(need.at("needed").as_int64()) + " ";
    BOOST_TEST(needs
               == "it-03:2 it-04:2 it-05:1 it-06:1 it-11:2 it-13:2 it-14:2 it-15:1 it-18:2 it-20:2 it-22:1 it-23:1 it-25:2 ");
    BOOST_TEST(
        json::serialize(view.at("needs").at(1))
        == R"({"item":"it-04","needed":2,"mode":"simultaneous","from":"nl","to":"de","starts":"2027-04-21T14:00:00+02:00[Europe/Berlin]","ends":"2027-04-21T15:10:00+02:00[Europe/Berlin]","assigned":[]})");
    BOOST_TEST(view.at("pool").as_array().size() == 3u);
    BOOST_TEST(view.at("pool").at(0).at("person").as_string() == "p-i01");
    BOOST_TEST(view.at("minutes").as_object().empty());
}

BOOST_AUTO_TEST_CASE(no_plan_fills_more_places) {
    int tight = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Question const question(seed, 5, 3);
        auto const plan = translation::assign(question.jobs, question.hands);
        BOOST_TEST_CONTEXT("seed " << seed) {
            BOOST_REQUIRE_EQUAL(faults(plan, question.jobs, question.hands), "");
            BOOST_REQUIRE(plan.proven);
            BOOST_REQUIRE_EQUAL(static_cast<int>(plan.places.size()), most_places(question.jobs, question.hands));
        }
        tight += !plan.open.empty();
    }
    BOOST_TEST(tight > 50); // many questions in which not everything can be filled
}

BOOST_AUTO_TEST_CASE(the_order_of_the_question_does_not_matter) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Question const question(seed, 12, 5);
        auto jobs = question.jobs;
        auto hands = question.hands;
        std::ranges::reverse(jobs);
        std::ranges::reverse(hands);
        BOOST_REQUIRE_EQUAL(text(translation::assign(question.jobs, question.hands)), text(translation::assign(jobs, hands)));
    }
}

BOOST_AUTO_TEST_CASE(out_of_steps_nobody_free_is_left_standing) {
    int cut = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Question const question(seed, 30, 6);
        for (int const steps : {0, 40}) {
            auto const plan = translation::assign(question.jobs, question.hands, steps);
            BOOST_REQUIRE_EQUAL(faults(plan, question.jobs, question.hands), "");
            cut += !plan.proven;
        }
    }
    BOOST_TEST(cut > 100);
    Question const crowd(7, 2000, 12);
    auto const plan = translation::assign(crowd.jobs, crowd.hands);
    BOOST_TEST(faults(plan, crowd.jobs, crowd.hands) == "");
}

BOOST_AUTO_TEST_SUITE_END()
