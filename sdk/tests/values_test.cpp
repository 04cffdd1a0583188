// SPDX-License-Identifier: EUPL-1.2
#include <kogge/geo.hpp>
#include <kogge/result.hpp>
#include <kogge/values.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;

namespace {

Result<int> half(int n) {
    if (n % 2) return invalid(std::to_string(n) + " is odd; give an even number", "/n");
    return n / 2;
}
Result<int> quarter(int n) {
    KOGGE_TRY(auto const once, half(n));
    KOGGE_TRY(auto const twice, half(once));
    return twice;
}

} // namespace

BOOST_AUTO_TEST_SUITE(values_test)

BOOST_AUTO_TEST_CASE(money_of_one_currency_compares_and_of_two_does_not) {
    BOOST_TEST((euros(51) > euros(50)));
    BOOST_TEST((Money{5000, "EUR"} == euros(50)));
    Money const kroner{999'999, "DKK"};
    BOOST_TEST(!(kroner > euros(50)));
    BOOST_TEST(!(kroner < euros(50)));
    BOOST_TEST(!(kroner == Money{999'999, "EUR"}));
}

BOOST_AUTO_TEST_CASE(levels_of_a_language_are_ordered) {
    BOOST_TEST((Cefr::B1 < Cefr::C2));
    BOOST_TEST((Cefr::A2 >= Cefr::A1));
}

BOOST_AUTO_TEST_CASE(groningen_lies_a_good_two_hundred_kilometres_from_hamburg) {
    GeoPoint const groningen{53.2107, 6.5641}, hamburg{53.553, 10.0067};
    BOOST_TEST(kilometres(groningen, hamburg) == 231, boost::test_tools::tolerance(0.01));
    BOOST_TEST(kilometres(groningen, groningen) == 0);
}

BOOST_AUTO_TEST_CASE(an_error_goes_up_with_its_sentence_and_its_field) {
    BOOST_TEST(quarter(8).value() == 2);
    auto const failed = quarter(6);
    BOOST_REQUIRE(!failed);
    BOOST_TEST(failed.error().message == "3 is odd; give an even number");
    BOOST_TEST(failed.error().field == "/n");
}

BOOST_AUTO_TEST_CASE(who_does_not_look_is_told_the_error_itself) {
    BOOST_CHECK_EXCEPTION(quarter(6).value(), BadResult,
                          [](BadResult const& e) { return std::string(e.what()) == "/n: 3 is odd; give an even number"; });
    BOOST_CHECK_THROW((void)quarter(8).error(), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
