// SPDX-License-Identifier: EUPL-1.2
#include "store/undo.hpp"

#include <limits>

namespace kogge::host::store {

namespace {

Error nothing_there(std::int64_t seq) {
    return {ErrorCode::not_found, "there is no change " + std::to_string(seq) + "; GET /api/v1/changes lists them", "/seq"};
}

/// "programme_item it-15 has been changed since (starts) by ada at …".
Error changed_since(Session& session, Entry const& entry, std::string const& what) {
    auto const later = read_entries(session, "entity = ? AND id = ? AND seq > ?", {entry.entity, entry.id, entry.seq}, 1);
    auto text = entry.entity + " " + entry.id + " has been changed since" + (what.empty() ? "" : " (" + what + ")");
    if (!later.empty())
        text += " by " + later.front().actor + " at " + instant_text(later.front().at_us) + ", change "
                + std::to_string(later.front().seq);
    return {ErrorCode::conflict, text + "; undo that first", "/seq"};
}

Result<json::object> back_from_update(Session& session, Rows const& rows, Table const& table, Entry const& entry,
                                      json::object const& now) {
    auto const& type = *table.type;
    auto before = log_fields(rows.cipher(), type, entry.id, entry.before, true).value_or(json::object());
    auto const after = log_fields(rows.cipher(), type, entry.id, entry.after, true).value_or(json::object());
    for (auto const& [name, value] : after)
        if (auto const* current = now.if_contains(name); current && *current != value)
            return changed_since(session, entry, std::string(name));
    return json::object{{"op", "update"},
                        {"entity", entry.entity},
                        {"id", entry.id},
                        {"rev", number_of(now, "rev")},
                        {"fields", std::move(before)}};
}

Result<json::object> back(Session& session, Rows const& rows, Entry const& entry) {
    auto const& table = *rows.table(entry.entity);
    auto const now = rows.load(session, table, entry.id);
    if (entry.op == "delete") {
        if (now) return changed_since(session, entry, "it is there again");
        return json::object{
            {"op", "create"},
            {"entity", entry.entity},
            {"id", entry.id},
            {"fields", log_fields(rows.cipher(), *table.type, entry.id, entry.before, true).value_or(json::object())}};
    }
    if (!now) return changed_since(session, entry, "it is gone");
    if (entry.op == "update") return back_from_update(session, rows, table, entry, *now);
    if (number_of(*now, "rev") != entry.rev) return changed_since(session, entry, {});
    return json::object{{"op", "delete"}, {"entity", entry.entity}, {"id", entry.id}, {"rev", entry.rev}};
}

} // namespace

Result<json::object> undo(Session& session, Rows const& rows, std::int64_t seq) {
    auto const named = read_entries(session, "seq = ?", {seq}, 1);
    if (named.empty()) return nothing_there(seq);
    auto const entries = read_entries(session, "change_set = ?", {named.front().change_set}, std::numeric_limits<int>::max());
    json::array changes;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        auto const* table = rows.table(entry->entity);
        if (!table || table->type->internal)
            return table ? nothing_there(seq)
                         : Error{ErrorCode::unsupported,
                                 "change " + std::to_string(seq) + " is about " + entry->entity
                                     + ", which no plugin here knows; load it again",
                                 "/seq"};
        KOGGE_TRY(auto change, back(session, rows, *entry));
        changes.push_back(std::move(change));
    }
    auto const& reason = named.front().reason;
    return json::object{
        {"reason", "undo of change " + std::to_string(seq) + (reason.empty() ? "" : ": " + reason.substr(0, 1'000))},
        {"changes", std::move(changes)}};
}

} // namespace kogge::host::store
