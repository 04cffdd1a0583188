// SPDX-License-Identifier: EUPL-1.2
#include "store/uses.hpp"

namespace kogge::host::store {

void add_uses(Session& session, std::span<Use const> uses, std::int64_t oldest) {
    for (auto const& use : uses)
        session.execute("INSERT INTO kogge_uses (subject, day, at, client, times) VALUES (?, ?, ?, ?, ?) ON CONFLICT (subject, day) DO "
                        "UPDATE SET client = CASE WHEN excluded.at >= kogge_uses.at THEN excluded.client ELSE kogge_uses.client END, "
                        "at = CASE WHEN excluded.at >= kogge_uses.at THEN excluded.at ELSE kogge_uses.at END, times = kogge_uses.times + excluded.times",
                        {use.subject, use.day, use.at, use.client, use.times});
    session.execute("DELETE FROM kogge_uses WHERE day < ? AND day < (SELECT MAX(newer.day) FROM kogge_uses newer WHERE newer.subject = kogge_uses.subject)",
                    {oldest});
}

std::vector<Use> read_uses(Session& session) {
    std::vector<Use> out;
    session.query("SELECT subject, day, at, client, times FROM kogge_uses ORDER BY subject, day", {}, "tiiti", [&](Cells row) {
        out.push_back({row[0].text, row[1].integer, row[2].integer, row[3].text, row[4].integer});
    });
    return out;
}

} // namespace kogge::host::store
