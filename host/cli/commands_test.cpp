// SPDX-License-Identifier: EUPL-1.2
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <set>

using namespace kogge;
using namespace kogge::host::cli;

BOOST_AUTO_TEST_SUITE(commands_test)

BOOST_AUTO_TEST_CASE(every_row_can_be_called_and_explained) {
    std::set<std::string_view> names;
    for (auto const& command : commands()) BOOST_TEST_CONTEXT(command.name) {
            BOOST_TEST(names.insert(command.name).second);
            BOOST_TEST(command.run);
            BOOST_TEST(!command.summary.empty());
            BOOST_TEST(!command.summary.ends_with('.'));
            BOOST_TEST(help_of(command).find("--json") != std::string::npos);
            std::set<std::string_view> options;
            for (auto const& option : global_options()) options.insert(option.name);
            for (auto const& option : command.options) {
                BOOST_TEST(options.insert(option.name).second, option.name << " is there twice");
                BOOST_TEST(!option.help.empty());
            }
        }
    for (auto const* name :
         {"serve", "demo", "import", "export", "item move", "leg late", "leg fallback", "feed link", "findings", "undo",
          "plugin list", "check-config", "migrate", "backup", "help", "version", "user add", "user person", "token create", "mail list", "mail retry"})
        BOOST_TEST(names.contains(name), name);
}

BOOST_AUTO_TEST_CASE(a_group_of_commands_is_no_command_itself) {
    for (auto const& command : commands())
        for (auto const& other : commands()) BOOST_TEST(!other.name.starts_with(std::string(command.name) + " "));
}

BOOST_AUTO_TEST_CASE(every_kind_of_error_has_an_exit_code_that_is_explained) {
    for (auto const code :
         {ErrorCode::invalid, ErrorCode::not_found, ErrorCode::denied, ErrorCode::conflict, ErrorCode::refused,
          ErrorCode::unsupported, ErrorCode::timeout, ErrorCode::busy, ErrorCode::failed}) {
        auto const exit = exit_of(code);
        BOOST_TEST(int(exit) != 0);
        BOOST_TEST(std::any_of(exit_meanings.begin(), exit_meanings.end(), [&](auto const& m) { return m.code == exit; }));
    }
}

BOOST_AUTO_TEST_CASE(the_readme_tells_the_same_exit_codes) {
    std::ifstream in(KOGGE_TEST_DATA "/../../host/cli/README.md");
    std::string readme((std::istreambuf_iterator<char>(in)), {});
    std::erase(readme, '`');
    for (auto const& [code, meaning] : exit_meanings)
        BOOST_TEST(readme.find("| " + std::to_string(int(code)) + " | " + std::string(meaning) + " |") != std::string::npos,
                   meaning);
}

BOOST_AUTO_TEST_SUITE_END()
