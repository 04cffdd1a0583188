// SPDX-License-Identifier: EUPL-1.2
// read_ics < feed.ics: what libical makes of a calendar, as JSON; or one line of why it does not read it, and exit code 1.
#include "ical/reader.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <iostream>
#include <iterator>

int main() {
    std::string const text(std::istreambuf_iterator<char>(std::cin), {});
    auto const calendar = kogge::calendar::read_calendar(text);
    if (!calendar) {
        std::cerr << calendar.error().message << '\n';
        return 1;
    }
    boost::json::array zones, events;
    for (auto const& zone : calendar.value().zones)
        zones.emplace_back(zone);
    for (auto const& event : calendar.value().events)
        events.push_back({{"uid", event.uid}, {"sequence", event.sequence}, {"status", event.status}, {"summary", event.summary}, {"language", event.language},
                          {"begins", kogge::to_text(event.begins)}, {"ends", kogge::to_text(event.ends)}, {"begin_zone", event.begin_zone}, {"end_zone", event.end_zone}});
    std::cout << boost::json::serialize(boost::json::value{{"name", calendar.value().name}, {"method", calendar.value().method}, {"zones", std::move(zones)},
                                                           {"events", std::move(events)}})
              << '\n';
}
