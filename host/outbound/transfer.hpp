// SPDX-License-Identifier: EUPL-1.2
// One fetch on its way: an easy handle and what came in so far. Used by the fetcher's thread only.
#pragma once

#include "outbound/fetcher.hpp"

#include <curl/curl.h>

#include <chrono>
#include <optional>

namespace kogge::host::outbound {

class Transfer {
  public:
    Transfer(Request request, Fetcher::Done done, AddressRules const& rules, int redirects);
    Transfer(Transfer const&) = delete;

    CURL* handle() const { return easy_.get(); }
    /// Sets the handle up for the next hop; false when its time is up.
    bool prepare();
    /// After the handle has finished: true when a redirect is to be followed (prepare() again), false when settled() has the result.
    bool finished(CURLcode code);
    void settle(Result<Answer> result) { result_.emplace(std::move(result)); }
    /// Tells whoever waits.
    void report() { done_(std::move(*result_)); }

  private:
    struct Closing {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    Result<void> follow(std::string const& location, long status);
    Error failure(CURLcode code) const;
    void add_header(std::string_view line);

    Request request_;
    Fetcher::Done done_;
    AddressRules const& rules_;
    int redirects_left_;
    std::chrono::steady_clock::time_point deadline_;
    std::unique_ptr<CURL, Closing> easy_;
    std::unique_ptr<curl_slist, Closing> headers_;
    Answer answer_;
    std::size_t header_bytes_ = 0;
    std::optional<std::string> refused_; // why no socket was opened to an address of this host
    bool too_large_ = false;
    bool for_good_ = true; // every redirect until now was permanent
    std::optional<std::string> moved_;
    std::optional<Result<Answer>> result_;
};

} // namespace kogge::host::outbound
