// SPDX-License-Identifier: EUPL-1.2
#include "feed/graves.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

/// How the host begins the reason of an undo.
constexpr char const* undone = "undo of change ";

constexpr int page = 1000; // entries of the log

std::string text(json::object const& entry, char const* name) {
    auto const* value = entry.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number(json::object const& entry, char const* name) {
    auto const* value = entry.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

/// "2026-11-24T20:47:09.123456Z", to the second.
Instant moment(std::string const& text) {
    auto const time = parse_local_time(text.substr(0, 19), Zone());
    return time ? instant_of(time.value()) : Instant();
}

} // namespace

void Graves::bury(json::object const& entry, Yard& yard) {
    EntryId const who{text(entry, "entity") == kind_of<Leg>() ? EntryId::Kind::leg : EntryId::Kind::item, text(entry, "id")};
    yard.awaited.erase(who);
    if (text(entry, "reason").starts_with(undone) && !yard.graves.contains(who))
        return; // created and taken back: undo leaves the feed as it was before
    Grave grave;
    grave.change_set = text(entry, "change_set");
    grave.rev = number(entry, "rev");
    grave.deleted = moment(text(entry, "at"));
    auto const id = text(entry, "id");
    auto const keep = [&](auto value, auto typed_id) {
        if (!value)
            return; // written by an older version whose fields have changed since: nothing to show it with
        value.value().id = typed_id;
        grave.entry = entry_of(typed_id);
        grave.last = std::move(value).value();
        yard.graves.insert_or_assign(grave.entry, std::move(grave));
    };
    if (text(entry, "entity") == kind_of<ProgrammeItem>())
        keep(from_json<ProgrammeItem>(entry.at("before")), Id<ProgrammeItem>(id));
    else
        keep(from_json<Leg>(entry.at("before")), Id<Leg>(id));
}

void Graves::bury_along(json::object const& entry, Yard& yard) {
    auto const beside = [&](Id<ProgrammeItem> const& item) -> Grave* {
        auto const found = yard.graves.find(entry_of(item));
        return found != yard.graves.end() && found->second.change_set == text(entry, "change_set") ? &found->second : nullptr;
    };
    if (text(entry, "entity") == kind_of<Assignment>()) {
        if (auto const value = from_json<Assignment>(entry.at("before")))
            if (auto* grave = beside(value.value().item))
                grave->interpreters.insert(value.value().person);
    } else if (auto const value = from_json<Participation>(entry.at("before")))
        if (auto* grave = beside(value.value().item))
            (value.value().presence == Presence::included ? grave->included : grave->excluded).insert(value.value().person);
}

Result<void> Graves::read(Id<Visit> const& visit, Yard& yard) const {
    // All kinds in one go and in order of seq: what was committed in between is at the end, and nothing before it is missed.
    std::vector<json::object> along; // went with an item: its entry may come after theirs
    for (bool more = true; more;) {
        KOGGE_TRY(auto entries, read_({{"visit", visit.str()}, {"since", yard.seq}, {"limit", page}}));
        more = entries.size() == std::size_t(page);
        for (auto& entry : entries) {
            yard.seq = std::max(yard.seq, number(entry, "seq"));
            if (text(entry, "op") != "delete")
                continue;
            auto const kind = text(entry, "entity");
            if (kind == kind_of<ProgrammeItem>() || kind == kind_of<Leg>())
                bury(entry, yard);
            else if (kind == kind_of<Participation>() || kind == kind_of<Assignment>())
                along.push_back(std::move(entry));
        }
    }
    for (auto const& entry : along)
        bury_along(entry, yard);
    return boost::outcome_v2::success();
}

Result<std::vector<Grave const*>> Graves::of(Id<Visit> const& visit) {
    for (auto& [where, entries] : picture_.take_gone())
        yards_[where].awaited.merge(entries);
    auto& yard = yards_[visit];
    std::erase_if(yard.awaited, [&](auto const& entry) { return picture_.exists(entry); });
    if (!yard.read || !yard.awaited.empty()) {
        KOGGE_TRY(read(visit, yard));
        yard.read = true;
    }
    std::vector<Grave const*> out;
    for (auto const& [entry, grave] : yard.graves)
        if (!picture_.exists(entry)) // else an undo has brought it back
            out.push_back(&grave);
    return out;
}

} // namespace kogge::calendar
