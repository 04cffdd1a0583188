// SPDX-License-Identifier: EUPL-1.2
// All feeds: each kept as a sheet as long as there is room.
#pragma once

#include "feed/sheet.hpp"

#include <list>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace kogge::calendar {

class Feeds {
  public:
    Feeds(Picture const& picture, Chronicle& chronicle, Translate translate, Settings settings, Reader reader = read_calendar)
        : picture_(picture), chronicle_(chronicle), translate_(std::move(translate)), settings_(std::move(settings)),
          drawings_(picture, settings_.link, settings_.self_check, std::size_t(settings_.cache_mb) << 20, std::move(reader)) {}
    Feeds(Feeds const&) = delete;

    /// not_found when whoever it is for is not there.
    Result<Feed> render(FeedSpec const& spec, Instant now);

    /// Events drawn since the beginning: what is kept is not drawn again.
    std::size_t drawn() const { return drawings_.drawn(); }

  private:
    Sheet& sheet_of(Audience audience);

    Picture const& picture_;
    Chronicle& chronicle_;
    Translate translate_;
    Settings settings_;
    Drawings drawings_;
    std::map<FeedSpec, std::unique_ptr<Sheet>> sheets_;
    std::map<FeedSpec, std::shared_ptr<Attendance>> attendances_;
    std::size_t kept_ = 0; // cost of the sheets
};

} // namespace kogge::calendar
