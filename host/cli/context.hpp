// SPDX-License-Identifier: EUPL-1.2
// What a command works with: its arguments, the configuration, the person, and the API.
#pragma once

#include "cli/arguments.hpp"
#include "cli/client.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace kogge::host::cli {

class Context {
  public:
    Context(Config config, std::string config_file, Arguments arguments, Terminal const& terminal, std::string language);

    Config const& config() const { return config_; }
    std::string const& config_file() const { return config_file_; } // empty: none was found, the defaults count
    Arguments const& arguments() const { return arguments_; }
    Terminal const& terminal() const { return terminal_; }
    std::string const& language() const { return language_; } // nl, de, en
    bool wants_json() const { return arguments_.has("json"); }

    /// The API, reached at the first call.
    Result<Client*> client();
    /// The answer, whatever its status; `target` without ?lang=, which is added.
    Result<Reply> request(std::string_view method, std::string target, json::value const& body = {});
    /// The document of a good answer; the error of another one says what the daemon said.
    Result<json::value> ask(std::string_view method, std::string target, json::value const& body = {});

    /// To standard output: a document in one line, a table, a line.
    void print_json(json::value const& document) const;
    void print(Table const& table) const;
    void print(std::string_view line) const;
    /// One more line for the person only: not with --json.
    void remark(std::string_view line) const;

  private:
    Config config_;
    std::string config_file_;
    Arguments arguments_;
    Terminal const& terminal_;
    std::string language_;
    std::unique_ptr<Client> client_;
};

/// What a daemon's answer means as an error.
Error error_of(Reply const& reply);

/// "a b/c" as part of an URL.
std::string escaped(std::string_view text);

/// A member of an object as text: strings as they are, numbers in digits, anything else (absent, too) empty.
std::string text_at(json::value const& object, std::string_view name);
json::array const& list_at(json::value const& object, std::string_view name);

} // namespace kogge::host::cli
