// SPDX-License-Identifier: EUPL-1.2
#include "cli/sign_in_note.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string_view>

namespace kogge::host::cli {

namespace {

std::filesystem::path path_in(std::filesystem::path const& data_dir) { return data_dir / "demo-sign-in"; }

} // namespace

Result<void> leave_sign_in_note(std::filesystem::path const& data_dir, SignInNote const& note) {
    auto const path = path_in(data_dir);
    auto const text = note.name + "\n" + note.password + "\n";
    ::unlink(path.c_str());
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool const written = file >= 0 && ::write(file, text.data(), text.size()) == ssize_t(text.size());
    if (file >= 0) ::close(file);
    if (!written) return Error{ErrorCode::failed, "cannot write " + path.string() + ": " + std::strerror(errno)};
    return boost::outcome_v2::success();
}

std::optional<SignInNote> read_sign_in_note(std::filesystem::path const& data_dir) {
    std::ifstream in(path_in(data_dir));
    SignInNote note;
    if (!std::getline(in, note.name) || !std::getline(in, note.password)) return std::nullopt;
    return note;
}

void drop_sign_in_note(std::filesystem::path const& data_dir, std::string const& name) {
    if (auto const note = read_sign_in_note(data_dir); note && note->name == name) ::unlink(path_in(data_dir).c_str());
}

std::string readable_password() {
    constexpr std::string_view consonants = "bdfghjklmnprstvwyz", vowels = "aeiou";
    constexpr std::size_t syllables = 9;
    std::string out;
    while (out.size() < syllables * 2 + (syllables - 1) / 3) {
        unsigned char bytes[2];
        if (::getentropy(bytes, sizeof bytes) != 0) throw std::runtime_error("no source of randomness for a password");
        // What does not divide evenly is drawn again, so that every syllable is as likely as another.
        if (bytes[0] >= 256 / consonants.size() * consonants.size() || bytes[1] >= 256 / vowels.size() * vowels.size())
            continue;
        if (out.size() % 7 == 6) out += '-';
        out += consonants[bytes[0] % consonants.size()];
        out += vowels[bytes[1] % vowels.size()];
    }
    return out;
}

} // namespace kogge::host::cli
