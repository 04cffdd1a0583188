// SPDX-License-Identifier: EUPL-1.2
// Each file in cases/ is one day, one thing that happens to it, and what must come of it.
#include "tests/day_text.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace kogge;
using namespace kogge::scheduling;
using namespace kogge::scheduling::test;

BOOST_AUTO_TEST_SUITE(propagation)

BOOST_AUTO_TEST_CASE(a_late_train_moves_only_what_it_touches) {
    auto const day = parse_day_text(R"(
        08:40 rail  leer > bremen        10:01
        10:15 rail  bremen > hamburg     11:10
        14:00 item  plenary fixed_end    15:00)");

    auto const moved = propagate(day.stops, find(day, "leer > bremen"), Minutes(30));

    BOOST_TEST(to_text(day, moved) == "08:40-10:31 rail leer > bremen\n11:15-12:10 rail bremen > hamburg\n");
}

namespace {

std::string trimmed(std::string text) {
    std::istringstream lines(text);
    std::string out;
    for (std::string line; std::getline(lines, line);)
        if (auto const from = line.find_first_not_of(" \t"); from != std::string::npos)
            out += line.substr(from) + "\n";
    return out;
}

/// A case: "# why" lines, the day, a line "late NAME +N" or "insert N after NAME for WHO", and the answer.
void run_case(std::filesystem::path const& file) {
    std::ifstream in(file);
    std::string day_lines, command, answer;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("#"))
            continue;
        if (command.empty() && (line.starts_with("late ") || line.starts_with("insert ")))
            command = line; // in the answer a line "late for …" is part of it
        else
            (command.empty() ? day_lines : answer) += line + "\n";
    }
    auto const day = parse_day_text(day_lines);
    Shifted shifted;
    if (command.starts_with("late ")) {
        auto const plus = command.rfind(" +");
        shifted = propagate(day.stops, find(day, command.substr(5, plus - 5)), Minutes(std::stoi(command.substr(plus + 2))));
    } else {
        auto const after = command.find(" after "), who = command.rfind(" for ");
        People people;
        for (char const person : command.substr(who + 5))
            people.emplace_back(std::string(1, person));
        shifted = insert_after(day.stops, find(day, command.substr(after + 7, who - after - 7)), people, Minutes(std::stoi(command.substr(7))));
    }
    BOOST_TEST(to_text(day, shifted) == trimmed(answer), file.filename() << ":\n" << to_text(day, shifted));
}

} // namespace

BOOST_AUTO_TEST_CASE(the_cases) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(std::filesystem::path(KOGGE_SOURCE_DIR) / "cases"))
        if (entry.path().extension() == ".day")
            files.push_back(entry.path());
    std::ranges::sort(files);
    BOOST_TEST(files.size() >= 12u);
    for (auto const& file : files)
        run_case(file);
}

BOOST_AUTO_TEST_SUITE_END()
