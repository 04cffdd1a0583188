// SPDX-License-Identifier: EUPL-1.2
#include "store/proposal.hpp"

#include "store/log.hpp"
#include "store/validate.hpp"

#include <algorithm>

namespace kogge::host::store {

namespace {

constexpr std::size_t most_named = 3; // of those that keep a thing from being deleted

std::string key_of(std::string_view kind, std::string_view id) {
    std::string out(kind);
    out += '/';
    return out += id;
}

std::string the(std::string_view kind, std::string_view id) { return std::string(kind) + " " + std::string(id); }

bool same_fields(EntityType const& type, json::object const& a, json::object const& b) {
    return std::all_of(type.fields.begin(), type.fields.end(),
                       [&](Field const& field) { return a.at(field.name) == b.at(field.name); });
}

/// A whole document with these fields, in the order of the description.
json::object document_of(EntityType const& type, std::string const& id, std::int64_t rev, std::int64_t at_us,
                         json::object&& fields) {
    json::object out;
    out.reserve(type.fields.size() + 3);
    out["id"] = id;
    out["rev"] = rev;
    out["updated_us"] = at_us;
    for (auto const& field : type.fields) out[field.name] = std::move(fields.at(field.name));
    return out;
}

} // namespace

Result<void> Proposal::build(ChangeSetRequest&& request) {
    changes_.reserve(request.changes.size());
    for (std::size_t i = 0; i < request.changes.size(); ++i) {
        auto const& asked = request.changes[i];
        auto const at = "/changes/" + std::to_string(i);
        if (auto const [other, fresh] = asked_.emplace(key_of(asked.type->kind, asked.id), at); !fresh)
            return invalid(the(asked.type->kind, asked.id) + " is in this change set twice, first at " + other->second
                               + "; say it once",
                           at);
    }
    for (std::size_t i = 0; i < request.changes.size(); ++i) {
        KOGGE_TRY(take(request.changes[i], "/changes/" + std::to_string(i)));
        request.changes[i].fields.clear();
    }
    return judge();
}

Result<void> Proposal::take(Asked& asked, std::string at) {
    Change change{.op = asked.op, .table = rows_.table(asked.type->kind), .id = asked.id, .at = std::move(at)};
    if (find(change.kind(), change.id)) // a deletion before it took it along
        return asked.op == Op::erase ? Result<void>(boost::outcome_v2::success())
                                     : Result<void>(invalid(
                                         the(change.kind(), change.id)
                                             + " goes along with what this change set deletes; it cannot be changed in it, too",
                                         change.at));
    change.before = rows_.load(session_, *change.table, change.id);
    if (asked.op == Op::create) return create(asked, change);
    if (!change.before)
        return conflict(change, "there is no " + the(change.kind(), change.id) + "; somebody may have deleted it");
    auto const rev = number_of(*change.before, "rev");
    if (asked.rev && *asked.rev != rev)
        return conflict(change, the(change.kind(), change.id) + " has changed since revision " + std::to_string(*asked.rev)
                                    + "; it is at " + std::to_string(rev) + " now: look at it and try again");
    change.rev = rev + 1;
    change.visit = visit_of(*change.table->type, *change.before);
    return asked.op == Op::update ? update(asked, change) : erase(std::move(change));
}

Result<void> Proposal::conflict(Change const& change, std::string message) {
    if (change.before) current = *change.before;
    return Error{ErrorCode::conflict, std::move(message), change.at};
}

Result<void> Proposal::create(Asked& asked, Change& change) {
    if (change.before)
        return conflict(change, "there is already " + change.table->type->a() + " " + change.id
                                    + "; update it, or create with another id");
    // A thing that was deleted and comes back keeps counting, so that calendars see it as newer.
    change.rev = last_revision(session_, change.kind(), change.id) + 1;
    change.after = document_of(*change.table->type, change.id, change.rev, now_us_, std::move(asked.fields));
    change.visit = visit_of(*change.table->type, *change.after);
    put(std::move(change));
    return boost::outcome_v2::success();
}

Result<void> Proposal::update(Asked& asked, Change& change) {
    auto const& type = *change.table->type;
    auto after = *change.before;
    for (auto& [name, value] : asked.fields) after[name] = std::move(value);
    if (same_fields(type, *change.before, after)) return boost::outcome_v2::success();
    if (type.per_visit && !text_of(*change.before, "visit").empty() && after.at("visit") != change.before->at("visit"))
        return invalid(type.a() + " cannot move to another visit; create it there", change.at + "/fields/visit");
    after["rev"] = change.rev;
    after["updated_us"] = now_us_;
    change.after = std::move(after);
    change.visit = visit_of(type, *change.after);
    put(std::move(change));
    return boost::outcome_v2::success();
}

// ---- deleting ------------------------------------------------------------------------------------------------------

Result<void> Proposal::erase(Change change) {
    // Its place is taken at once, so that a circle of references ends; the order is set right below.
    auto const key = key_of(change.kind(), change.id);
    by_key_[key] = changes_.size();
    changes_.push_back(change);
    auto const begin = changes_.size();
    KOGGE_TRY(cascade(change));
    if (changes_.size() > begin) {
        std::rotate(changes_.begin() + std::ptrdiff_t(begin) - 1, changes_.begin() + std::ptrdiff_t(begin), changes_.end());
        for (auto i = begin - 1; i < changes_.size(); ++i) by_key_[key_of(changes_[i].kind(), changes_[i].id)] = i;
    }
    return boost::outcome_v2::success();
}

Result<void> Proposal::cascade(Change const& cause) {
    for (auto const& [inbound, id] : referrers(cause.kind(), cause.id)) {
        auto const key = key_of(inbound->table->type->kind, id);
        auto const named = asked_.find(key);
        if (!inbound->cascade || by_key_.contains(key)) continue;
        Change change{
            .op = Op::erase, .table = inbound->table, .id = id, .at = named == asked_.end() ? cause.at : named->second};
        change.before = rows_.load(session_, *change.table, id);
        if (!change.before) continue;
        change.rev = number_of(*change.before, "rev") + 1;
        change.visit = visit_of(*change.table->type, *change.before);
        KOGGE_TRY(erase(std::move(change)));
    }
    return boost::outcome_v2::success();
}

std::vector<std::pair<Inbound const*, std::string>> Proposal::referrers(std::string_view kind, std::string_view id) {
    std::vector<std::pair<Inbound const*, std::string>> out;
    for (auto const& inbound : rows_.inbound(kind)) {
        auto const& type = *inbound.table->type;
        auto const add = [&](Cells row) { out.emplace_back(&inbound, row[0].text); };
        if (inbound.linked)
            session_.query("SELECT source FROM kogge_links WHERE target = ? AND kind = ? AND field = ? ORDER BY source",
                           {key_of(kind, id), type.kind, inbound.field->name}, "t", add);
        else
            session_.query("SELECT id FROM " + sql_name(type.kind) + " WHERE " + sql_name(inbound.field->name)
                               + " = ? ORDER BY id",
                           {id}, "t", add);
    }
    return out;
}

// ---- judging -------------------------------------------------------------------------------------------------------

Result<void> Proposal::judge() {
    for (auto const& change : changes_)
        if (change.after) {
            KOGGE_TRY(references_hold(change));
            KOGGE_TRY(stays_unique(change));
        }
    return nothing_points_at_the_deleted();
}

Result<void> Proposal::nothing_points_at_the_deleted() {
    for (auto const& change : changes_) {
        if (change.op != Op::erase) continue;
        std::vector<std::string> names;
        for (auto const& [inbound, id] : referrers(change.kind(), change.id))
            if (!find(inbound->table->type->kind, id)) // what is in the proposal was judged by its own references
                names.push_back(the(inbound->table->type->kind, id) + " (" + inbound->field->name + ")");
        if (names.empty()) continue;
        std::string list;
        for (std::size_t i = 0; i < names.size() && i < most_named; ++i) list += (i ? ", " : "") + names[i];
        if (names.size() > most_named) list += " and " + std::to_string(names.size() - most_named) + " more";
        return invalid(the(change.kind(), change.id) + " cannot be deleted: " + list + " still "
                           + (names.size() == 1 ? "points" : "point") + " at it; change or delete that first",
                       change.at);
    }
    return boost::outcome_v2::success();
}

Result<void> Proposal::references_hold(Change const& change) {
    auto const& type = *change.table->type;
    Result<void> out = boost::outcome_v2::success();
    each_reference(type, *change.after, [&](Reference const& reference) {
        auto const* kind = out ? rows_.catalogue().find(reference.kind) : nullptr;
        if (!kind) return; // a plugin that is not here may know it
        auto const found = target(reference.kind, reference.id);
        auto const at = change.at + "/fields" + reference.at;
        if (!found.exists)
            out = invalid("there is no " + the(reference.kind, reference.id) + "; create it first, or in the same change set",
                          at);
        else if (type.per_visit && kind->per_visit && !change.visit.empty() && !found.visit.empty()
                 && found.visit != change.visit)
            out = invalid(the(reference.kind, reference.id) + " belongs to another visit", at);
    });
    return out;
}

Proposal::Target Proposal::target(std::string_view kind, std::string_view id) {
    if (auto const* change = find(kind, id)) return {change->after.has_value(), change->visit};
    auto const [found, fresh] = targets_.try_emplace(key_of(kind, id));
    if (fresh) {
        auto const& type = *rows_.table(kind)->type;
        auto const visit = type.per_visit ? sql_name("visit") : std::string("id");
        session_.query("SELECT " + visit + " FROM " + sql_name(kind) + " WHERE id = ?", {id}, "t", [&](Cells row) {
            found->second.exists = true;
            if (type.per_visit && !row[0].null) found->second.visit = row[0].text;
        });
    }
    return found->second;
}

Result<void> Proposal::stays_unique(Change const& change) {
    auto const& type = *change.table->type;
    if (type.unique.empty()) return boost::outcome_v2::success();
    std::string sql = "SELECT id FROM " + sql_name(type.kind) + " WHERE ", key = type.kind, words;
    std::vector<Cell> values;
    for (auto const& name : type.unique) {
        auto const column = std::find_if(change.table->columns.begin(), change.table->columns.end(),
                                         [&](Column const& c) { return c.name == name; });
        auto value = rows_.cell(type, change.id, *column, change.after->at(name));
        if (value.null) return boost::outcome_v2::success(); // what is not there is not twice there
        auto const text = value.storage == Storage::integer ? std::to_string(value.integer)
                          : value.storage == Storage::real  ? std::to_string(value.real)
                                                            : value.text;
        sql += (values.empty() ? "" : " AND ") + sql_name(name) + " = ?";
        key += '\n' + text;
        words += (words.empty() ? "" : ", ") + name + " " + text;
        values.push_back(std::move(value));
    }
    auto const taken = [&](std::string_view id) {
        return invalid("there is already " + type.a() + " with " + words + ": " + std::string(id),
                       change.at + "/fields/" + type.unique.back());
    };
    if (auto const [other, fresh] = unique_.emplace(key, change.id); !fresh) return taken(other->second);
    std::string holder;
    session_.query(sql, values, "t", [&](Cells row) {
        if (!find(type.kind, row[0].text)) // what is in the proposal is compared as it will be
            holder = row[0].text;
    });
    if (!holder.empty()) return taken(holder);
    return boost::outcome_v2::success();
}

void Proposal::put(Change change) {
    by_key_[key_of(change.kind(), change.id)] = changes_.size();
    changes_.push_back(std::move(change));
}

Change const* Proposal::find(std::string_view kind, std::string_view id) const {
    auto const found = by_key_.find(key_of(kind, id));
    return found == by_key_.end() ? nullptr : &changes_[found->second];
}

} // namespace kogge::host::store
