// SPDX-License-Identifier: EUPL-1.2
#include "mail/settings.hpp"

#include "mail/compose.hpp"

#include <fstream>

namespace kogge::host::mail {

namespace {

Result<void> read_password(Server& server, std::string const& key) {
    if (server.password_file.empty())
        return boost::outcome_v2::success();
    std::ifstream in(server.password_file);
    if (!std::getline(in, server.password))
        return invalid(key + ": there is no password in " + server.password_file, key);
    return boost::outcome_v2::success();
}

} // namespace

Result<Settings> ready(Settings settings) {
    KOGGE_TRY(read_password(settings.smtp, "mail.password_file"));
    KOGGE_TRY(read_password(settings.imap, "mail.imap_password_file"));
    if (settings.imap.user.empty())
        settings.imap.user = settings.smtp.user, settings.imap.password = settings.smtp.password;
    if (!settings.smtp.url.empty() && !is_address(settings.from))
        return invalid("mail.from is the address mail is sent from, such as kogge@example.org; '" + settings.from + "' is none", "mail.from");
    if (!settings.reply_to.empty() && !is_address(settings.reply_to))
        return invalid("mail.reply_to is an address such as antwoord@example.org; '" + settings.reply_to + "' is none", "mail.reply_to");
    return settings;
}

} // namespace kogge::host::mail
