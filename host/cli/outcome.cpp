// SPDX-License-Identifier: EUPL-1.2
#include "cli/outcome.hpp"

#include "cli/text.hpp"
#include "cli/words.hpp"

#include <algorithm>

namespace kogge::host::cli {

namespace {

/// The outcome a reply carries, good or bad; an error when it carries none.
Result<json::value> outcome_of(Reply const& reply) {
    auto document = reply.document();
    if (text_at(document, "verdict").empty()) return error_of(reply);
    return document;
}

Result<json::value> post(Context& context, Proposal const& proposal, bool dry_run) {
    KOGGE_TRY(auto const reply, context.request("POST", proposal.target + (dry_run ? "?dry_run=1" : ""), proposal.body));
    return outcome_of(reply);
}

/// The keys of the findings that keep the change back until somebody has looked at them.
std::vector<std::string> to_confirm(json::value const& outcome) {
    std::vector<std::string> keys;
    for (auto const* part : {"introduced", "shifted"})
        for (auto const& finding : list_at(outcome, part))
            if (text_at(finding, "level") == "block_release") keys.push_back(text_at(finding, "key"));
    return keys;
}

void show(Context const& context, json::value const& outcome) {
    if (context.wants_json()) return;
    auto const& language = context.language();
    bool any = false;
    for (auto const& [part, head] :
         {std::pair{"introduced", words::introduced}, {"shifted", words::shifted}, {"resolved", words::resolved}})
        if (auto const& findings = list_at(outcome, part); !findings.empty()) {
            context.print(head.in(language));
            context.print(table_of(findings, context));
            any = true;
        }
    if (!any) context.print(words::no_findings.in(language));
    auto const& affected = list_at(outcome, "affected");
    context.print(affected.empty() ? words::nobody_told.in(language)
                                   : words::told.in(language, {{"n", std::to_string(affected.size())},
                                                               {"names", names_of(affected, context)}}));
}

void print_document(Context const& context, Proposal const& proposal, json::value const& outcome) {
    if (!context.wants_json()) return;
    if (proposal.shown.is_null())
        context.print_json(outcome);
    else
        context.print_json(json::value{{"proposal", proposal.shown}, {"outcome", outcome}});
}

/// What the person confirms of `keys`: by --yes, by --confirm, or asked on the terminal. An error: not all of it.
Result<json::array> confirmed(Context const& context, std::vector<std::string> const& keys) {
    auto const named = context.arguments().all("confirm");
    bool const all = context.arguments().has("yes") || std::all_of(keys.begin(), keys.end(), [&](auto const& key) {
                         return std::find(named.begin(), named.end(), key) != named.end();
                     });
    if (!all) {
        if (context.wants_json() || !context.terminal().somebody())
            return Error{ErrorCode::refused, words::waits.in(context.language())};
        if (!context.terminal().ask(words::confirm.in(context.language())))
            return Error{ErrorCode::refused, words::declined.in(context.language())};
    }
    return json::array(keys.begin(), keys.end());
}

Error error_of_verdict(Context const& context, json::value const& outcome) {
    auto const detail = text_at(outcome, "detail");
    if (text_at(outcome, "verdict") == "conflict")
        return {ErrorCode::conflict, detail.empty() ? "somebody else changed it meanwhile; try again" : detail};
    auto const sentence = text_at(outcome, "verdict") == "refused" ? words::refused : words::waits;
    return {ErrorCode::refused, sentence.in(context.language())};
}

bool good(std::string const& verdict) { return verdict == "committed" || verdict == "would_commit" || verdict == "unchanged"; }

} // namespace

int weight_of(std::string_view level) { return level == "block" ? 3 : level == "block_release" ? 2 : level == "warn" ? 1 : 0; }

Table table_of(json::array const& findings, Context const& context) {
    auto sorted = std::vector<json::value>(findings.begin(), findings.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](auto const& a, auto const& b) {
        return weight_of(text_at(a, "level")) > weight_of(text_at(b, "level"));
    });
    auto const& language = context.language();
    Table table(
        {words::level.in(language), words::code.in(language), words::subject.in(language), words::sentence.in(language)});
    for (auto const& finding : sorted)
        table.row({text_at(finding, "level"), text_at(finding, "code"), text_at(finding, "subject"), text_at(finding, "text")});
    return table;
}

std::string names_of(json::array const& affected, Context const& context) {
    constexpr std::size_t shown = 5;
    std::string out;
    for (std::size_t i = 0; i < std::min(shown, affected.size()); ++i) out += (i ? ", " : "") + text_at(affected[i], "name");
    if (affected.size() > shown)
        out += ", " + words::and_more.in(context.language(), {{"n", std::to_string(affected.size() - shown)}});
    return out;
}

Result<void> carry_out(Context& context, Proposal proposal) {
    auto const& language = context.language();
    KOGGE_TRY(auto const tried, post(context, proposal, true));
    show(context, tried);
    auto const verdict = text_at(tried, "verdict");
    if (context.arguments().has("dry-run")) {
        print_document(context, proposal, tried);
        context.remark(words::only_tried.in(language));
        return good(verdict) ? Result<void>(boost::outcome_v2::success()) : error_of_verdict(context, tried);
    }
    if (verdict == "needs_confirmation") {
        auto keys = confirmed(context, to_confirm(tried));
        if (!keys) {
            print_document(context, proposal, tried);
            return keys.error();
        }
        proposal.body["confirm"] = std::move(keys).value();
    } else if (!good(verdict)) {
        print_document(context, proposal, tried);
        return error_of_verdict(context, tried);
    }
    KOGGE_TRY(auto const outcome, post(context, proposal, false));
    print_document(context, proposal, outcome);
    if (auto const made = text_at(outcome, "verdict"); !good(made)) {
        show(context, outcome); // something came between the try and the deed
        return error_of_verdict(context, outcome);
    } else if (!context.wants_json())
        context.print(made == "unchanged" ? words::unchanged.in(language)
                                          : words::done.in(language, {{"seq", text_at(outcome, "seq")}}));
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
