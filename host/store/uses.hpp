// SPDX-License-Identifier: EUPL-1.2
// How often something was used (a calendar link, a token): when last, by whom, how often a day. Beside the change log, not
// in it: two thousand subscribers who look every minute are no history that anybody wants to follow or undo.
#pragma once

#include "store/session.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace kogge::host::store {

struct Use {
    std::string subject;      // id of the token
    std::int64_t day = 0;     // UTC, since 1970
    std::int64_t at = 0;      // the last of that day, seconds since 1970 UTC
    std::string client;       // of the last
    std::int64_t times = 0;
};

/// Adds to what is there, and forgets days before `oldest`, except the last one of each subject.
void add_uses(Session& session, std::span<Use const> uses, std::int64_t oldest);
/// Of all subjects, a subject's days in order.
std::vector<Use> read_uses(Session& session);

} // namespace kogge::host::store
