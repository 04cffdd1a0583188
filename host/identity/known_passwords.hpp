// SPDX-License-Identifier: EUPL-1.2
// What argon2id said of a password a moment ago. A calendar client sends its password with every request, and each
// verification costs 0.1 s and 64 MiB: this remembers verdicts, never passwords.
#pragma once

#include <kogge/time.hpp>

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kogge::host {

/// Any thread.
class KnownPasswords {
  public:
    KnownPasswords();

    /// BLAKE2b under a key of this process, of the user, the stored hash and what was sent: a new password is another key,
    /// so an old verdict cannot outlive it.
    std::string key(std::string_view user, std::string_view stored_hash, std::string_view password) const;
    std::optional<bool> verdict(std::string const& key, Instant now) const;
    void keep(std::string key, bool good, Instant now);

  private:
    struct Verdict {
        bool good = false;
        Instant until{};
    };
    std::array<unsigned char, 32> secret_{};
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Verdict> verdicts_;
};

} // namespace kogge::host
