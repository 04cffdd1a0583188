// SPDX-License-Identifier: EUPL-1.2
// The feeds of a running house: their routes, the texts of whoever translates, and the change log.
#pragma once

#include "feed/feed.hpp"

#include <kogge/host.hpp>

#include <optional>

namespace kogge::calendar {

/// Texts of the translation plugin; as they are where there is none, or none of them.
Translate translation_of(Host& host);

/// Lives as long as the plugin; `picture` is followed by whoever owns it.
class FeedService {
  public:
    FeedService(Host& host, Picture& picture) : host_(host), picture_(picture) {}
    /// In start().
    void add_routes();

  private:
    void read_history();

    Host& host_;
    Picture& picture_;
    Chronicle chronicle_{[this](json::object const& query) { return host_.log_entries(query); }};
    std::optional<Feeds> feeds_;
};

} // namespace kogge::calendar
