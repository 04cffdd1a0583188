// SPDX-License-Identifier: EUPL-1.2
// What the handlers of the API share: who asks, in which language, and how Results become responses.
#pragma once

#include "http/message.hpp"
#include "identity/identity.hpp"

#include <kogge/result.hpp>

#include <boost/json/value.hpp>

#include <span>
#include <string>
#include <string_view>

namespace kogge::host::api {

/// The caller the authorise hook found; an empty one on public routes.
Caller const& caller_of(http::Request const& request);

bool is_spoken(std::string_view language); // nl, de, en
/// ?lang=, else the caller's language, else the first of Accept-Language that we speak, else en.
std::string language_of(http::Request const& request);

http::Response answer(json::value const& document, int status = 200);
/// RFC 9457, with `field` where one is to blame.
http::Response problem(Error const& error);
int http_status(ErrorCode code);

/// The body as a JSON object; the error names what is wrong with it.
Result<json::object> body_object(http::Request const& request);

/// A whole number in the query; `otherwise` when absent, an error naming it when it is no number or outside the bounds.
Result<std::int64_t> query_number(http::Request const& request, std::string_view name, std::int64_t otherwise, std::int64_t least, std::int64_t most);
/// An error names a member of the query that is none of `names` (lang is always one): a misspelt filter is not a filter.
Result<void> known_query(http::Request const& request, std::span<std::string const> names);
/// ?lang= must be a language that is spoken here.
Result<void> spoken_query(http::Request const& request);
bool query_flag(http::Request const& request, std::string_view name);

} // namespace kogge::host::api
