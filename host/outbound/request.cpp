// SPDX-License-Identifier: EUPL-1.2
#include "outbound/request.hpp"

#include <kogge/json.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <set>

namespace kogge::host::outbound {

namespace {

constexpr std::size_t longest_url = 4096;

struct Closing {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(char* text) const { curl_free(text); }
};
using Parts = std::unique_ptr<CURLU, Closing>;

std::string part(Parts const& parts, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(parts.get(), which, &text, flags) != CURLUE_OK)
        return {};
    std::unique_ptr<char, Closing> const owned(text);
    return text;
}

/// RFC 9110 §5.6.2
bool is_token(std::string_view text) {
    constexpr std::string_view also = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || also.find(c) != also.npos;
    });
}
bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

using Headers = std::map<std::string, std::string>;

/// As abi.h spells it.
struct Wish {
    std::string url;
    std::string method = "GET";
    Headers headers;
    std::string body, user, password;
    std::optional<std::int64_t> max_bytes, timeout_s;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (url, method, headers, body, user, password, max_bytes, timeout_s))

Result<void> check_method(std::string const& method) {
    static std::set<std::string> const known{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "REPORT", "PROPPATCH", "MKCALENDAR", "MKCOL"};
    if (!known.contains(method))
        return invalid("'" + method.substr(0, 40) + "' is not a method that is sent out; use GET, PROPFIND, REPORT …", "/method");
    return boost::outcome_v2::success();
}

Result<void> check_headers(Headers const& headers) {
    static std::set<std::string> const ours{"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "expect", "upgrade"};
    for (auto const& [name, value] : headers) {
        auto lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
        if (!is_token(name) || has_control(value))
            return invalid("'" + name.substr(0, 40) + "' is not a header that can be sent", "/headers");
        if (ours.contains(lower))
            return invalid("the header " + name + " is set by the daemon itself", "/headers");
    }
    return boost::outcome_v2::success();
}

} // namespace

Result<Url> parse_url(std::string_view text, Url const* from) {
    auto const refuse = [](std::string why) { return invalid(std::move(why), "/url"); };
    if (text.size() > longest_url)
        return refuse("the address is longer than 4096 characters");
    if (has_control(text) || text.find(' ') != text.npos)
        return refuse("the address has a blank or a control character in it");
    if (from && std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x7e; }))
        return refuse("the address is not ASCII (RFC 3986)"); // it may be in any charset
    Parts const parts(curl_url());
    std::string const whole(text);
    if (from)
        curl_url_set(parts.get(), CURLUPART_URL, from->text.c_str(), 0);
    if (auto const code = curl_url_set(parts.get(), CURLUPART_URL, whole.c_str(), CURLU_NON_SUPPORT_SCHEME); code != CURLUE_OK)
        return refuse(std::string("this is no address of the web (").append(curl_url_strerror(code)).append("); it begins with https://"));
    Url out{{}, part(parts, CURLUPART_SCHEME), part(parts, CURLUPART_HOST), part(parts, CURLUPART_PORT, CURLU_DEFAULT_PORT)};
    if (out.scheme != "http" && out.scheme != "https")
        return refuse("'" + out.scheme + "' addresses are not fetched, only https and http");
    if (!part(parts, CURLUPART_USER).empty() || !part(parts, CURLUPART_PASSWORD).empty())
        return refuse("name and password do not belong into the address; they have fields of their own");
    if (out.host.empty())
        return refuse("the address names no host");
    std::transform(out.host.begin(), out.host.end(), out.host.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    curl_url_set(parts.get(), CURLUPART_FRAGMENT, nullptr, 0);
    out.text = part(parts, CURLUPART_URL);
    return out;
}

Result<Request> read_request(boost::json::object const& document, Limits const& limits) {
    if (auto const name = unknown_member<Wish>(document))
        return invalid("a fetch has no member '" + name->substr(0, 80) + "'", "/" + *name);
    KOGGE_TRY(auto wish, from_json<Wish>(document));
    KOGGE_TRY(auto url, parse_url(wish.url));
    KOGGE_TRY(check_method(wish.method));
    KOGGE_TRY(check_headers(wish.headers));
    if (has_control(wish.user) || has_control(wish.password) || wish.user.find(':') != std::string::npos)
        return invalid("name and password are one line each, the name without a colon (RFC 7617)", "/user");
    if (wish.max_bytes.value_or(1) <= 0 || wish.timeout_s.value_or(1) <= 0)
        return invalid("max_bytes and timeout_s are above 0", wish.max_bytes.value_or(1) <= 0 ? "/max_bytes" : "/timeout_s");
    Request out{std::move(url), std::move(wish.method), {}, std::move(wish.body), std::move(wish.user), std::move(wish.password), {}, {}};
    out.headers.assign(wish.headers.begin(), wish.headers.end());
    out.max_bytes = std::min(std::uint64_t(wish.max_bytes.value_or(INT64_MAX)), std::uint64_t(limits.max_bytes));
    out.timeout = std::min<std::chrono::seconds>(std::chrono::seconds(std::min<std::int64_t>(wish.timeout_s.value_or(86400), 86400)), limits.timeout);
    return out;
}

} // namespace kogge::host::outbound
