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

/// "2027-04-21T05:24:00Z iOS/17", empty for a token that nobody has used.
std::string last_use(json::value const& token) {
    auto const* used = token.is_object() ? token.get_object().if_contains("used") : nullptr;
    return used && used->is_object() ? text_at(*used, "at") + " " + text_at(*used, "client") : std::string();
}

json::value id_or_none(std::string const& id) { return id.empty() ? json::value() : json::value(id); }

} // namespace

Result<void> user_add(Context& context) {
    auto const name = context.arguments()[0];
    KOGGE_TRY(auto const password, new_password(context, name));
    KOGGE_TRY(auto const made, context.ask("POST", "/api/v1/users",
                                           {{"name", name},
                                            {"password", password},
                                            {"role", context.arguments().option("role", "planner")},
                                            {"language", context.arguments().option("user-language", context.language())},
                                            {"person", id_or_none(context.arguments().option("person"))}}));
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
    Table table({words::name.in(language), words::role.in(language), words::language.in(language), words::person.in(language)});
    for (auto const& user : list_at(document, "users"))
        table.row({text_at(user, "name"), text_at(user, "role"), text_at(user, "language"), text_at(user, "person")});
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

Result<void> user_person(Context& context) {
    auto const name = context.arguments()[0];
    auto const person = context.arguments()[1];
    KOGGE_TRY(context.ask("PUT", "/api/v1/users/" + escaped(name) + "/person", {{"person", id_or_none(person)}}));
    context.remark(person.empty() ? name + " is nobody in the programme" : name + " is " + person);
    return boost::outcome_v2::success();
}

Result<void> token_create(Context& context) {
    auto const user = context.arguments().option("user");
    json::array scopes;
    for (auto const& scope : split(context.arguments().option("scope", user.empty() ? "read" : "read,write"), ',')) scopes.emplace_back(scope);
    json::object wanted{{"name", context.arguments()[0]}, {"scopes", std::move(scopes)}};
    if (!user.empty()) wanted["user"] = user;
    KOGGE_TRY(auto const made, context.ask("POST", "/api/v1/tokens", std::move(wanted)));
    if (context.wants_json())
        context.print_json(made);
    else
        context.print(text_at(made, "token"));
    context.remark(user.empty() ? "send it as Authorization: Bearer; it is not shown again"
                                : "the password of " + user + " for one calendar client; it is not shown again");
    return boost::outcome_v2::success();
}

Result<void> token_list(Context& context) {
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/tokens"));
    if (context.wants_json()) {
        context.print_json(document);
        return boost::outcome_v2::success();
    }
    auto const& language = context.language();
    Table table({"id", "", words::name.in(language), words::scope.in(language), words::last_used.in(language)});
    for (auto const& token : list_at(document, "tokens")) {
        bool const feed = text_at(token, "kind") == "feed";
        table.row({text_at(token, "id"), text_at(token, "kind"), text_at(token, feed ? "note" : "name"),
                   feed ? text_at(token, "scope") + " " + text_at(token, "subject") : joined(list_at(token, "scopes")), last_use(token)});
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
