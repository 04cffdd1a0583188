// SPDX-License-Identifier: EUPL-1.2
// What a serving daemon leaves in its data folder (0600), so that its owner's command line reaches it: the address, and a
// token for this run only.
#pragma once

#include "daemon/config.hpp"

#include <kogge/json.hpp>

#include <string>

namespace kogge::host {

struct RunNote {
    std::string url;
    std::string token;
};
BOOST_DESCRIBE_STRUCT(RunNote, (), (url, token))

std::filesystem::path run_note_path(Config const& config);
Result<void> write_run_note(Config const& config, RunNote const& note);
Result<RunNote> read_run_note(Config const& config);
void remove_run_note(Config const& config);

} // namespace kogge::host
