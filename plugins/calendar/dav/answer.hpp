// SPDX-License-Identifier: EUPL-1.2
// What a WebDAV request meets instead of success: a status and the condition that was not met, as an element of its own
// (RFC 4918 §16, RFC 4791 §1.3), with one sentence for the person at the other end.
#pragma once

#include <kogge/result.hpp>

#include <boost/outcome/basic_result.hpp>
#include <boost/outcome/policy/base.hpp>
#include <boost/outcome/success_failure.hpp>
#include <boost/outcome/try.hpp>

#include <stdexcept>
#include <string>

namespace kogge::calendar::dav {

namespace ns {
inline constexpr char const* dav = "DAV:";
inline constexpr char const* caldav = "urn:ietf:params:xml:ns:caldav";
inline constexpr char const* server = "http://calendarserver.org/ns/"; // getctag
inline constexpr char const* apple = "http://apple.com/ns/ical/";      // calendar-color, calendar-order
inline constexpr char const* kogge = "urn:kogge:dav";                  // what no standard has a name for
} // namespace ns

struct Refusal {
    int status = 403;
    std::string condition = {};    // "no-uid-conflict"; empty: the status says it all
    std::string space = ns::caldav; // of the condition
    std::string message = {};      // in the caller's language where there is one
    std::string inside = {};       // XML within the condition: a href of what is in the way
    std::string href = {};         // which resource, when it is not the one asked for
};

inline Refusal refusal(int status, std::string message) { return {status, {}, ns::caldav, std::move(message), {}, {}}; }
inline Refusal condition(int status, char const* space, std::string name, std::string message) {
    return {status, std::move(name), space, std::move(message), {}, {}};
}
/// What a caller must not know of and what is not there look the same.
inline Refusal nothing_here() { return refusal(404, "there is nothing at this address"); }

namespace detail {
struct Look : boost::outcome_v2::policy::base {
    template <class Self>
    static constexpr void wide_value_check(Self&& self) {
        if (!_has_value(self))
            throw std::logic_error("value() of a refusal: " + _error(self).message);
    }
    template <class Self>
    static constexpr void wide_error_check(Self&& self) {
        if (!_has_error(self))
            throw std::logic_error("error() of an answer that holds a value");
    }
};
} // namespace detail

/// A T, or why not. KOGGE_TRY works with it.
template <class T>
using Answer = boost::outcome_v2::basic_result<T, Refusal, detail::Look>;

} // namespace kogge::calendar::dav
