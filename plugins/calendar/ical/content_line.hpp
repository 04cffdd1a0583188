// SPDX-License-Identifier: EUPL-1.2
// Where the parts of an unfolded content line are (RFC 5545 §3.1). For parse.cpp and property.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace kogge::calendar::ical {

/// Names may hold anything that does not end them: X-ENTOURAGE_UUID comes from a widespread client.
std::size_t end_of_name(std::string_view line);

struct RawParameter {
    std::string_view name, value; // the value as written, all of them
    std::size_t begin = 0, end = 0; // from its semicolon to what follows
    bool complete = true; // false: a quotation mark is not closed
};

/// The parameter at `at`, which steps over it; nothing when none begins there.
std::optional<RawParameter> next_parameter(std::string_view line, std::size_t& at);

} // namespace kogge::calendar::ical
