// SPDX-License-Identifier: EUPL-1.2
// Help, the completion for bash and the manual page, all made from the table of commands.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <set>

namespace kogge::host::cli {

namespace {

constexpr std::string_view introduction =
    "kogge plans delegation visits. `kogge serve` is the daemon; everything else speaks to it, or, when it\n"
    "does not run, to its data folder.\n";

std::string with_arguments(Command const& command) {
    return std::string(command.name) + (command.arguments.empty() ? "" : " " + std::string(command.arguments));
}

std::string flag(Option const& option) {
    return "--" + std::string(option.name) + (option.value.empty() ? "" : " " + std::string(option.value));
}

std::string explained(Option const& option) {
    return std::string(option.help) + (option.choices.empty() ? "" : " (" + std::string(option.choices) + ")");
}

std::string options_text(std::span<Option const> options) {
    std::size_t width = 0;
    for (auto const& option : options) width = std::max(width, columns(flag(option)));
    std::string out;
    for (auto const& option : options) out += "  " + padded(flag(option), width + 2) + explained(option) + "\n";
    return out;
}

std::string overview() {
    std::size_t width = 0;
    for (auto const& command : commands()) width = std::max(width, columns(with_arguments(command)));
    std::string out = std::string(introduction) + "\nkogge COMMAND [ARGUMENTS] [OPTIONS]\n\n";
    for (auto const& command : commands())
        out += "  " + padded(with_arguments(command), width + 2) + std::string(command.summary) + "\n";
    return out + "\nEvery command takes:\n" + options_text(global_options())
           + "\n`kogge help COMMAND` tells more; `kogge help exit-codes` what the shell is told.\n";
}

std::string exit_codes() {
    std::string out;
    for (auto const& [code, meaning] : exit_meanings) out += padded(std::to_string(int(code)), 5) + std::string(meaning) + "\n";
    return out;
}

// ---- bash ----------------------------------------------------------------------------------------------------------

std::string options_of(Command const& command) {
    std::string out;
    for (auto const list : {std::span<Option const>(command.options), global_options()})
        for (auto const& option : list) out += (out.empty() ? "--" : " --") + std::string(option.name);
    return out;
}

std::string bash() {
    std::set<std::string> first;
    std::string groups, cases;
    for (auto const& command : commands()) {
        auto const space = command.name.find(' ');
        auto const group = std::string(command.name.substr(0, space));
        if (first.insert(group).second && space != command.name.npos) {
            std::string seconds;
            for (auto const& other : commands())
                if (other.name.starts_with(group + " "))
                    seconds += (seconds.empty() ? "" : " ") + std::string(other.name.substr(group.size() + 1));
            groups += "        " + group + ") words=\"" + seconds + "\" ;;\n";
        }
        cases += "        \"" + std::string(command.name) + (space == command.name.npos ? " \"*" : "\"") + ") words=\""
                 + options_of(command) + "\" ;;\n";
    }
    std::string choices;
    std::set<std::string_view> seen;
    auto const choose = [&](Option const& option) {
        if (!option.choices.empty() && seen.insert(option.name).second) {
            auto words = std::string(option.choices);
            std::replace(words.begin(), words.end(), '|', ' ');
            choices += "        --" + std::string(option.name) + ") COMPREPLY=($(compgen -W \"" + words
                       + "\" -- \"$current\")); return ;;\n";
        }
    };
    for (auto const& option : global_options()) choose(option);
    for (auto const& command : commands())
        for (auto const& option : command.options) choose(option);
    std::string words;
    for (auto const& name : first) words += (words.empty() ? "" : " ") + name;
    return "# kogge completion bash > /usr/share/bash-completion/completions/kogge\n"
           "_kogge() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
           "    case $before in\n"
           + choices
           + "        --config|--output|import) COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n"
             "        --data-dir) COMPREPLY=($(compgen -d -- \"$current\")); return ;;\n"
             "    esac\n"
             "    if [ \"$COMP_CWORD\" -eq 1 ]; then words=\""
           + words
           + "\"\n"
             "    elif [ \"$COMP_CWORD\" -eq 2 ] && [[ $current != -* ]]; then case ${COMP_WORDS[1]} in\n"
           + groups
           + "    esac; fi\n"
             "    if [[ $current == -* ]]; then case \"${COMP_WORDS[1]} ${COMP_WORDS[2]-}\" in\n"
           + cases
           + "    esac; fi\n"
             "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
             "}\n"
             "complete -F _kogge kogge\n";
}

// ---- manual page ---------------------------------------------------------------------------------------------------

std::string roff(std::string_view text) {
    std::string out;
    for (char const c : text) out += c == '-' ? "\\-" : c == '\\' ? "\\e" : std::string(1, c);
    return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string manual() {
    std::string out =
        ".TH KOGGE 1 \"\" \"kogge " KOGGE_VERSION
        "\"\n.SH NAME\nkogge \\- plans delegation visits\n.SH SYNOPSIS\n.B kogge\n.I COMMAND\n[ARGUMENTS] [OPTIONS]\n"
        ".SH DESCRIPTION\n"
        + roff(introduction) + ".SH COMMANDS\n";
    for (auto const& command : commands()) {
        out += ".TP\n.B " + roff("kogge " + with_arguments(command)) + "\n" + roff(command.summary) + ".\n"
               + (command.help.empty() ? "" : roff(command.help) + "\n");
        for (auto const& option : command.options)
            out += ".br\n.B " + roff(flag(option)) + "\n" + roff(explained(option)) + "\n";
    }
    out += ".SH OPTIONS\nEvery command takes:\n";
    for (auto const& option : global_options()) out += ".TP\n.B " + roff(flag(option)) + "\n" + roff(explained(option)) + "\n";
    out += ".SH EXIT STATUS\n";
    for (auto const& [code, meaning] : exit_meanings)
        out += ".TP\n.B " + std::to_string(int(code)) + "\n" + roff(meaning) + "\n";
    return out
           + ".SH ENVIRONMENT\n.TP\n.B KOGGE_DATA_DIR\nthe data folder\n.TP\n.B KOGGE_CONFIG\nthe configuration file\n.TP\n.B "
             "KOGGE_SECTION_KEY\n"
             "overrides a key of the configuration\n.TP\n.B NO_COLOR\nno colours\n";
}

} // namespace

std::string help_of(Command const& command) {
    auto out = "kogge " + with_arguments(command) + "\n\n" + std::string(command.summary) + "\n";
    if (!command.help.empty()) out += "\n" + std::string(command.help) + "\n";
    if (!command.options.empty()) out += "\n" + options_text(command.options);
    return out + "\nEvery command takes:\n" + options_text(global_options());
}

Result<void> help(Context& context) {
    auto const& out = context.terminal();
    auto name = context.arguments()[0];
    if (auto const second = context.arguments()[1]; !second.empty()) name += " " + second;
    if (context.arguments().has("man"))
        out.out(manual());
    else if (name.empty())
        out.out(overview());
    else if (name == "exit-codes")
        out.out(exit_codes());
    else {
        bool found = false;
        for (auto const& command : commands())
            if (command.name == name || command.name.starts_with(name + " "))
                out.out((found ? "\n" : "") + help_of(command)), found = true;
        if (!found)
            return Error{ErrorCode::invalid, "there is no command '" + name.substr(0, 40) + "'; `kogge help` lists them"};
    }
    return boost::outcome_v2::success();
}

Result<void> version(Context& context) {
    if (context.wants_json())
        context.print_json(json::value{{"version", KOGGE_VERSION}});
    else
        context.print("kogge " KOGGE_VERSION);
    return boost::outcome_v2::success();
}

Result<void> completion(Context& context) {
    if (context.arguments()[0] != "bash")
        return invalid("'" + context.arguments()[0].substr(0, 40)
                       + "' is no shell we complete for; write: kogge completion bash");
    context.terminal().out(bash());
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
