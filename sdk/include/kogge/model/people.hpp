// SPDX-License-Identifier: EUPL-1.2
// People and the organisations and offices they act for. Words as in schema.org/Person and RFC 6350 where those have one.
#pragma once

#include <kogge/id.hpp>
#include <kogge/time.hpp>
#include <kogge/values.hpp>

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge {

struct City;
struct Theme;

struct Person {
    Id<Person> id;
    std::string given_name;
    std::string family_name;
    std::optional<std::string> gender;
    std::optional<std::string> academic_prefix;
    std::vector<LanguageSkill> languages;
    std::optional<std::string> country; // ISO 3166-1 alpha-2
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, given_name, family_name, gender, academic_prefix, languages, country, email, phone, note))

inline std::string full_name(Person const& person) {
    auto name = person.given_name.empty() ? person.family_name : person.given_name + " " + person.family_name;
    return person.academic_prefix && !person.academic_prefix->empty() ? *person.academic_prefix + " " + name : name;
}

struct Organisation {
    Id<Organisation> id;
    std::string name;
    std::string organisation_kind;
    std::optional<Id<City>> city;
    std::vector<Id<Theme>> themes;
};
BOOST_DESCRIBE_STRUCT(Organisation, (), (id, name, organisation_kind, city, themes))

/// A person's function at an organisation. Precedence and address follow the office relevant to a visit, not the person.
struct Affiliation {
    Id<Affiliation> id;
    Id<Person> person;
    Id<Organisation> organisation;
    std::string function_title;
    std::optional<std::string> office; // code of an office class: mayor, alderman, state_minister …
    std::optional<Day> since;
    std::optional<Day> until;
};
BOOST_DESCRIBE_STRUCT(Affiliation, (), (id, person, organisation, function_title, office, since, until))

} // namespace kogge
