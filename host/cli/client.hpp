// SPDX-License-Identifier: EUPL-1.2
// The API as the command line reaches it: over HTTP when a daemon serves this data folder, and straight in this process
// when none does. A command cannot tell the difference.
#pragma once

#include "daemon/config.hpp"
#include "daemon/run_note.hpp"

#include <kogge/json.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kogge::host::cli {

struct Reply {
    int status = 0;
    std::string type;
    std::string body;

    bool ok() const { return status >= 200 && status < 300; }
    /// The body as JSON; null when it is none.
    json::value document() const;
    /// What went wrong, in one sentence, from a problem document.
    std::string problem() const;
};

class Client {
  public:
    virtual ~Client() = default;
    virtual Reply request(std::string_view method, std::string const& target, std::string const& body = {}) = 0;
    /// Whether a daemon answers: then other people see what we do at once.
    virtual bool running() const = 0;
};

/// Finds the daemon of `config`'s data folder by the note it leaves there; when none runs, opens the folder itself.
Result<std::unique_ptr<Client>> connect(Config const& config);

} // namespace kogge::host::cli
