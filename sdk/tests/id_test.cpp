// SPDX-License-Identifier: EUPL-1.2
#include <kogge/id.hpp>
#include <kogge/model/people.hpp>
#include <kogge/model/programme.hpp>

#include <boost/test/unit_test.hpp>

#include <set>
#include <type_traits>
#include <unordered_set>

using namespace kogge;

namespace {

struct LegView {
    static constexpr std::string_view kind = "transport_leg";
};

} // namespace

BOOST_AUTO_TEST_SUITE(id_test)

BOOST_AUTO_TEST_CASE(a_made_id_is_a_uuid_of_version_7_and_sorts_by_its_moment) {
    auto const id = make_uuid();
    BOOST_TEST(id.size() == 36U);
    BOOST_TEST(id[14] == '7');
    BOOST_TEST(std::string("89ab").find(id[19]) != std::string::npos);
    BOOST_TEST(is_id(id));

    std::set<std::string> many;
    for (int i = 0; i < 10'000; ++i) many.insert(make_uuid());
    BOOST_TEST(many.size() == 10'000U);
    BOOST_TEST(id.substr(0, 13) <= many.rbegin()->substr(0, 13));

    auto const now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    auto const stamp = std::stoll(id.substr(0, 8) + id.substr(9, 4), nullptr, 16);
    BOOST_TEST(stamp <= now);
    BOOST_TEST(stamp > now - 60'000);
}

BOOST_AUTO_TEST_CASE(what_may_be_an_id_goes_unescaped_into_an_url_and_a_file_name) {
    for (auto const* good : {"it-20", "visit-hh-2027.A", "a", "A_b~c.9"}) BOOST_TEST(is_id(good), good);
    for (std::string_view bad : {"", " ", "a b", "a/b", "a|b", "a%20", "ä", "a\nb", "a\"b", "<x>"})
        BOOST_TEST(!is_id(bad), bad);
    BOOST_TEST(is_id(std::string(64, 'x')));
    BOOST_TEST(!is_id(std::string(65, 'x')));
    BOOST_TEST(!is_id(std::string_view("a\0b", 3)));
}

BOOST_AUTO_TEST_CASE(the_ids_of_two_nouns_are_two_types) {
    static_assert(!std::is_convertible_v<Id<Person>, Id<Organisation>>);
    static_assert(!std::is_convertible_v<std::string, Id<Person>>);
    BOOST_TEST(Id<Person>().empty());
    BOOST_TEST(!Id<Person>());
    BOOST_TEST(std::unordered_set<Id<Person>>({Id<Person>("p"), Id<Person>("p"), Id<Person>("q")}).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_kind_is_spelled_as_in_documents) {
    BOOST_TEST(kind_of<ProgrammeItem>() == "programme_item");
    BOOST_TEST(kind_of<Person>() == "person");
    BOOST_TEST(kind_of<LegView>() == "transport_leg"); // a view names what it views
}

BOOST_AUTO_TEST_SUITE_END()
