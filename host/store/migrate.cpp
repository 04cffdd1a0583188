// SPDX-License-Identifier: EUPL-1.2
#include "store/backup.hpp"
#include "store/reshape.hpp"
#include "store/schema.hpp"

#include <kogge/time.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace kogge::host::store {

namespace {

constexpr int our_format = 1; // of the house's own tables
constexpr int log_info = 1;

/// A kind as the last start left it.
struct Stored {
    std::string description;
    EntityType type;
    std::map<std::string, char> columns; // every column it ever had, and how it is kept
};

std::map<std::string, Stored> read_stored(Session& session) {
    std::map<std::string, Stored> out;
    session.query("SELECT kind, description, columns FROM kogge_kinds", {}, "ttt", [&](Cells row) {
        auto& stored = out[row[0].text];
        stored.description = row[1].text;
        auto const description = json::parse(row[1].text);
        if (auto const read = Catalogue::read({description.as_object()})) stored.type = read.value().types().front();
        auto const columns = json::parse(row[2].text);
        for (auto const& [name, kept] : columns.as_object()) stored.columns[std::string(name)] = kept.as_string().front();
    });
    return out;
}

std::string meta(Session& session, std::string_view name) {
    return session.value("SELECT value FROM kogge_meta WHERE name = ?", {name}, Storage::text).text;
}

void set_meta(Session& session, std::string_view name, std::string const& value) {
    session.execute("DELETE FROM kogge_meta WHERE name = ?", {name});
    session.execute("INSERT INTO kogge_meta (name, value) VALUES (?, ?)", {name, value});
}

bool same(Field const& a, Field const& b) {
    auto const all = [](std::vector<Field> const& x, std::vector<Field> const& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                          [](Field const& f, Field const& g) { return f.name == g.name && same(f, g); });
    };
    return a.type == b.type && a.optional == b.optional && a.sensitive == b.sensitive && a.ref == b.ref
           && a.minimum == b.minimum && a.maximum == b.maximum && a.values == b.values && all(a.fields, b.fields)
           && all(a.items, b.items);
}

class Migration {
  public:
    Migration(Session& session, Options const& options, Rows const& rows) : session_(session), options_(options), rows_(rows) {}

    Result<void> run() {
        auto const fresh = !has_table("kogge_meta");
        if (!fresh) {
            KOGGE_TRY(readable());
            stored_ = read_stored(session_);
        }
        for (auto const& type : rows_.catalogue().types()) {
            KOGGE_TRY(plan(type));
        }
        if (!reshapes_.empty()) {
            KOGGE_TRY(back_up());
        }
        Transaction transaction(session_);
        for (auto const& sql : system_tables(session_.dialect())) session_.run(sql);
        if (fresh) begin_empty();
        apply();
        derive_instants();
        transaction.commit();
        return boost::outcome_v2::success();
    }

  private:
    bool has_table(std::string_view name) {
        bool found = false;
        session_.query(session_.dialect().table_names, {}, "t", [&](Cells row) { found = found || row[0].text == name; });
        return found;
    }

    Result<void> readable() {
        if (auto const format = meta(session_, "format"); std::atoi(format.c_str()) > our_format)
            return Error{ErrorCode::unsupported, "the database was written by a newer Kogge (format " + format
                                                     + "); start that version, or restore a backup from before"};
        auto const check = rows_.cipher().open(meta(session_, "key_check"), "kogge_meta");
        if (!check)
            return Error{ErrorCode::failed,
                         "the database was written with another key; put back the key file that belongs to it"};
        return boost::outcome_v2::success();
    }

    void begin_empty() {
        set_meta(session_, "format", std::to_string(our_format));
        set_meta(session_, "schema", "1");
        set_meta(session_, "tzdb", date::get_tzdb().version);
        set_meta(session_, "key_check", rows_.cipher().seal("kogge", "kogge_meta"));
        session_.execute("INSERT INTO kogge_counter (id, seq) VALUES (1, 0)");
    }

    std::string description(std::string const& kind) const {
        for (auto const& one : options_.descriptions)
            if (text_of(one, "kind") == kind) return json::serialize(one);
        return {};
    }

    Result<void> plan(EntityType const& type) {
        auto const old = stored_.find(type.kind);
        if (old == stored_.end()) {
            if (has_table(type.kind))
                return invalid("there is a table '" + type.kind
                               + "' that Kogge did not make; move it to another schema or name the entity otherwise");
            return boost::outcome_v2::success();
        }
        if (old->second.description == description(type.kind)) return boost::outcome_v2::success();
        for (auto const& field : type.fields) {
            KOGGE_TRY(plan(type, field, old->second));
        }
        if (!type.unique.empty() && type.unique != old->second.type.unique) {
            KOGGE_TRY(occur_once(type, old->second));
        }
        return boost::outcome_v2::success();
    }

    Result<void> plan(EntityType const& type, Field const& field, Stored const& old) {
        auto const* before = old.type.field(field.name);
        if (before && same(*before, field)) return boost::outcome_v2::success();
        auto const column = old.columns.find(field.name);
        auto const stored = column == old.columns.end() ? std::optional<char>() : std::optional<char>(column->second);
        if (stored && before && before->ref != field.ref && !field.ref.empty())
            if (auto const used = session_.value("SELECT id FROM " + sql_name(type.kind) + " WHERE " + sql_name(field.name)
                                                     + " IS NOT NULL LIMIT 1",
                                                 {}, Storage::text);
                !used.null)
                return invalid(type.kind + "." + field.name + " now refers to " + field.ref + " and stored ones (" + used.text
                               + ") refer to " + (before->ref.empty() ? "nothing" : before->ref)
                               + "; give the new reference another name");
        Reshape reshape(rows_, type, field, stored);
        KOGGE_TRY(reshape.judge(session_));
        reshapes_.push_back(std::move(reshape));
        return boost::outcome_v2::success();
    }

