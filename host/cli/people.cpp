// SPDX-License-Identifier: EUPL-1.2
// Commands about who may do what: users and tokens.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/sign_in_note.hpp"
#include "cli/text.hpp"
#include "cli/words.hpp"

namespace kogge::host::cli {

namespace {

/// Asked twice on a terminal; one line of standard input with --password-stdin.
Result<std::string> new_password(Context const& context, std::string const& name) {
    if (context.arguments().has("password-stdin")) return context.terminal().line_of_input();
    if (!context.terminal().somebody())
        return invalid(
            "nobody is here to be asked for a password; give it as the first line of standard input, with --password-stdin");
    KOGGE_TRY(auto first, context.terminal().password("password for " + printable(name) + ": "));
    KOGGE_TRY(auto const second, context.terminal().password("once more: "));
    if (first != second) return invalid("the two passwords differ; nothing was done");
    return first;
}

std::string joined(json::array const& list) {
    std::string out;
    for (auto const& item : list)
        out += (out.empty() ? "" : ",") + (item.is_string() ? std::string(item.get_string()) : std::string());
    return out;
}

} // namespace

Result<void> user_add(Context& context) {
    auto const name = context.arguments()[0];
    KOGGE_TRY(auto const password, new_password(context, name));
    KOGGE_TRY(auto const made, context.ask("POST", "/api/v1/users",
                                           {{"name", name},
                                            {"password", password},
                                            {"role", context.arguments().option("role", "planner")},
                                            {"language", context.arguments().option("user-language", context.language())}}));
    if (context.wants_json()) context.print_json(made);
    context.remark("added " + name);
    return boost::outcome_v2::success();
}

Result<void> user_list(Context& context) {
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/users"));
    if (context.wants_json()) {
        context.print_json(document);
        return boost::outcome_v2::success();
    }
    auto const& language = context.language();
    Table table({words::name.in(language), words::role.in(language), words::language.in(language)});
    for (auto const& user : list_at(document, "users"))
        table.row({text_at(user, "name"), text_at(user, "role"), text_at(user, "language")});
    context.print(table);
    return boost::outcome_v2::success();
}

Result<void> user_remove(Context& context) {
    auto const name = context.arguments()[0];
    KOGGE_TRY(context.ask("DELETE", "/api/v1/users/" + escaped(name)));
    drop_sign_in_note(context.config().data_dir, name);
    context.remark("removed " + name);
    return boost::outcome_v2::success();
}

Result<void> user_password(Context& context) {
    auto const name = context.arguments()[0];
    KOGGE_TRY(auto const password, new_password(context, name));
    KOGGE_TRY(context.ask("PUT", "/api/v1/users/" + escaped(name) + "/password", {{"password", password}}));
    drop_sign_in_note(context.config().data_dir, name);
    context.remark("changed the password of " + name);
    return boost::outcome_v2::success();
}

Result<void> token_create(Context& context) {
    json::array scopes;
    for (auto const& scope : split(context.arguments().option("scope", "read"), ',')) scopes.emplace_back(scope);
    KOGGE_TRY(auto const made,
              context.ask("POST", "/api/v1/tokens", {{"name", context.arguments()[0]}, {"scopes", std::move(scopes)}}));
    if (context.wants_json())
        context.print_json(made);
    else
        context.print(text_at(made, "token"));
    context.remark("send it as Authorization: Bearer; it is not shown again");
    return boost::outcome_v2::success();
}

Result<void> token_list(Context& context) {
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/tokens"));
    if (context.wants_json()) {
        context.print_json(document);
        return boost::outcome_v2::success();
    }
    auto const& language = context.language();
    Table table({"id", "", words::name.in(language), words::scope.in(language)});
    for (auto const& token : list_at(document, "tokens")) {
        bool const feed = text_at(token, "kind") == "feed";
        table.row({text_at(token, "id"), text_at(token, "kind"), text_at(token, feed ? "note" : "name"),
                   feed ? text_at(token, "scope") + " " + text_at(token, "subject") : joined(list_at(token, "scopes"))});
    }
    context.print(table);
    return boost::outcome_v2::success();
}

Result<void> token_revoke(Context& context) {
    auto const id = context.arguments()[0];
    KOGGE_TRY(context.ask("DELETE", "/api/v1/tokens/" + escaped(id)));
    context.remark("revoked " + id);
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
