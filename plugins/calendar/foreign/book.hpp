// SPDX-License-Identifier: EUPL-1.2
// What is known of calendars elsewhere, in step with the store: which there are, what came of them, and by person when they
// are busy. Addresses and passwords are not here: they are read when they are needed.
#pragma once

#include "foreign/difference.hpp"

#include <kogge/world.hpp>

#include <set>
#include <unordered_map>
#include <vector>

namespace kogge::calendar::foreign {

/// Whose calendar it is: their name for those who look after it, their address to know what they declined.
struct Owner {
    static constexpr std::string_view kind = "person";
    Id<Owner> id;
    std::string given_name, family_name;
    std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(Owner, (), (id, given_name, family_name, email))

class Book {
  public:
    Mirror<ForeignCalendar> calendars;
    Mirror<BusyTime> times;
    Mirror<Owner> people;
    World world{&calendars, &times, &people};

    Book();
    Book(Book const&) = delete;

    StoredTimes const& times_of(Id<ForeignCalendar> const& source) const;
    /// By begin.
    std::vector<BusyTime const*> busy(Id<Person> const& person, Interval const& span) const;
    std::size_t calendars_of(Id<Person> const& person) const;
    std::string name_of(Id<Person> const& person) const;
    std::optional<std::string> address_of(Id<Person> const& person) const;

  private:
    std::unordered_map<Id<ForeignCalendar>, StoredTimes> by_source_;
    std::unordered_map<Id<Person>, std::set<Id<BusyTime>>> by_person_;
};

} // namespace kogge::calendar::foreign
