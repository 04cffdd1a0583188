// SPDX-License-Identifier: EUPL-1.2
#include "daemon/data_folder.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kogge::host {

Result<std::unique_ptr<DataFolder>> DataFolder::take(std::filesystem::path const& path) {
    std::error_code ec;
    bool const made = std::filesystem::create_directories(path, ec);
    if (ec)
        return Error{ErrorCode::failed, "cannot make the data folder " + path.string() + ": " + ec.message()};
    if (made)
        std::filesystem::permissions(path, std::filesystem::perms::owner_all, ec);
    int const lock = ::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return Error{ErrorCode::denied, "cannot write to the data folder " + path.string() + ": " + std::strerror(errno)};
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return Error{ErrorCode::busy, "another kogge is using " + path.string()};
    }
    return std::unique_ptr<DataFolder>(new DataFolder(lock));
}

DataFolder::~DataFolder() { ::close(lock_); }

Result<std::array<unsigned char, 32>> secret_key(std::filesystem::path const& path) {
    std::array<unsigned char, 32> key{};
    auto const file = path / "secret.key";
    if (sodium_init() < 0)
        return Error{ErrorCode::failed, "libsodium cannot start: no source of randomness"};
    if (int const in = ::open(file.c_str(), O_RDONLY | O_CLOEXEC); in >= 0) {
        auto const n = ::read(in, key.data(), key.size());
        ::close(in);
        if (n != ssize_t(key.size()))
            return Error{ErrorCode::failed, file.string() + " is damaged: it must hold 32 bytes; put it back from a backup"};
        return key;
    }
    randombytes_buf(key.data(), key.size());
    int const out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool const written = out >= 0 && ::write(out, key.data(), key.size()) == ssize_t(key.size()) && ::fsync(out) == 0;
    if (out >= 0)
        ::close(out);
    if (!written)
        return Error{ErrorCode::failed, "cannot write " + file.string() + ": " + std::strerror(errno)};
    return key;
}

} // namespace kogge::host
