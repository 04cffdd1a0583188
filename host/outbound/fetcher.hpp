// SPDX-License-Identifier: EUPL-1.2
// Asks other servers, several at a time on one thread of its own. http and https only; each hop of a redirect and each address
// a socket is opened to is checked; size is counted after decoding, so a bomb of zeros ends at the limit like anything else.
// No address, header or password is logged here. No proxy of the environment is used: it would resolve names unchecked.
#pragma once

#include "outbound/address.hpp"
#include "outbound/request.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace kogge::host::outbound {

struct Answer {
    int status = 0;
    std::string url; // asked last
    std::map<std::string, std::string> headers; // names in lower case, repeated ones joined with ", "
    std::string body;
    std::optional<std::string> moved; // where permanent redirects from the start on led
};

class Fetcher {
  public:
    /// Called once, on the fetcher's thread. Errors: denied (by our rules), refused (too large), timeout, failed.
    using Done = std::function<void(Result<Answer>)>;

    Fetcher(AddressRules rules, Limits limits);
    ~Fetcher(); // stop()
    Fetcher(Fetcher const&) = delete;

    /// Any thread. Error busy when too much waits already; then `done` is not called.
    Result<void> start(Request request, Done done);
    /// Ends what is under way; nobody is called any more.
    void stop();

    Limits const& limits() const { return limits_; }

  private:
    struct Work;
    Limits limits_;
    std::unique_ptr<Work> work_;
};

/// Before the first thread: libcurl's and its TLS library's tables.
void prepare_curl();

} // namespace kogge::host::outbound
