// SPDX-License-Identifier: EUPL-1.2
// What a client's VEVENT carries beyond our nouns: alarms, categories, colours, X- properties, whatever comes next. It is
// that user's own, kept as the lines it came in and given back to them alone.
#pragma once

#include "ical/parse.hpp"

#include <string>
#include <string_view>

namespace kogge::calendar::dav {

/// Whether a property says what the entity says: it is read from the client (times, title …) or ours to write (SEQUENCE …),
/// and never kept.
bool is_of_the_entity(std::string_view property);

/// The lines of `sent` that neither the entity nor `ours`, the event as we draw it, accounts for: a property or component
/// whose values are other than ours, with all of its name. Empty when there are none.
std::string extra_of(ical::Component const& sent, ical::Component const& ours);

/// `ours` with the extra put in; where it has a name that ours has too, the user's holds. An extra that cannot be read
/// changes nothing.
ical::Component with_extra(ical::Component ours, std::string_view extra);

} // namespace kogge::calendar::dav
