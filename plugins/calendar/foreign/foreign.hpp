// SPDX-License-Identifier: EUPL-1.2
// Calendars that people have elsewhere: subscriptions by address or CalDAV account, uploaded files, and what of them becomes
// busy time. Where this part of calendar meets the host.
#pragma once

#include <kogge/host.hpp>

#include <memory>

namespace kogge::calendar::foreign {

class Foreign {
  public:
    explicit Foreign(Host& host);
    ~Foreign();
    /// From the plugin's start(): entities, routes and the job.
    void start();

  private:
    struct Inside;
    Host& host_;
    std::unique_ptr<Inside> inside_;
};

} // namespace kogge::calendar::foreign
