// SPDX-License-Identifier: EUPL-1.2
// The daemon's log: one line per event on standard error, for people or as JSON. What goes in must carry no token, no
// request path and no care data.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kogge::host {

/// `level` as in abi.h: KG_LOG_DEBUG … KG_LOG_ERROR. Any thread.
using LogSink = std::function<void(int level, std::string_view part, std::string_view message)>;

/// `level` and `format` as in kogge.toml's [log].
LogSink standard_error_log(std::string const& level, std::string const& format);

} // namespace kogge::host