    /// A new rule "unique" must hold for what is there.
    Result<void> occur_once(EntityType const& type, Stored const& old) {
        std::string columns, present;
        for (auto const& name : type.unique) {
            if (!old.columns.contains(name)) return boost::outcome_v2::success();
            columns += (columns.empty() ? "" : ", ") + sql_name(name);
            present += (present.empty() ? "" : " AND ") + sql_name(name) + " IS NOT NULL";
        }
        auto const twice = session_.value("SELECT MIN(id) FROM " + sql_name(type.kind) + " WHERE " + present + " GROUP BY "
                                              + columns + " HAVING COUNT(*) > 1 LIMIT 1",
                                          {}, Storage::text);
        if (twice.null) return boost::outcome_v2::success();
        return invalid(type.kind + ": there is more than one with the " + columns + " of " + twice.text
                       + ", which the new description forbids; change them with the previous version first");
    }

    Result<void> back_up() {
        if (options_.backup_dir.empty()) return boost::outcome_v2::success();
        auto stamp = instant_file_name();
        auto const file =
            options_.backup_dir
            / ("kogge-" + stamp + "-v" + meta(session_, "schema") + (session_.dialect().postgres ? ".sql" : ".db"));
        KOGGE_TRY(session_.dialect().postgres ? write_script(session_, file) : copy_sqlite(session_, file));
        options_.log(log_info, "before changing the tables, everything was copied to " + file.string());
        return boost::outcome_v2::success();
    }

    std::string instant_file_name() const {
        auto const us = options_.now_us();
        std::string out;
        for (char const c : to_text(Instant(std::chrono::seconds(us / 1'000'000))))
            if (c != '-' && c != ':') out += c;
        return out + std::to_string(1'000'000 + us % 1'000'000).substr(1);
    }

    void apply() {
        for (auto const& reshape : reshapes_) reshape.apply(session_);
        bool changed = false;
        for (auto const& type : rows_.catalogue().types()) {
            auto& stored = stored_[type.kind];
            auto const now = description(type.kind);
            if (stored.description == now) continue;
            changed = true;
            if (stored.description.empty()) session_.run(create_table(session_.dialect(), type));
            for (auto const& column : columns_of(type)) {
                if (column.utc && !stored.description.empty() && !stored.columns.contains(column.name))
                    session_.run("ALTER TABLE " + sql_name(type.kind) + " ADD COLUMN " + sql_name(column.name) + " BIGINT"),
                        derive_ = true;
                stored.columns[column.name] = column.utc ? 'i' : kept_as(*column.field);
            }
            for (auto const& sql : create_indexes(type)) session_.run(sql);
            remember(type.kind, now, stored.columns);
        }
        if (changed) set_meta(session_, "schema", std::to_string(std::atoi(meta(session_, "schema").c_str()) + 1));
    }

    void remember(std::string const& kind, std::string const& description, std::map<std::string, char> const& columns) {
        json::object kept;
        for (auto const& [name, how] : columns) kept[name] = std::string(1, how);
        session_.execute("DELETE FROM kogge_kinds WHERE kind = ?", {kind});
        session_.execute("INSERT INTO kogge_kinds (kind, description, columns) VALUES (?, ?, ?)",
                         {kind, description, json::serialize(kept)});
    }

    /// The wall clock is the fact: when the rules of the zones changed, or a local time got its instant only now, it is
    /// derived again.
    void derive_instants() {
        auto const& version = date::get_tzdb().version;
        auto const before = meta(session_, "tzdb");
        if (before == version && !derive_) return;
        std::size_t moved = 0;
        for (auto const& type : rows_.catalogue().types())
            for (auto const& column : rows_.table(type.kind)->columns)
                if (column.utc) moved += derive(type, column);
        set_meta(session_, "tzdb", version);
        options_.log(log_info,
                     "time zone rules " + before + " -> " + version + ": " + std::to_string(moved) + " instants derived anew");
    }

    std::size_t derive(EntityType const& type, Column const& column) {
        std::vector<std::pair<std::string, Cell>> moved;
        session_.query(
            "SELECT id, " + sql_name(column.field->name) + ", " + sql_name(column.name) + " FROM " + sql_name(type.kind), {},
            "tti", [&](Cells row) {
                auto cell = rows_.cell(type, row[0].text, column, row[1].null ? json::value() : json::value(row[1].text));
                if (cell.null != row[2].null || cell.integer != row[2].integer)
                    moved.emplace_back(row[0].text, std::move(cell));
            });
        for (auto const& [id, cell] : moved)
            session_.execute("UPDATE " + sql_name(type.kind) + " SET " + sql_name(column.name) + " = ? WHERE id = ?",
                             {cell, id});
        return moved.size();
    }

    Session& session_;
    Options const& options_;
    Rows const& rows_;
    std::map<std::string, Stored> stored_;
    std::vector<Reshape> reshapes_;
    bool derive_ = false;
};

} // namespace

Result<void> migrate(Session& session, Options const& options, Rows const& rows) {
    struct Lock {
        Session& session;
        explicit Lock(Session& s) : session(s) {
            if (auto const& sql = session.dialect().lock_schema; !sql.empty()) session.run(sql);
        }
        ~Lock() {
            try {
                if (auto const& sql = session.dialect().unlock_schema; !sql.empty()) session.run(sql);
            } catch (DatabaseError const&) { // the connection is gone, and its locks with it
            }
        }
    } const lock(session);
    return Migration(session, options, rows).run();
}

} // namespace kogge::host::store
