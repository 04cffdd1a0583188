// SPDX-License-Identifier: EUPL-1.2
// Change sets, the log of them, taking one back, and what the checks have to say.
#include "api/outcome.hpp"
#include "api/route.hpp"
#include "api/routes.hpp"
#include "daemon/house.hpp"

#include <charconv>
#include <set>
#include <utility>

namespace kogge::host::api {

namespace {

constexpr std::size_t largest_change_set = std::size_t(8) << 20U;

/// Whoever changes or deletes says which revision they looked at, or two people overwrite each other unseen. What the
/// same change set creates has none yet. Everything else about a change is the store's to judge.
Result<void> based_on_revisions(json::object const& change_set) {
    auto const* changes = change_set.if_contains("changes");
    if (!changes || !changes->is_array())
        return boost::outcome_v2::success();
    std::set<std::pair<json::string, json::string>> created;
    for (std::size_t i = 0; i < changes->get_array().size(); ++i) {
        auto const* change = changes->get_array()[i].if_object();
        auto const text = [&](char const* name) {
            auto const* value = change ? change->if_contains(name) : nullptr;
            return value && value->is_string() ? value->get_string() : json::string();
        };
        auto const op = text("op");
        std::pair const key(text("entity"), text("id"));
        if (op == "create")
            created.insert(key);
        auto const* rev = change ? change->if_contains("rev") : nullptr;
        if ((op == "update" || op == "delete") && (!rev || rev->is_null()) && !key.second.empty() && !created.contains(key))
            return invalid("say as rev which revision of " + std::string(std::string_view(key.second).substr(0, 80)) + " this is based on: somebody may have changed it since",
                           "/changes/" + std::to_string(i) + "/rev");
    }
    return boost::outcome_v2::success();
}

Result<http::Response> post_changes(House& house, http::Request const& request) {
    KOGGE_TRY(auto const change_set, body_object(request));
    KOGGE_TRY(based_on_revisions(change_set));
    auto const* asked = change_set.if_contains("dry_run");
    bool const dry_run = query_flag(request, "dry_run") || (asked && asked->is_bool() && asked->get_bool());
    auto const outcome = house.apply(change_set, caller_of(request).id, dry_run);
    return outcome_answer(house, outcome, language_of(request), dry_run);
}

Result<http::Response> get_changes(House& house, http::Request const& request) {
    store::LogQuery query;
    KOGGE_TRY(query.since, query_number(request, "since", 0, 0, std::numeric_limits<std::int64_t>::max()));
    KOGGE_TRY(auto const limit, query_number(request, "limit", 1000, 1, 10'000));
    query.limit = int(limit);
    query.entity = request.query("entity").value_or("");
    query.id = request.query("id").value_or("");
    query.visit = request.query("visit").value_or("");
    if (auto const* type = house.store().catalogue().find(query.entity); !query.entity.empty() && (!type || type->internal))
        return invalid("there is no entity '" + query.entity.substr(0, 80) + "'; GET /api/v1/entities lists them", "entity");
    KOGGE_TRY(auto entries, house.store().log(query));
    return answer({{"changes", std::move(entries)}, {"seq", house.store().seq()}});
}

Result<std::int64_t> seq_of(http::Request const& request) {
    auto const text = request.param("seq");
    std::int64_t seq = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (error != std::errc() || end != text.data() + text.size() || seq < 1)
        return invalid("'" + std::string(text.substr(0, 40)) + "' is no number of a log entry", "/seq");
    return seq;
}

/// The change set that takes back the one entry `seq` belongs to; the host's own business cannot be taken back this way.
Result<json::object> undo_of(House& house, std::int64_t seq) {
    KOGGE_TRY(auto change_set, house.store().undo_of(seq));
    for (auto const& change : change_set.at("changes").as_array())
        if (auto const* type = house.store().catalogue().find(change.at("entity").as_string()); !type || type->internal)
            return Error{ErrorCode::not_found, "there is no log entry " + std::to_string(seq), "/seq"};
    return change_set;
}

/// {"confirm":[…]} or nothing at all.
Result<json::array> confirmed(http::Request const& request) {
    if (request.body.empty())
        return json::array();
    KOGGE_TRY(auto const body, body_object(request));
    for (auto const& [name, value] : body)
        if (name != "confirm" || !value.is_array())
            return invalid("the body of an undo is empty or {\"confirm\":[finding key…]}", "/" + std::string(name));
    auto const* keys = body.if_contains("confirm");
    return keys ? keys->get_array() : json::array();
}

Result<http::Response> post_undo(House& house, http::Request const& request) {
    KOGGE_TRY(auto const seq, seq_of(request));
    KOGGE_TRY(auto confirm, confirmed(request));
    KOGGE_TRY(auto change_set, undo_of(house, seq));
    change_set["confirm"] = std::move(confirm);
    bool const dry_run = query_flag(request, "dry_run");
    auto const outcome = house.apply(change_set, caller_of(request).id, dry_run);
    return outcome_answer(house, outcome, language_of(request), dry_run);
}

Result<http::Response> get_findings(House& house, http::Request const& request) {
    auto const visit = std::string(request.query("visit").value_or(""));
    if (!visit.empty() && !house.store().get("visit", visit))
        return Error{ErrorCode::not_found, "there is no visit '" + visit.substr(0, 80) + "'", "visit"};
    auto const seq = house.store().seq();
    return answer({{"findings", rendered(house, house.store().findings(visit), language_of(request))}, {"seq", seq}});
}

} // namespace

void add_change_routes(House& house) {
    auto const add = adder(house);
    add("POST", "/api/v1/changes?dry_run", "write", post_changes, largest_change_set);
    add("GET", "/api/v1/changes?since&limit&entity&id&visit", "read", get_changes);
    add("POST", "/api/v1/changes/{seq}/undo?dry_run", "write", post_undo);
    add("GET", "/api/v1/findings?visit", "read", get_findings);
}

} // namespace kogge::host::api
