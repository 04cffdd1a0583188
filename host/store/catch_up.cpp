// SPDX-License-Identifier: EUPL-1.2
#include "store/catch_up.hpp"

#include "store/log.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace kogge::host::store {

namespace {

/// The document before an entry, from the one after it (if any) and the fields the entry kept.
json::object earlier(Session& session, Rows const& rows, Table const& table, Entry const& entry, json::object const* after) {
    json::object out;
    out["id"] = entry.id;
    out["rev"] = entry.rev - 1;
    out["updated_us"] =
        std::int64_t(session
                         .value("SELECT at_us FROM kogge_log WHERE entity = ? AND id = ? AND seq < ? ORDER BY seq DESC LIMIT 1",
                                {entry.entity, entry.id, entry.seq}, Storage::integer)
                         .integer);
    auto const kept = log_fields(rows.cipher(), *table.type, entry.id, entry.before, true).value_or(json::object());
    for (auto const& field : table.type->fields) {
        auto const* value = kept.if_contains(field.name);
        out[field.name] = value ? *value : after ? after->at(field.name) : field.fallback;
    }
    return out;
}

} // namespace

std::vector<std::pair<Batch, Commit>> replay(Session& session, Rows const& rows, std::int64_t from, std::int64_t to) {
    auto const entries = read_entries(session, "seq > ? AND seq <= ?", {from, to}, std::numeric_limits<int>::max());
    std::map<std::string, std::optional<json::object>> states; // as they are after the entry looked at
    std::vector<Told> texts(entries.size());
    for (auto i = entries.size(); i-- > 0;) { // newest first: only the newest state is in the tables
        auto const& entry = entries[i];
        auto const* table = rows.table(entry.entity);
        if (!table) continue; // of a plugin this daemon does not have
        auto const [state, fresh] = states.try_emplace(entry.entity + "/" + entry.id);
        if (fresh) state->second = rows.load(session, *table, entry.id);
        Change change{.op = entry.op == "create"   ? Op::create
                            : entry.op == "update" ? Op::update
                                                   : Op::erase,
                      .table = table,
                      .id = entry.id,
                      .visit = entry.visit,
                      .rev = entry.rev};
        change.after = state->second;
        if (change.op != Op::create)
            change.before = earlier(session, rows, *table, entry, change.after ? &*change.after : nullptr);
        texts[i] = told(change, entry.at_us);
        state->second = std::move(change.before);
    }
    std::vector<std::pair<Batch, Commit>> out;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto const& entry = entries[i];
        if (out.empty() || out.back().second.change_set != entry.change_set)
            out.push_back({Batch{}, Commit{0, entry.change_set, entry.actor, entry.reason, entry.at_us, {}}});
        auto& [batch, commit] = out.back();
        batch.seq = commit.seq = entry.seq;
        if (!texts[i].kind.empty()) {
            batch.changes.push_back(std::move(texts[i]));
            commit.changes.push_back({entry.entity, entry.id, entry.op, entry.visit, entry.rev});
        }
    }
    return out;
}

} // namespace kogge::host::store
