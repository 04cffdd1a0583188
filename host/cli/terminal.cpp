// SPDX-License-Identifier: EUPL-1.2
#include "cli/terminal.hpp"

#include "cli/text.hpp"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>

namespace kogge::host::cli {

namespace {

bool is_set(char const* name) {
    auto const* value = std::getenv(name);
    return value && *value;
}

std::size_t terminal_width() {
    if (auto const* set = std::getenv("COLUMNS")) {
        std::size_t columns = 0;
        if (std::from_chars(set, set + std::strlen(set), columns).ec == std::errc() && columns >= 40) return columns;
    }
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// No echo, and Ctrl-C comes as a character, so that the terminal is never left mute.
class Silence {
  public:
    Silence() {
        ::tcgetattr(STDIN_FILENO, &before_);
        auto quiet = before_;
        quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Silence() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
    Silence(Silence const&) = delete;

  private:
    termios before_{};
};

/// The last character with all its bytes.
void drop_character(std::string& text) {
    auto const continues = [&] { return (static_cast<unsigned char>(text.back()) & 0xc0U) == 0x80U; };
    while (!text.empty() && continues()) text.pop_back();
    if (!text.empty()) text.pop_back();
}

/// A line without its end; nothing after Ctrl-C. Silent before it asks: who types at once is not shown either.
std::optional<std::string> read_silently(std::string_view prompt) {
    constexpr char end_of_text = 3, end_of_transmission = 4, backspace = 8, del = 127;
    Silence const silence;
    std::cerr << prompt << std::flush;
    std::string out;
    for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1 && c != '\n' && c != '\r' && c != end_of_transmission;) {
        if (c == end_of_text) return std::nullopt;
        if (c == backspace || c == del)
            drop_character(out);
        else
            out += c;
    }
    return out;
}

} // namespace

Terminal::Terminal() {
    bool const out = ::isatty(STDOUT_FILENO), err = ::isatty(STDERR_FILENO), in = ::isatty(STDIN_FILENO);
    auto const* term = std::getenv("TERM");
    bool const dumb = !term || std::string_view(term) == "dumb";
    colour_ = out && !dumb && !is_set("NO_COLOR");
    asks_ = in && err;
    shows_progress_ = err && !dumb;
    width_ = out ? terminal_width() : 0;
}

void Terminal::out(std::string_view text) const { std::cout << text << std::flush; }
void Terminal::say(std::string_view text) const { std::cerr << text << std::flush; }

std::string Terminal::painted(std::string_view code, std::string_view text) const {
    if (!colour_) return std::string(text);
    return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

bool Terminal::ask(std::string_view question) const {
    say(question);
    std::string answer;
    std::getline(std::cin, answer);
    return !answer.empty() && std::strchr("yYjJ", answer.front());
}

Result<std::string> Terminal::password(std::string_view prompt) const {
    auto typed = read_silently(prompt);
    say("\n");
    if (!typed) std::raise(SIGINT); // now that the terminal shows again what is typed
    return typed ? Result<std::string>(std::move(*typed)) : Error{ErrorCode::failed, "cancelled; nothing was done"};
}

Result<std::string> Terminal::line_of_input() const {
    std::string out;
    if (!std::getline(std::cin, out)) return invalid("standard input is empty; a password is read from its first line");
    if (!out.empty() && out.back() == '\r') out.pop_back();
    return out;
}

Progress::Progress(Terminal const& terminal, std::string what) : what_(std::move(what)) {
    if (terminal.shows_progress()) thread_ = std::thread([this] { show(); });
}

Progress::~Progress() {
    {
        std::lock_guard const lock(mutex_);
        done_ = true;
    }
    ended_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Progress::show() {
    using namespace std::chrono_literals;
    auto const begin = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, 250ms, [this] { return done_; })) {
        auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count();
        std::cerr << "\r\033[K" << what_ << " … " << seconds << " s" << std::flush;
    }
    std::cerr << "\r\033[K" << std::flush;
}

} // namespace kogge::host::cli
