// SPDX-License-Identifier: EUPL-1.2
#include "feed/feed.hpp"

namespace kogge::calendar {

namespace {

/// Languages, levels and alarms of one calendar share who has seen what.
FeedSpec without_taste(FeedSpec spec) { return {spec.scope, std::move(spec.visit), std::move(spec.id), {}, {}, {}}; }

} // namespace

Sheet& Feeds::sheet_of(Audience audience) {
    auto const& spec = audience.spec();
    auto& attendance = attendances_[without_taste(spec)];
    if (!attendance)
        attendance = std::make_shared<Attendance>(without_taste(spec));
    attendance->catch_up(chronicle_);
    auto& sheet = sheets_[spec];
    if (!sheet)
        sheet = std::make_unique<Sheet>(Workshop{picture_, chronicle_, drawings_, translate_, settings_}, std::move(audience), attendance);
    return *sheet;
}

Result<Feed> Feeds::render(FeedSpec const& spec, Instant now) {
    KOGGE_TRY(auto audience, Audience::of(picture_, spec));
    KOGGE_TRY(chronicle_.catch_up());
    // All go at once: which of them is asked for next nobody knows, and each comes back by itself.
    if (drawings_.overflowed() || kept_ > 2 * (std::size_t(settings_.cache_mb) << 20)) {
        sheets_.clear();
        kept_ = 0;
    }
    auto& sheet = sheet_of(std::move(audience));
    auto const before = sheet.cost();
    auto feed = sheet.render(now);
    kept_ += sheet.cost() - before;
    return feed;
}

} // namespace kogge::calendar
