// SPDX-License-Identifier: EUPL-1.2
// What systemd wants to know of a service of Type=notify (sd_notify(3)); nothing happens when nobody asked.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace kogge::host {

/// Sends `state` ("READY=1") to $NOTIFY_SOCKET.
void notify_systemd(std::string_view state);
/// How often WATCHDOG=1 has to come: half of $WATCHDOG_USEC, when the watchdog is meant for this process.
std::optional<std::chrono::microseconds> watchdog_interval();

} // namespace kogge::host
