// SPDX-License-Identifier: EUPL-1.2
// The gate in front of every route: who is this, and may they. Default deny.
#pragma once

#include "http/dispatch.hpp"
#include "identity/identity.hpp"

#include <optional>

namespace kogge::host::api {

inline constexpr std::string_view session_cookie = "kogge_session";

/// Finds the caller (Authorization: Bearer, Basic where the route takes it, the session cookie, or the {token} of a feed), puts
/// it into the request, and refuses what the route's `needs` does not allow: 401 for nobody, 403 for somebody without the
/// right, 403 for a change by cookie without the CSRF token, 404 for a feed link that is wrong or revoked, 429 for a name
/// whose password was guessed too often.
std::optional<http::Response> authorise(Identity& identity, http::Request& request, http::Route const& route);

/// The value of a cookie, empty when the request has none of that name.
std::string_view cookie_of(http::Request const& request, std::string_view name);

} // namespace kogge::host::api
