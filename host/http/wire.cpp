// SPDX-License-Identifier: EUPL-1.2
#include "http/wire.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace kogge::host::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 39> reasons{{
    {100, "Continue"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {204, "No Content"}, {207, "Multi-Status"},
    {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"}, {307, "Temporary Redirect"},
    {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
    {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"},
    {411, "Length Required"}, {412, "Precondition Failed"}, {413, "Content Too Large"}, {414, "URI Too Long"},
    {415, "Unsupported Media Type"}, {417, "Expectation Failed"}, {422, "Unprocessable Content"}, {423, "Locked"},
    {424, "Failed Dependency"}, {428, "Precondition Required"}, {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"}, {501, "Not Implemented"},
    {502, "Bad Gateway"}, {503, "Service Unavailable"}, {505, "HTTP Version Not Supported"}, {507, "Insufficient Storage"},
}};

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

bool is_token(std::string_view name) {
    static constexpr std::string_view extra = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || extra.find(c) != extra.npos;
    });
}

bool is_value(std::string_view value) {
    return std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool belongs_to_server(std::string_view name) {
    static constexpr std::array<std::string_view, 5> names{"Content-Length", "Transfer-Encoding", "Connection", "Date", "Keep-Alive"};
    return std::any_of(names.begin(), names.end(), [&](auto own) { return same_name(own, name); });
}

void append(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view reason(int status) {
    for (auto const& [code, text] : reasons)
        if (code == status) return text;
    return status < 400 ? "OK" : "Error";
}

std::string serialize_head(Response const& response, std::optional<std::size_t> content_length) {
    if (response.status < 200 || response.status > 599)
        throw std::invalid_argument("a response cannot have status " + std::to_string(response.status));
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + ' ';
    out.append(reason(response.status)).append("\r\n");
    for (auto const& [name, value] : response.headers) {
        if (!is_token(name) || !is_value(value)) throw std::invalid_argument("response header " + json_quote(name) + " is malformed");
        if (!belongs_to_server(name)) append(out, name, value);
    }
    if (!response.header("Cache-Control")) append(out, "Cache-Control", "no-store");
    if (!response.header("X-Content-Type-Options")) append(out, "X-Content-Type-Options", "nosniff");
    bool const may_have_length = response.status != 204 && response.status != 304;
    if (content_length && may_have_length) append(out, "Content-Length", std::to_string(*content_length));
    return out;
}

std::string http_date(std::time_t time) {
    std::tm tm{};
    gmtime_r(&time, &tm);
    std::array<char, 40> text{};
    auto const n = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", days[static_cast<std::size_t>(tm.tm_wday)].data(),
                                 tm.tm_mday, months[static_cast<std::size_t>(tm.tm_mon)].data(), tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
    return {text.data(), static_cast<std::size_t>(n)};
}

std::optional<std::time_t> parse_http_date(std::string_view text) {
    auto const month = text.size() == 29 ? std::find(months.begin(), months.end(), text.substr(8, 3)) : months.end();
    if (month == months.end()) return std::nullopt;
    auto const number = [&](std::size_t at, std::size_t width) {
        int value = 0;
        for (auto const c : text.substr(at, width)) value = c >= '0' && c <= '9' && value >= 0 ? value * 10 + (c - '0') : -1;
        return value;
    };
    std::tm tm{};
    tm.tm_mday = number(5, 2);
    tm.tm_mon = static_cast<int>(month - months.begin());
    tm.tm_year = number(12, 4) - 1900;
    tm.tm_hour = number(17, 2);
    tm.tm_min = number(20, 2);
    tm.tm_sec = number(23, 2);
    auto const time = timegm(&tm);
    return http_date(time) == text ? std::optional{time} : std::nullopt;   // refuses 31 February, wrong weekdays and the like
}

std::string_view date_line() {
    thread_local std::time_t made = 0;
    thread_local std::string line;
    if (auto const now = std::time(nullptr); now != made) {
        made = now;
        line = "Date: " + http_date(now) + "\r\n";
    }
    return line;
}

}  // namespace kogge::host::http
