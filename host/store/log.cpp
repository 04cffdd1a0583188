// SPDX-License-Identifier: EUPL-1.2
#include "store/log.hpp"

#include <kogge/time.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace kogge::host::store {

namespace {

Cell or_null(std::string const& text) { return text.empty() ? Cell(Storage::text) : Cell(text); }

} // namespace

void write_entry(Session& session, Entry const& entry) {
    session.execute("INSERT INTO kogge_log (seq, change_set, at_us, actor, reason, entity, id, visit, rev, op, before_fields, "
                    "after_fields) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    {entry.seq, entry.change_set, entry.at_us, entry.actor, entry.reason, entry.entity, entry.id,
                     or_null(entry.visit), entry.rev, entry.op, or_null(entry.before), or_null(entry.after)});
}

std::vector<Entry> read_entries(Session& session, std::string_view where, std::vector<Cell> values, int limit) {
    values.emplace_back(limit);
    std::vector<Entry> out;
    auto const sql = "SELECT seq, change_set, at_us, actor, reason, entity, id, visit, rev, op, before_fields, after_fields "
                     "FROM kogge_log WHERE "
                     + std::string(where) + " ORDER BY seq LIMIT ?";
    session.query(sql, values, "ititttttittt", [&](Cells row) {
        auto const text = [&](std::size_t i) { return row[i].null ? std::string() : row[i].text; };
        out.push_back({row[0].integer, text(1), row[2].integer, text(3), text(4), text(5), text(6), text(7), row[8].integer,
                       text(9), text(10), text(11)});
    });
    return out;
}

std::int64_t last_revision(Session& session, std::string_view entity, std::string_view id) {
    return session
        .value("SELECT rev FROM kogge_log WHERE entity = ? AND id = ? ORDER BY seq DESC LIMIT 1", {entity, id},
               Storage::integer)
        .integer;
}

std::string log_text(Cipher const& cipher, EntityType const& type, json::object const& document, json::object const* other) {
    json::object out;
    for (auto const& field : type.fields) {
        auto const& value = document.at(field.name);
        if (other && other->at(field.name) == value) continue;
        out[field.name] = field.sensitive && !value.is_null()
                              ? json::value(cipher.seal(json::serialize(value), place_of(type, text_of(document, "id"), field)))
                              : value;
    }
    return json::serialize(out);
}

std::optional<json::object> log_fields(Cipher const& cipher, EntityType const& type, std::string_view id,
                                       std::string const& text, bool sensitive) {
    if (text.empty()) return std::nullopt;
    auto fields = json::parse(text).as_object();
    json::object out;
    for (auto& [name, value] : fields) {
        auto const* field = type.field(name);
        if (!field || (field->sensitive && !sensitive)) continue;
        if (field->sensitive && value.is_string())
            value = json::parse(cipher.open(value.get_string(), place_of(type, id, *field)).value());
        out[name] = std::move(value);
    }
    return out;
}

std::string instant_text(std::int64_t us) {
    auto const seconds = us / 1'000'000 - (us % 1'000'000 < 0 ? 1 : 0);
    auto out = to_text(Instant(std::chrono::seconds(seconds)));
    if (auto const rest = us - seconds * 1'000'000; rest != 0) {
        auto digits = std::to_string(1'000'000 + rest);
        digits.front() = '.';
        out.insert(out.size() - 1, digits);
    }
    return out;
}

} // namespace kogge::host::store
