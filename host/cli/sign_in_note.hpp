// SPDX-License-Identifier: EUPL-1.2
// How to sign in to the sample mission: kept in the data folder (0600), so that loading it twice still tells.
#pragma once

#include <kogge/result.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace kogge::host::cli {

struct SignInNote {
    std::string name, password;
};

Result<void> leave_sign_in_note(std::filesystem::path const& data_dir, SignInNote const& note);
std::optional<SignInNote> read_sign_in_note(std::filesystem::path const& data_dir);
/// After somebody else's password was set for `name`, or the user went: the note would tell a lie.
void drop_sign_in_note(std::filesystem::path const& data_dir, std::string const& name);

/// "tavolu-ribeka-somidu": 58 random bits that can be read out over a telephone.
std::string readable_password();

} // namespace kogge::host::cli
