// SPDX-License-Identifier: EUPL-1.2
// What a CalDAV server answers to a client (RFC 4918 §13): the few properties that we ask for, out of any server's XML.
#pragma once

#include <kogge/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::foreign {

/// One DAV:response. What was not found, or not asked for, is empty.
struct DavResponse {
    std::string href;
    int status = 0; // of the resource as a whole: 404 in a sync-collection says it is gone; 0: none was given
    bool calendar = false;
    bool events = true;       // supported-calendar-component-set, when given, has VEVENT
    bool transparent = false; // schedule-calendar-transp: its events block no time
    std::string name, etag, ctag, sync_token, data, principal;
    std::vector<std::string> homes;
};
struct Multistatus {
    std::vector<DavResponse> responses;
    std::string sync_token;
};

/// Bounded: no document type, 32 elements deep at most, 100,000 responses.
Result<Multistatus> read_multistatus(std::string const& xml);

/// Text fit to stand between two tags.
std::string xml_escaped(std::string_view text);

} // namespace kogge::calendar::foreign
