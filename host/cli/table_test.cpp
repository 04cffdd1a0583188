// SPDX-License-Identifier: EUPL-1.2
#include "cli/table.hpp"
#include "cli/text.hpp"
#include "cli/words.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge::host::cli;

BOOST_AUTO_TEST_SUITE(table_test)

BOOST_AUTO_TEST_CASE(columns_line_up_whatever_script_they_are_in) {
    Table table({"naam", "n"});
    table.row({"Jörg Müller", "1"}).row({"東京", "2"}).row({"Ame\u0301lie", "3"}).row({"", "4"});
    BOOST_TEST(table.text()
               == "naam         n\n"
                  "Jörg Müller  1\n"
                  "東京         2\n"
                  "Ame\u0301lie       3\n"
                  "             4\n");
}

BOOST_AUTO_TEST_CASE(the_last_column_breaks_on_a_terminal_and_not_into_a_pipe) {
    Table table({"code", "text"});
    table.row({"OVERLAP", "one two three four five six seven eight"});
    BOOST_TEST(table.text(34)
               == "code     text\n"
                  "OVERLAP  one two three four five\n"
                  "         six seven eight\n");
    BOOST_TEST(table.text() == "code     text\nOVERLAP  one two three four five six seven eight\n");
    BOOST_TEST(table.text(5).find("\n         one two") == std::string::npos); // never narrower than is readable
}

BOOST_AUTO_TEST_CASE(what_a_title_holds_does_not_steer_the_terminal) {
    Table table({"title"});
    table.row({"\033[2Jgone\nnext\x07 \xff"});
    BOOST_TEST(table.text() == "title\n?[2Jgone next? ?\n");
}

BOOST_AUTO_TEST_CASE(a_word_longer_than_the_line_is_cut) {
    BOOST_TEST((wrapped("abcdefghij kl", 4) == std::vector<std::string>{"abcd", "efgh", "ij", "kl"}));
    BOOST_TEST((wrapped("", 4) == std::vector<std::string>{""}));
    BOOST_TEST((wrapped("東京都庁", 4) == std::vector<std::string>{"東京", "都庁"}));
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_fingers_is_understood_and_anything_else_is_not) {
    std::vector<std::string_view> const known{"findings", "feed", "import", "undo", "serve"};
    BOOST_TEST(meant("fidnings", known) == "findings");
    BOOST_TEST(meant("imoprt", known) == "import");
    BOOST_TEST(meant("undoo", known) == "undo");
    BOOST_TEST(meant("frobnicate", known) == "");
    BOOST_TEST(meant("x", known) == "");
}

BOOST_AUTO_TEST_CASE(a_sentence_is_filled_in_its_language) {
    BOOST_TEST(words::told.in("nl", {{"n", "3"}, {"names", "A, B, C"}}) == "3 te berichten: A, B, C");
    BOOST_TEST(words::told.in("de", {{"n", "3"}, {"names", "{n}"}}) == "3 zu benachrichtigen: {n}");
    BOOST_TEST(words::done.in("fr", {{"seq", "7"}}) == "done; take it back with: kogge undo 7");
}

BOOST_AUTO_TEST_SUITE_END()
