// SPDX-License-Identifier: EUPL-1.2
// A command and what stands behind it on the command line. One row of the table in commands.cpp holds all there is to
// know of a command: help, completion and manual page are made from it.
#pragma once

#include <kogge/result.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::cli {

class Context;

struct Option {
    std::string_view name;  // without the dashes
    std::string_view value; // what stands for its value in the help; empty: it takes none
    std::string_view help;
    std::string_view choices = {}; // "nl|de|en": nothing else is taken
    bool repeats = false;
};

struct Command {
    std::string_view name;      // "item move"
    std::string_view arguments; // "ITEM SHIFT", "[FILE]"
    std::string_view summary;   // one line, a verb first
    std::string_view help;      // more of it, for those who asked
    std::vector<Option> options;
    Result<void> (*run)(Context&);
};

class Arguments {
  public:
    /// What stood at place `i`, empty when nothing did.
    std::string operator[](std::size_t i) const { return i < places_.size() ? places_[i] : std::string(); }
    std::size_t size() const { return places_.size(); }
    bool has(std::string_view option) const { return options_.find(option) != options_.end(); }
    std::string option(std::string_view name, std::string otherwise = {}) const;
    std::vector<std::string> all(std::string_view name) const;

    void add(std::string place) { places_.push_back(std::move(place)); }
    void set(std::string_view option, std::string value) { options_.emplace(option, std::move(value)); }

  private:
    std::vector<std::string> places_;
    std::multimap<std::string, std::string, std::less<>> options_;
};

struct Line {
    Command const* command = nullptr; // null: only global options
    Arguments arguments;
};

/// Reads a command line (without the program's name). An error says what is wrong and, for a slip, what was meant.
Result<Line> parse(std::span<std::string const> words, std::span<Command const> commands, std::span<Option const> global);

} // namespace kogge::host::cli
