// SPDX-License-Identifier: EUPL-1.2
// The filter of a calendar-query (RFC 4791 §7.8, §9.7) as a value, and whether an object passes it.
#pragma once

#include "dav/answer.hpp"
#include "dav/xml.hpp"
#include "ical/recur.hpp"

#include <kogge/time.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::dav {

enum class Collation { ascii_casemap, octet, unicode_casemap };
inline constexpr std::string_view collations[] = {"i;ascii-casemap", "i;octet", "i;unicode-casemap"};

struct TextMatch {
    std::string text; // folded already, where the collation folds
    Collation collation = Collation::ascii_casemap;
    bool negate = false;
    enum class Kind { contains, equals, starts_with, ends_with } kind = Kind::contains; // all but the first as RFC 6352 has them
    bool matches(std::string_view value) const;
};

struct ParameterFilter {
    std::string name;
    bool not_defined = false;
    std::optional<TextMatch> text;
};

struct PropertyFilter {
    std::string name;
    bool not_defined = false;
    std::optional<Interval> range;
    std::optional<TextMatch> text;
    std::vector<ParameterFilter> parameters;
};

struct ComponentFilter {
    std::string name; // upper case
    bool not_defined = false;
    std::optional<Interval> range;
    std::vector<PropertyFilter> properties;
    std::vector<ComponentFilter> components;
};

/// `filter` is C:filter. The refusal names the precondition: valid-filter, supported-filter, supported-collation.
Answer<ComponentFilter> read_filter(Element const& filter);
/// start and end of a C:time-range, UTC; an open side is the end of time.
Answer<Interval> read_range(Element const& range);
Answer<TextMatch> read_text_match(Element const& element, Collation otherwise = Collation::ascii_casemap);

/// `filter` is that of the VCALENDAR.
bool matches(ical::Component const& calendar, ComponentFilter const& filter, ical::ZoneBook const& zones);

/// A filter that asks for one component, and for one range of it at most: what an index answers.
struct PlainQuery {
    std::string component; // "": any
    std::optional<Interval> range;
};
std::optional<PlainQuery> plain_query(ComponentFilter const& filter);
/// The narrowest part of the filter that an index can answer; what it finds is looked at with the whole filter.
PlainQuery narrowing(ComponentFilter const& filter);
/// The UID the filter asks for exactly or in part; "": none.
std::string wanted_uid(ComponentFilter const& filter);

std::string folded(std::string_view text, Collation collation);

} // namespace kogge::calendar::dav
