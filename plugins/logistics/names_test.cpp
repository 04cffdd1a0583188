// SPDX-License-Identifier: EUPL-1.2
#include "names.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <vector>

using namespace kogge;
using namespace kogge::logistics;

namespace {

Person person(std::string given, std::string family) {
    Person out;
    out.id = Id<Person>("p");
    out.given_name = std::move(given);
    out.family_name = std::move(family);
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(a_list_is_in_the_order_people_look_for_names) {
    std::vector<Person> list{person("Levke", "Wöhlers"),  person("Henk", "van Dalfsen"),
                             person("Anna", "Zander"),    person("Wiebke", "ten Kaate-Luinstra"),
                             person("Ute", "Wolff"),      person("Malte", "Osterloh"),
                             person("Jan", "Österreich"), person("Ada", "von der Heide"),
                             person("Bo", "Straßer")};
    std::ranges::sort(list, {}, [](auto const& one) { return sort_key(one); });
    std::string got;
    for (auto const& one : list) got += (got.empty() ? "" : ", ") + one.family_name;
    BOOST_TEST(got == "van Dalfsen, von der Heide, ten Kaate-Luinstra, Osterloh, Österreich, Straßer, Wöhlers, Wolff, Zander");
}

BOOST_AUTO_TEST_CASE(odd_names_stay_whole) {
    BOOST_TEST(folded("ŁÓDŹ") != "");
    BOOST_TEST(folded("Çelik") == "celik");
    BOOST_TEST(sort_key(person("", "de")).starts_with("de\x1f"));
    BOOST_TEST(sort_key(person("", "")).starts_with("\x1f"));
    BOOST_TEST(sort_key(person("", "van der")).starts_with("van der"));
    BOOST_TEST(folded("\xff\xc3") == "\xff\xc3"); // no UTF-8: left as it is
}

BOOST_AUTO_TEST_SUITE_END()
