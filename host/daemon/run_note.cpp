// SPDX-License-Identifier: EUPL-1.2
#include "daemon/run_note.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace kogge::host {

std::filesystem::path run_note_path(Config const& config) { return config.data_dir / "serving.json"; }

Result<void> write_run_note(Config const& config, RunNote const& note) {
    auto const path = run_note_path(config);
    auto const fresh = path.string() + ".new"; // renamed when it is whole: nobody reads half a note
    auto const text = json::serialize(to_json(note));
    ::unlink(fresh.c_str());
    int const file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool const written = file >= 0 && ::write(file, text.data(), text.size()) == ssize_t(text.size());
    if (file >= 0)
        ::close(file);
    if (!written || ::rename(fresh.c_str(), path.c_str()) != 0)
        return Error{ErrorCode::failed, "cannot write " + path.string() + ": " + std::strerror(errno)};
    return boost::outcome_v2::success();
}

Result<RunNote> read_run_note(Config const& config) {
    std::ifstream in(run_note_path(config));
    std::string const text((std::istreambuf_iterator<char>(in)), {});
    KOGGE_TRY(auto const value, parse_json(text));
    return from_json<RunNote>(value);
}

void remove_run_note(Config const& config) {
    std::error_code ignored;
    std::filesystem::remove(run_note_path(config), ignored);
}

} // namespace kogge::host
