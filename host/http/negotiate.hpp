// SPDX-License-Identifier: EUPL-1.2
#pragma once
// What the client already has and what it can read: conditional requests (RFC 9110 §13) and gzip.

#include "http/message.hpp"

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace kogge::host::http {

/// Accept-Encoding allows gzip (also by `*`, not with q=0).
[[nodiscard]] bool accepts_gzip(Request const&);

/// True when a GET or HEAD may be answered by 304: If-None-Match by weak comparison, lists and `*`;
/// If-Modified-Since only when there is no If-None-Match.
[[nodiscard]] bool not_modified(Request const&, std::string_view etag, std::optional<std::time_t> last_modified);

/// Text, JSON, XML, calendars, scripts, SVG: worth compressing.
[[nodiscard]] bool compressible(std::string_view content_type);
/// `kept`: for bytes that are sent many times; `once` costs a third of that and packs a tenth less.
enum class Effort { kept, once };
[[nodiscard]] std::string gzip(std::string_view, Effort = Effort::kept);

/// Bodies up to this size go out as they are.
inline constexpr std::size_t gzip_threshold = 1024;

}  // namespace kogge::host::http
