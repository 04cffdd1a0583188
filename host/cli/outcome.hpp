// SPDX-License-Identifier: EUPL-1.2
// A change on its way in: tried first, shown with what it brings and who is told, confirmed where a check wants it, made.
#pragma once

#include "cli/context.hpp"

namespace kogge::host::cli {

/// The options of every command that changes the programme.
inline std::vector<Option> change_options() {
    return {{"dry-run", "", "show what it would bring, change nothing"},
            {"yes", "", "confirm the findings it brings that have to be confirmed"},
            {"confirm", "KEY", "confirm this finding (its key, as --json shows it) and no other", "", true}};
}

/// One request that changes something, to be posted to `target`; `body` gets its "confirm".
struct Proposal {
    std::string target;
    json::object body;
    json::value shown; // what --json prints beside the outcome; null: nothing
};

/// Tries it, shows what comes of it, asks if need be, and does it. Refused, or waiting to be confirmed: an error.
Result<void> carry_out(Context& context, Proposal proposal);

/// 0 for a note … 3 for what blocks.
int weight_of(std::string_view level);

/// A table of findings, the heaviest first.
Table table_of(json::array const& findings, Context const& context);

/// "Anna Brouwer, Jan de Vries … and 12 more"
std::string names_of(json::array const& affected, Context const& context);

} // namespace kogge::host::cli
