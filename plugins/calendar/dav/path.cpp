// SPDX-License-Identifier: EUPL-1.2
#include "dav/path.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t longest_segment = 255, most_segments = 20;

int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

Answer<std::string> decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        int const high = i + 2 < text.size() ? hex(text[i + 1]) : -1;
        int const low = i + 2 < text.size() ? hex(text[i + 2]) : -1;
        if (i + 2 >= text.size() || high < 0 || low < 0)
            return refusal(400, "a % in the address is followed by two hexadecimal digits");
        out += char(high * 16 + low);
        i += 2;
    }
    if (out == "." || out == ".." || out.find('/') != out.npos || out.find('\\') != out.npos)
        return refusal(400, "the address has a segment that is none; write it without dots and encoded slashes");
    if (std::any_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }) || !is_utf8(out))
        return refusal(400, "the address has control characters or bytes that are no UTF-8");
    if (out.size() > longest_segment)
        return refusal(414, "a segment of the address is longer than " + std::to_string(longest_segment) + " bytes");
    return out;
}

} // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        auto const c = static_cast<unsigned char>(text[i]);
        std::size_t const more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : (c & 0xf0U) == 0xe0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : 4;
        if (more == 4 || i + more >= text.size())
            return false;
        for (std::size_t k = 1; k <= more; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80)
                return false;
        auto const second = more ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if ((c == 0xe0 && second < 0xa0) || (c == 0xed && second > 0x9f) || (c == 0xf0 && second < 0x90) || (c == 0xf4 && second > 0x8f))
            return false;
        i += more + 1;
    }
    return true;
}

std::string Path::below_home() const {
    std::string out;
    for (std::size_t i = 2; i < segments.size(); ++i)
        out += (i > 2 ? "/" : "") + segments[i];
    return out;
}

Answer<Path> read_path(std::string_view target, std::string_view host) {
    if (auto const scheme = target.find("://"); scheme != target.npos && (target.starts_with("http://") || target.starts_with("https://"))) {
        target.remove_prefix(scheme + 3);
        auto const slash = target.find('/');
        auto const authority = target.substr(0, slash);
        if (!host.empty() && authority != host)
            return refusal(502, "the other address is on another server (" + std::string(authority.substr(0, 80)) + "); this one is " + std::string(host.substr(0, 80)));
        target = slash == target.npos ? std::string_view("/") : target.substr(slash);
    }
    target = target.substr(0, target.find_first_of("?#"));
    if (target == dav_root.substr(0, dav_root.size() - 1))
        target = dav_root;
    if (!target.starts_with(dav_root))
        return refusal(target.starts_with("/") ? 404 : 400, "calendars are below " + std::string(dav_root));
    target.remove_prefix(dav_root.size());
    Path out;
    out.slash = target.empty() || target.back() == '/';
    while (!target.empty()) {
        auto const slash = target.find('/');
        auto const raw = target.substr(0, slash);
        if (raw.empty())
            return refusal(400, "the address has an empty segment");
        KOGGE_TRY(auto segment, decode(raw));
        out.segments.push_back(std::move(segment));
        if (out.segments.size() > most_segments)
            return refusal(414, "the address has more than " + std::to_string(most_segments) + " segments");
        target = slash == target.npos ? std::string_view() : target.substr(slash + 1);
    }
    return out;
}

std::string encode_segment(std::string_view segment) {
    std::string out;
    out.reserve(segment.size());
    for (char const c : segment) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~@!$'()*+,;=:").find(c) != std::string_view::npos;
        if (plain) {
            out += c;
            continue;
        }
        out += '%';
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4U];
        out += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

std::string href_of(std::vector<std::string> const& segments, bool collection) {
    std::string out(dav_root);
    for (auto const& segment : segments)
        out += encode_segment(segment) + "/";
    if (!collection && !segments.empty())
        out.pop_back();
    return out;
}

} // namespace kogge::calendar::dav
