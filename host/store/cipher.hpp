// SPDX-License-Identifier: EUPL-1.2
// Sensitive fields at rest: XChaCha20-Poly1305 with a nonce of its own for each value, bound to the place it belongs to.
#pragma once

#include <kogge/result.hpp>

#include <array>
#include <string>
#include <string_view>

namespace kogge::host::store {

class Cipher {
  public:
    explicit Cipher(std::array<unsigned char, 32> const& key);
    ~Cipher();
    Cipher(Cipher const&) = default;

    /// `place` ("person/p-1/diet") must be the same when the text is opened again.
    std::string seal(std::string_view text, std::string_view place) const;
    Result<std::string> open(std::string_view sealed, std::string_view place) const;

  private:
    std::array<unsigned char, 32> key_;
};

} // namespace kogge::host::store
