// SPDX-License-Identifier: EUPL-1.2
#include "day_text.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

namespace kogge::scheduling::test {

namespace {

Instant clock(std::string const& text) {
    auto view = std::string_view(text);
    auto const hours = kogge::detail::take_number(view, 2);
    kogge::detail::take(view, ':');
    auto const minutes = kogge::detail::take_number(view, 2);
    if (hours < 0 || minutes < 0)
        throw std::invalid_argument("no time: " + text);
    return Instant(std::chrono::hours(24 + hours) + Minutes(minutes));
}

std::string clock(Instant at) { return kogge::to_text(at).substr(11, 5); }
std::string span(Interval const& interval) { return clock(interval.begin) + "-" + clock(interval.end); }

bool is_clock(std::string const& word) { return word.size() == 5 && word[2] == ':'; }

Stop parse_line(std::string const& line, std::size_t number, std::string& label) {
    static std::map<std::string, Manner> const manners{{"fixed_end", Manner::fixed_end}, {"fixed_start", Manner::fixed_start}, {"flexible", Manner::when_free}};
    std::istringstream words(line);
    std::string begin, what, word;
    words >> begin >> what;
    Stop stop;
    stop.id = {what == "item" ? EntryKind::item : EntryKind::leg, std::to_string(number)};
    stop.manner = what == "rail" ? Manner::timetabled : Manner::when_free;
    label = what;
    while (words >> word && !is_clock(word))
        if (auto const manner = manners.find(word); manner != manners.end())
            stop.manner = manner->second;
        else
            label += " " + word;
    stop.span = {clock(begin), clock(word)};
    std::string who = "A";
    while (words >> word)
        if (word.starts_with("change="))
            stop.min_change = Minutes(std::stoi(word.substr(7)));
        else
            who = word;
    for (char const person : who)
        stop.people.emplace_back(std::string(1, person));
    return stop;
}

} // namespace

DayText parse_day_text(std::string_view text) {
    DayText out;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        if (line.find_first_not_of(" \t") == std::string::npos)
            continue;
        out.labels.emplace_back();
        out.stops.push_back(parse_line(line, out.stops.size(), out.labels.back()));
    }
    return out;
}

EntryId find(DayText const& day, std::string_view name) {
    for (std::size_t i = 0; i < day.stops.size(); ++i)
        if (day.labels[i].find(name) != std::string::npos)
            return day.stops[i].id;
    throw std::invalid_argument("no stop named " + std::string(name));
}

std::string to_text(DayText const& day, Shifted const& shifted) {
    std::string out;
    for (auto const& move : shifted.moves)
        out += span(move.becomes) + " " + day.labels.at(std::stoul(move.id.id)) + "\n";
    for (auto const& late : shifted.late_for) {
        out += "late for " + day.labels.at(std::stoul(late.id.id)) + ": ";
        for (auto const& person : late.people)
            out += person.str();
        out += " " + std::to_string(late.by.count()) + " min\n";
    }
    return out;
}

} // namespace kogge::scheduling::test
