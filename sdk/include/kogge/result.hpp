// SPDX-License-Identifier: EUPL-1.2
// What depends on the input is a value: Result<T> holds a T or the Error that says what is wrong and the way out.
#pragma once

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/throw_bad_result_access.hpp>
#include <boost/outcome/try.hpp>

#include <ostream>
#include <string>

namespace kogge {

enum class ErrorCode { invalid, not_found, denied, conflict, refused, unsupported, timeout, busy, failed };

/// One sentence that names the thing, the value and what to do; `field` is the JSON pointer ("/starts") it is about.
struct Error {
    ErrorCode code = ErrorCode::failed;
    std::string message;
    std::string field = {};
    friend std::ostream& operator<<(std::ostream& out, Error const& error) {
        return error.field.empty() ? out << error.message : out << error.field << ": " << error.message;
    }
};

template <class T>
using Result = boost::outcome_v2::basic_result<T, Error, boost::outcome_v2::policy::throw_bad_result_access<Error, void>>;

inline Error invalid(std::string message, std::string field = {}) {
    return {ErrorCode::invalid, std::move(message), std::move(field)};
}

} // namespace kogge

/// KOGGE_TRY(auto const x, expression): x, or return the expression's error from the enclosing function.
#define KOGGE_TRY(...) BOOST_OUTCOME_TRY(__VA_ARGS__)
