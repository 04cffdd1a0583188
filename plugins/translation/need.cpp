// SPDX-License-Identifier: EUPL-1.2
#include "need.hpp"

#include <algorithm>
#include <utility>

namespace kogge::translation {

namespace {

Result<void> rising(std::vector<Step> const& steps, std::string const& path) {
    if (steps.empty()) return invalid("give at least one step, such as {minutes = 240, interpreters = 2}", path);
    Step before;
    for (auto const& step : steps) {
        if (step.minutes <= before.minutes || step.interpreters < std::max(1, before.interpreters))
            return invalid("the step {minutes = " + std::to_string(step.minutes) + ", interpreters = "
                               + std::to_string(step.interpreters) + "} does not go beyond the one before it",
                           path);
        before = step;
    }
    return boost::outcome_v2::success();
}

int look_up(std::vector<Step> const& steps, std::chrono::seconds length) {
    std::chrono::minutes const longest(steps.back().minutes);
    auto const full_teams = static_cast<int>((length - std::chrono::seconds(1)) / longest);
    auto const rest = length - full_teams * longest;
    auto const step = std::ranges::find_if(steps, [&](Step const& s) { return rest <= std::chrono::minutes(s.minutes); });
    return full_teams * steps.back().interpreters + step->interpreters;
}

} // namespace

Result<Profile> checked(Profile profile) {
    KOGGE_TRY(rising(profile.booth, "/booth"));
    KOGGE_TRY(rising(profile.consecutive, "/consecutive"));
    if (profile.booth_at_least < 1) return invalid("a booth needs at least one interpreter", "/booth_at_least");
    return profile;
}

int interpreters_needed(Profile const& profile, InterpretationMode mode, std::size_t languages, std::chrono::seconds length) {
    constexpr std::size_t pair = 2;
    if (languages < pair || length <= std::chrono::seconds(0)) return 0;
    auto const count = static_cast<int>(languages);
    if (mode == InterpretationMode::consecutive || mode == InterpretationMode::liaison)
        return look_up(profile.consecutive, length) + count - static_cast<int>(pair);
    auto const one_booth = look_up(profile.booth, length);
    return languages == pair ? one_booth : count * std::max(one_booth, profile.booth_at_least);
}

std::vector<std::string> languages_of(Interpretation const& interpretation) {
    std::vector<std::string> out;
    for (auto const* side : {&interpretation.from, &interpretation.to}) {
        std::string word;
        for (char const c : *side + ' ') {
            if (c != ' ' && c != ',' && c != '/' && c != '+')
                word += c;
            else if (!word.empty())
                out.push_back(std::exchange(word, {}));
        }
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::optional<Need> need_of(Profile const& profile, ProgrammeItem const& item) {
    if (!item.interpretation || item.status == ItemStatus::cancelled) return std::nullopt;
    Need need{item.id, item.visit, span_of(item), item.interpretation->mode, languages_of(*item.interpretation), 0};
    need.needed = interpreters_needed(profile, need.mode, need.languages.size(), need.span.length());
    return need.needed > 0 ? std::optional(std::move(need)) : std::nullopt;
}

std::map<Day, int> minutes_by_day(ProgrammeItem const& item) {
    std::map<Day, int> out;
    auto const span = span_of(item);
    auto const zone = item.starts.zone;
    for (auto at = span.begin; at < span.end;) {
        auto const day = day_of(local_of(at, zone));
        auto const midnight = instant_of({std::chrono::local_seconds(day + std::chrono::days(1)), zone});
        auto const until = std::min(span.end, std::max(midnight, at + std::chrono::minutes(1)));
        out[day] += static_cast<int>(std::chrono::ceil<std::chrono::minutes>(until - at).count());
        at = until;
    }
    return out;
}

} // namespace kogge::translation
