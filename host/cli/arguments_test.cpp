// SPDX-License-Identifier: EUPL-1.2
#include "cli/arguments.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::host::cli;

namespace {

std::vector<Command> const table{
    {"item move", "ITEM SHIFT", "", "", {{"yes", "", ""}, {"confirm", "KEY", "", "", true}, {"reason", "TEXT", ""}}, nullptr},
    {"item list", "", "", "", {}, nullptr},
    {"findings", "", "", "", {{"level", "LEVEL", "", "note|warn"}}, nullptr},
    {"backup", "[FILE]", "", "", {}, nullptr},
};
std::vector<Option> const global{{"json", "", ""}, {"lang", "LANG", "", "nl|de|en"}, {"help", "", ""}};

Result<Line> read(std::vector<std::string> const& words) { return parse(words, table, global); }
std::string wrong(std::vector<std::string> const& words) {
    auto const line = read(words);
    return line ? "(nothing)" : line.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(arguments_test)

BOOST_AUTO_TEST_CASE(a_negative_shift_is_an_argument_and_no_option) {
    auto const line = read({"item", "move", "it-20", "-15", "--yes"}).value();
    BOOST_TEST(line.command->name == "item move");
    BOOST_TEST(line.arguments[0] == "it-20");
    BOOST_TEST(line.arguments[1] == "-15");
    BOOST_TEST(line.arguments.has("yes"));
    BOOST_TEST(!line.arguments.has("json"));
}

BOOST_AUTO_TEST_CASE(options_stand_anywhere_with_and_without_an_equals_sign) {
    auto const line =
        read({"--json", "item", "--lang", "de", "move", "--reason=rain = wet", "it-20", "+30", "--confirm", "a", "--confirm=b"})
            .value();
    BOOST_TEST(line.arguments.has("json"));
    BOOST_TEST(line.arguments.option("lang") == "de");
    BOOST_TEST(line.arguments.option("reason") == "rain = wet");
    BOOST_TEST((line.arguments.all("confirm") == std::vector<std::string>{"a", "b"}));
    BOOST_TEST(line.arguments.option("absent", "otherwise") == "otherwise");
}

BOOST_AUTO_TEST_CASE(after_two_dashes_everything_is_an_argument) {
    BOOST_TEST(read({"backup", "--", "--json"}).value().arguments[0] == "--json");
    BOOST_TEST(read({"backup"}).value().arguments.size() == 0U);
    BOOST_TEST(!read({}).value().command);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_the_way_out) {
    BOOST_TEST(wrong({"fidnings"}) == "there is no command 'fidnings'; did you mean 'findings'?");
    BOOST_TEST(wrong({"item", "mov"}) == "there is no command 'item mov'; did you mean 'item move'?");
    BOOST_TEST(wrong({"frobnicate"}) == "there is no command 'frobnicate'; `kogge help` lists them");
    BOOST_TEST(wrong({"item"}) == "'item' wants one of: move, list");
    BOOST_TEST(wrong({"item", "move"}) == "ITEM is missing; write: kogge item move ITEM SHIFT");
    BOOST_TEST(wrong({"item", "move", "it-20"}) == "SHIFT is missing; write: kogge item move ITEM SHIFT");
    BOOST_TEST(wrong({"item", "move", "it-20", "+30", "x"})
               == "'x' is one argument too many; write: kogge item move ITEM SHIFT");
    BOOST_TEST(wrong({"findings", "--levle", "warn"}) == "there is no option '--levle' here; did you mean '--level'?");
    BOOST_TEST(wrong({"findings", "--level"}) == "--level wants a value: --level LEVEL");
    BOOST_TEST(wrong({"findings", "--level", "bad"}) == "--level wants note|warn, not 'bad'");
    BOOST_TEST(wrong({"findings", "--json=1"}) == "--json takes no value");
    BOOST_TEST(wrong({"findings", "--level=note", "--level=warn"}) == "--level stands there twice");
    BOOST_TEST(wrong({"findings", "-x"}) == "there is no option '-x' here");
    BOOST_TEST(wrong({"findings", "--yes"}).starts_with("there is no option '--yes' here")); // another command's
}

BOOST_AUTO_TEST_CASE(asked_for_help_a_command_wants_no_arguments) {
    BOOST_TEST(read({"item", "move", "--help"}).value().arguments.has("help"));
    BOOST_TEST(read({"item", "move", "-h"}).value().arguments.has("help"));
}

BOOST_AUTO_TEST_SUITE_END()
