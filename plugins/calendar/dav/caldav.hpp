// SPDX-License-Identifier: EUPL-1.2
// The CalDAV server in the plugin: its entities, what it follows, and its route.
#pragma once

#include "dav/projected.hpp"
#include "dav/server.hpp"
#include "dav/shelf.hpp"
#include "dav/stored.hpp"
#include "feed/service.hpp"
#include "world/picture.hpp"

#include <kogge/host.hpp>

#include <optional>

namespace kogge::calendar::dav {

class CalDav {
  public:
    CalDav(Host& host, Picture const& picture, Translate translate) : host_(host), picture_(picture), translate_(std::move(translate)) {}
    /// From start().
    void start();

  private:
    Result<Response> handle(Request const& request);
    bool mail(Principal const& who, std::string const& address, Message const& message);

    Host& host_;
    Picture const& picture_;
    Translate translate_;
    Shelf shelf_{[this](json::object const& query) { return host_.log_entries(query); }};
    Calendars calendars_{shelf_, [this](ChangeSet const& changes) { return host_.apply(changes); }, [this] { return host_.now(); }};
    std::optional<Projections> projections_;
    std::optional<Server> server_;
};

} // namespace kogge::calendar::dav
