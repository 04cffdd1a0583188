// SPDX-License-Identifier: EUPL-1.2
// Commands about mail: what waits, what failed and why, and trying again.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/text.hpp"
#include "cli/words.hpp"

namespace kogge::host::cli {

Result<void> mail_list(Context& context) {
    std::string target = "/api/v1/entities/outgoing_mail?limit=1000";
    if (auto const state = context.arguments().option("state"); !state.empty()) target += "&state=" + escaped(state);
    json::array all;
    for (std::string after; ;) {
        KOGGE_TRY(auto const page, context.ask("GET", after.empty() ? target : target + "&after=" + escaped(after)));
        for (auto const& mail : list_at(page, "items")) all.push_back(mail);
        after = text_at(page, "next");
        if (after.empty()) break;
    }
    if (context.wants_json()) {
        context.print_json({{"mail", std::move(all)}});
        return boost::outcome_v2::success();
    }
    auto const& language = context.language();
    Table table({"id", words::state.in(language), words::to.in(language), words::topic.in(language), words::tries.in(language), words::reason.in(language)});
    for (auto const& mail : all)
        table.row({text_at(mail, "id"), text_at(mail, "state"), text_at(mail, "to"), text_at(mail, "subject"), text_at(mail, "attempts"), text_at(mail, "error")});
    context.print(table);
    return boost::outcome_v2::success();
}

/// The revision is the one just looked at: a mail that changed meanwhile is not touched.
Result<void> mail_retry(Context& context) {
    auto const id = context.arguments()[0];
    KOGGE_TRY(auto const mail, context.ask("GET", "/api/v1/entities/outgoing_mail/" + escaped(id)));
    auto const state = text_at(mail, "state");
    if (state == "sent") return invalid("mail " + printable(id) + " was sent already; queue another one instead");
    json::array const changes{{{"op", "update"},
                               {"entity", "outgoing_mail"},
                               {"id", id},
                               {"rev", mail.at("rev")},
                               {"fields", {{"state", "queued"}, {"attempts", 0}, {"next_try", nullptr}, {"claimed_by", nullptr}, {"error", nullptr}}}}};
    KOGGE_TRY(auto const outcome, context.ask("POST", "/api/v1/changes", {{"reason", "mail: try again"}, {"changes", changes}}));
    if (context.wants_json()) context.print_json(outcome);
    context.remark("mail " + printable(id) + " is queued again");
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
