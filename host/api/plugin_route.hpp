// SPDX-License-Identifier: EUPL-1.2
// A request on its way to a plugin's handler and the answer on its way back.
#pragma once

#include "http/message.hpp"
#include "plugins/ground.hpp"

namespace kogge::host::api {

/// `feed`: the route needs a calendar link. Bytes are kept only when the address alone decides them: on a calendar link
/// (its token fixes the language), or when it names ?lang=.
http::Response ask_plugin(plugins::RouteHandler const& run, http::Request const& request, bool feed);

} // namespace kogge::host::api
