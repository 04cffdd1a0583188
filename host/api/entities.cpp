// SPDX-License-Identifier: EUPL-1.2
// Generic REST: every entity, from its description. A write is a change set of one.
#include "api/outcome.hpp"
#include "api/route.hpp"
#include "api/routes.hpp"
#include "daemon/house.hpp"

#include <charconv>

namespace kogge::host::api {

namespace {

/// The description of a kind the general API serves; internal ones stay unknown to everybody but the host.
Result<store::EntityType const*> type_of(House& house, http::Request const& request) {
    auto const kind = request.param("kind");
    auto const* type = house.store().catalogue().find(kind);
    if (!type || type->internal)
        return Error{ErrorCode::not_found, "there is no entity '" + std::string(kind.substr(0, 80)) + "'; GET /api/v1/entities lists them", "/kind"};
    return type;
}

Result<std::string> id_of(http::Request const& request) {
    auto const id = request.param("id");
    if (!is_id(id))
        return invalid("'" + std::string(id.substr(0, 80)) + "' is not an id", "/id");
    return std::string(id);
}

std::string etag_of(json::object const& document) { return "\"" + std::to_string(document.at("rev").as_int64()) + "\""; }

http::Response entity_answer(json::object const& document, int status) {
    auto response = answer(document, status);
    response.set("ETag", etag_of(document)).set("Cache-Control", "private, no-cache");
    return response;
}

bool matches(std::string_view header, std::string_view etag) {
    if (header == "*")
        return true;
    while (!header.empty()) {
        auto const comma = std::min(header.find(','), header.size());
        auto one = header.substr(0, comma);
        one.remove_prefix(std::min(one.find_first_not_of(" \t"), one.size()));
        while (!one.empty() && (one.back() == ' ' || one.back() == '\t'))
            one.remove_suffix(1);
        if (one.starts_with("W/"))
            one.remove_prefix(2);
        if (one == etag)
            return true;
        header.remove_prefix(std::min(comma + 1, header.size()));
    }
    return false;
}

/// Query fields that are no filters.
bool is_control(std::string_view name) { return name == "limit" || name == "after" || name == "lang"; }

Result<store::ListQuery> list_query(store::EntityType const& type, http::Request const& request) {
    store::ListQuery query;
    KOGGE_TRY(auto const limit, query_number(request, "limit", 100, 1, 1000));
    query.limit = int(limit);
    query.after = std::string(request.query("after").value_or(""));
    if (!query.after.empty() && !is_id(query.after))
        return invalid("?after= wants the `next` of the page before, not '" + query.after.substr(0, 40) + "'", "after");
    for (auto const& [name, value] : request.query_fields) {
        if (is_control(name))
            continue;
        auto const dot = name.find('.');
        auto const field = name.substr(0, dot);
        auto const how = dot == name.npos ? std::string() : name.substr(dot + 1);
        if (field != "id" && !type.field(field))
            return invalid("a " + type.kind + " has no field '" + field + "' to filter by", "/" + field);
        if (!how.empty() && how != "from" && how != "to")
            return invalid("'" + name + "' is no filter; use " + field + ", " + field + ".from or " + field + ".to", "/" + field);
        query.conditions.push_back({field, how.empty() ? store::Compare::equal : how == "from" ? store::Compare::from : store::Compare::to, value});
    }
    return query;
}

Result<http::Response> list(House& house, http::Request const& request) {
    KOGGE_TRY(auto const* type, type_of(house, request));
    KOGGE_TRY(auto const query, list_query(*type, request));
    KOGGE_TRY(auto page, house.store().list(type->kind, query));
    json::array items;
    for (auto& item : page.items)
        items.push_back(std::move(item));
    return answer({{"items", std::move(items)}, {"next", page.next.empty() ? json::value() : json::value(page.next)}, {"seq", page.seq}});
}

Result<http::Response> get(House& house, http::Request const& request) {
    KOGGE_TRY(auto const* type, type_of(house, request));
    KOGGE_TRY(auto const id, id_of(request));
    auto const& caller = caller_of(request);
    KOGGE_TRY(auto const document, house.store().get(type->kind, id, {.care = caller.may("care"), .actor = caller.id}));
    if (auto const known = request.header("If-None-Match"); known && matches(*known, etag_of(document))) {
        http::Response response{.status = 304};
        response.set("ETag", etag_of(document));
        return response;
    }
    return entity_answer(document, 200);
}

/// The caller sent fields, not a change set: "/changes/0/fields/starts" is "/starts" to them.
std::string in_body(std::string field) {
    for (std::string_view const prefix : {"/changes/0/fields", "/changes/0"})
        if (field.starts_with(prefix))
            return field.substr(prefix.size());
    return field;
}

/// A change set of one, and what it made.
Result<http::Response> apply_one(House& house, http::Request const& request, std::string const& kind, json::object change, int status) {
    auto const change_set = json::object{{"reason", ""}, {"changes", json::array{std::move(change)}}};
    auto outcome = house.apply(change_set, caller_of(request).id, false);
    outcome.error.field = in_body(std::move(outcome.error.field));
    if (!outcome.done())
        return outcome_answer(house, outcome, language_of(request));
    if (status == 204)
        return http::Response{.status = 204};
    auto const& caller = caller_of(request);
    auto const id = outcome.changes.front().id;
    KOGGE_TRY(auto const document, house.store().get(kind, id, {.care = caller.may("care"), .actor = caller.id}));
    auto response = entity_answer(document, status);
    if (status == 201)
        response.set("Location", "/api/v1/entities/" + kind + "/" + id);
    return response;
}

Result<http::Response> create(House& house, http::Request const& request) {
    KOGGE_TRY(auto const* type, type_of(house, request));
    KOGGE_TRY(auto fields, body_object(request));
    json::object change{{"op", "create"}, {"entity", type->kind}};
    if (auto const* id = fields.if_contains("id")) {
        change["id"] = *id;
        fields.erase("id");
    }
    change["fields"] = std::move(fields);
    return apply_one(house, request, type->kind, std::move(change), 201);
}

/// The revision If-Match speaks of: 428 when it is missing, 412 when it is not the newest.
Result<std::int64_t> matched_revision(House& house, http::Request const& request, std::string const& kind, std::string const& id) {
    KOGGE_TRY(auto const document, house.store().get(kind, id, {}));
    auto const wanted = request.header("If-Match");
    if (!wanted)
        return Error{ErrorCode::invalid, "If-Match", "428"};
    if (!matches(*wanted, etag_of(document)))
        return Error{ErrorCode::conflict, etag_of(document), "412"};
    return document.at("rev").as_int64();
}

http::Response precondition(Error const& error, std::string const& id) {
    if (error.field == "428")
        return http::problem(428, "If-Match is missing", "say which revision of " + id + " this is based on: send its ETag as If-Match");
    if (error.field == "412") {
        auto response = http::problem(412, "somebody else changed it", id + " has changed since; its ETag is now " + error.message);
        response.set("ETag", error.message);
        return response;
    }
    return problem(error);
}

Result<http::Response> change(House& house, http::Request const& request, std::string_view op, int status) {
    KOGGE_TRY(auto const* type, type_of(house, request));
    KOGGE_TRY(auto const id, id_of(request));
    auto const rev = matched_revision(house, request, type->kind, id);
    if (!rev)
        return precondition(rev.error(), id);
    json::object one{{"op", op}, {"entity", type->kind}, {"id", id}, {"rev", rev.value()}};
    if (op == "update") {
        KOGGE_TRY(one["fields"], body_object(request));
    }
    return apply_one(house, request, type->kind, std::move(one), status);
}

} // namespace

void add_entity_routes(House& house) {
    auto const add = adder(house);
    add("GET", "/api/v1/entities/{kind}", "read", list);
    add("POST", "/api/v1/entities/{kind}", "write", create);
    add("GET", "/api/v1/entities/{kind}/{id}", "read", get);
    add("PATCH", "/api/v1/entities/{kind}/{id}", "write", [](House& h, http::Request const& r) { return change(h, r, "update", 200); });
    add("DELETE", "/api/v1/entities/{kind}/{id}", "write", [](House& h, http::Request const& r) { return change(h, r, "delete", 204); });
}

} // namespace kogge::host::api
