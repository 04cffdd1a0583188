// SPDX-License-Identifier: EUPL-1.2
#pragma once
// What a handler sees and returns. Plain values: no socket, no Beast, no thread.

#include <any>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::host::http {

struct CachedBody;    // cache.hpp
class Subscription;   // events.hpp

/// Names and values in the order they came; a name may occur more than once.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// One complete request. Everything is decoded and checked before a handler sees it.
struct Request {
    std::string method;            // "GET", "PROPFIND" …
    std::string target;            // origin-form as sent: "/feeds/a%20b?x=1"; the cache key
    std::string path;              // percent-decoded UTF-8, no query, no dot segments, no encoded slash
    Fields      query_fields;      // decoded, '+' is a space
    Fields      headers;
    std::string body;
    Fields      params;            // from the route pattern
    std::string remote;            // numeric address of the peer
    std::any    identity;          // whatever the authorise hook found out about the caller

    /// First value of a header; the name is compared without case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// First value of a query field.
    [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const;
    /// Value of `{name}` in the route pattern, empty when the pattern has none.
    [[nodiscard]] std::string_view param(std::string_view name) const;
};

/// One answer. Exactly one of `body`, `cached`, `stream` carries the content.
///
/// Caching is opt-in: name what the answer depends on (`visit:42`), or set `cacheable`. The cache key is the target alone, so
/// opt in only when every caller the authorise hook lets through gets the same bytes. Only a 200 to GET without Set-Cookie
/// and without `Cache-Control: no-store` is kept.
///
/// Content-Length, Transfer-Encoding, Connection and Date belong to the server and are ignored here.
struct Response {
    int                               status = 200;
    Fields                            headers;
    std::string                       body;
    std::shared_ptr<CachedBody const> cached;
    std::shared_ptr<Subscription>     stream;
    std::vector<std::string>          depends_on;
    bool                              cacheable = false;

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// Replaces the first header of that name or adds it. Returns *this, to chain.
    Response& set(std::string_view name, std::string_view value);

    [[nodiscard]] static Response text(int status, std::string body, std::string_view type = "text/plain; charset=utf-8");
    [[nodiscard]] static Response json(int status, std::string text);
    /// Server-sent events; the connection lives as long as the subscription.
    [[nodiscard]] static Response events(std::shared_ptr<Subscription> subscription);
};

/// RFC 9457. `extra` is JSON text of further members, such as `"field":"email"`; empty for none.
[[nodiscard]] Response problem(int status, std::string_view title, std::string_view detail, std::string_view extra = {});

/// Fills target, path and query_fields from a request target in origin- or absolute-form.
/// Returns what is wrong with it, or nothing.
[[nodiscard]] std::optional<std::string> parse_target(std::string_view target, Request& into);

[[nodiscard]] std::optional<std::string_view> find_field(Fields const&, std::string_view name);
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);   // ASCII, without case
[[nodiscard]] bool is_utf8(std::string_view);
/// A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_quote(std::string_view);

}  // namespace kogge::host::http
