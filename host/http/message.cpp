// SPDX-License-Identifier: EUPL-1.2
#include "http/message.hpp"

#include "http/wire.hpp"

#include <algorithm>

namespace kogge::host::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    auto const l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/// Bytes of the well-formed UTF-8 sequence at the front (Unicode 15, table 3-7), 0 when there is none.
std::size_t utf8_length(std::string_view text) {
    auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    auto const tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    auto const first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        bool const overlong = first == 0xE0 && byte(1) < 0xA0;
        bool const surrogate = first == 0xED && byte(1) > 0x9F;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        bool const overlong = first == 0xF0 && byte(1) < 0x90;
        bool const beyond = first == 0xF4 && byte(1) > 0x8F;
        return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

/// Decodes %XX (and '+' in a query). Nothing when an escape is cut short or not hexadecimal.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            auto const high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool has_dot_segment(std::string_view path) {
    for (std::size_t begin = 0; begin <= path.size();) {
        auto const end = std::min(path.find('/', begin), path.size());
        auto const segment = path.substr(begin, end - begin);
        if (segment == "." || segment == "..") return true;
        begin = end + 1;
    }
    return false;
}

bool has_encoded_slash(std::string_view raw) {
    for (auto at = raw.find('%'); at != raw.npos; at = raw.find('%', at + 1))
        if (raw.size() > at + 2 && raw[at + 1] == '2' && lower(raw[at + 2]) == 'f') return true;
    return false;
}

std::optional<std::string> parse_path(std::string_view raw, std::string& into) {
    if (raw.empty() || raw.front() != '/') return "the target must begin with '/'";
    if (has_encoded_slash(raw)) return "an encoded slash (%2F) is not allowed in the path";
    auto decoded = percent_decode(raw, false);
    if (!decoded) return "the path has a bad percent escape";
    if (has_control(*decoded)) return "the path has a control character";
    if (!is_utf8(*decoded)) return "the path is not UTF-8";
    if (has_dot_segment(*decoded)) return "the path has a dot segment";
    into = std::move(*decoded);
    return std::nullopt;
}

std::optional<std::string> parse_query(std::string_view raw, Fields& into) {
    while (!raw.empty()) {
        auto const end = std::min(raw.find('&'), raw.size());
        auto const item = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (item.empty()) continue;
        auto const equals = item.find('=');
        auto name = percent_decode(item.substr(0, equals), true);
        auto value = percent_decode(equals == item.npos ? std::string_view{} : item.substr(equals + 1), true);
        if (!name || !value) return "the query has a bad percent escape";
        if (name->find('\0') != name->npos || value->find('\0') != value->npos) return "the query has a NUL";
        if (!is_utf8(*name) || !is_utf8(*value)) return "the query is not UTF-8";
        into.emplace_back(std::move(*name), std::move(*value));
    }
    return std::nullopt;
}

/// RFC 9112 §3.2.2: a server must accept "http://host/path"; the authority is dropped, Host has been checked apart.
std::string_view origin_form(std::string_view target) {
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (target.size() < scheme.size() || !same_name(target.substr(0, scheme.size()), scheme)) continue;
        auto const path = target.find('/', scheme.size());
        return path == target.npos ? "/" : target.substr(path);
    }
    return target;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> find_field(Fields const& fields, std::string_view name) {
    for (auto const& [key, value] : fields)
        if (same_name(key, name)) return value;
    return std::nullopt;
}

std::optional<std::string_view> Request::header(std::string_view name) const { return find_field(headers, name); }

std::optional<std::string_view> Request::query(std::string_view name) const {
    for (auto const& [key, value] : query_fields)
        if (key == name) return value;
    return std::nullopt;
}

std::string_view Request::param(std::string_view name) const {
    for (auto const& [key, value] : params)
        if (key == name) return value;
    return {};
}

std::optional<std::string_view> Response::header(std::string_view name) const { return find_field(headers, name); }

Response& Response::set(std::string_view name, std::string_view value) {
    for (auto& [key, old] : headers) {
        if (!same_name(key, name)) continue;
        old = value;
        return *this;
    }
    headers.emplace_back(name, value);
    return *this;
}

Response Response::text(int status, std::string body, std::string_view type) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.set("Content-Type", type);
    return response;
}

Response Response::json(int status, std::string text) { return Response::text(status, std::move(text), "application/json"); }

Response Response::events(std::shared_ptr<Subscription> subscription) {
    Response response;
    response.stream = std::move(subscription);
    response.set("Content-Type", "text/event-stream").set("Cache-Control", "no-store").set("X-Accel-Buffering", "no");
    return response;
}

Response problem(int status, std::string_view title, std::string_view detail, std::string_view extra) {
    if (title.empty()) title = reason(status);
    std::string text = R"({"type":"about:blank","title":)";
    text.append(json_quote(title)).append(R"(,"status":)").append(std::to_string(status));
    if (!detail.empty()) text.append(R"(,"detail":)").append(json_quote(detail));
    if (!extra.empty()) text.append(",").append(extra);
    text += "}\n";
    return Response::text(status, std::move(text), "application/problem+json");
}

std::optional<std::string> parse_target(std::string_view target, Request& into) {
    into.path.clear();
    into.query_fields.clear();
    if (target == "*" && into.method == "OPTIONS") {
        into.target.assign(1, '*');
        into.path = into.target;
        return std::nullopt;
    }
    target = origin_form(target);
    bool const printable = std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (!printable || target.find('#') != target.npos) return "the target has a character that must be percent-encoded";
    into.target = target;
    auto const question = std::min(target.find('?'), target.size());
    if (auto wrong = parse_path(target.substr(0, question), into.path)) return wrong;
    return parse_query(target.substr(std::min(question + 1, target.size())), into.query_fields);
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        auto const length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string json_quote(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    while (!text.empty()) {
        auto const length = utf8_length(text);
        auto const c = text.front();
        if (length == 0) out += "\\ufffd";
        else if (c == '"' || c == '\\') out.append("\\").append(1, c);
        else if (c == '\n') out += "\\n";
        else if (length == 1 && static_cast<unsigned char>(c) < 0x20)
            out.append("\\u00").append(1, digits[static_cast<unsigned char>(c) >> 4]).append(1, digits[c & 15]);
        else out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out += '"';
}

}  // namespace kogge::host::http
