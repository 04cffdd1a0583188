// SPDX-License-Identifier: EUPL-1.2
// What talking SMTP and IMAP with libcurl has in common.
#pragma once

#include "mail/glib.hpp"
#include "mail/settings.hpp"

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kogge::host::mail {

struct CloseEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, CloseEasy>;

constexpr long to_connect_s = 15;
constexpr long to_finish_s = 120;

/// Server, sign-in, encryption and limits of time. `stopping` must outlive the handle.
inline void set_up(CURL* easy, Server const& server, std::string const& url, char const* protocols, std::function<bool()> const& stopping) {
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // no waiting for a name server when the daemon stops
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, to_connect_s);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, to_finish_s);
    long const tls = server.starttls == Starttls::required ? CURLUSESSL_ALL : server.starttls == Starttls::if_offered ? CURLUSESSL_TRY : CURLUSESSL_NONE;
    curl_easy_setopt(easy, CURLOPT_USE_SSL, tls);
    if (!server.user.empty()) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, server.password.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &stopping);
    curl_xferinfo_callback const stop = [](void* asked, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        auto const& ask = *static_cast<std::function<bool()> const*>(asked);
        return ask && ask() ? 1 : 0;
    };
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, stop);
}

} // namespace kogge::host::mail
