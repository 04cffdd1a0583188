// SPDX-License-Identifier: EUPL-1.2
#include "store/cipher.hpp"

#include <sodium.h>

#include <stdexcept>
#include <vector>

namespace kogge::host::store {

namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
constexpr std::string_view mark = "sealed1:";

unsigned char const* bytes(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

Error wrong_key(std::string_view place) {
    return {ErrorCode::failed,
            "the key does not open " + std::string(place) + "; put back the key file this data was written with"};
}

} // namespace

Cipher::Cipher(std::array<unsigned char, 32> const& key) : key_(key) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium finds no source of randomness");
}

Cipher::~Cipher() { sodium_memzero(key_.data(), key_.size()); }

std::string Cipher::seal(std::string_view text, std::string_view place) const {
    std::vector<unsigned char> box(nonce_size + text.size() + tag_size);
    randombytes_buf(box.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box.data() + nonce_size, nullptr, bytes(text), text.size(), bytes(place),
                                               place.size(), nullptr, box.data(), key_.data());
    std::string encoded(sodium_base64_ENCODED_LEN(box.size(), variant), '\0');
    sodium_bin2base64(encoded.data(), encoded.size(), box.data(), box.size(), variant);
    encoded.pop_back(); // the terminator
    return std::string(mark) + encoded;
}

Result<std::string> Cipher::open(std::string_view sealed, std::string_view place) const {
    if (!sealed.starts_with(mark)) return wrong_key(place);
    sealed.remove_prefix(mark.size());
    std::vector<unsigned char> box(sealed.size());
    std::size_t size = 0;
    if (sodium_base642bin(box.data(), box.size(), sealed.data(), sealed.size(), nullptr, &size, nullptr, variant) != 0
        || size < nonce_size + tag_size)
        return wrong_key(place);
    std::string text(size - nonce_size - tag_size, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr,
                                                   box.data() + nonce_size, size - nonce_size, bytes(place), place.size(),
                                                   box.data(), key_.data())
        != 0)
        return wrong_key(place);
    return text;
}

} // namespace kogge::host::store
