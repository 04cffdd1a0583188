// SPDX-License-Identifier: EUPL-1.2
#include "store/change_set.hpp"

#include "store/validate.hpp"

#include <kogge/id.hpp>

#include <algorithm>
#include <array>

namespace kogge::host::store {

namespace {

constexpr std::size_t longest_reason = 2'000;

template <std::size_t N>
Result<void> only_known(json::object const& object, std::array<std::string_view, N> const& known, std::string const& at) {
    for (auto const& [name, value] : object)
        if (std::find(known.begin(), known.end(), std::string_view(name)) == known.end()) {
            std::string names;
            for (auto const one : known) names += (names.empty() ? "" : ", ") + std::string(one);
            return invalid("'" + std::string(name).substr(0, 60) + "' is unknown here; use " + names, at + pointer_part(name));
        }
    return boost::outcome_v2::success();
}

Result<std::string> string_at(json::object const& object, char const* name, std::string const& at) {
    auto const* value = object.if_contains(name);
    if (!value || !value->is_string())
        return invalid(std::string(name) + (value ? " is a string" : " is missing"), at + "/" + name);
    return std::string(value->get_string());
}

Result<Op> op_at(json::object const& object, std::string const& at) {
    KOGGE_TRY(auto const name, string_at(object, "op", at));
    for (auto const op : {Op::create, Op::update, Op::erase})
        if (name == to_text(op)) return op;
    return invalid("'" + name.substr(0, 40) + "' is no operation; use create, update or delete", at + "/op");
}

Result<std::string> id_at(json::object const& object, Op op, std::string const& at) {
    if (!object.contains("id")) {
        if (op == Op::create) return make_uuid();
        return invalid("id is missing: say what to " + std::string(to_text(op)), at + "/id");
    }
    KOGGE_TRY(auto id, string_at(object, "id", at));
    if (!is_id(id)) return invalid("'" + id.substr(0, 80) + "' is not an id; use 1 to 64 of A-Z a-z 0-9 . _ ~ -", at + "/id");
    return id;
}

Result<void> read_fields(json::object const& object, Asked& asked, std::string const& at) {
    static json::object const none;
    auto const* member = object.if_contains("fields");
    if (member && asked.op == Op::erase) return invalid("a deletion has no fields; leave them out", at);
    if (member && !member->is_object()) return invalid("fields is an object", at);
    if (!member && asked.op == Op::update) return invalid("fields is missing: say what to change", at);
    auto const& fields = member ? member->get_object() : none;
    for (auto const& [name, value] : fields) {
        auto const* field = asked.type->field(name);
        if (!field)
            return invalid(asked.type->a() + " has no field '" + std::string(name).substr(0, 60) + "'",
                           at + pointer_part(name));
        KOGGE_TRY(asked.fields[name], read_value(*field, value, at + pointer_part(name)));
    }
    if (asked.op == Op::create)
        for (auto const& field : asked.type->fields)
            if (!asked.fields.contains(field.name)) {
                if (field.required())
                    return invalid(field.name + " is missing: " + asked.type->a() + " cannot be without",
                                   at + "/" + field.name);
                asked.fields[field.name] = field.fallback;
            }
    return boost::outcome_v2::success();
}

Result<Asked> read_change(Catalogue const& catalogue, json::value const& value, std::string const& at) {
    if (!value.is_object()) return invalid("a change is an object with op, entity, id and fields", at);
    auto const& object = value.get_object();
    KOGGE_TRY(only_known(object, std::array<std::string_view, 5>{"op", "entity", "id", "rev", "fields"}, at));
    Asked asked;
    KOGGE_TRY(asked.op, op_at(object, at));
    KOGGE_TRY(auto const kind, string_at(object, "entity", at));
    asked.type = catalogue.find(kind);
    if (!asked.type)
        return invalid("there is no entity '" + kind.substr(0, 60) + "'; GET /api/v1/entities lists them", at + "/entity");
    KOGGE_TRY(asked.id, id_at(object, asked.op, at));
    if (auto const* rev = object.if_contains("rev"); rev && !rev->is_null()) {
        if (asked.op == Op::create) return invalid("a creation is based on no revision; leave rev out", at + "/rev");
        if (!rev->is_int64() || rev->get_int64() < 1)
            return invalid("rev is the revision this is based on: a whole number from 1", at + "/rev");
        asked.rev = rev->get_int64();
    }
    KOGGE_TRY(read_fields(object, asked, at + "/fields"));
    return asked;
}

Result<std::set<std::string>> read_confirm(json::object const& document) {
    std::set<std::string> out;
    auto const* confirm = document.if_contains("confirm");
    if (!confirm || confirm->is_null()) return out;
    if (!confirm->is_array()) return invalid("confirm is a list of finding keys, or [\"*\"]", "/confirm");
    for (std::size_t i = 0; i < confirm->get_array().size(); ++i) {
        auto const& key = confirm->get_array()[i];
        if (!key.is_string()) return invalid("a finding's key is a string", "/confirm/" + std::to_string(i));
        out.emplace(key.get_string());
    }
    return out;
}

} // namespace

std::string_view to_text(Op op) { return op == Op::create ? "create" : op == Op::update ? "update" : "delete"; }

Result<ChangeSetRequest> read_change_set(Catalogue const& catalogue, json::object const& document) {
    KOGGE_TRY(only_known(document, std::array<std::string_view, 4>{"reason", "changes", "confirm", "dry_run"}, ""));
    ChangeSetRequest out;
    if (auto const* reason = document.if_contains("reason"); reason && !reason->is_null()) {
        KOGGE_TRY(out.reason, string_at(document, "reason", ""));
        if (out.reason.size() > longest_reason || out.reason.find('\0') != std::string::npos)
            return invalid("a reason is a text of at most " + std::to_string(longest_reason) + " bytes", "/reason");
    }
    if (auto const* dry = document.if_contains("dry_run"); dry) {
        if (!dry->is_bool()) return invalid("dry_run is true or false", "/dry_run");
        out.dry_run = dry->get_bool();
    }
    KOGGE_TRY(out.confirm, read_confirm(document));
    auto const* changes = document.if_contains("changes");
    if (!changes || !changes->is_array()) return invalid("changes is a list of changes", "/changes");
    auto const& list = changes->get_array();
    if (list.size() > most_changes)
        return invalid("a change set of " + std::to_string(list.size()) + " changes is too large; send at most "
                           + std::to_string(most_changes) + " at a time",
                       "/changes");
    out.changes.reserve(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        KOGGE_TRY(auto asked, read_change(catalogue, list[i], "/changes/" + std::to_string(i)));
        out.changes.push_back(std::move(asked));
    }
    return out;
}

} // namespace kogge::host::store
