// SPDX-License-Identifier: EUPL-1.2
#include "foreign/preview.hpp"

#include "foreign/words.hpp"

namespace kogge::calendar::foreign {

namespace {

constexpr std::size_t rows_shown = 20;
constexpr std::size_t most_open = 50;
constexpr std::chrono::minutes kept{10};

} // namespace

json::object preview_document(Digest const& digest, Reading const& reading, bool titles, json::array clashes) {
    auto const zone = Zone::parse(digest.zone);
    json::array first, remarks;
    for (auto const& taken : digest.busy) {
        if (first.size() == rows_shown)
            break;
        if (taken.when.end <= reading.now)
            continue;
        auto const clock = zone ? zone.value() : reading.otherwise;
        json::object row{{"starts", to_text(local_of(taken.when.begin, clock))}, {"ends", to_text(local_of(taken.when.end, clock))}, {"tentative", taken.tentative}};
        if (titles)
            row["title"] = taken.title;
        first.push_back(std::move(row));
    }
    for (auto const& remark : digest.remarks)
        remarks.push_back(json::string(remark));
    return {{"state", "ready"}, {"name", digest.name}, {"events", digest.events}, {"busy", digest.busy.size()}, {"free", digest.free},
            {"cancelled", digest.cancelled}, {"ours", digest.ours}, {"zone", digest.zone},
            {"refresh_minutes", digest.refresh ? json::value(digest.refresh->count()) : json::value()}, {"remarks", std::move(remarks)}, {"first", std::move(first)}, {"clashes", std::move(clashes)}};
}

Result<std::string> Previews::open(std::string user, Instant now) {
    std::erase_if(open_, [&](auto const& entry) { return entry.second.begun + kept < now; });
    if (open_.size() >= most_open)
        return Error{ErrorCode::busy, "too many previews are under way; try again in a few minutes", {}};
    auto id = make_uuid();
    open_[id] = {std::move(user), now, {}, {}};
    return id;
}

void Previews::close(std::string const& id, Looked<json::object> ready) {
    auto const found = open_.find(id);
    if (found == open_.end())
        return;
    if (ready)
        found->second.ready = std::move(ready).value();
    else
        found->second.trouble = ready.error();
}

Result<json::object> Previews::find(std::string const& id, std::string_view user, std::string_view language, Instant now) {
    auto const found = open_.find(id);
    if (found == open_.end() || found->second.user != user || found->second.begun + kept < now)
        return Error{ErrorCode::not_found, "there is no preview '" + id.substr(0, 80) + "'; it is kept for ten minutes", "/id"};
    auto const& open = found->second;
    json::object out{{"state", "looking"}};
    if (open.ready)
        out = *open.ready;
    else if (open.trouble.what != LookError::none)
        out = {{"state", "failed"}, {"error", {{"code", to_json(open.trouble.what)}, {"text", look_text(open.trouble.what, open.trouble.detail, language)}}}};
    out["preview"] = id;
    return out;
}

} // namespace kogge::calendar::foreign
