// SPDX-License-Identifier: EUPL-1.2
// Every command of `kogge`, by the file it is in. commands.cpp names them; nothing else does.
#pragma once

#include "cli/arguments.hpp"

#include <span>
#include <string>

namespace kogge::host::cli {

std::span<Command const> commands();
/// Understood before and after every command.
std::span<Option const> global_options();

// programme.cpp
Result<void> item_move(Context&);
Result<void> leg_late(Context&);
Result<void> leg_fallback(Context&);
Result<void> findings(Context&);
Result<void> changes(Context&);
Result<void> undo(Context&);

// transfer.cpp
Result<void> import_file(Context&);
Result<void> export_all(Context&);
Result<void> demo(Context&);
Result<void> feed_link(Context&);
Result<void> feed_print(Context&);
Result<void> calendar_export(Context&);
Result<void> feed_list(Context&);

// people.cpp
Result<void> user_add(Context&);
Result<void> user_list(Context&);
Result<void> user_remove(Context&);
Result<void> user_password(Context&);
Result<void> user_person(Context&);
Result<void> token_create(Context&);
Result<void> token_list(Context&);
Result<void> token_revoke(Context&);

// calendar.cpp
Result<void> calendar_subscribe(Context&);
Result<void> calendar_import(Context&);
Result<void> calendar_list(Context&);
Result<void> calendar_sync(Context&);
Result<void> calendar_undo(Context&);
Result<void> calendar_remove(Context&);

// doctor.cpp
Result<void> calendar_doctor(Context&);

// mail.cpp
Result<void> mail_list(Context&);
Result<void> mail_retry(Context&);

// upkeep.cpp
Result<void> run_daemon(Context&);
Result<void> plugin_list(Context&);
Result<void> check_config(Context&);
Result<void> migrate(Context&);
Result<void> backup(Context&);

// help.cpp
Result<void> help(Context&);
Result<void> version(Context&);
Result<void> completion(Context&);
std::string help_of(Command const& command);

} // namespace kogge::host::cli
