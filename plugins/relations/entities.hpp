// SPDX-License-Identifier: EUPL-1.2
// What relations owns: what two cities agreed on, and what a visit led to.
#pragma once

#include <kogge/id.hpp>
#include <kogge/model/people.hpp>
#include <kogge/model/place.hpp>
#include <kogge/model/visit.hpp>
#include <kogge/time.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace kogge::relations {

/// A twinning, a letter of intent, a memorandum … with a partner city.
struct Agreement {
    Id<Agreement> id;
    Id<City> city;
    std::string agreement_kind; // twinning, letter_of_intent …
    Text title;
    std::optional<Day> signed_on;
    std::optional<Day> expires; // absent: it does not
};
BOOST_DESCRIBE_STRUCT(Agreement, (), (id, city, agreement_kind, title, signed_on, expires))

enum class OutcomeStatus { open, done, dropped };
BOOST_DESCRIBE_ENUM(OutcomeStatus, open, done, dropped)

/// What somebody has to do because of a visit, or what it brought: a lead, a letter of intent, a return visit.
struct Outcome {
    Id<Outcome> id;
    Id<Visit> visit;
    std::string outcome_kind; // letter_of_intent, lead, return_visit …
    Text title;
    std::optional<Id<Person>> owner;
    std::optional<Day> due;
    OutcomeStatus status = OutcomeStatus::open;
    std::optional<Id<Theme>> theme;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (id, visit, outcome_kind, title, owner, due, status, theme))

} // namespace kogge::relations
