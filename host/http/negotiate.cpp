// SPDX-License-Identifier: EUPL-1.2
#include "http/negotiate.hpp"

#include "http/wire.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace kogge::host::http {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string_view next_item(std::string_view& list, char separator) {
    auto const end = std::min(list.find(separator), list.size());
    auto const item = trim(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return item;
}

bool is_zero_quality(std::string_view parameters) {
    while (!parameters.empty()) {
        auto const parameter = next_item(parameters, ';');
        if (parameter.size() > 2 && same_name(parameter.substr(0, 2), "q="))
            return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
    }
    return false;
}

std::string_view opaque(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

/// Walks the quoted tags, since a comma may stand inside the quotes.
bool lists_tag(std::string_view list, std::string_view etag) {
    if (trim(list) == "*") return true;
    while (true) {
        auto const open = list.find('"');
        auto const close = open == list.npos ? list.npos : list.find('"', open + 1);
        if (close == list.npos) return false;
        if (list.substr(open, close - open + 1) == opaque(etag)) return true;
        list.remove_prefix(close + 1);
    }
}

}  // namespace

bool accepts_gzip(Request const& request) {
    std::optional<bool> named, any;
    for (auto const& [name, value] : request.headers) {
        if (!same_name(name, "Accept-Encoding")) continue;
        for (std::string_view list = value; !list.empty();) {
            auto parameters = next_item(list, ',');
            auto const coding = next_item(parameters, ';');
            if (same_name(coding, "gzip") || same_name(coding, "x-gzip")) named = !is_zero_quality(parameters);
            if (coding == "*") any = !is_zero_quality(parameters);
        }
    }
    return named.value_or(any.value_or(false));
}

bool not_modified(Request const& request, std::string_view etag, std::optional<std::time_t> last_modified) {
    bool conditional = false;
    for (auto const& [name, value] : request.headers) {
        if (!same_name(name, "If-None-Match")) continue;
        conditional = true;
        if (!etag.empty() && lists_tag(value, etag)) return true;
    }
    if (conditional || !last_modified) return false;
    auto const since = request.header("If-Modified-Since");
    auto const date = since ? parse_http_date(*since) : std::nullopt;
    return date && *last_modified <= *date;
}

bool compressible(std::string_view type) {
    type = trim(type.substr(0, type.find(';')));
    if (type == "text/event-stream") return false;
    if (type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")) return true;
    return type == "application/json" || type == "application/xml" || type == "application/javascript" || type == "application/wasm";
}

std::string gzip(std::string_view plain, Effort effort) {
    static constexpr int gzip_window = 15 + 16, memory = 8;
    int const level = effort == Effort::kept ? 6 : 1;
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
    std::string out(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);   // one call is enough: `out` has deflateBound bytes
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace kogge::host::http
