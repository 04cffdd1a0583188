// SPDX-License-Identifier: EUPL-1.2
#include "api/outcome.hpp"

#include "api/answer.hpp"
#include "daemon/house.hpp"

#include <kogge/json.hpp>
#include <kogge/model/people.hpp>

#include <array>
#include <map>

namespace kogge::host::api {

namespace {

constexpr std::array verdicts{"committed", "would_commit", "unchanged", "needs_confirmation", "refused", "conflict", "invalid", "failed"};

/// Sentences of the host itself, in the languages of the desk.
struct Sentence {
    std::string_view nl, de, en;
    std::string_view in(std::string_view language) const { return language == "nl" ? nl : language == "de" ? de : en; }
};
constexpr Sentence refused{"niet toegestaan: ", "nicht möglich: ", "not possible: "};
constexpr Sentence to_confirm{"eerst bevestigen: ", "erst bestätigen: ", "to be confirmed first: "};
constexpr Sentence changed_meanwhile{"iemand anders heeft dit intussen gewijzigd", "jemand anders hat dies inzwischen geändert", "somebody else has changed this meanwhile"};
constexpr Sentence check_failed{"een controle kon niet antwoorden: {check}", "eine Prüfung konnte nicht antworten: {check}", "a check could not answer: {check}"};

std::string text(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string sentence_of(House& house, json::object const& finding, std::string const& language) {
    static json::object const none;
    auto const code = text(finding, "code");
    auto const* args = finding.if_contains("args");
    auto const& values = args && args->is_object() ? args->get_object() : none;
    if (code != "CHECK_FAILED")
        return house.plugins().sentence(code, values, language);
    std::string out(check_failed.in(language));
    return out.replace(out.find('{'), std::string_view("{check}").size(), text(values, "check"));
}

std::string name_of(House& house, std::string const& person) {
    auto const document = house.store().get("person", person);
    auto const read = document ? from_json<Person>(document.value()) : Result<Person>(document.error());
    auto name = read ? full_name(read.value()) : std::string();
    return name.empty() ? person : name;
}

json::array named(House& house, json::array const& affected) {
    json::array out;
    for (auto const& one : affected) {
        auto entry = one.as_object();
        entry["name"] = name_of(house, text(entry, "person"));
        out.push_back(std::move(entry));
    }
    return out;
}

/// What is one plugin's own and fell with it is nobody's business.
json::array changes_of(House& house, store::Outcome const& outcome) {
    json::array out;
    for (auto const& change : outcome.changes)
        if (auto const* type = house.store().catalogue().find(change.entity); type && !type->internal)
            out.push_back({{"entity", change.entity}, {"id", change.id}, {"rev", change.rev}, {"op", change.op}});
    return out;
}

/// The findings a verdict is about: those that block, or those somebody has to confirm.
json::array obstacles(store::Outcome const& outcome) {
    json::array out;
    auto const* level = outcome.verdict == store::Verdict::refused ? "block" : "block_release";
    for (auto const& finding : outcome.introduced)
        if (text(finding.as_object(), "level") == level)
            out.push_back(finding);
    return out;
}

int status_of(store::Verdict verdict, Error const& error) {
    switch (verdict) {
    case store::Verdict::committed:
    case store::Verdict::would_commit:
    case store::Verdict::unchanged: return 200;
    case store::Verdict::needs_confirmation:
    case store::Verdict::refused: return 422;
    case store::Verdict::conflict: return 409;
    case store::Verdict::invalid:
    case store::Verdict::failed: break;
    }
    return http_status(error.code);
}

} // namespace

json::array rendered(House& house, json::array const& findings, std::string const& language) {
    json::array out;
    out.reserve(findings.size());
    for (auto const& finding : findings) {
        auto document = finding.as_object();
        document["text"] = sentence_of(house, document, language);
        out.push_back(std::move(document));
    }
    return out;
}

json::object outcome_document(House& house, store::Outcome const& outcome, std::string const& language) {
    json::object out{{"verdict", verdicts[std::size_t(outcome.verdict)]},
                     {"seq", outcome.seq},
                     {"change_set", outcome.change_set.empty() ? json::value() : json::value(outcome.change_set)},
                     {"changes", changes_of(house, outcome)},
                     {"introduced", rendered(house, outcome.introduced, language)},
                     {"shifted", rendered(house, outcome.shifted, language)},
                     {"resolved", rendered(house, outcome.resolved, language)},
                     {"affected", named(house, outcome.affected)}};
    if (outcome.verdict == store::Verdict::conflict)
        out["current"] = outcome.current;
    if (auto const error = error_of(outcome, language)) {
        out["detail"] = error->message;
        if (!error->field.empty())
            out["field"] = error->field;
    }
    return out;
}

std::optional<Error> error_of(store::Outcome const& outcome, std::string const& language) {
    switch (outcome.verdict) {
    case store::Verdict::committed:
    case store::Verdict::would_commit:
    case store::Verdict::unchanged: return std::nullopt;
    case store::Verdict::needs_confirmation:
    case store::Verdict::refused: {
        auto const found = obstacles(outcome);
        std::string sentence((outcome.verdict == store::Verdict::refused ? refused : to_confirm).in(language));
        for (std::size_t i = 0; i < found.size(); ++i)
            sentence += (i ? ", " : "") + text(found[i].as_object(), "code") + " " + text(found[i].as_object(), "subject");
        return Error{ErrorCode::refused, sentence, outcome.error.field};
    }
    case store::Verdict::conflict:
        return Error{ErrorCode::conflict, outcome.error.message.empty() ? std::string(changed_meanwhile.in(language)) : outcome.error.message, outcome.error.field};
    case store::Verdict::invalid:
    case store::Verdict::failed: break;
    }
    return outcome.error;
}

http::Response outcome_answer(House& house, store::Outcome const& outcome, std::string const& language, bool dry_run) {
    auto const status = status_of(outcome.verdict, outcome.error);
    auto const error = error_of(outcome, language);
    if (!error || (dry_run && status == 422))
        return answer(outcome_document(house, outcome, language));
    if (outcome.verdict == store::Verdict::invalid || outcome.verdict == store::Verdict::failed)
        return problem(*error);
    auto document = outcome_document(house, outcome, language);
    document["type"] = "about:blank";
    document["title"] = verdicts[std::size_t(outcome.verdict)];
    document["status"] = status;
    if (auto findings = obstacles(outcome); !findings.empty())
        document["findings"] = rendered(house, findings, language);
    auto response = answer(document, status);
    response.set("Content-Type", "application/problem+json");
    return response;
}

} // namespace kogge::host::api
