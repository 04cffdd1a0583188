// SPDX-License-Identifier: EUPL-1.2
// A request on its way to a plugin's handler and the answer on its way back.
#pragma once

#include "api/openapi.hpp"
#include "http/message.hpp"
#include "plugins/ground.hpp"

#include <string>

namespace kogge::host {
class House;
}

namespace kogge::host::api {

/// One method of a plugin's route.
struct PluginRoute {
    plugins::RouteHandler run;
    std::string method; // HEAD reaches a handler of GET as GET
    DeclaredRoute declared;
    std::string needs;
    bool basic = false; // callers may sign in by HTTP Basic
};

/// Bytes are kept only when the address alone decides them: on a calendar link (its token fixes the language), or when it
/// names ?lang= and verifies no password. What answered to the right `care` goes to the access log.
http::Response ask_plugin(House& house, PluginRoute const& route, http::Request const& request);

} // namespace kogge::host::api
