// SPDX-License-Identifier: EUPL-1.2
// Commits as the byte cache and the event stream see them: which cached answers they outdate, who hears of them, and in
// which words. Pure: from values to values.
#pragma once

#include "http/events.hpp"
#include "store/store.hpp"

#include <kogge/json.hpp>

#include <string>
#include <vector>

namespace kogge::host {

/// One change set in the words of GET /api/v1/events; internal kinds are left out.
struct News {
    std::int64_t seq = 0;
    std::string change_set, actor, reason;
    std::vector<store::Changed> changes;
};

/// What a listener may have missed at most, in log entries; beyond it reloading is cheaper.
inline constexpr int most_missed = 1000;

/// kind:<kind>, <kind>:<id> and visit:<visit> of everything touched.
std::vector<std::string> tags_of(store::Commit const& commit);

News news_of(store::Commit const& commit, store::Catalogue const& catalogue);
/// The same, from entries of the log in order.
std::vector<News> news_of(json::array const& entries);
http::Event event_of(News const& news);

/// True when `news` touches `visit`, or something that belongs to no visit; of an empty visit always.
bool concerns(News const& news, std::string const& visit);
/// The topics to publish under, such that each subscription with topics_for() gets what concerns it exactly once.
std::vector<std::string> topics_of(News const& news);
std::vector<std::string> topics_for(std::string const& visit);

/// {"since"?,"limit"?,"entity"?,"id"?,"visit"?} as in abi.h's kg_store.log.
Result<store::LogQuery> log_query_of(json::object const& document);

} // namespace kogge::host
