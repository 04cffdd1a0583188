// SPDX-License-Identifier: EUPL-1.2
#include "need.hpp"

#include "need_index.hpp"

#include <kogge/json.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace kogge;
using namespace kogge::translation;

namespace {

LocalTime at(char const* text, char const* zone = "Europe/Amsterdam") {
    return parse_local_time(text, Zone::parse(zone).value()).value();
}

ProgrammeItem item(char const* id, char const* starts, char const* ends) {
    ProgrammeItem out;
    out.id = Id<ProgrammeItem>(id);
    out.visit = Id<Visit>("v");
    out.starts = at(starts);
    out.ends = at(ends);
    out.interpretation = Interpretation{InterpretationMode::liaison, "nl", "de"};
    return out;
}

std::string days(ProgrammeItem const& item) {
    std::string out;
    for (auto const& [day, minutes] : minutes_by_day(item))
        out += (out.empty() ? "" : ", ") + to_text(day) + " " + std::to_string(minutes);
    return out;
}

std::string ids(std::vector<Need const*> const& needs) {
    std::string out;
    for (auto const* need : needs) out += (out.empty() ? "" : " ") + need->item.str();
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(need)

/// Each line of cases/*.need: "mode languages minutes -> interpreters".
BOOST_AUTO_TEST_CASE(the_table) {
    int lines = 0;
    for (auto const& file : std::filesystem::directory_iterator(std::string(KOGGE_SOURCE_DIR) + "/cases")) {
        std::ifstream in(file.path());
        for (std::string line; std::getline(in, line);) {
            if (line.empty() || line.front() == '#') continue;
            std::istringstream words(line);
            std::string mode_name, arrow;
            int languages = 0, minutes = 0, wanted = -1;
            BOOST_REQUIRE_MESSAGE(words >> mode_name >> languages >> minutes >> arrow >> wanted, file.path().filename()
                                                                                                     << ": " << line);
            auto const mode = from_json<InterpretationMode>(json::value(mode_name)).value();
            BOOST_TEST(interpreters_needed({}, mode, static_cast<std::size_t>(languages), Minutes(minutes)) == wanted,
                       file.path().filename() << ": " << line);
            ++lines;
        }
    }
    BOOST_TEST(lines == 35);
}

BOOST_AUTO_TEST_CASE(a_profile_of_the_office) {
    Profile profile;
    profile.consecutive = {{30, 1}, {90, 3}};
    BOOST_TEST(interpreters_needed(checked(profile).value(), InterpretationMode::consecutive, 2, Minutes(31)) == 3);
    profile.consecutive = {{30, 2}, {90, 1}};
    BOOST_TEST(checked(profile).error().field == "/consecutive");
    profile = {};
    profile.booth.clear();
    BOOST_TEST(checked(profile).error().field == "/booth");
    profile = {};
    profile.booth_at_least = 0;
    BOOST_TEST(checked(profile).error().field == "/booth_at_least");
}

BOOST_AUTO_TEST_CASE(a_side_may_name_several_languages) {
    BOOST_TEST(languages_of({InterpretationMode::liaison, "nl", "de"}) == (std::vector<std::string>{"de", "nl"}),
               boost::test_tools::per_element());
    BOOST_TEST(languages_of({InterpretationMode::liaison, "nl", "de, en"}) == (std::vector<std::string>{"de", "en", "nl"}),
               boost::test_tools::per_element());
    BOOST_TEST(languages_of({InterpretationMode::liaison, "nl", "nl"}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(who_asks_for_nobody_needs_nobody) {
    auto one = item("a", "2027-04-22T09:00", "2027-04-22T10:30");
    BOOST_TEST(need_of({}, one)->needed == 2);
    one.status = ItemStatus::cancelled;
    BOOST_TEST(!need_of({}, one));
    one.status = ItemStatus::confirmed;
    one.interpretation.reset();
    BOOST_TEST(!need_of({}, one));
}

BOOST_AUTO_TEST_CASE(work_past_midnight_is_work_on_two_days) {
    BOOST_TEST(days(item("a", "2027-04-22T22:00", "2027-04-23T00:30")) == "2027-04-22 120, 2027-04-23 30");
    BOOST_TEST(days(item("a", "2027-04-22T22:00", "2027-04-23T00:00")) == "2027-04-22 120");
    BOOST_TEST(days(item("a", "2027-04-22T22:00", "2027-04-22T22:00")) == "");
}

BOOST_AUTO_TEST_CASE(the_hour_that_comes_twice_is_worked_twice) {
    // The golden clock-change night: 450 minutes.
    BOOST_TEST(days(item("a", "2027-10-30T20:00:00+02:00", "2027-10-31T02:30:00+01:00")) == "2027-10-30 240, 2027-10-31 210");
}

BOOST_AUTO_TEST_CASE(the_index_finds_what_reaches_into_a_window) {
    NeedIndex index;
    for (auto const& one :
         {item("long", "2027-04-22T08:00", "2027-04-22T18:00"), item("a", "2027-04-22T09:00", "2027-04-22T10:00"),
          item("b", "2027-04-22T10:00", "2027-04-22T11:00"), item("c", "2027-04-22T12:00", "2027-04-22T13:00")})
        index.put(*need_of({}, one));
    auto const window = [&](char const* from, char const* to) {
        return ids(index.overlapping(Id<Visit>("v"), {instant_of(at(from)), instant_of(at(to))}));
    };
    BOOST_TEST(window("2027-04-22T10:00", "2027-04-22T11:30") == "long b");
    index.erase(Id<ProgrammeItem>("long"));
    BOOST_TEST(window("2027-04-22T09:59", "2027-04-22T12:00") == "a b");
    index.put(*need_of({}, item("a", "2027-04-22T14:00", "2027-04-22T15:00")));
    BOOST_TEST(ids(index.of(Id<Visit>("v"))) == "b c a");
    BOOST_TEST(window("2027-04-22T09:00", "2027-04-22T10:00") == "");
    BOOST_TEST(ids(index.of(Id<Visit>("w"))) == "");
}

BOOST_AUTO_TEST_SUITE_END()
