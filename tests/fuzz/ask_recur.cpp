// SPDX-License-Identifier: EUPL-1.2
// Expands rules for oracle.py: a line "DTSTART RRULE LAST" in, the first wall clocks up to LAST out. With --libical libical answers:
// there are rules it never finishes, so oracle.py stops it.
#include "ical/rule_walk.hpp"

#include <libical/ical.h>

#include <iostream>
#include <sstream>

namespace {

using namespace kogge::calendar::ical;

constexpr int most = 60;

void ours(std::string const& start, std::string const& text, std::string const& last) {
    auto const rule = read_rule(text);
    if (!rule) {
        std::cout << "refused: " << rule.error().message;
        return;
    }
    std::int64_t steps = 5'000'000;
    auto const end = read_stamp(last).value().wall;
    RuleWalk walk(rule.value(), read_stamp(start).value().wall, {}, steps);
    int n = 0;
    for (auto wall = walk.next(); wall && *wall <= end && n < most; wall = walk.next(), ++n)
        std::cout << to_text(Stamp{*wall, Stamp::Kind::local}) << ' ';
    if (walk.exhausted())
        std::cout << "exhausted";
}

void libical(std::string const& start, std::string const& text, std::string const& last) {
    auto const rule = icalrecurrencetype_from_string(text.c_str());
    if (rule.freq == ICAL_NO_RECURRENCE) {
        std::cout << "refused";
        return;
    }
    auto* walk = icalrecur_iterator_new(rule, icaltime_from_string(start.c_str()));
    if (!walk) {
        std::cout << "refused";
        return;
    }
    auto const end = icaltime_from_string(last.c_str());
    int n = 0;
    for (auto at = icalrecur_iterator_next(walk); !icaltime_is_null_time(at) && icaltime_compare(at, end) <= 0 && n < most;
         at = icalrecur_iterator_next(walk), ++n)
        std::cout << icaltime_as_ical_string(at) << ' ';
    icalrecur_iterator_free(walk);
}

} // namespace

int main(int count, char** arguments) {
    bool const other = count > 1 && std::string_view(arguments[1]) == "--libical";
    icalerror_set_errors_are_fatal(0);
    for (std::string line, start, rule, last; std::getline(std::cin, line);) {
        std::istringstream(line) >> start >> rule >> last;
        (other ? libical : ours)(start, rule, last);
        std::cout << std::endl;
    }
}
