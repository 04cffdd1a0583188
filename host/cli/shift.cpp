// SPDX-License-Identifier: EUPL-1.2
#include "cli/shift.hpp"

#include <algorithm>

namespace kogge::host::cli {

namespace {

Error not_a_shift(std::string_view text) {
    return invalid("'" + std::string(text.substr(0, 40))
                   + "' says nowhere to move to; write +30, -15 or +1:30 (later, earlier), 14:30 or 2027-04-22T14:30");
}

std::optional<int> number(std::string_view text) {
    if (text.empty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return std::stoi(std::string(text));
}

/// "30" or "1:30"
std::optional<Minutes> minutes(std::string_view text) {
    auto const colon = text.find(':');
    if (colon == text.npos) {
        auto const n = number(text);
        return n ? std::optional(Minutes(*n)) : std::nullopt;
    }
    auto const h = number(text.substr(0, colon)), m = number(text.substr(colon + 1));
    return h && m && *m < 60 ? std::optional(Minutes(*h * 60 + *m)) : std::nullopt;
}

} // namespace

Result<Shift> parse_shift(std::string_view text) {
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        auto const by = minutes(text.substr(1));
        if (!by || by->count() == 0) return not_a_shift(text);
        return Shift{.by = text.front() == '-' ? -*by : *by};
    }
    Shift shift;
    auto clock = text;
    if (auto const t = text.find('T'); t != text.npos) {
        KOGGE_TRY(shift.day, parse_day(text.substr(0, t)));
        clock = text.substr(t + 1);
    }
    auto const at = clock.find(':') == clock.npos ? std::nullopt : minutes(clock);
    if (!at || *at >= std::chrono::hours(24)) return not_a_shift(text);
    shift.clock = *at;
    return shift;
}

Result<Span> moved(Span const& span, Shift const& shift) {
    if (shift.by) return Span{span.starts + *shift.by, span.ends + *shift.by};
    LocalTime const starts{std::chrono::local_seconds(shift.day.value_or(day_of(span.starts))) + shift.clock, span.starts.zone,
                           false};
    if (local_of(instant_of(starts), starts.zone).wall != starts.wall)
        return invalid(clock_text(starts) + " does not exist on " + kogge::to_text(day_of(starts)) + " in " + starts.zone.name()
                       + ": the clocks skip it");
    return Span{starts, span.ends + (instant_of(starts) - instant_of(span.starts))};
}

std::string to_text(Span const& span) {
    auto const& [starts, ends] = span;
    auto out = kogge::to_text(day_of(starts)) + " " + clock_text(starts);
    if (!(starts.zone == ends.zone)) out += " " + starts.zone.name();
    out += "–";
    if (day_of(starts) != day_of(ends)) out += kogge::to_text(day_of(ends)) + " ";
    return out + clock_text(ends) + " " + ends.zone.name();
}

} // namespace kogge::host::cli
