// SPDX-License-Identifier: EUPL-1.2
// The person at the other end, if there is one: width, colour, questions, passwords, and a sign of life during long work.
#pragma once

#include <kogge/result.hpp>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace kogge::host::cli {

class Terminal {
  public:
    /// Looks at the standard streams, NO_COLOR, TERM and COLUMNS.
    Terminal();

    void out(std::string_view text) const;       // results
    void say(std::string_view text) const;       // what is said besides them, on standard error
    std::size_t width() const { return width_; } // of results; 0: not a terminal
    bool somebody() const { return asks_; }      // a question would be answered
    bool shows_progress() const { return shows_progress_; }

    std::string bold(std::string_view text) const { return painted("1", text); }
    std::string red(std::string_view text) const { return painted("31", text); }
    std::string yellow(std::string_view text) const { return painted("33", text); }
    std::string bold_on() const { return colour_ ? "\033[1m" : ""; }
    std::string plain() const { return colour_ ? "\033[0m" : ""; }

    /// Asks on the terminal; anything but the first letter of yes (ja, yes) is no.
    bool ask(std::string_view question) const;
    /// Reads one line without showing it. Cancelled by Ctrl-C: an error.
    Result<std::string> password(std::string_view prompt) const;
    /// One line of standard input, for programs.
    Result<std::string> line_of_input() const;

  private:
    std::string painted(std::string_view code, std::string_view text) const;
    bool colour_ = false, asks_ = false, shows_progress_ = false;
    std::size_t width_ = 0;
};

/// "importing demo.json … 3 s" on standard error while it lives; nothing where nobody looks.
class Progress {
  public:
    Progress(Terminal const& terminal, std::string what);
    ~Progress();
    Progress(Progress const&) = delete;

  private:
    void show();
    std::string what_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool done_ = false;
    std::thread thread_;
};

} // namespace kogge::host::cli
