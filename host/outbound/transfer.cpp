// SPDX-License-Identifier: EUPL-1.2
#include "outbound/transfer.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cstdio>

namespace kogge::host::outbound {

namespace {

constexpr std::size_t most_header_bytes = 64 * 1024;
constexpr long to_connect_ms = 10'000;

std::string_view trimmed(std::string_view text) {
    auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return out;
}

std::string size_text(std::size_t bytes) {
    char out[32];
    std::snprintf(out, sizeof out, bytes < (1U << 20U) ? "%.0f KiB" : "%.0f MiB", double(bytes) / (bytes < (1U << 20U) ? 1024.0 : 1048576.0));
    return out;
}

} // namespace

Transfer::Transfer(Request request, Fetcher::Done done, AddressRules const& rules, int redirects)
    : request_(std::move(request)), done_(std::move(done)), rules_(rules), redirects_left_(redirects),
      deadline_(std::chrono::steady_clock::now() + request_.timeout), easy_(curl_easy_init()) {
    if (!easy_)
        throw std::bad_alloc();
}

bool Transfer::prepare() {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now()).count();
    if (left <= 0) {
        settle(failure(CURLE_OPERATION_TIMEDOUT));
        return false;
    }
    answer_ = {};
    answer_.url = request_.url.text;
    header_bytes_ = 0;
    refused_.reset();
    auto* const easy = easy_.get();
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_URL, request_.url.text.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // no waiting for a name server when the daemon stops
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, long(left));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, std::min(long(left), to_connect_ms));
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Kogge");
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    bool const sends_body = !request_.body.empty() || request_.method == "PUT" || request_.method == "POST";
    if (request_.method == "HEAD")
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (sends_body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request_.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method == "HEAD" ? nullptr : request_.method.c_str());
    curl_slist* list = nullptr;
    bool has_type = false;
    for (auto const& [name, value] : request_.headers) {
        has_type = has_type || lower(name) == "content-type";
        auto const line = value.empty() ? name + ";" : name + ": " + value;
        list = curl_slist_append(list, line.c_str());
    }
    if (sends_body && !has_type)
        list = curl_slist_append(list, "Content-Type:"); // not the form that libcurl takes every body for
    list = curl_slist_append(list, "Expect:");
    headers_.reset(list);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
    if (!request_.user.empty()) {
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, long(CURLAUTH_BASIC | CURLAUTH_DIGEST));
        curl_easy_setopt(easy, CURLOPT_USERNAME, request_.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, request_.password.c_str());
    }
    return true;
}

curl_socket_t Transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    auto const ip = address_of(&address->addr);
    auto refused = ip ? transfer.rules_.refusal(*ip) : std::optional<std::string>("it has no IP address");
    if (refused) {
        transfer.refused_ = std::move(refused);
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    auto const bytes = size * count;
    if (transfer.answer_.body.size() + bytes > transfer.request_.max_bytes) {
        transfer.too_large_ = true;
        return 0;
    }
    transfer.answer_.body.append(data, bytes);
    return bytes;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    auto const bytes = size * count;
    transfer.header_bytes_ += bytes;
    if (transfer.header_bytes_ > most_header_bytes) {
        transfer.too_large_ = true;
        return 0;
    }
    transfer.add_header({data, bytes});
    return bytes;
}

void Transfer::add_header(std::string_view line) {
    if (line.starts_with("HTTP/")) { // a new response: what was before was a 100 or a challenge
        answer_.headers.clear();
        answer_.body.clear();
        return;
    }
    auto const colon = line.find(':');
    if (colon == line.npos)
        return;
    auto const value = trimmed(line.substr(colon + 1));
    auto const [entry, fresh] = answer_.headers.emplace(lower(trimmed(line.substr(0, colon))), value);
    if (!fresh)
        entry->second.append(", ").append(value);
}

bool Transfer::finished(CURLcode code) {
    if (code != CURLE_OK) {
        settle(failure(code));
        return false;
    }
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    bool const sends_on = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    auto const location = answer_.headers.find("location"); // libcurl's own reading of it carries name and password along
    if (!sends_on || location == answer_.headers.end()) {
        answer_.status = int(status);
        answer_.moved = std::move(moved_);
        settle(std::move(answer_));
        return false;
    }
    auto const followed = follow(location->second, status);
    if (!followed)
        settle(followed.error());
    return followed.has_value();
}

/// RFC 9110 §15.4: 303 asks with GET; so does what answers a POST with 301 or 302, as everybody does. Secrets stay where
/// they were meant for.
Result<void> Transfer::follow(std::string const& location, long status) {
    auto const& from = request_.url;
    auto const deny = [&](std::string const& why) { return Error{ErrorCode::denied, from.host + " sends on to " + why, {}}; };
    if (redirects_left_-- <= 0)
        return deny("one more address, after too many already");
    auto to = parse_url(location, &from);
    if (!to)
        return deny("an address that is not followed: " + to.error().message);
    if (from.scheme == "https" && to.value().scheme == "http")
        return deny("an address without encryption (http), which is not followed");
    if (!from.same_origin(to.value())) {
        request_.user.clear();
        request_.password.clear();
        std::erase_if(request_.headers, [](auto const& header) {
            auto const name = lower(header.first);
            return name == "authorization" || name == "cookie";
        });
    }
    if ((status == 303 && request_.method != "HEAD") || (status <= 302 && request_.method == "POST")) {
        request_.method = "GET";
        request_.body.clear();
    }
    request_.url = std::move(to).value();
    for_good_ = for_good_ && (status == 301 || status == 308);
    if (for_good_)
        moved_ = request_.url.text;
    return boost::outcome_v2::success();
}

Error Transfer::failure(CURLcode code) const {
    auto const& host = request_.url.host;
    if (too_large_)
        return {ErrorCode::refused, "what " + host + " answers is larger than " + size_text(request_.max_bytes), {}};
    if (refused_ && (code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT))
        return {ErrorCode::denied, host + " is not reached: " + *refused_ + "; the operator may allow it in [outbound] allow_private", {}};
    if (code == CURLE_OPERATION_TIMEDOUT)
        return {ErrorCode::timeout, host + " did not answer in time (" + std::to_string(request_.timeout.count() / 1000) + " s)", {}};
    return {ErrorCode::failed, host + " cannot be asked: " + curl_easy_strerror(code), {}};
}

} // namespace kogge::host::outbound
