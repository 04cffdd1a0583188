// SPDX-License-Identifier: EUPL-1.2
#pragma once
// A response as bytes: status line, headers, dates.

#include "http/message.hpp"

#include <cstddef>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace kogge::host::http {

[[nodiscard]] std::string_view reason(int status);

/// Status line and headers, without Date, Connection and the closing blank line, which change from answer to answer.
/// `content_length` is left out when absent. Throws std::invalid_argument on a header that would break the framing.
[[nodiscard]] std::string serialize_head(Response const&, std::optional<std::size_t> content_length);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string http_date(std::time_t);
/// Reads the preferred form only (RFC 9110 §5.6.7); anything else is no date.
[[nodiscard]] std::optional<std::time_t> parse_http_date(std::string_view);
/// "Date: …\r\n" for now, made once a second and thread. Valid until the thread's next call.
[[nodiscard]] std::string_view date_line();

}  // namespace kogge::host::http
