// SPDX-License-Identifier: EUPL-1.2
#include "mail/parse.hpp"

#include "mail/glib.hpp"

#include <algorithm>

namespace kogge::host::mail {

namespace {

constexpr std::size_t most_leaves = 50;
constexpr int deepest = 20;
constexpr std::size_t longest_line = 998; // of a header, as RFC 5322 has it

std::string header_text(std::string const& raw) {
    auto out = clean_utf8(raw);
    std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    if (out.size() > longest_line)
        out = clean_utf8(std::string_view(out).substr(0, longest_line));
    return out;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

/// The first address of a list; groups are looked into.
std::string first_address(InternetAddressList* list, int depth = 0) {
    int const count = list && depth < 3 ? internet_address_list_length(list) : 0;
    for (int i = 0; i < count; ++i) {
        auto* const one = internet_address_list_get_address(list, i);
        auto const found = INTERNET_ADDRESS_IS_MAILBOX(one) ? text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)))
                           : INTERNET_ADDRESS_IS_GROUP(one) ? first_address(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)), depth + 1)
                                                            : std::string();
        if (!found.empty())
            return header_text(found);
    }
    return {};
}

/// The first Message-ID in a header.
std::string first_id(char const* header) {
    auto const text = text_of(header);
    auto const open = text.find('<');
    auto const close = text.find('>', open);
    return header_text(open == text.npos || close == text.npos ? text : text.substr(open + 1, close - open - 1));
}

std::string header(GMimeMessage* message, char const* name) { return text_of(g_mime_object_get_header(GMIME_OBJECT(message), name)); }

std::string type_of(GMimeObject* object) {
    auto* const type = g_mime_object_get_content_type(object);
    Chars const mime(g_mime_content_type_get_mime_type(type));
    auto out = lower(text_of(mime.get()));
    for (auto const* name : {"method", "report-type"})
        if (auto const* value = g_mime_content_type_get_parameter(type, name))
            out += std::string("; ") + name + "=" + value;
    return header_text(out);
}

std::string decoded(GMimePart* part) {
    auto* const wrapper = g_mime_part_get_content(part);
    if (!wrapper)
        return {};
    Object<GMimeStream> const out(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(wrapper, out.get());
    auto const* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
    return {reinterpret_cast<char const*>(bytes->data), bytes->len};
}

/// Text as UTF-8. Bytes that are UTF-8 are taken for that when the part names no other charset: many calendars do not.
std::string text_content(GMimePart* part) {
    auto const charset = lower(text_of(g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset")));
    auto const bytes = decoded(part);
    if (charset.empty() || charset == "utf-8" || charset == "us-ascii")
        return clean_utf8(bytes);
    iconv_t const convert = g_mime_iconv_open("utf-8", charset.c_str());
    if (convert == reinterpret_cast<iconv_t>(-1))
        return clean_utf8(bytes);
    Chars const text(g_mime_iconv_strndup(convert, bytes.data(), bytes.size()));
    g_mime_iconv_close(convert);
    return clean_utf8(text ? text_of(text.get()) : bytes);
}

/// Where a tree of parts goes: leaves, and the Message-ID of the mail a report is about.
struct Leaves {
    std::vector<MailPart> parts;
    std::string original_id;
};

void take(GMimeObject* object, int depth, Leaves& out) {
    if (!object || out.parts.size() >= most_leaves || depth > deepest)
        return;
    if (GMIME_IS_MULTIPART(object)) {
        auto* const parts = GMIME_MULTIPART(object);
        for (int i = 0; i < g_mime_multipart_get_count(parts); ++i)
            take(g_mime_multipart_get_part(parts, i), depth + 1, out);
        return;
    }
    MailPart part{type_of(object), {}, {}};
    if (GMIME_IS_PART(object)) {
        part.name = header_text(text_of(g_mime_part_get_filename(GMIME_PART(object))));
        bool const calendar = part.type.starts_with("application/ics") || lower(part.name).ends_with(".ics");
        if (part.type.starts_with("text/") || part.type.starts_with("message/") || calendar)
            part.content = text_content(GMIME_PART(object));
    }
    if (GMIME_IS_MESSAGE_PART(object))
        if (auto* const inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)))
            out.original_id = header_text(text_of(g_mime_message_get_message_id(inner)));
    out.parts.push_back(std::move(part));
}

/// The value of a field in text of the form "Name: value", folded lines joined; empty when there is none.
std::string field_in(std::string_view text, std::string_view name) {
    std::string out;
    bool inside = false;
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        bool const folded = line.starts_with(' ') || line.starts_with('\t');
        if (inside && !folded)
            break;
        if (inside)
            out.append(line);
        else if (line.size() > name.size() && line[name.size()] == ':' && g_ascii_strncasecmp(line.data(), name.data(), name.size()) == 0)
            inside = true, out = line.substr(name.size() + 1);
    }
    return header_text(out.substr(std::min(out.find_first_not_of(" \t"), out.size())));
}

std::optional<Bounce> bounce_of(Leaves const& leaves) {
    Bounce out{leaves.original_id, {}};
    for (auto const& part : leaves.parts) {
        if (part.type.starts_with("message/delivery-status") && lower(field_in(part.content, "Action")) == "failed") {
            out.words = field_in(part.content, "Diagnostic-Code");
            if (out.words.empty())
                out.words = field_in(part.content, "Status");
        }
        if (part.type.starts_with("text/rfc822-headers") && out.message_id.empty())
            out.message_id = first_id(field_in(part.content, "Message-ID").c_str());
    }
    return out.words.empty() || out.message_id.empty() ? std::nullopt : std::optional(std::move(out));
}

} // namespace

Letter parse(std::string_view bytes) {
    prepare_gmime();
    Letter letter;
    auto& out = letter.mail;
    Object<GMimeStream> const stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    Object<GMimeParser> const parser(g_mime_parser_new_with_stream(stream.get()));
    Object<GMimeMessage> const owned(g_mime_parser_construct_message(parser.get(), nullptr));
    auto* const message = owned.get();
    if (!message)
        return letter;
    out.message_id = header_text(text_of(g_mime_message_get_message_id(message)));
    out.in_reply_to = first_id(g_mime_object_get_header(GMIME_OBJECT(message), "In-Reply-To"));
    out.from = first_address(g_mime_message_get_from(message));
    out.to = first_address(g_mime_message_get_to(message));
    out.subject = header_text(text_of(g_mime_message_get_subject(message)));
    auto* const body = g_mime_message_get_mime_part(message);
    auto const submitted = lower(header(message, "Auto-Submitted"));
    bool const report = body && type_of(body).starts_with("multipart/report");
    out.automatic = report || (!submitted.empty() && !submitted.starts_with("no"));
    Leaves leaves;
    take(body, 0, leaves);
    if (report)
        letter.bounce = bounce_of(leaves);
    out.parts = std::move(leaves.parts);
    return letter;
}

} // namespace kogge::host::mail
