// SPDX-License-Identifier: EUPL-1.2
#pragma once
// What a careful server refuses before anybody looks at the request. Beast parses, but takes an unknown Transfer-Encoding as
// "no body" (smuggling), a missing or doubled Host and `Content-Length: 5, 5`; the rules here close that.

#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kogge::host::http {

struct Refusal {
    int         status = 400;
    std::string detail;
};

/// Finds the end of a request head in bytes that arrive piece by piece; looks at each byte once.
class HeadScanner {
public:
    HeadScanner(std::size_t max_target, std::size_t max_head) : max_target_(max_target), max_head_(max_head) {}

    /// `bytes` is everything received so far of this request. Refuses bare CR or LF, NUL, folded lines, and heads that are too long.
    [[nodiscard]] std::optional<Refusal> scan(std::string_view bytes);
    /// Bytes of the complete head with its blank line; 0 while incomplete.
    [[nodiscard]] std::size_t size() const { return size_; }

private:
    [[nodiscard]] std::optional<Refusal> end_line(std::string_view line);

    std::size_t max_target_, max_head_, seen_ = 0, line_ = 0, size_ = 0;
};

/// How the body comes, after check_head has agreed.
struct Framing {
    std::uint64_t length = 0;
    bool          chunked = false;
    bool          expects_continue = false;

    [[nodiscard]] bool has_body() const { return chunked || length > 0; }
};

/// Method, Host, Content-Length, Transfer-Encoding, Expect. `version` is 10 or 11.
[[nodiscard]] std::optional<Refusal> check_head(Request const&, unsigned version, Framing& into);

}  // namespace kogge::host::http
