// SPDX-License-Identifier: EUPL-1.2
// The data folder belongs to one process at a time.
#pragma once

#include <kogge/result.hpp>

#include <array>
#include <filesystem>
#include <memory>

namespace kogge::host {

/// Holds the lock of a data folder while it lives. The kernel lets go of it when the process dies, however it dies.
class DataFolder {
  public:
    /// Makes the folder (0700) when it is not there; busy when another process holds it.
    static Result<std::unique_ptr<DataFolder>> take(std::filesystem::path const& path);
    ~DataFolder();
    DataFolder(DataFolder const&) = delete;

  private:
    explicit DataFolder(int lock) : lock_(lock) {}
    int lock_;
};

/// The key of what is encrypted at rest: read from `path`/secret.key, made (0600) when it is not there.
Result<std::array<unsigned char, 32>> secret_key(std::filesystem::path const& path);

} // namespace kogge::host
