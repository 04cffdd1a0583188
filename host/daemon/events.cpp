// SPDX-License-Identifier: EUPL-1.2
#include "daemon/events.hpp"

#include <kogge/json.hpp>

#include <algorithm>
#include <set>

namespace kogge::host {

namespace {

constexpr std::string_view everything = "all";   // who listens to every commit
constexpr std::string_view visitless = "shared"; // people, venues …: every visit's listeners hear of them

std::string text(json::value const& entry, char const* name) {
    auto const* value = entry.as_object().if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The visit a change is about: a visit itself is about itself.
std::string const& visit_of(store::Changed const& change) { return change.entity == "visit" ? change.id : change.visit; }

bool touches_shared(News const& news) {
    return std::any_of(news.changes.begin(), news.changes.end(), [](auto const& change) { return visit_of(change).empty(); });
}

} // namespace

std::vector<std::string> tags_of(store::Commit const& commit) {
    std::set<std::string> tags;
    for (auto const& change : commit.changes) {
        tags.insert("kind:" + change.entity);
        tags.insert(change.entity + ":" + change.id);
        if (!change.visit.empty())
            tags.insert("visit:" + change.visit);
    }
    return {tags.begin(), tags.end()};
}

News news_of(store::Commit const& commit, store::Catalogue const& catalogue) {
    News news{commit.seq, commit.change_set, commit.actor, commit.reason, {}};
    for (auto const& change : commit.changes)
        if (auto const* type = catalogue.find(change.entity); type && !type->internal)
            news.changes.push_back(change);
    return news;
}

std::vector<News> news_of(json::array const& entries) {
    std::vector<News> out;
    for (auto const& entry : entries) {
        auto const change_set = text(entry, "change_set");
        if (out.empty() || out.back().change_set != change_set)
            out.push_back({0, change_set, text(entry, "actor"), text(entry, "reason"), {}});
        out.back().seq = entry.at("seq").as_int64();
        out.back().changes.push_back({text(entry, "entity"), text(entry, "id"), text(entry, "op"), text(entry, "visit"), entry.at("rev").as_int64()});
    }
    return out;
}

http::Event event_of(News const& news) {
    json::array changes;
    for (auto const& change : news.changes)
        changes.push_back({{"entity", change.entity},
                           {"id", change.id},
                           {"op", change.op},
                           {"rev", change.rev},
                           {"visit", change.visit.empty() ? json::value() : json::value(change.visit)}});
    json::object const document{{"seq", news.seq}, {"change_set", news.change_set}, {"actor", news.actor}, {"reason", news.reason}, {"changes", std::move(changes)}};
    return {std::to_string(news.seq), "changes", json::serialize(document)};
}

bool concerns(News const& news, std::string const& visit) {
    return visit.empty() || touches_shared(news) ||
           std::any_of(news.changes.begin(), news.changes.end(), [&](auto const& change) { return visit_of(change) == visit; });
}

std::vector<std::string> topics_of(News const& news) {
    std::set<std::string> topics;
    if (touches_shared(news))
        topics.emplace(visitless);
    else
        for (auto const& change : news.changes)
            topics.insert("visit:" + visit_of(change));
    topics.emplace(everything);
    return {topics.begin(), topics.end()};
}

std::vector<std::string> topics_for(std::string const& visit) {
    if (visit.empty())
        return {std::string(everything)};
    return {"visit:" + visit, std::string(visitless)};
}

Result<store::LogQuery> log_query_of(json::object const& document) {
    store::LogQuery query;
    for (auto const& [name, value] : document) {
        auto const path = "/" + std::string(name);
        if (name == "since") {
            KOGGE_TRY(query.since, from_json<std::int64_t>(value, path));
        } else if (name == "limit") {
            KOGGE_TRY(query.limit, from_json<int>(value, path));
        } else if (name == "entity") {
            KOGGE_TRY(query.entity, from_json<std::string>(value, path));
        } else if (name == "id") {
            KOGGE_TRY(query.id, from_json<std::string>(value, path));
        } else if (name == "visit") {
            KOGGE_TRY(query.visit, from_json<std::string>(value, path));
        } else
            return invalid("a log query has no member '" + std::string(name) + "'; use since, limit, entity, id, visit", path);
    }
    return query;
}

} // namespace kogge::host
