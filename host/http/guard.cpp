// SPDX-License-Identifier: EUPL-1.2
#include "http/guard.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kogge::host::http {
namespace {

constexpr std::array<std::string_view, 18> known_methods{"GET",  "HEAD", "POST", "PUT",  "PATCH", "DELETE", "OPTIONS", "PROPFIND", "PROPPATCH",
                                                         "MKCOL", "MKCALENDAR", "REPORT", "COPY", "MOVE", "LOCK", "UNLOCK", "ACL", "SEARCH"};

struct Counted {
    std::size_t      times = 0;
    std::string_view value;
};

Counted count(Fields const& headers, std::string_view name) {
    Counted found;
    for (auto const& [key, value] : headers) {
        if (!same_name(key, name)) continue;
        ++found.times;
        found.value = value;
    }
    return found;
}

std::optional<Refusal> check_host(Request const& request, unsigned version) {
    auto const host = count(request.headers, "Host");
    if (host.times == 0) return version >= 11 ? std::optional<Refusal>{{400, "the Host header is missing"}} : std::nullopt;
    if (host.times > 1) return Refusal{400, "there is more than one Host header"};
    static constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~:[]";
    if (host.value.empty() || host.value.find_first_not_of(allowed) != host.value.npos) return Refusal{400, "the Host header is malformed"};
    return std::nullopt;
}

std::optional<Refusal> check_body(Request const& request, unsigned version, Framing& into) {
    auto const length = count(request.headers, "Content-Length");
    auto const coding = count(request.headers, "Transfer-Encoding");
    if (length.times > 0 && coding.times > 0) return Refusal{400, "Content-Length and Transfer-Encoding together"};
    if (length.times > 1) return Refusal{400, "there is more than one Content-Length"};
    if (coding.times > 1) return Refusal{400, "there is more than one Transfer-Encoding"};
    if (coding.times == 1) {
        if (version < 11) return Refusal{400, "Transfer-Encoding in HTTP/1.0"};
        if (!same_name(coding.value, "chunked")) return Refusal{501, "the only Transfer-Encoding understood is chunked"};
        into.chunked = true;
    }
    if (length.times == 1) {
        auto const* end = length.value.data() + length.value.size();
        auto const [stop, error] = std::from_chars(length.value.data(), end, into.length);
        if (error != std::errc{} || stop != end) return Refusal{400, "Content-Length is not one decimal number"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> HeadScanner::end_line(std::string_view line) {
    if (line.size() < 2 || line[line.size() - 2] != '\r') return Refusal{400, "a line ends in a bare LF"};
    auto const text = line.substr(0, line.size() - 2);
    if (text.find('\r') != text.npos) return Refusal{400, "there is a bare CR in the head"};
    if (text.find('\0') != text.npos) return Refusal{400, "there is a NUL in the head"};
    if (line_ > 0 && (text.starts_with(' ') || text.starts_with('\t'))) return Refusal{400, "folded header lines are not allowed"};
    if (line_ == 0 && text.size() > max_target_) return Refusal{414, "the request line is longer than " + std::to_string(max_target_) + " bytes"};
    return std::nullopt;
}

std::optional<Refusal> HeadScanner::scan(std::string_view bytes) {
    auto const too_long = Refusal{431, "the head is longer than " + std::to_string(max_head_) + " bytes"};
    while (size_ == 0) {
        auto const lf = bytes.find('\n', seen_);
        auto const end = lf == bytes.npos ? bytes.size() : lf + 1;
        if (line_ == 0 && end > max_target_ + 2) return Refusal{414, "the request line is longer than " + std::to_string(max_target_) + " bytes"};
        if (end > max_head_) return too_long;
        seen_ = end;
        if (lf == bytes.npos) return std::nullopt;
        auto const line = bytes.substr(line_, end - line_);
        if (auto refusal = end_line(line)) return refusal;
        if (line.size() == 2) size_ = end;
        line_ = end;
    }
    return std::nullopt;
}

std::optional<Refusal> check_head(Request const& request, unsigned version, Framing& into) {
    if (std::find(known_methods.begin(), known_methods.end(), request.method) == known_methods.end())
        return Refusal{501, "method " + request.method + " is not known here"};
    if (auto refusal = check_host(request, version)) return refusal;
    if (auto refusal = check_body(request, version, into)) return refusal;
    auto const expect = count(request.headers, "Expect");
    if (expect.times == 0) return std::nullopt;
    if (!same_name(expect.value, "100-continue")) return Refusal{417, "the only expectation understood is 100-continue"};
    into.expects_continue = version >= 11;
    return std::nullopt;
}

}  // namespace kogge::host::http
