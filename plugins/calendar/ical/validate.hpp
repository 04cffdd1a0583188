// SPDX-License-Identifier: EUPL-1.2
// What may be put into a calendar collection (RFC 4791 §4.1, §5.3.2.1). Strict about what would harm readers, lenient about what every
// client gets wrong: a component is refused for what cannot be understood, not for what is ugly.
#pragma once

#include "ical/parse.hpp"

#include <string>

namespace kogge::calendar::ical {

/// The precondition that a refused PUT names.
enum class Precondition { valid_calendar_data, valid_calendar_object_resource };

struct ObjectProblem {
    Precondition precondition;
    std::string message;
};

/// What an object of a collection is about.
struct ObjectKind {
    std::string type; // VEVENT, VTODO, VJOURNAL, VFREEBUSY, VAVAILABILITY
    std::string uid;
};

/// One type of component beside VTIMEZONE, one UID, no METHOD, one master at most, each override once, times and rules readable.
/// `problem` is set when that is not so.
struct Validated {
    ObjectKind kind;
    std::optional<ObjectProblem> problem;
};
Validated validate_object(Component const& calendar);

} // namespace kogge::calendar::ical
