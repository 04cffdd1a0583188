// SPDX-License-Identifier: EUPL-1.2
// Hands one mail to a mail server. Blocks; one thread.
#pragma once

#include "mail/settings.hpp"

#include <functional>
#include <memory>
#include <string>

namespace kogge::host::mail {

enum class Delivery {
    taken,     // the server answered 250 to the whole mail
    rejected,  // for good (5xx to sender, recipient or content): trying again is no use
    postponed, // for this mail, now (4xx)
    broken,    // nothing can be delivered: not reached, not signed in, no TLS
};

struct Delivered {
    Delivery how = Delivery::broken;
    std::string words; // the server's, or what kept us from it; empty when taken
};

class Smtp {
  public:
    /// `stopping` is asked about once a second and ends a delivery that is under way.
    Smtp(Server server, std::string const& from, std::function<bool()> stopping);
    ~Smtp();
    Smtp(Smtp const&) = delete;

    /// `from` and `to` are addresses, `bytes` a composed mail. Keeps the connection for the next one.
    Delivered deliver(std::string const& from, std::string const& to, std::string const& bytes);
    /// Says goodbye to the server.
    void rest();

  private:
    struct Talk;
    Server server_;
    std::string url_;
    std::function<bool()> stopping_;
    std::unique_ptr<Talk> talk_;
};

} // namespace kogge::host::mail
