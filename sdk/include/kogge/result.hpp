// SPDX-License-Identifier: EUPL-1.2
// What depends on the input is a value: Result<T> holds a T or the Error that says what is wrong and the way out.
#pragma once

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/base.hpp>
#include <boost/outcome/try.hpp>

#include <ostream>
#include <stdexcept>
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

/// Thrown by value() of a Result that holds an error: somebody forgot to look. what() is the error's own sentence.
struct BadResult : std::logic_error {
    explicit BadResult(Error const& e) : std::logic_error(e.field.empty() ? e.message : e.field + ": " + e.message) {}
};

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void no_value(Error const& error) { throw BadResult(error); }
[[noreturn, gnu::cold, gnu::noinline]] inline void no_error() { throw std::logic_error("error() of a Result that holds a value"); }

struct Look : boost::outcome_v2::policy::base {
    template <class Self>
    static constexpr void wide_value_check(Self&& self) {
        if (!_has_value(self))
            no_value(_error(self));
    }
    template <class Self>
    static constexpr void wide_error_check(Self&& self) {
        if (!_has_error(self))
            no_error();
    }
};

} // namespace detail

template <class T>
using Result = boost::outcome_v2::basic_result<T, Error, detail::Look>;

[[gnu::cold]] inline Error invalid(std::string message, std::string field = {}) {
    return {ErrorCode::invalid, std::move(message), std::move(field)};
}

} // namespace kogge

/// KOGGE_TRY(auto const x, expression): x, or return the expression's error from the enclosing function.
#define KOGGE_TRY(...) BOOST_OUTCOME_TRY(__VA_ARGS__)
