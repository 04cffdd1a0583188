// SPDX-License-Identifier: EUPL-1.2
// `kogge`: reads the command line, finds the configuration, runs the command, tells the shell how it went.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "cli/text.hpp"

#include <exception>

namespace kogge::host::cli {

namespace {

namespace fs = std::filesystem;

using Environment = std::map<std::string, std::string>;

std::string set(Environment const& environment, std::string const& name) {
    auto const found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

/// --config, KOGGE_CONFIG, kogge.toml in the data folder, /etc/kogge/kogge.toml; empty when there is none.
fs::path config_file(Arguments const& arguments, Environment const& environment, fs::path const& data_dir) {
    if (arguments.has("config")) return arguments.option("config");
    if (auto const named = set(environment, "KOGGE_CONFIG"); !named.empty()) return named;
    std::error_code ec;
    for (auto const& candidate : {data_dir / "kogge.toml", fs::path("/etc/kogge/kogge.toml")})
        if (fs::exists(candidate, ec)) return candidate;
    return {};
}

std::string language_of(Arguments const& arguments, Environment const& environment) {
    if (arguments.has("lang")) return arguments.option("lang");
    for (auto const* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (auto const locale = set(environment, name); !locale.empty()) {
            auto const language = locale.substr(0, 2);
            return language == "nl" || language == "de" ? language : "en";
        }
    return "en";
}

Result<void> run(Line& line, Terminal const& terminal) {
    if (!line.command)
        for (auto const& command : commands())
            if (command.name == "help") line.command = &command;
    if (line.arguments.has("help") && line.command->name != "help") {
        terminal.out(help_of(*line.command));
        return boost::outcome_v2::success();
    }
    auto variables = environment();
    if (line.arguments.has("data-dir")) variables["KOGGE_DATA_DIR"] = fs::absolute(line.arguments.option("data-dir")).string();
    if (line.arguments.has("listen")) variables["KOGGE_SERVER_LISTEN"] = line.arguments.option("listen");
    KOGGE_TRY(auto const defaults, read_config({}, variables));
    auto const file = config_file(line.arguments, variables, defaults.data_dir);
    KOGGE_TRY(auto config, read_config(file, variables));
    auto language = language_of(line.arguments, variables);
    Context context(std::move(config), file.string(), std::move(line.arguments), terminal, std::move(language));
    return line.command->run(context);
}

int exit_with(Terminal const& terminal, Error const& error) {
    terminal.say(
        "kogge: "
        + (error.field.empty() || error.message.find(error.field) != std::string::npos ? "" : printable(error.field) + ": ")
        + printable(error.message) + "\n");
    return int(exit_of(error.code));
}

} // namespace

int main(int argc, char** argv) {
    Terminal const terminal;
    std::vector<std::string> const words(argv + 1, argv + argc);
    try {
        auto line = parse(words, commands(), global_options());
        if (!line) return exit_with(terminal, line.error());
        auto const done = run(line.value(), terminal);
        return done ? int(Exit::ok) : exit_with(terminal, done.error());
    } catch (std::exception const& e) {
        return exit_with(terminal, {ErrorCode::failed, e.what()});
    }
}

} // namespace kogge::host::cli

int main(int argc, char** argv) { return kogge::host::cli::main(argc, argv); }
