// SPDX-License-Identifier: EUPL-1.2
// What the shell is told. `kogge help exit-codes` prints this table.
#pragma once

#include <kogge/result.hpp>

#include <array>
#include <string_view>

namespace kogge::host::cli {

enum class Exit {
    ok = 0,
    failed = 1,
    usage = 2,
    refused = 3,
    conflict = 4,
    not_found = 5,
    unreachable = 6,
    denied = 7,
    interrupted = 130
};

struct ExitMeaning {
    Exit code;
    std::string_view meaning;
};
inline constexpr std::array exit_meanings{
    ExitMeaning{Exit::ok, "done"},
    ExitMeaning{Exit::failed, "failed; the message says why"},
    ExitMeaning{Exit::usage, "the command line, a file or the configuration is wrong; nothing was done"},
    ExitMeaning{Exit::refused, "refused by a check, or waits to be confirmed (--yes); nothing was done"},
    ExitMeaning{Exit::conflict, "somebody else changed it meanwhile; nothing was done, try again"},
    ExitMeaning{Exit::not_found, "there is no such thing"},
    ExitMeaning{Exit::unreachable, "no daemon answers, or the data folder or database is busy"},
    ExitMeaning{Exit::denied, "not allowed"},
    ExitMeaning{Exit::interrupted, "interrupted by Ctrl-C"},
};

constexpr Exit exit_of(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid: return Exit::usage;
    case ErrorCode::not_found: return Exit::not_found;
    case ErrorCode::denied: return Exit::denied;
    case ErrorCode::conflict: return Exit::conflict;
    case ErrorCode::refused: return Exit::refused;
    case ErrorCode::unsupported:
    case ErrorCode::timeout:
    case ErrorCode::busy: return Exit::unreachable;
    case ErrorCode::failed: break;
    }
    return Exit::failed;
}

} // namespace kogge::host::cli
