// SPDX-License-Identifier: EUPL-1.2
#include "cli/sign_in_note.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace kogge::host::cli;

namespace {

namespace fs = std::filesystem;

struct Folder {
    fs::path path = fs::temp_directory_path() / ("kogge-note-" + readable_password());
    Folder() { fs::create_directory(path); }
    ~Folder() { fs::remove_all(path); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(sign_in_note_test)

BOOST_FIXTURE_TEST_CASE(only_the_owner_reads_it, Folder) {
    BOOST_TEST(!read_sign_in_note(path));
    BOOST_REQUIRE(leave_sign_in_note(path, {"planner", "tavolu"}));
    BOOST_REQUIRE(leave_sign_in_note(path, {"planner", "ribeka"}));
    auto const note = read_sign_in_note(path);
    BOOST_REQUIRE(note);
    BOOST_TEST(note->name == "planner");
    BOOST_TEST(note->password == "ribeka");
    BOOST_TEST((fs::status(path / "demo-sign-in").permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
}

BOOST_FIXTURE_TEST_CASE(it_goes_when_it_would_tell_a_lie, Folder) {
    BOOST_REQUIRE(leave_sign_in_note(path, {"planner", "tavolu"}));
    drop_sign_in_note(path, "somebody");
    BOOST_TEST(bool(read_sign_in_note(path)));
    drop_sign_in_note(path, "planner");
    BOOST_TEST(!read_sign_in_note(path));
}

BOOST_AUTO_TEST_CASE(a_password_can_be_read_out_and_not_be_guessed) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        auto const password = readable_password();
        BOOST_REQUIRE(password.size() == 20U);
        BOOST_REQUIRE(password[6] == '-');
        BOOST_REQUIRE(password[13] == '-');
        seen.insert(password);
    }
    BOOST_TEST(seen.size() == 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
