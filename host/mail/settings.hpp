// SPDX-License-Identifier: EUPL-1.2
// [mail] of kogge.toml.
#pragma once

#include <kogge/result.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace kogge::host::mail {

/// How a connection is encrypted: from its first byte (smtps, imaps) always is; these are about smtp:// and imap://.
enum class Starttls { required, if_offered, never };

struct Server {
    std::string url; // smtp://mail.example.org:587, imaps://mail.example.org/INBOX; empty: none
    std::string user, password;
    std::string password_file; // its first line, in place of `password`
    Starttls starttls = Starttls::required;
};

struct Settings {
    Server smtp, imap;
    std::string from;      // the address mail is sent from
    std::string from_name = "Kogge";
    std::string reply_to;  // empty: `from`
    std::chrono::seconds poll{60};   // between two looks at the mailbox
    std::chrono::seconds retry{60};  // before the second try; doubled before each further one, up to four hours
    int most_tries = 20;             // with a minute to begin with: more than two days
    std::size_t most_bytes = std::size_t(4) << 20U; // of an incoming mail
};

/// What is missing or cannot be, with passwords read from their files: the settings that Post takes.
Result<Settings> ready(Settings settings);

} // namespace kogge::host::mail
