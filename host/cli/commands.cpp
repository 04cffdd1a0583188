// SPDX-License-Identifier: EUPL-1.2
#include "cli/commands.hpp"

#include "cli/outcome.hpp"

namespace kogge::host::cli {

namespace {

constexpr Option reason{"reason", "TEXT", "what the change log will say"};
constexpr Option of_visit{"visit", "VISIT", "of this visit only"};
constexpr Option password_stdin{"password-stdin", "", "read the password from the first line of standard input"};

std::vector<Option> with(std::vector<Option> options, std::vector<Option> more) {
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

/// A calendar that is to come in: whose it is, and what it is called here.
std::vector<Option> coming_in() {
    return {{"person", "PERSON", "whose calendar it is"},
            {"name", "TEXT", "what it is called here"},
            {"consent", "TEXT", "who agreed to it, and when: it is somebody's own calendar"},
            {"zone", "ZONE", "of times without one (Europe/Amsterdam)"},
            {"dry-run", "", "say what would come in"}};
}

std::vector<Option> whose_calendar() {
    return {{"visit", "VISIT", "everything of a visit, or which visit is meant"},
            {"track", "TRACK", "what a track does"},
            {"person", "PERSON", "what a person takes part in"},
            {"vehicle", "VEHICLE", "where a vehicle has to be"},
            {"interpreter", "PERSON", "what an interpreter is booked for"}};
}

} // namespace

std::span<Option const> global_options() {
    static std::vector<Option> const options{
        {"config", "FILE", "the configuration (else KOGGE_CONFIG, kogge.toml in the data folder, /etc/kogge/kogge.toml)"},
        {"data-dir", "DIR", "the data folder (else KOGGE_DATA_DIR, else kogge in $XDG_DATA_HOME or ~/.local/share)"},
        {"json", "", "print documents of the API, for programs"},
        {"lang", "LANG", "the language of sentences (else that of the locale)", "nl|de|en"},
        {"help", "", "explain instead of doing it"},
    };
    return options;
}

// clang-format off
std::span<Command const> commands() {
    static std::vector<Command> const table{
        {"serve", "", "run the daemon", "Until SIGTERM or Ctrl-C. It logs to standard error.",
         {{"listen", "ADDRESS:PORT", "where to listen instead of where the configuration says"}}, run_daemon},
        {"demo", "", "load the sample mission", "Safe to run twice: what is there already is left as it is. When nobody can sign in yet, it makes the user\n"
         "planner; it says how to sign in every time.", {}, demo},

        {"item move", "ITEM SHIFT", "move a programme item, and show what that hits",
         "SHIFT is +30 or -15 (minutes), +1:30, 14:30 or 2027-04-22T14:30. Start and end move together. Findings that have to be\n"
         "confirmed are asked about on a terminal; elsewhere --yes confirms them, and without it nothing is changed (exit code 3).",
         with(change_options(), {reason}), item_move},
        {"leg late", "LEG MINUTES", "a leg runs late: shift what waits for it", "Shows what moves and why before it moves.", with(change_options(), {reason}), leg_late},
        {"leg fallback", "LEG", "switch a leg to its fallback", "", with(change_options(), {reason}), leg_fallback},
        {"findings", "", "list what the checks have found", "", {of_visit, {"level", "LEVEL", "only these and heavier ones", "note|warn|block_release|block"}}, findings},
        {"changes", "", "list the change log", "", {{"since", "SEQ", "only what came after"}, {"limit", "N", "so many at most"}, {"entity", "KIND", "of this kind only"},
         {"id", "ID", "of this one only"}, of_visit}, changes},
        {"undo", "SEQ", "take a change set back", "SEQ is any of its entries in the change log.", change_options(), undo},

        {"feed link", "", "make a calendar link", "Whoever has the link sees this calendar, until `kogge feed revoke` ends it. It is shown once.",
         with(whose_calendar(), {{"note", "TEXT", "whom it is for"}}), feed_link},
        {"feed print", "", "print a calendar as iCalendar text", "", whose_calendar(), feed_print},
        {"feed list", "VISIT", "list the calendar links given out", "", {}, feed_list},
        {"feed revoke", "ID", "end a calendar link", "", {}, token_revoke},

        {"calendar subscribe", "URL", "look at a calendar that somebody has elsewhere", "Its times count as taken time of that person. URL is an ICS link or, with --caldav, the address of an account.\n"
         "The daemon looks again by itself; what it cannot read ends with exit code 1.",
         with(coming_in(), {{"caldav", "", "URL is a CalDAV account"}, {"user", "NAME", "who signs in there"}, password_stdin}), calendar_subscribe},
        {"calendar import", "FILE", "take the times of an iCalendar file in as taken time", "- reads standard input.", coming_in(), calendar_import},
        {"calendar export", "", "write a calendar as an iCalendar file", "", with(whose_calendar(), {{"output", "FILE", "instead of standard output"}}), calendar_export},
        {"calendar list", "", "list the calendars that come in, and how they are", "", {{"person", "PERSON", "of this person only"}}, calendar_list},
        {"calendar sync", "[ID]", "look at the calendars elsewhere now", "Exit code 1 when one of them cannot be read.", {}, calendar_sync},
        {"calendar undo", "ID", "take the last upload of a calendar back", "", {}, calendar_undo},
        {"calendar remove", "ID", "look at a calendar no longer, and forget its times", "", {}, calendar_remove},
        {"calendar doctor", "", "say what keeps calendars from their readers", "Looks at the public address, the links (read as their readers do), what the feeds say, links nobody uses, mail that\n"
         "waits or failed, and calendars elsewhere that cannot be read. Exit code 1 when something is broken.", {}, calendar_doctor},

        {"import", "FILE", "read a scenario or an export in", "- reads standard input. It is one change set: all of it, or nothing.",
         {{"dry-run", "", "say what it would import"}, {"update", "", "write over what is there already and differs"}}, import_file},
        {"export", "", "write everything, or a visit, as a document that import takes back", "", {of_visit, {"output", "FILE", "instead of standard output"}}, export_all},

        {"user add", "NAME", "let somebody sign in", "Asks for a password.",
         {{"role", "ROLE", "what they may do", "reader|planner|admin"}, {"user-language", "LANG", "the language they see", "nl|de|en"},
          {"person", "ID", "who they are in the programme"}, password_stdin}, user_add},
        {"user list", "", "list who can sign in", "", {}, user_list},
        {"user password", "NAME", "set somebody's password", "It ends their sessions. App passwords are revoked with `kogge token revoke`.", {password_stdin}, user_password},
        {"user person", "NAME [ID]", "say who somebody is in the programme", "Without ID: nobody.", {}, user_person},
        {"user remove", "NAME", "let somebody sign in no longer", "", {}, user_remove},
        {"token create", "NAME", "make a token for a program, or an app password for a calendar client", "It is shown once. With --user it is an app password: a calendar client signs in with the user's name and this.",
         {{"scope", "LIST", "read, write, care, admin; with commas (default: read; with --user: read,write)"}, {"user", "USER", "whose app password it is"}}, token_create},
        {"token list", "", "list tokens and calendar links", "", {}, token_list},
        {"token revoke", "ID", "end a token or a calendar link", "", {}, token_revoke},

        {"mail list", "", "list the mail that waits, was sent or failed, and why", "", {{"state", "STATE", "only these", "queued|sent|failed|cancelled"}}, mail_list},
        {"mail retry", "ID", "queue a mail again that failed or waits", "It is sent at once, with all its tries before it again.", {}, mail_retry},

        {"plugin list", "", "list the plugins, and why one does not run", "", {}, plugin_list},
        {"check-config", "", "say which settings are wrong or cannot work", "", {}, check_config},
        {"migrate", "", "bring the tables up to date, with a backup first", "The daemon does it by itself when it starts.", {}, migrate},
        {"backup", "[FILE]", "copy the store while others write", "Without FILE into the backup folder. The key of what is encrypted, secret.key in the data folder,\n"
         "is not in it: keep a copy elsewhere.", {}, backup},

        {"completion", "SHELL", "print the completion for bash", "", {}, completion},
        {"help", "[COMMAND] [SUBCOMMAND]", "explain a command, or `exit-codes`", "", {{"man", "", "print the manual page"}}, help},
        {"version", "", "print the version", "", {}, version},
    };
    return table;
}
// clang-format on

} // namespace kogge::host::cli
