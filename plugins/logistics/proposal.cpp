// SPDX-License-Identifier: EUPL-1.2
#include "proposal.hpp"

#include "words.hpp"

#include <algorithm>

namespace kogge::logistics {

namespace {

using LegRow = Row<TransportLeg>;

/// What fails, and what runs in its place.
struct Switch {
    LegRow const *fails, *takes_over;
    LegStatus failed_status;
};

Result<LegRow const*> leg_in(Picture const& picture, Id<Visit> const& visit, LegId const& id) {
    if (id.empty()) return invalid("name the leg that fails", "/leg");
    auto const* row = picture.legs.row(id);
    if (!row || row->value.visit != visit) return invalid("'" + id.str() + "' is no leg of visit " + visit.str(), "/leg");
    return row;
}

/// Of the fallbacks that wait for a leg the one that leaves first.
LegRow const* waiting_for(Picture const& picture, TransportLeg const& leg) {
    LegRow const* best = nullptr;
    for (auto const& id : picture.fallbacks_of.of(leg.id))
        if (auto const* row = picture.legs.row(id); row->value.visit == leg.visit && row->value.status == LegStatus::fallback)
            if (!best || instant_of(row->value.departs) < instant_of(best->value.departs)) best = row;
    return best;
}

Result<Switch> switch_of(Picture const& picture, LegRow const& row) {
    auto const& leg = row.value;
    if (leg.status == LegStatus::fallback)
        return invalid("'" + leg.id.str() + "' is itself a fallback that waits; name the leg that fails", "/leg");
    if (leg.status == LegStatus::cancelled)
        return invalid("'" + leg.id.str() + "' is cancelled already; name the fallback that runs to switch back", "/leg");
    if (leg.status == LegStatus::done)
        return invalid("'" + leg.id.str() + "' has been travelled; there is nothing to switch", "/leg");
    if (auto const* next = waiting_for(picture, leg)) return Switch{&row, next, LegStatus::cancelled};
    auto const* first = leg.fallback_of ? picture.legs.row(*leg.fallback_of) : nullptr;
    if (first && first->value.visit == leg.visit && first->value.status == LegStatus::cancelled)
        return Switch{&row, first, LegStatus::fallback};
    return invalid("no fallback waits for '" + leg.id.str() + "'; plan one with fallback_of = " + leg.id.str(), "/leg");
}

json::value status_word(LegStatus status) { return to_json(status); }

} // namespace

Result<json::value> fallback(Picture const& picture, Id<Visit> const& visit, FallbackRequest const& request,
                             std::string_view language) {
    KOGGE_TRY(auto const* row, leg_in(picture, visit, request.leg));
    KOGGE_TRY(auto const change, switch_of(picture, *row));
    auto const& fails = change.fails->value;
    auto const& next = change.takes_over->value;
    bool const back = change.failed_status == LegStatus::fallback;

    People left_behind;
    std::ranges::set_difference(picture.people_of(fails), picture.people_of(next), std::back_inserter(left_behind));
    json::object fields{{"status", status_word(back ? LegStatus::planned : LegStatus::active)}};
    if (!left_behind.empty()) {
        auto extra = next.extra_passengers;
        auto without = next.without;
        std::erase_if(without, [&](auto const& person) { return std::ranges::binary_search(left_behind, person); });
        auto const by_track = picture.roster.people_of(next.tracks);
        for (auto const& person : left_behind)
            if (!std::ranges::binary_search(by_track, person)) extra.push_back(person);
        if (extra != next.extra_passengers) fields["extra_passengers"] = to_json(extra);
        if (without != next.without) fields["without"] = to_json(without);
    }

    ChangeSet changes(fails.id.str() + " > " + next.id.str());
    changes.update(fails.id, change.fails->rev, {{"status", status_word(change.failed_status)}});
    changes.update(next.id, change.takes_over->rev, std::move(fields));
    auto const takes_over = left_behind.empty() ? say(Word::takes_over, language, {{"leg", fails.id.str()}})
                                                : say(Word::taken_along, language,
                                                      {{"leg", fails.id.str()}, {"who", picture.names_of(left_behind)}});
    json::array entries;
    entries.push_back({{"entity", "transport_leg"},
                       {"id", fails.id.str()},
                       {"starts", to_text(fails.departs)},
                       {"ends", to_text(fails.arrives)},
                       {"new_starts", nullptr},
                       {"new_ends", nullptr},
                       {"why", say(Word::cancelled_for, language, {{"fallback", next.id.str()}})}});
    entries.push_back({{"entity", "transport_leg"},
                       {"id", next.id.str()},
                       {"starts", nullptr},
                       {"ends", nullptr},
                       {"new_starts", to_text(next.departs)},
                       {"new_ends", to_text(next.arrives)},
                       {"why", takes_over}});
    return json::value{{"entries", std::move(entries)}, {"findings", json::array()}, {"change_set", changes.document()}};
}

} // namespace kogge::logistics
