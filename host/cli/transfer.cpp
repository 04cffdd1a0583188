// SPDX-License-Identifier: EUPL-1.2
// Commands that carry things in and out: import, export, the sample mission, calendar links.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/sign_in_note.hpp"
#include "cli/words.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

namespace kogge::host::cli {

namespace {

Result<std::string> read_file(std::filesystem::path const& file) {
    if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::error_code ec;
    if (std::filesystem::is_directory(file, ec)) return Error{ErrorCode::invalid, file.string() + " is a folder; name a file"};
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return Error{errno == ENOENT ? ErrorCode::not_found : ErrorCode::denied,
                     "cannot read " + file.string() + ": " + std::strerror(errno)};
    return std::string(std::istreambuf_iterator<char>(in), {});
}

/// "12 delegate, 3 visit"
std::string counts(json::value const& imported) {
    std::string out;
    if (auto const* kinds = imported.if_object())
        for (auto const& [kind, count] : *kinds)
            out += (out.empty() ? "" : ", ") + json::serialize(count) + " " + std::string(kind);
    return out;
}

std::string listed(json::array const& list) {
    constexpr std::size_t shown = 12;
    std::string out;
    for (std::size_t i = 0; i < std::min(shown, list.size()); ++i)
        out += (i ? ", " : "") + (list[i].is_string() ? std::string(list[i].get_string()) : text_at(list[i], "id"));
    return list.size() > shown ? out + " …" : out;
}

/// "gift, matchmaking, 3 fields of task": sections nobody took, then the kinds of which single fields were left.
std::string left_out(Context const& context, json::array const& skipped) {
    std::string out;
    std::map<std::string, int> fields;
    auto const add = [&](std::string const& what) { out += (out.empty() ? "" : ", ") + what; };
    for (auto const& name : skipped) {
        std::string const text(name.as_string());
        if (auto const dot = text.find('.'); dot == text.npos)
            add(text);
        else
            ++fields[text.substr(0, dot)];
    }
    for (auto const& [kind, n] : fields)
        add(words::fields_of.in(context.language(), {{"n", std::to_string(n)}, {"kind", kind}}));
    return out;
}

void show_import(Context const& context, json::value const& document, bool dry_run) {
    auto const& language = context.language();
    auto const* imported = document.as_object().if_contains("imported");
    if (auto const what = imported ? counts(*imported) : std::string(); what.empty())
        context.print(words::already_there.in(language));
    else
        context.print((dry_run ? words::would_import : words::imported).in(language, {{"what", what}}));
    if (auto const& kept = list_at(document, "kept"); !kept.empty())
        context.print(words::kept.in(language, {{"what", listed(kept)}}));
    if (auto const& skipped = list_at(document, "skipped"); !skipped.empty())
        context.print(words::skipped.in(language, {{"what", left_out(context, skipped)}}));
}

/// Sends a file as it is: the daemon reads it, and names the place when it cannot.
Result<json::value> send(Context& context, std::filesystem::path const& file, std::string const& query) {
    KOGGE_TRY(auto const text, read_file(file));
    KOGGE_TRY(auto* const api, context.client());
    auto const reply = [&] {
        Progress const progress(context.terminal(),
                                words::importing.in(context.language(), {{"what", file.filename().string()}}));
        return api->request("POST", "/api/v1/import?lang=" + context.language() + query, text);
    }();
    if (!reply.ok()) {
        auto error = error_of(reply);
        error.message = file.string() + ": " + error.message;
        return error;
    }
    return reply.document();
}

/// Makes somebody who can sign in, when nobody is there; tells how, whenever we know.
Result<void> let_somebody_in(Context& context, json::object& document) {
    constexpr std::string_view name = "planner";
    KOGGE_TRY(auto const users, context.ask("GET", "/api/v1/users"));
    auto const& list = list_at(users, "users");
    std::string password;
    if (list.empty()) {
        password = readable_password();
        KOGGE_TRY(context.ask("POST", "/api/v1/users",
                              {{"name", name}, {"password", password}, {"role", "admin"}, {"language", context.language()}}));
        KOGGE_TRY(leave_sign_in_note(context.config().data_dir, {std::string(name), password}));
    } else if (auto const note = read_sign_in_note(context.config().data_dir)) {
        for (auto const& user : list)
            if (text_at(user, "name") == note->name) password = note->password;
    }
    if (context.wants_json())
        document["sign_in"] = password.empty() ? json::value() : json::value{{"name", name}, {"password", password}};
    else
        context.print(password.empty()
                          ? words::own_sign_in.in(context.language())
                          : words::sign_in.in(context.language(), {{"name", std::string(name)}, {"password", password}}));
    return boost::outcome_v2::success();
}

// ---- calendar links ------------------------------------------------------------------------------------------------

struct Subject {
    std::string scope, id, visit;
};

Error name_the_visit(std::set<std::string> const& visits, std::string const& id) {
    std::string list;
    for (auto const& visit : visits) list += (list.empty() ? "" : ", ") + visit;
    return invalid(id + " takes part in " + (visits.empty() ? "no visit yet" : "several visits") + "; name one with --visit"
                   + (list.empty() ? "" : ": " + list));
}

/// The only visit in question, when --visit does not say: the subject's own, the one a person is a delegate of, or the only
/// one.
Result<std::string> visit_of(Context& context, std::string const& scope, std::string const& id) {
    auto const kind = scope == "interpreter" ? std::string("person") : scope;
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/entities/" + kind + "/" + escaped(id)));
    if (auto own = text_at(document, "visit"); !own.empty()) return own;
    std::set<std::string> visits;
    if (scope == "person") {
        KOGGE_TRY(auto const delegates, context.ask("GET", "/api/v1/entities/delegate?limit=1000&person=" + escaped(id)));
        for (auto const& delegate : list_at(delegates, "items")) visits.insert(text_at(delegate, "visit"));
    }
    if (visits.empty()) {
        KOGGE_TRY(auto const all, context.ask("GET", "/api/v1/entities/visit?limit=100"));
        for (auto const& visit : list_at(all, "items")) visits.insert(text_at(visit, "id"));
    }
    if (visits.size() != 1) return name_the_visit(visits, id);
    return *visits.begin();
}

Result<Subject> subject_of(Context& context) {
    Subject subject{"", "", context.arguments().option("visit")};
    for (auto const* scope : {"track", "person", "vehicle", "interpreter"})
        if (context.arguments().has(scope)) {
            if (!subject.scope.empty())
                return invalid("--" + subject.scope + " and --" + scope + " exclude each other: a calendar is of one");
            subject.scope = scope;
            subject.id = context.arguments().option(scope);
        }
    if (subject.scope.empty()) {
        if (subject.visit.empty())
            return invalid("whose calendar? Give --visit, --track, --person, --vehicle or --interpreter");
        subject.scope = "visit";
    } else if (subject.visit.empty()) {
        KOGGE_TRY(subject.visit, visit_of(context, subject.scope, subject.id));
    }
    return subject;
}

Result<json::value> mint(Context& context, std::string const& note) {
    KOGGE_TRY(auto const subject, subject_of(context));
    return context.ask("POST", "/api/v1/visits/" + escaped(subject.visit) + "/feeds",
                       {{"scope", subject.scope}, {"id", subject.id}, {"lang", context.language()}, {"note", note}});
}

/// The bytes behind a link that nobody else is to use.
Result<std::string> calendar_of(Context& context, std::string const& note) {
    KOGGE_TRY(auto const minted, mint(context, note));
    auto const url = text_at(minted, "url");
    KOGGE_TRY(auto* const api, context.client());
    auto const reply = api->request("GET", url.substr(std::min(url.find("/feeds/"), url.size())));
    KOGGE_TRY(context.ask("DELETE", "/api/v1/tokens/" + escaped(text_at(minted, "token_id"))));
    if (!reply.ok()) return error_of(reply);
    return reply.body;
}

/// Into the file of --output, else to standard output.
Result<void> put_out(Context const& context, std::string const& bytes) {
    auto const file = context.arguments().option("output", "-");
    if (file == "-") {
        context.terminal().out(bytes);
        return boost::outcome_v2::success();
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out) return Error{ErrorCode::failed, "cannot write " + file + ": " + std::strerror(errno)};
    context.remark(file);
    return boost::outcome_v2::success();
}

} // namespace

Result<void> import_file(Context& context) {
    bool const dry_run = context.arguments().has("dry-run");
    auto const query = std::string(dry_run ? "&dry_run=1" : "") + (context.arguments().has("update") ? "&existing=update" : "");
    KOGGE_TRY(auto const document, send(context, context.arguments()[0], query));
    if (context.wants_json())
        context.print_json(document);
    else
        show_import(context, document, dry_run);
    return boost::outcome_v2::success();
}

Result<void> export_all(Context& context) {
    auto const visit = context.arguments().option("visit");
    KOGGE_TRY(auto const reply, context.request("GET", "/api/v1/export" + (visit.empty() ? "" : "?visit=" + escaped(visit))));
    if (!reply.ok()) return error_of(reply);
    return put_out(context, reply.body + "\n");
}

Result<void> demo(Context& context) {
    KOGGE_TRY(auto document, send(context, demo_scenario(context.config()), ""));
    if (!context.wants_json()) show_import(context, document, false);
    KOGGE_TRY(let_somebody_in(context, document.as_object()));
    if (context.wants_json()) context.print_json(document);
    return boost::outcome_v2::success();
}

Result<void> feed_link(Context& context) {
    KOGGE_TRY(auto const minted, mint(context, context.arguments().option("note")));
    if (context.wants_json())
        context.print_json(minted);
    else
        context.print(text_at(minted, "url"));
    return boost::outcome_v2::success();
}

Result<void> feed_print(Context& context) {
    KOGGE_TRY(auto const bytes, calendar_of(context, "kogge feed print"));
    context.terminal().out(bytes);
    return boost::outcome_v2::success();
}

Result<void> calendar_export(Context& context) {
    KOGGE_TRY(auto const bytes, calendar_of(context, "kogge calendar export"));
    return put_out(context, bytes);
}

Result<void> feed_list(Context& context) {
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/visits/" + escaped(context.arguments()[0]) + "/feeds"));
    if (context.wants_json()) {
        context.print_json(document);
        return boost::outcome_v2::success();
    }
    auto const& language = context.language();
    Table table(
        {"id", words::scope.in(language), words::subject.in(language), words::language.in(language), words::who.in(language)});
    for (auto const& feed : list_at(document, "feeds"))
        table.row({text_at(feed, "id"), text_at(feed, "scope"), text_at(feed, "subject"), text_at(feed, "language"),
                   text_at(feed, "note")});
    context.print(table);
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
