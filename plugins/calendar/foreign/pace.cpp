// SPDX-License-Identifier: EUPL-1.2
#include "foreign/pace.hpp"

#include <algorithm>
#include <charconv>

namespace kogge::calendar::foreign {

Instant next_look(Instant now, Pace const& pace, std::optional<Minutes> asked, std::int64_t failures, LookError error,
                  std::optional<std::chrono::seconds> retry_after, double chance) {
    std::chrono::seconds wait = std::clamp(asked ? std::max(*asked, pace.usual) : pace.usual, pace.least, pace.longest);
    double spread = 0.1;
    if (failures > 0) {
        bool const hopeless = error == LookError::sign_in || error == LookError::gone || error == LookError::invalid_address ||
                              error == LookError::refused || error == LookError::no_calendar;
        auto const doubled = pace.first_retry * (std::int64_t(1) << std::min<std::int64_t>(failures - 1, 10));
        wait = hopeless ? pace.longest : std::min<std::chrono::seconds>(doubled, pace.longest);
        if (retry_after)
            wait = std::clamp<std::chrono::seconds>(*retry_after, wait, pace.longest);
        spread = 0.25;
    }
    auto const late = static_cast<double>(wait.count()) * spread * chance; // only ever later than asked for
    return now + wait + std::chrono::seconds(static_cast<std::int64_t>(late));
}

std::optional<std::chrono::seconds> retry_after(std::string_view header) {
    std::int64_t seconds = 0;
    auto const [end, error] = std::from_chars(header.data(), header.data() + header.size(), seconds);
    if (error != std::errc() || end != header.data() + header.size() || seconds < 0)
        return std::nullopt;
    return std::chrono::seconds(seconds);
}

} // namespace kogge::calendar::foreign
