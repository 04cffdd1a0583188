// SPDX-License-Identifier: EUPL-1.2
// The built desk (host/desk/dist), embedded in the binary and served with the headers that keep it safe and fast.
#pragma once

#include "http/message.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace kogge::host::web {

struct Asset {
    std::string body;
    std::string brotli; // empty when it would not be smaller
    std::string type;
    std::string etag;
    bool immutable = false; // its name carries a hash of its content
};

/// Immutable after construction; any thread.
class Assets {
  public:
    /// What was built into this program.
    static Assets embedded();
    /// The files of a folder, for developing the desk.
    static Assets folder(std::filesystem::path const& root);

    bool empty() const { return files_.empty(); }
    /// The file at `path` ("assets/index-1a2b3c.js"); a path that names no file and has no extension is a page of the
    /// desk and gets index.html. 404 otherwise.
    http::Response serve(http::Request const& request, std::string_view path) const;

  private:
    void add(std::string path, std::string body);
    std::map<std::string, Asset, std::less<>> files_;
};

} // namespace kogge::host::web
