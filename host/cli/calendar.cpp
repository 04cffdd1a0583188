// SPDX-License-Identifier: EUPL-1.2
// Commands about calendars that people have elsewhere: their times come in as taken time.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/terminal.hpp"
#include "cli/text.hpp"
#include "cli/words.hpp"

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

namespace kogge::host::cli {

namespace {

constexpr char const* foreign = "/api/v1/calendars/foreign";
constexpr auto look_again = std::chrono::milliseconds(200); // while the daemon asks another server
constexpr auto longest_look = std::chrono::seconds(90);     // more than the daemon itself waits

// clang-format off
namespace said {
constexpr Sentence later{"{name}: de daemon kijkt ernaar zodra hij draait", "{name}: der Daemon sieht nach, sobald er läuft", "{name}: the daemon looks at it as soon as it runs"};
constexpr Sentence came_in{"{name}: {busy} bezette tijden uit {events} afspraken", "{name}: {busy} belegte Zeiten aus {events} Einträgen", "{name}: {busy} taken times from {events} entries"};
constexpr Sentence undo_by{"terugdraaien met: kogge calendar remove {id}", "zurücknehmen mit: kogge calendar remove {id}", "take it back with: kogge calendar remove {id}"};
constexpr Sentence undo_upload{"terugdraaien met: kogge calendar undo {id}", "zurücknehmen mit: kogge calendar undo {id}", "take it back with: kogge calendar undo {id}"};
constexpr Sentence would{"zou binnenkomen: {busy} bezette tijden uit {events} afspraken; {free} staan op beschikbaar, {cancelled} zijn afgezegd",
                         "käme herein: {busy} belegte Zeiten aus {events} Einträgen; {free} sind frei, {cancelled} abgesagt",
                         "would come in: {busy} taken times from {events} entries; {free} are free, {cancelled} cancelled"};
constexpr Sentence undone{"teruggedraaid", "zurückgenommen", "taken back"};
constexpr Sentence removed{"verwijderd", "entfernt", "taken out"};
constexpr Sentence whose{"van wie", "wessen", "whose"};
constexpr Sentence busy{"bezet", "belegt", "taken"};
constexpr Sentence seen{"laatst gezien", "zuletzt gesehen", "last seen"};
constexpr Sentence kind{"soort", "Art", "kind"};
} // namespace said
// clang-format on

Error no_daemon() { return {ErrorCode::busy, "no daemon runs, and only the daemon asks other servers; start it with: kogge serve"}; }

Result<std::string> content_of(std::string const& name) {
    if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream file(name, std::ios::binary);
    if (!file) return Error{ErrorCode::invalid, "cannot read " + name};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// What the options say of a calendar that is to come in.
json::object wish_of(Context const& context) {
    json::object wish;
    for (auto const* name : {"person", "name", "consent", "zone"})
        if (auto const value = context.arguments().option(name); !value.empty()) wish[name] = value;
    if (!wish.contains("name")) wish["name"] = "";
    return wish;
}

Result<json::value> one(Context& context, std::string const& id) { return context.ask("GET", std::string(foreign) + "/" + escaped(id)); }

/// Waits until the daemon has looked.
Result<json::value> looked(Context& context, std::string const& id) {
    Progress const progress(context.terminal(), id);
    auto const end = std::chrono::steady_clock::now() + longest_look;
    for (;;) {
        KOGGE_TRY(auto document, one(context, id));
        if (text_at(document, "looking") != "true" && text_at(document, "state") != "new") return document;
        if (std::chrono::steady_clock::now() > end)
            return Error{ErrorCode::timeout, "the daemon is still asking for " + printable(text_at(document, "name")) + "; see later with: kogge calendar list"};
        std::this_thread::sleep_for(look_again);
    }
}

Error trouble_of(json::value const& calendar) {
    return {ErrorCode::failed, printable(text_at(calendar, "name")) + ": " + text_at(calendar.at("error"), "text")};
}
bool in_trouble(json::value const& calendar) { return calendar.is_object() && calendar.get_object().contains("error"); }

void say_came_in(Context const& context, json::value const& calendar) {
    context.print(said::came_in.in(context.language(), {{"name", printable(text_at(calendar, "name"))}, {"busy", text_at(calendar, "busy")}, {"events", text_at(calendar, "events")}}));
}

Result<json::value> previewed(Context& context, json::object const& wish) {
    KOGGE_TRY(auto preview, context.ask("POST", std::string(foreign) + "/preview", wish));
    auto const end = std::chrono::steady_clock::now() + longest_look;
    while (text_at(preview, "state") == "looking" && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(look_again);
        KOGGE_TRY(preview, context.ask("GET", std::string(foreign) + "/preview/" + escaped(text_at(preview, "preview"))));
    }
    if (text_at(preview, "state") != "ready") return Error{ErrorCode::failed, text_at(preview.at("error"), "text")};
    return preview;
}

void show_preview(Context const& context, json::value const& preview) {
    if (context.wants_json()) return context.print_json(preview);
    context.print(said::would.in(context.language(), {{"busy", text_at(preview, "busy")}, {"events", text_at(preview, "events")}, {"free", text_at(preview, "free")},
                                                {"cancelled", text_at(preview, "cancelled")}}));
    Table table({words::when.in(context.language()), words::entry.in(context.language())});
    for (auto const& first : list_at(preview, "first")) table.row({text_at(first, "starts"), text_at(first, "title")});
    if (!table.empty()) context.print(table);
    for (auto const& remark : list_at(preview, "remarks"))
        if (remark.is_string()) context.remark(printable(std::string(remark.get_string())));
    context.remark(words::only_tried.in(context.language()));
}

Table table_of_calendars(json::array const& calendars, Context const& context) {
    auto const& language = context.language();
    Table table({"id", words::name.in(language), said::whose.in(language), said::kind.in(language), words::state.in(language), said::busy.in(language), said::seen.in(language)});
    for (auto const& one : calendars) {
        auto const state = in_trouble(one) ? text_at(one, "state") + ": " + text_at(one.at("error"), "text") : text_at(one, "state");
        table.row({text_at(one, "id"), text_at(one, "name"), text_at(one, "person_name"), text_at(one, "kind"), state, text_at(one, "busy"), text_at(one, "last_ok")});
    }
    return table;
}


} // namespace

Result<void> calendar_subscribe(Context& context) {
    KOGGE_TRY(auto* const api, context.client());
    auto wish = wish_of(context);
    wish["kind"] = context.arguments().has("caldav") ? "caldav" : "ics";
    wish["url"] = context.arguments()[0];
    if (auto const user = context.arguments().option("user"); !user.empty()) wish["user"] = user;
    if (context.arguments().has("password-stdin")) {
        KOGGE_TRY(auto const password, context.terminal().line_of_input());
        wish["password"] = password;
    }
    if (context.arguments().has("dry-run")) {
        if (!api->running()) return no_daemon();
        KOGGE_TRY(auto const preview, previewed(context, wish));
        show_preview(context, preview);
        return boost::outcome_v2::success();
    }
    KOGGE_TRY(auto calendar, context.ask("POST", foreign, wish));
    auto const id = text_at(calendar, "id");
    if (api->running()) {
        KOGGE_TRY(calendar, looked(context, id));
    }
    if (context.wants_json())
        context.print_json(calendar);
    else if (in_trouble(calendar))
        context.remark(said::undo_by.in(context.language(), {{"id", id}}));
    else if (!api->running())
        context.print(said::later.in(context.language(), {{"name", printable(text_at(calendar, "name"))}}));
    else
        say_came_in(context, calendar);
    if (in_trouble(calendar)) return trouble_of(calendar);
    context.remark(said::undo_by.in(context.language(), {{"id", id}}));
    return boost::outcome_v2::success();
}

Result<void> calendar_import(Context& context) {
    auto const file = context.arguments()[0];
    KOGGE_TRY(auto text, content_of(file));
    auto wish = wish_of(context);
    wish["kind"] = "file";
    wish["text"] = std::move(text);
    if (text_at(wish, "name").empty()) wish["name"] = file == "-" ? "import" : file.substr(file.rfind('/') + 1);
    if (context.arguments().has("dry-run")) {
        KOGGE_TRY(auto const preview, previewed(context, wish));
        show_preview(context, preview);
        return boost::outcome_v2::success();
    }
    KOGGE_TRY(auto const calendar, context.ask("POST", foreign, wish));
    if (context.wants_json()) {
        context.print_json(calendar);
        return boost::outcome_v2::success();
    }
    say_came_in(context, calendar);
    for (auto const& remark : list_at(calendar, "remarks"))
        if (remark.is_string()) context.remark(printable(std::string(remark.get_string())));
    context.remark(said::undo_upload.in(context.language(), {{"id", text_at(calendar, "id")}}));
    return boost::outcome_v2::success();
}

Result<void> calendar_list(Context& context) {
    auto const person = context.arguments().option("person");
    KOGGE_TRY(auto const document, context.ask("GET", std::string(foreign) + (person.empty() ? "" : "?person=" + escaped(person))));
    if (context.wants_json())
        context.print_json(document);
    else
        context.print(table_of_calendars(list_at(document, "calendars"), context));
    return boost::outcome_v2::success();
}

Result<void> calendar_sync(Context& context) {
    KOGGE_TRY(auto* const api, context.client());
    if (!api->running()) return no_daemon();
    std::vector<std::string> ids;
    if (auto const id = context.arguments()[0]; !id.empty())
        ids.push_back(id);
    else {
        KOGGE_TRY(auto const document, context.ask("GET", foreign));
        for (auto const& calendar : list_at(document, "calendars"))
            if (text_at(calendar, "kind") != "file") ids.push_back(text_at(calendar, "id"));
    }
    for (auto const& id : ids) {
        KOGGE_TRY(context.ask("POST", std::string(foreign) + "/" + escaped(id) + "/refresh"));
    }
    json::array calendars;
    std::optional<Error> trouble;
    for (auto const& id : ids) {
        KOGGE_TRY(auto calendar, looked(context, id));
        if (in_trouble(calendar)) trouble = trouble_of(calendar);
        calendars.push_back(std::move(calendar));
    }
    if (context.wants_json())
        context.print_json({{"calendars", calendars}});
    else
        context.print(table_of_calendars(calendars, context));
    if (trouble) return *trouble;
    return boost::outcome_v2::success();
}

Result<void> calendar_undo(Context& context) {
    KOGGE_TRY(context.ask("POST", std::string(foreign) + "/" + escaped(context.arguments()[0]) + "/undo"));
    context.remark(said::undone.in(context.language()));
    return boost::outcome_v2::success();
}

Result<void> calendar_remove(Context& context) {
    KOGGE_TRY(context.ask("DELETE", std::string(foreign) + "/" + escaped(context.arguments()[0])));
    context.remark(said::removed.in(context.language()));
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
