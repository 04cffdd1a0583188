// SPDX-License-Identifier: EUPL-1.2
#include "mail/imap.hpp"

#include "mail/talk.hpp"
#include "outbound/fetcher.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

namespace kogge::host::mail {

namespace {

/// The number after `name` in an answer such as "* STATUS INBOX (UIDVALIDITY 3 UIDNEXT 18)".
std::optional<std::int64_t> number_after(std::string_view answer, std::string_view name) {
    auto const at = answer.find(name);
    if (at == answer.npos)
        return std::nullopt;
    auto const digits = answer.substr(std::min(answer.size(), at + name.size() + 1));
    std::int64_t out = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return error == std::errc() && end != digits.data() ? std::optional(out) : std::nullopt;
}

} // namespace

struct Imap::Talk {
    Easy easy{curl_easy_init()};
    std::string heard;
    std::size_t most = 0;
    bool too_large = false;

    static std::size_t hear(char* data, std::size_t size, std::size_t count, void* self) {
        auto& talk = *static_cast<Talk*>(self);
        auto const bytes = size * count;
        talk.too_large = talk.heard.size() + bytes > talk.most;
        if (talk.too_large)
            return 0;
        talk.heard.append(data, bytes);
        return bytes;
    }
};

Imap::Imap(Server server, std::size_t most_bytes, std::function<bool()> stopping)
    : server_(std::move(server)), most_bytes_(most_bytes), stopping_(std::move(stopping)) {
    outbound::prepare_curl();
    auto const path = server_.url.find('/', server_.url.find("://") + 3);
    base_ = server_.url.substr(0, path) + "/";
    box_ = path == std::string::npos ? std::string() : server_.url.substr(path + 1);
    if (box_.empty())
        box_ = "INBOX";
}
Imap::~Imap() = default;

void Imap::rest() { talk_.reset(); }

Result<std::string> Imap::ask(std::string const& url, std::string const& command) {
    if (!talk_)
        talk_ = std::make_unique<Talk>();
    auto* const easy = talk_->easy.get();
    curl_easy_reset(easy);
    talk_->heard.clear();
    talk_->most = most_bytes_ + 4096;
    talk_->too_large = false;
    set_up(easy, server_, url, "imap,imaps", stopping_);
    if (!command.empty())
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, command.c_str());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Talk::hear);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, talk_.get());
    auto const code = curl_easy_perform(easy);
    if (code == CURLE_OK)
        return std::move(talk_->heard);
    bool const too_large = talk_->too_large;
    talk_.reset();
    if (too_large)
        return Error{ErrorCode::invalid, "a message is larger than the limit", {}};
    return Error{code == CURLE_OPERATION_TIMEDOUT ? ErrorCode::timeout : ErrorCode::failed, curl_easy_strerror(code), {}};
}

Result<BoxState> Imap::state() {
    KOGGE_TRY(auto const answer, ask(base_, "STATUS " + box_ + " (UIDVALIDITY UIDNEXT)"));
    auto const validity = number_after(answer, "UIDVALIDITY"), next = number_after(answer, "UIDNEXT");
    if (!validity || !next)
        return Error{ErrorCode::failed, "the server does not tell the state of the mailbox " + box_, {}};
    return BoxState{*validity, *next};
}

Result<std::vector<std::int64_t>> Imap::search(std::string const& criteria) {
    KOGGE_TRY(auto const answer, ask(base_ + box_, "UID SEARCH " + criteria));
    std::vector<std::int64_t> out;
    constexpr std::string_view head = "* SEARCH";
    auto const at = answer.find(head);
    auto rest = std::string_view(answer).substr(at == answer.npos ? answer.size() : at + head.size());
    rest = rest.substr(0, rest.find_first_of("\r\n"));
    while (!rest.empty()) {
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        std::int64_t uid = 0;
        auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), uid);
        if (error != std::errc())
            break;
        out.push_back(uid);
        rest.remove_prefix(std::size_t(end - rest.data()));
    }
    std::sort(out.begin(), out.end());
    return out;
}

Result<std::int64_t> Imap::size(std::int64_t uid) {
    KOGGE_TRY(auto const answer, ask(base_ + box_, "UID FETCH " + std::to_string(uid) + " (RFC822.SIZE)"));
    return number_after(answer, "RFC822.SIZE").value_or(0); // 0: it was deleted meanwhile
}

Result<std::string> Imap::fetch(std::int64_t uid, bool header_only) {
    return ask(base_ + box_ + ";UID=" + std::to_string(uid) + (header_only ? ";SECTION=HEADER" : ""), {});
}

} // namespace kogge::host::mail
