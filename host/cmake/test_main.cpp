// SPDX-License-Identifier: EUPL-1.2
// The one main() of every Boost.Test executable.
#define BOOST_TEST_MODULE kogge
#include <boost/test/unit_test.hpp>
