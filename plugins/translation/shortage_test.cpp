// SPDX-License-Identifier: EUPL-1.2
#include "shortage.hpp"

#include <kogge/json.hpp>

#include <boost/test/unit_test.hpp>

#include <deque>
#include <sstream>

using namespace kogge;
using namespace kogge::translation;

namespace {

using enum InterpretationMode;

/// "a 09:00-11:00 whispered 2" per line; a pool of strings like "nl-de whispered,liaison".
struct Day2027 {
    std::deque<Need> needs;
    std::deque<Interpreter> people;

    static Instant at(std::string const& clock) {
        return instant_of(parse_local_time("2027-04-22T" + clock, Zone::parse("Europe/Amsterdam").value()).value());
    }
    Day2027(std::string const& text, std::vector<std::string> const& pool) {
        std::istringstream in(text);
        for (std::string id, span, mode; in >> id >> span >> mode;) {
            Need need{Id<ProgrammeItem>(id),
                      Id<Visit>("v"),
                      {at(span.substr(0, 5)), at(span.substr(6))},
                      from_json<InterpretationMode>(json::value(mode)).value(),
                      {"de", "nl"},
                      0};
            in >> need.needed;
            needs.push_back(std::move(need));
        }
        for (auto const& one : pool) {
            Interpreter interpreter;
            interpreter.person = Id<Person>("p" + std::to_string(people.size()));
            std::istringstream words(one);
            std::string pair, modes;
            words >> pair >> modes;
            interpreter.pairs = {pair};
            std::istringstream list(modes);
            for (std::string mode; std::getline(list, mode, ',');)
                interpreter.modes.push_back(from_json<InterpretationMode>(json::value(mode)).value());
            people.push_back(std::move(interpreter));
        }
    }
    std::string shorts() const {
        std::vector<Need const*> all;
        for (auto const& need : needs) all.push_back(&need);
        std::vector<Interpreter const*> pool;
        for (auto const& one : people) pool.push_back(&one);
        std::ostringstream out;
        Zone const zone = Zone::parse("Europe/Amsterdam").value();
        for (auto const& s : shortages(all, pool)) {
            out << clock_text(local_of(s.span.begin, zone)) << "-" << clock_text(local_of(s.span.end, zone));
            for (auto const* need : s.needs) out << " " << need->item;
            out << " " << s.needed << "/" << s.booked << "/" << s.able << (s.nth > 1 ? " again" : "") << "\n";
        }
        return out.str();
    }
};

std::string const all = "nl-de consecutive,simultaneous,whispered,liaison";

} // namespace

BOOST_AUTO_TEST_SUITE(shortage)

BOOST_AUTO_TEST_CASE(the_golden_morning) {
    std::string const morning = "it-13 09:00-12:20 liaison 2  it-14 09:15-10:45 whispered 2  it-15 11:05-12:05 consecutive 1";
    BOOST_TEST(Day2027(morning, {all, all, all}).shorts() == "09:15-10:45 it-13 it-14 4/3/3\n");
    BOOST_TEST(Day2027(morning, {all, all, all, all}).shorts() == "");
    BOOST_TEST(Day2027(morning, {all, all}).shorts() == "09:15-10:45 it-13 it-14 4/2/2\n11:05-12:05 it-13 it-15 3/2/2\n");
    BOOST_TEST(Day2027("it-14 09:15-10:45 whispered 2", {}).shorts() == "09:15-10:45 it-14 2/0/0\n");
}

BOOST_AUTO_TEST_CASE(touching_is_not_at_once) {
    BOOST_TEST(Day2027("a 09:00-10:00 liaison 1  b 10:00-11:00 liaison 1", {all}).shorts() == "");
    BOOST_TEST(Day2027("a 09:00-10:01 liaison 1  b 10:00-11:00 liaison 1", {all}).shorts() == "10:00-10:01 a b 2/1/1\n");
}

BOOST_AUTO_TEST_CASE(a_third_that_comes_and_goes_parts_the_time) {
    BOOST_TEST(Day2027("a 09:00-12:00 liaison 1  b 09:00-12:00 liaison 1  c 10:00-11:00 liaison 1", {all}).shorts()
               == "09:00-10:00 a b 2/1/1\n10:00-11:00 a b c 3/1/1\n11:00-12:00 a b 2/1/1 again\n");
}

BOOST_AUTO_TEST_CASE(enough_people_who_cannot_do_it) {
    std::string const talk = "a 09:00-10:00 simultaneous 2";
    BOOST_TEST(Day2027(talk, {all, "nl-de liaison"}).shorts() == "09:00-10:00 a 2/2/1\n");
    BOOST_TEST(Day2027(talk, {all, "nl-en simultaneous"}).shorts() == "09:00-10:00 a 2/2/1\n");
    BOOST_TEST(Day2027(talk, {all, "de-nl simultaneous"}).shorts() == ""); // a pair works both ways
}

BOOST_AUTO_TEST_CASE(who_can_do_only_one_thing_does_that) {
    // The all-rounder is listed first and must leave the liaison to those who can do nothing else.
    BOOST_TEST(
        Day2027("a 09:00-10:00 liaison 2  b 09:00-10:00 simultaneous 1", {all, "nl-de liaison", "nl-de liaison"}).shorts()
        == "");
}

BOOST_AUTO_TEST_SUITE_END()
