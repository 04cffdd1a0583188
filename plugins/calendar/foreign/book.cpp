// SPDX-License-Identifier: EUPL-1.2
#include "foreign/book.hpp"

#include <algorithm>

namespace kogge::calendar::foreign {

Book::Book() {
    times.on_change = [this](Row<BusyTime> const* before, Row<BusyTime> const* after) {
        if (before) {
            by_source_[before->value.source].erase(before->value.id);
            by_person_[before->value.person].erase(before->value.id);
        }
        if (after) {
            by_source_[after->value.source][after->value.id] = after;
            by_person_[after->value.person].insert(after->value.id);
        }
    };
}

StoredTimes const& Book::times_of(Id<ForeignCalendar> const& source) const {
    static StoredTimes const none;
    auto const found = by_source_.find(source);
    return found == by_source_.end() ? none : found->second;
}

std::vector<BusyTime const*> Book::busy(Id<Person> const& person, Interval const& span) const {
    std::vector<std::pair<Interval, BusyTime const*>> found;
    if (auto const ids = by_person_.find(person); ids != by_person_.end())
        for (auto const& id : ids->second)
            if (auto const* time = times.find(id))
                if (Interval const when{instant_of(time->starts), instant_of(time->ends)}; when.overlaps(span))
                    found.emplace_back(when, time);
    std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return std::tie(a.first, a.second->id) < std::tie(b.first, b.second->id); });
    std::vector<BusyTime const*> out;
    for (auto const& [when, time] : found)
        out.push_back(time);
    return out;
}

std::size_t Book::calendars_of(Id<Person> const& person) const {
    return std::size_t(std::count_if(calendars.rows().begin(), calendars.rows().end(), [&](auto const& entry) { return entry.second.value.person == person; }));
}

std::string Book::name_of(Id<Person> const& person) const {
    auto const* found = people.find(person);
    return !found ? person.str() : found->given_name.empty() ? found->family_name : found->given_name + " " + found->family_name;
}

std::optional<std::string> Book::address_of(Id<Person> const& person) const {
    auto const* found = people.find(person);
    return found && found->email && !found->email->empty() ? found->email : std::nullopt;
}

} // namespace kogge::calendar::foreign
