// SPDX-License-Identifier: EUPL-1.2
#include "store/backup.hpp"

#include "store/schema.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <map>

namespace kogge::host::store {

namespace {

namespace fs = std::filesystem;

Result<void> make_room(fs::path const& to) {
    std::error_code ec;
    if (to.has_parent_path()) fs::create_directories(to.parent_path(), ec);
    if (ec)
        return Error{ErrorCode::failed,
                     "cannot make the folder " + to.parent_path().string() + " for a backup: " + ec.message()};
    if (fs::exists(to, ec)) return Error{ErrorCode::conflict, to.string() + " is there already; name another file"};
    return boost::outcome_v2::success();
}

/// A backup counts once it is on the disk, and only its owner may read it.
Result<void> settle(fs::path const& file) {
    std::error_code ec;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ec);
    int const handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    bool const synced = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0) ::close(handle);
    if (!synced) return Error{ErrorCode::failed, "cannot write the backup " + file.string() + " to the disk"};
    return boost::outcome_v2::success();
}

/// Our tables with the names and types of their columns, in order.
std::map<std::string, std::vector<std::pair<std::string, std::string>>> tables_of(Session& session) {
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> out;
    session.query(
        "SELECT CAST(table_name AS text), CAST(column_name AS text), CAST(data_type AS text) FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND (table_name LIKE 'kogge!_%' ESCAPE '!' OR table_name IN (SELECT kind FROM "
        "kogge_kinds)) "
        "ORDER BY table_name, ordinal_position",
        {}, "ttt", [&](Cells row) { out[row[0].text].emplace_back(row[1].text, row[2].text); });
    return out;
}

void write_table(Session& session, std::string const& name, std::vector<std::pair<std::string, std::string>> const& columns,
                 std::ostream& out) {
    std::string names, values;
    bool const of_kind = !name.starts_with("kogge_");
    if (of_kind) out << "CREATE TABLE " << sql_name(name) << " (";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const& [column, type] = columns[i];
        names += (i ? ", " : "") + sql_name(column);
        values += ", quote_nullable(" + sql_name(column) + ")";
        if (of_kind)
            out << (i ? ", " : "") << sql_name(column) << ' ' << type << (type == "text" ? " COLLATE \"C\"" : "")
                << (column == "id" ? " PRIMARY KEY" : "");
    }
    if (of_kind) out << ");\n";
    session.query("SELECT concat_ws(', '" + values + ") FROM " + sql_name(name), {}, "t", [&](Cells row) {
        out << "INSERT INTO " << sql_name(name) << " (" << names << ") VALUES (" << row[0].text << ");\n";
    });
}

} // namespace

Result<void> copy_sqlite(Session& session, fs::path const& to) {
    KOGGE_TRY(make_room(to));
    try {
        session.execute("VACUUM INTO ?", {to.string()});
    } catch (DatabaseError const& e) {
        return Error{ErrorCode::failed, "cannot write the backup " + to.string() + ": " + e.what()};
    }
    return settle(to);
}

Result<void> write_script(Session& session, fs::path const& to) {
    KOGGE_TRY(make_room(to));
    std::ofstream out(to);
    out << "-- Kogge, a backup before a migration. Into an empty database:  psql -v ON_ERROR_STOP=1 -d DATABASE -f "
           "FILE\nBEGIN;\n";
    for (auto const& sql : system_tables(session.dialect())) out << sql << ";\n";
    try {
        Transaction const transaction(session);
        session.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        for (auto const& [name, columns] : tables_of(session)) write_table(session, name, columns, out);
    } catch (DatabaseError const& e) {
        return Error{ErrorCode::failed, "cannot write the backup " + to.string() + ": " + e.what()};
    }
    out << "COMMIT;\n";
    out.close();
    if (!out) return Error{ErrorCode::failed, "cannot write the backup " + to.string() + "; is the disk full?"};
    return settle(to);
}

} // namespace kogge::host::store
