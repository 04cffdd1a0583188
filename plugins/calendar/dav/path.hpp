// SPDX-License-Identifier: EUPL-1.2
// Paths of the CalDAV tree. Segments are percent-decoded once, when a path comes in, and encoded once, when one goes out.
//
//   /dav/                                 everything
//   /dav/principals/{name}/               who one is
//   /dav/calendars/{name}/                their home
//   /dav/calendars/{name}/{…}/{member}    collections and what is in them
#pragma once

#include "dav/answer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::dav {

inline constexpr std::string_view dav_root = "/dav/";

struct Path {
    std::vector<std::string> segments; // below /dav/
    bool slash = false;                // it ended in one: a collection is meant

    /// "work/notes" of /dav/calendars/ada/work/notes: everything below the home.
    std::string below_home() const;
    friend bool operator==(Path const& a, Path const& b) { return a.segments == b.segments; }
};

/// The path of a request target, a Destination or a DAV:href: absolute, or with scheme and authority, of which `host` must be the
/// latter when it is given. Refused: "..", empty segments, control characters, bytes that are no UTF-8, encoded slashes.
Answer<Path> read_path(std::string_view target, std::string_view host = {});

/// Percent-encoded, with a slash at the end for collections.
std::string href_of(std::vector<std::string> const& segments, bool collection);
std::string encode_segment(std::string_view segment);

bool is_utf8(std::string_view text);

} // namespace kogge::calendar::dav
