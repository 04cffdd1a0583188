// SPDX-License-Identifier: EUPL-1.2
#include "cli/arguments.hpp"

#include "cli/text.hpp"

#include <algorithm>

namespace kogge::host::cli {

namespace {

/// "-15" is a number, not an option.
bool is_option(std::string_view word) { return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9'); }

std::string did_you_mean(std::string_view word, std::vector<std::string_view> const& known, std::string_view before = {}) {
    auto const best = meant(word, known);
    return best.empty() ? std::string() : "; did you mean '" + std::string(before) + std::string(best) + "'?";
}

class Parser {
  public:
    Parser(std::span<Command const> commands, std::span<Option const> global) : commands_(commands), global_(global) {}

    Result<Line> operator()(std::span<std::string const> words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            auto const& word = words[i];
            if (only_places_ || !is_option(word)) {
                KOGGE_TRY(place(word));
            } else if (word == "--") {
                only_places_ = true;
            } else {
                KOGGE_TRY(i, option(words, i));
            }
        }
        if (!group_.empty() && !line_.command) return invalid("'" + group_ + "' wants one of: " + second_words(), group_);
        if (line_.command && !line_.arguments.has("help")) {
            KOGGE_TRY(enough());
        }
        return std::move(line_);
    }

  private:
    Result<void> place(std::string const& word) {
        if (line_.command) {
            if (line_.arguments.size() == places().size())
                return invalid("'" + word + "' is one argument too many; " + usage());
            line_.arguments.add(word);
            return boost::outcome_v2::success();
        }
        auto const name = group_.empty() ? word : group_ + " " + word;
        auto const exact = std::find_if(commands_.begin(), commands_.end(), [&](Command const& c) { return c.name == name; });
        if (exact != commands_.end()) {
            line_.command = &*exact;
            return boost::outcome_v2::success();
        }
        if (group_.empty() && std::any_of(commands_.begin(), commands_.end(), [&](Command const& c) {
                return c.name.starts_with(word + " ");
            })) {
            group_ = word;
            return boost::outcome_v2::success();
        }
        return unknown(word);
    }

    Error unknown(std::string const& word) const {
        std::vector<std::string_view> known;
        for (auto const& command : commands_) {
            auto const name = group_.empty()                           ? command.name.substr(0, command.name.find(' '))
                              : command.name.starts_with(group_ + " ") ? command.name.substr(group_.size() + 1)
                                                                       : std::string_view();
            if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
        }
        auto const before = group_.empty() ? std::string() : group_ + " ";
        auto const hint = did_you_mean(word, known, before);
        return invalid("there is no command '" + before + word.substr(0, 40) + "'"
                       + (hint.empty() ? "; `kogge help` lists them" : hint));
    }

    /// Reads the option at `i`; the place it ended at.
    Result<std::size_t> option(std::span<std::string const> words, std::size_t i) {
        auto const& word = words[i];
        auto const equals = std::min(word.find('='), word.size());
        auto const name = word == "-h"             ? std::string("help")
                          : word.starts_with("--") ? word.substr(2, equals - 2)
                                                   : std::string();
        auto const* option = find(name);
        if (!option)
            return invalid("there is no option '" + word.substr(0, equals).substr(0, 40) + "' here"
                           + did_you_mean(name, option_names(), "--"));
        bool const attached = equals < word.size();
        if (option->value.empty() && attached) return invalid("--" + name + " takes no value");
        if (!option->value.empty() && !attached && i + 1 == words.size())
            return invalid("--" + name + " wants a value: --" + name + " " + std::string(option->value));
        auto value = option->value.empty() ? std::string() : attached ? word.substr(equals + 1) : words[++i];
        if (auto const choices = split(option->choices, '|');
            !choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end())
            return invalid("--" + name + " wants " + std::string(option->choices) + ", not '" + value.substr(0, 40) + "'");
        if (!option->repeats && line_.arguments.has(name)) return invalid("--" + name + " stands there twice");
        line_.arguments.set(option->name, std::move(value));
        return i;
    }

    Option const* find(std::string_view name) const {
        auto const named = [&](Option const& option) { return option.name == name; };
        if (auto const found = std::find_if(global_.begin(), global_.end(), named); found != global_.end()) return &*found;
        if (!line_.command) return nullptr;
        auto const found = std::find_if(line_.command->options.begin(), line_.command->options.end(), named);
        return found == line_.command->options.end() ? nullptr : &*found;
    }
    std::vector<std::string_view> option_names() const {
        std::vector<std::string_view> out;
        for (auto const& option : global_) out.push_back(option.name);
        if (line_.command)
            for (auto const& option : line_.command->options) out.push_back(option.name);
        return out;
    }

    std::vector<std::string> places() const { return split(line_.command->arguments, ' '); }
    std::string usage() const {
        auto const arguments = std::string(line_.command->arguments);
        return "write: kogge " + std::string(line_.command->name) + (arguments.empty() ? "" : " " + arguments);
    }
    Result<void> enough() const {
        auto const wanted = places();
        auto const given = line_.arguments.size();
        if (given < wanted.size() && wanted[given].front() != '[') return invalid(wanted[given] + " is missing; " + usage());
        return boost::outcome_v2::success();
    }
    std::string second_words() const {
        std::string out;
        for (auto const& command : commands_)
            if (command.name.starts_with(group_ + " "))
                out += (out.empty() ? "" : ", ") + std::string(command.name.substr(group_.size() + 1));
        return out;
    }

    std::span<Command const> commands_;
    std::span<Option const> global_;
    std::string group_;
    bool only_places_ = false;
    Line line_;
};

} // namespace

std::string Arguments::option(std::string_view name, std::string otherwise) const {
    auto const found = options_.find(name);
    return found == options_.end() ? otherwise : found->second;
}

std::vector<std::string> Arguments::all(std::string_view name) const {
    std::vector<std::string> out;
    for (auto [i, end] = options_.equal_range(name); i != end; ++i) out.push_back(i->second);
    return out;
}

Result<Line> parse(std::span<std::string const> words, std::span<Command const> commands, std::span<Option const> global) {
    return Parser(commands, global)(words);
}

} // namespace kogge::host::cli
