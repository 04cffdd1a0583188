// SPDX-License-Identifier: EUPL-1.2
// Commands about the programme: move an item, a late leg, its fallback, findings, the log, taking back.
#include "cli/commands.hpp"
#include "cli/outcome.hpp"
#include "cli/shift.hpp"
#include "cli/text.hpp"
#include "cli/words.hpp"

#include <charconv>

namespace kogge::host::cli {

namespace {

Result<json::value> entity(Context& context, std::string_view kind, std::string const& id) {
    if (!is_id(id)) return invalid("'" + id.substr(0, 40) + "' is not an id; ids look like it-20 or lg-02");
    return context.ask("GET", "/api/v1/entities/" + std::string(kind) + "/" + id);
}

Result<Span> span_of(json::value const& item) {
    KOGGE_TRY(auto const starts, parse_local_time(text_at(item, "starts")));
    KOGGE_TRY(auto const ends, parse_local_time(text_at(item, "ends")));
    return Span{starts, ends};
}

std::string reason_of(Context const& context, std::string otherwise) {
    return context.arguments().option("reason", std::move(otherwise));
}

/// "08:10–10:01" of two RFC 9557 times; nothing for an entry that is new.
std::string clocks(json::value const& entry, std::string_view from, std::string_view to) {
    auto const starts = parse_local_time(text_at(entry, from)), ends = parse_local_time(text_at(entry, to));
    return starts && ends ? clock_text(starts.value()) + "–" + clock_text(ends.value()) : std::string();
}

void show_entries(Context const& context, json::array const& entries) {
    auto const& language = context.language();
    Table table(
        {words::entry.in(language), words::old_time.in(language), words::new_time.in(language), words::why.in(language)});
    for (auto const& entry : entries)
        table.row({text_at(entry, "id"), clocks(entry, "starts", "ends"), clocks(entry, "new_starts", "new_ends"),
                   text_at(entry, "why")});
    context.print(table);
}

/// Asks a route of a visit for a proposal, shows its entries, and carries out its change set.
Result<void> propose(Context& context, std::string const& visit, std::string_view route, json::object body) {
    KOGGE_TRY(auto const document,
              context.ask("POST", "/api/v1/visits/" + escaped(visit) + "/" + std::string(route), std::move(body)));
    auto const& entries = list_at(document, "entries");
    if (!context.wants_json() && !entries.empty()) show_entries(context, entries);
    auto const* change_set = document.as_object().if_contains("change_set");
    if (!change_set || list_at(*change_set, "changes").empty()) {
        if (context.wants_json())
            context.print_json(json::value{{"proposal", document}, {"outcome", nullptr}});
        else
            context.print(words::nothing_moves.in(context.language()));
        return boost::outcome_v2::success();
    }
    auto changes = change_set->as_object();
    if (auto const reason = reason_of(context, ""); !reason.empty()) changes["reason"] = reason;
    return carry_out(context, {"/api/v1/changes", std::move(changes), document});
}

} // namespace

Result<void> item_move(Context& context) {
    KOGGE_TRY(auto const shift, parse_shift(context.arguments()[1]));
    KOGGE_TRY(auto const item, entity(context, "programme_item", context.arguments()[0]));
    KOGGE_TRY(auto const before, span_of(item));
    KOGGE_TRY(auto const after, moved(before, shift));
    auto const id = text_at(item, "id");
    if (!context.wants_json()) {
        auto const* title = item.as_object().if_contains("title");
        context.print(id + " " + (title ? text_at(*title, "text") : ""));
        context.print("  " + to_text(before));
        context.print("> " + to_text(after));
    }
    json::object change{{"op", "update"},
                        {"entity", "programme_item"},
                        {"id", id},
                        {"rev", item.at("rev")},
                        {"fields", {{"starts", kogge::to_text(after.starts)}, {"ends", kogge::to_text(after.ends)}}}};
    json::object change_set{{"reason", reason_of(context, "kogge item move " + id + " " + context.arguments()[1])},
                            {"changes", json::array{std::move(change)}}};
    return carry_out(context, {"/api/v1/changes", std::move(change_set), {}});
}

Result<void> leg_late(Context& context) {
    auto const text = context.arguments()[1];
    int minutes = 0;
    auto const from = text.data() + (text.starts_with('+') ? 1 : 0), end = text.data() + text.size();
    if (auto const [at, wrong] = std::from_chars(from, end, minutes);
        wrong != std::errc() || at != end || minutes < 1 || minutes > 24 * 60)
        return invalid("'" + text.substr(0, 40) + "' is no delay; give minutes from 1 to 1440");
    KOGGE_TRY(auto const leg, entity(context, "transport_leg", context.arguments()[0]));
    return propose(context, text_at(leg, "visit"), "delay", {{"leg", text_at(leg, "id")}, {"minutes", minutes}});
}

Result<void> leg_fallback(Context& context) {
    KOGGE_TRY(auto const leg, entity(context, "transport_leg", context.arguments()[0]));
    return propose(context, text_at(leg, "visit"), "fallback", {{"leg", text_at(leg, "id")}});
}

Result<void> findings(Context& context) {
    auto const visit = context.arguments().option("visit");
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/findings" + (visit.empty() ? "" : "?visit=" + escaped(visit))));
    auto const least = weight_of(context.arguments().option("level", "note"));
    json::array wanted;
    for (auto const& finding : list_at(document, "findings"))
        if (weight_of(text_at(finding, "level")) >= least) wanted.push_back(finding);
    if (context.wants_json())
        context.print_json(json::value{{"findings", std::move(wanted)}, {"seq", document.at("seq")}});
    else if (wanted.empty())
        context.print(words::none_stand.in(context.language()));
    else
        context.print(table_of(wanted, context));
    return boost::outcome_v2::success();
}

Result<void> changes(Context& context) {
    std::string query;
    for (auto const* name : {"since", "limit", "entity", "id", "visit"})
        if (context.arguments().has(name))
            query += (query.empty() ? "?" : "&") + std::string(name) + "=" + escaped(context.arguments().option(name));
    KOGGE_TRY(auto const document, context.ask("GET", "/api/v1/changes" + query));
    if (context.wants_json()) {
        context.print_json(document);
        return boost::outcome_v2::success();
    }
    auto const& language = context.language();
    Table table(
        {"seq", words::when.in(language), words::who.in(language), words::change.in(language), words::reason.in(language)});
    for (auto const& entry : list_at(document, "changes")) {
        auto what = text_at(entry, "op") + " " + text_at(entry, "entity") + " " + text_at(entry, "id");
        if (auto const* after = entry.as_object().if_contains("after");
            text_at(entry, "op") == "update" && after && after->is_object()) {
            std::string fields;
            for (auto const& member : after->get_object()) fields += (fields.empty() ? "" : ", ") + std::string(member.key());
            what += " (" + fields + ")";
        }
        table.row({text_at(entry, "seq"), text_at(entry, "at"), text_at(entry, "actor"), what, text_at(entry, "reason")});
    }
    context.print(table);
    return boost::outcome_v2::success();
}

Result<void> undo(Context& context) {
    auto const seq = context.arguments()[0];
    std::int64_t number = 0;
    if (auto const [at, wrong] = std::from_chars(seq.data(), seq.data() + seq.size(), number);
        wrong != std::errc() || at != seq.data() + seq.size() || number < 1)
        return invalid("'" + seq.substr(0, 40) + "' is no number of the change log; `kogge changes` lists them");
    return carry_out(context, {"/api/v1/changes/" + std::to_string(number) + "/undo", {{"confirm", json::array()}}, {}});
}

} // namespace kogge::host::cli
