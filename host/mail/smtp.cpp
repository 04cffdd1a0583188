// SPDX-License-Identifier: EUPL-1.2
#include "mail/smtp.hpp"

#include "mail/talk.hpp"
#include "outbound/fetcher.hpp"

#include <algorithm>
#include <cstring>

namespace kogge::host::mail {

namespace {

constexpr std::size_t most_words = 500;

std::string words_of(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
        line.remove_suffix(1);
    auto out = clean_utf8(line.substr(0, most_words));
    std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return out;
}

} // namespace

/// One connection, what the server refused last, and how much of the mail it has.
struct Smtp::Talk {
    Easy easy{curl_easy_init()};
    std::string const* bytes = nullptr;
    std::size_t sent = 0;
    bool listening = false; // to the answers of this delivery, not to the goodbye
    std::string last; // refusal, all its lines; empty when it was followed by better words

    void note(std::string_view line) {
        bool const refusal = line.front() == '4' || line.front() == '5';
        if (!refusal && !line.starts_with("221")) // the goodbye after a refusal
            last.clear();
        if (refusal && last.size() < most_words)
            last.append(last.empty() ? "" : " ").append(words_of(line));
    }

    static std::size_t give(char* out, std::size_t size, std::size_t count, void* self) {
        auto& talk = *static_cast<Talk*>(self);
        auto const n = std::min(size * count, talk.bytes->size() - talk.sent);
        std::memcpy(out, talk.bytes->data() + talk.sent, n);
        talk.sent += n;
        return n;
    }
    static std::size_t hear(char* data, std::size_t size, std::size_t count, void* self) {
        auto& talk = *static_cast<Talk*>(self);
        if (talk.listening && size * count > 0)
            talk.note({data, size * count});
        return size * count;
    }
};

Smtp::Smtp(Server server, std::string const& from, std::function<bool()> stopping)
    : server_(std::move(server)), url_(server_.url), stopping_(std::move(stopping)) {
    outbound::prepare_curl();
    while (url_.ends_with('/'))
        url_.pop_back();
    url_.append("/").append(from.substr(from.rfind('@') + 1)); // what EHLO says
}
Smtp::~Smtp() = default;

void Smtp::rest() { talk_.reset(); }

Delivered Smtp::deliver(std::string const& from, std::string const& to, std::string const& bytes) {
    if (!talk_)
        talk_ = std::make_unique<Talk>();
    auto& talk = *talk_;
    auto* const easy = talk.easy.get();
    curl_easy_reset(easy); // keeps the connection
    talk.bytes = &bytes;
    talk.sent = 0;
    talk.last.clear();
    set_up(easy, server_, url_, "smtp,smtps", stopping_);
    auto const sender = "<" + from + ">", recipient = "<" + to + ">";
    std::unique_ptr<curl_slist, CloseEasy> const recipients(curl_slist_append(nullptr, recipient.c_str()));
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Talk::give);
    curl_easy_setopt(easy, CURLOPT_READDATA, &talk);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Talk::hear);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &talk);
    talk.listening = true;
    auto const code = curl_easy_perform(easy);
    talk.listening = false;
    if (code == CURLE_OK)
        return {Delivery::taken, {}};
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    auto words = std::move(talk.last);
    bool const content_sent = talk.sent > 0;
    talk_.reset(); // whatever state that connection is in
    // MAIL FROM and RCPT TO that are not welcome are a send error, the content a weird reply; so is a greeting, but nothing
    // was sent by then.
    bool const about_this_mail = code == CURLE_SEND_ERROR || (code == CURLE_WEIRD_SERVER_REPLY && content_sent);
    bool const about_us = status == 530 || (status >= 534 && status <= 538); // sign in, or encrypt, first (RFC 4954): no mail's fault
    if (about_this_mail && !about_us && status >= 500 && status < 600)
        return {Delivery::rejected, std::move(words)};
    if (about_this_mail && status >= 400 && status < 500)
        return {Delivery::postponed, std::move(words)};
    std::string why = curl_easy_strerror(code);
    if (!words.empty() && status >= 400)
        why.append(": ").append(words);
    return {Delivery::broken, std::move(why)};
}

} // namespace kogge::host::mail
