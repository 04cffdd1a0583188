// SPDX-License-Identifier: EUPL-1.2
#include "mail/compose.hpp"

#include "mail/glib.hpp"

#include <algorithm>

namespace kogge::host::mail {

namespace {

constexpr std::size_t most_parts = 20;

/// What becomes a header is one line: no control character survives, so nothing can begin another header.
std::string one_line(std::string_view text) {
    auto out = clean_utf8(text);
    std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return out;
}

bool is_message_id(std::string_view text) {
    auto const at = text.find('@');
    auto const good = [](char c) { return c > 0x20 && c < 0x7f && c != '<' && c != '>'; };
    return text.size() <= 500 && at != text.npos && at > 0 && at + 1 < text.size() && std::all_of(text.begin(), text.end(), good);
}

Object<GMimePart> part_of(GMimeContentType* type, std::string_view content, GMimeContentEncoding encoding) {
    Object<GMimePart> part(g_mime_part_new());
    g_mime_object_set_content_type(GMIME_OBJECT(part.get()), type);
    Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(content.data(), content.size()));
    Object<GMimeDataWrapper> wrapper(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part.get(), wrapper.get());
    g_mime_part_set_content_encoding(part.get(), encoding);
    return part;
}

Object<GMimePart> text_part(std::string_view text) {
    Object<GMimeContentType> const type(g_mime_content_type_new("text", "plain"));
    g_mime_content_type_set_parameter(type.get(), "charset", "utf-8");
    return part_of(type.get(), clean_utf8(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
}

/// Base64: a calendar's CR LF and folds arrive as they were.
Result<Object<GMimePart>> other_part(MailPart const& part, std::string const& at) {
    auto const line = one_line(part.type);
    Object<GMimeContentType> const type(g_mime_content_type_parse(nullptr, line.c_str()));
    std::string const media = type ? text_of(g_mime_content_type_get_media_type(type.get())) : std::string();
    if (line.find('/') == line.npos || media.empty() || media == "multipart" || media == "message")
        return invalid("'" + line.substr(0, 80) + "' is not the type of a part", at + "/type");
    if (media == "text" && !g_mime_content_type_get_parameter(type.get(), "charset"))
        g_mime_content_type_set_parameter(type.get(), "charset", "utf-8");
    auto out = part_of(type.get(), part.content, GMIME_CONTENT_ENCODING_BASE64);
    if (!part.name.empty()) {
        g_mime_object_set_disposition(GMIME_OBJECT(out.get()), GMIME_DISPOSITION_ATTACHMENT);
        g_mime_part_set_filename(out.get(), one_line(part.name).c_str());
    }
    return out;
}

/// multipart/mixed{ multipart/alternative{ text, forms of it … }, attachments … }, without a level that holds one thing.
Result<Object<GMimeObject>> body_of(OutgoingMail const& mail) {
    if (mail.parts.size() > most_parts)
        return invalid("a mail has 20 parts at most", "/parts");
    Object<GMimeMultipart> const alternative(g_mime_multipart_new_with_subtype("alternative"));
    Object<GMimeMultipart> const mixed(g_mime_multipart_new_with_subtype("mixed"));
    auto const text = text_part(mail.text);
    g_mime_multipart_add(alternative.get(), GMIME_OBJECT(text.get()));
    for (std::size_t i = 0; i < mail.parts.size(); ++i) {
        KOGGE_TRY(auto const part, other_part(mail.parts[i], "/parts/" + std::to_string(i)));
        g_mime_multipart_add(mail.parts[i].name.empty() ? alternative.get() : mixed.get(), GMIME_OBJECT(part.get()));
    }
    bool const only_text = g_mime_multipart_get_count(alternative.get()) == 1;
    auto* const main = only_text ? GMIME_OBJECT(text.get()) : GMIME_OBJECT(alternative.get());
    bool const attached = g_mime_multipart_get_count(mixed.get()) > 0;
    if (attached)
        g_mime_multipart_insert(mixed.get(), 0, main);
    auto* top = attached ? GMIME_OBJECT(mixed.get()) : main;
    g_object_ref(top);
    return Object<GMimeObject>(top);
}

void set(GMimeMessage* message, char const* name, std::string const& value) {
    g_mime_object_set_header(GMIME_OBJECT(message), name, value.c_str(), "utf-8");
}

Result<void> check(OutgoingMail const& mail, Sender const& sender) {
    if (!is_address(sender.address))
        return invalid("'" + one_line(sender.address).substr(0, 80) + "' is not an address; set [mail] from", "/from");
    if (!is_address(mail.to))
        return invalid("'" + one_line(mail.to).substr(0, 80) + "' is not an address such as name@example.org", "/to");
    if (mail.reply_to && !is_address(*mail.reply_to))
        return invalid("'" + one_line(*mail.reply_to).substr(0, 80) + "' is not an address such as name@example.org", "/reply_to");
    if (mail.in_reply_to && !is_message_id(*mail.in_reply_to))
        return invalid("'" + one_line(*mail.in_reply_to).substr(0, 80) + "' is not a Message-ID", "/in_reply_to");
    if (!mail.message_id.empty() && !is_message_id(mail.message_id))
        return invalid("'" + one_line(mail.message_id).substr(0, 80) + "' is not a Message-ID", "/message_id");
    return boost::outcome_v2::success();
}

} // namespace

bool is_address(std::string_view text) {
    constexpr std::string_view also = "!#$%&'*+-/=?^_`{|}~.";
    auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    auto const at = text.rfind('@');
    if (at == text.npos || at == 0 || at > 64 || text.size() - at - 1 > 253 || at + 1 == text.size())
        return false;
    auto const local = text.substr(0, at), domain = text.substr(at + 1);
    auto const dotted = [](std::string_view part) { return part.front() != '.' && part.back() != '.' && part.find("..") == part.npos; };
    return dotted(local) && dotted(domain) && std::all_of(local.begin(), local.end(), [&](char c) { return letter(c) || also.find(c) != also.npos; }) &&
           std::all_of(domain.begin(), domain.end(), [&](char c) { return letter(c) || c == '-' || c == '.'; });
}

std::string message_id_of(OutgoingMail const& mail, Sender const& sender) {
    if (!mail.message_id.empty())
        return mail.message_id;
    return mail.id.str() + sender.address.substr(std::min(sender.address.rfind('@'), sender.address.size()));
}

Result<std::string> compose(OutgoingMail const& mail, Sender const& sender, Instant date) {
    KOGGE_TRY(check(mail, sender));
    prepare_gmime();
    Object<GMimeMessage> const owned(g_mime_message_new(TRUE));
    auto* const message = owned.get();
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, one_line(sender.name).c_str(), sender.address.c_str());
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, one_line(mail.to_name).c_str(), mail.to.c_str());
    if (auto const reply_to = mail.reply_to.value_or(sender.reply_to); !reply_to.empty())
        g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, nullptr, reply_to.c_str());
    g_mime_message_set_subject(message, one_line(mail.subject).c_str(), "utf-8");
    GDateTime* const when = g_date_time_new_from_unix_utc(date.time_since_epoch().count());
    g_mime_message_set_date(message, when);
    g_date_time_unref(when);
    g_mime_message_set_message_id(message, message_id_of(mail, sender).c_str());
    if (mail.in_reply_to) {
        auto const id = "<" + *mail.in_reply_to + ">";
        set(message, "In-Reply-To", id);
        set(message, "References", id);
    }
    if (!mail.language.empty())
        set(message, "Content-Language", one_line(mail.language));
    set(message, "Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers, please
    KOGGE_TRY(auto const body, body_of(mail));
    g_mime_message_set_mime_part(message, body.get());

    std::unique_ptr<GMimeFormatOptions, Free> const format(g_mime_format_options_new());
    g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
    Object<GMimeStream> const out(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(GMIME_OBJECT(message), format.get(), out.get());
    auto const* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
    return std::string(reinterpret_cast<char const*>(bytes->data), bytes->len);
}

} // namespace kogge::host::mail
