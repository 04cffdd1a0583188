// SPDX-License-Identifier: EUPL-1.2
// Outbound HTTP as a plugin asks for it (abi.h, kogge.fetch/1). The operator's rules hold: http and https only, no private
// address unless allowed, bounded size, time and redirects. Nothing here is logged but the host's name.
#pragma once

#include <kogge/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kogge {

struct Fetch {
    std::string url; // without name and password: those have members of their own
    std::string method = "GET";
    std::map<std::string, std::string> headers = {};
    std::string body = {};
    std::string user = {}, password = {}; // sent to the host of `url` only, never after a redirect to another
    std::optional<std::int64_t> max_bytes = {}; // of the decoded body; at most, and without a wish, the operator's [outbound] max_mb
    std::optional<int> timeout_s = {};          // of everything, redirects included; at most, and without a wish, the operator's
};

/// What came back: any status, redirects followed.
struct Fetched {
    int status = 0;
    std::string url;                            // the address asked last
    std::map<std::string, std::string> headers; // names in lower case, values of a repeated name joined with ", "
    std::string body;                           // decoded
    std::optional<std::string> moved = {};      // where permanent redirects (301, 308) from the start on led: ask there next time

    std::optional<std::string> header(std::string_view name) const {
        auto const found = headers.find(std::string(name));
        return found == headers.end() ? std::nullopt : std::optional(found->second);
    }
};

namespace detail {

inline json::object fetch_document(Fetch const& wish) {
    json::object out{{"url", wish.url}, {"method", wish.method}};
    if (!wish.headers.empty()) {
        json::object headers;
        for (auto const& [name, value] : wish.headers)
            headers[name] = value;
        out["headers"] = std::move(headers);
    }
    if (!wish.body.empty())
        out["body"] = wish.body;
    if (!wish.user.empty())
        out["user"] = wish.user, out["password"] = wish.password;
    if (wish.max_bytes)
        out["max_bytes"] = *wish.max_bytes;
    if (wish.timeout_s)
        out["timeout_s"] = *wish.timeout_s;
    return out;
}

inline ErrorCode fetch_error_of(std::string_view code) {
    return code == "denied" ? ErrorCode::denied : code == "too_large" ? ErrorCode::refused : code == "timeout" ? ErrorCode::timeout : code == "invalid" ? ErrorCode::invalid : ErrorCode::failed;
}

/// `answer` as in kg_fetched_fn.
inline Result<Fetched> fetched_of(json::object const& answer, std::string_view body) {
    auto const text = [&](std::string_view name) {
        auto const* value = answer.if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    if (answer.contains("error"))
        return Error{fetch_error_of(text("code")), text("error"), {}};
    Fetched out{answer.at("status").to_number<int>(), text("url"), {}, std::string(body)};
    if (answer.contains("moved"))
        out.moved = text("moved");
    for (auto const& [name, value] : answer.at("headers").as_object())
        out.headers[std::string(name)] = std::string(value.as_string());
    return out;
}

} // namespace detail

} // namespace kogge
