// SPDX-License-Identifier: EUPL-1.2
// What translation owns: texts in other languages, the pool of interpreters, and who of them works where.
#pragma once

#include <kogge/id.hpp>
#include <kogge/model/programme.hpp>
#include <kogge/model/visit.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge::translation {

enum class Origin { human, machine, imported };
BOOST_DESCRIBE_ENUM(Origin, human, machine, imported)

/// One field of one entity in another language than its own. It is a translation of `source_text`: once the field says
/// something else it is stale, and fresh again when the field is set back. (A revision would not do: it also rises when
/// an item only moves. A digest would, but nobody could see from it what has changed.)
struct Translation {
    Id<Translation> id;
    std::string entity;  // kind of the subject: programme_item
    std::string subject; // its id
    std::string field;   // title
    std::string language;
    std::string text;
    std::string source_text;
    Origin origin = Origin::human;
    std::optional<Id<Visit>> visit; // the subject's, when it belongs to one: the translation goes with it
};
BOOST_DESCRIBE_STRUCT(Translation, (), (id, entity, subject, field, language, text, source_text, origin, visit))

/// Somebody of the pool. A pair works both ways: "nl-de" is also "de-nl".
struct Interpreter {
    Id<Interpreter> id;
    Id<Person> person;
    std::vector<std::string> pairs;
    std::vector<InterpretationMode> modes;
    int day_limit_minutes = 360;
    std::vector<Id<Visit>> visits; // booked for these; empty: for whatever visit comes
};
BOOST_DESCRIBE_STRUCT(Interpreter, (), (id, person, pairs, modes, day_limit_minutes, visits))

struct InterpreterAssignment {
    Id<InterpreterAssignment> id;
    Id<Visit> visit;
    Id<ProgrammeItem> item;
    Id<Person> person;
};
BOOST_DESCRIBE_STRUCT(InterpreterAssignment, (), (id, visit, item, person))

} // namespace kogge::translation
