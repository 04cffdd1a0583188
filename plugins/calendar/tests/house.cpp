// SPDX-License-Identifier: EUPL-1.2
#include "house.hpp"

#include <algorithm>
#include <stdexcept>

namespace kogge::calendar::test {

namespace {

std::string text(json::value const& object, char const* name) { return std::string(object.at(name).as_string()); }

/// As the host logs it (host/store/log.cpp): of an update only what differs from the other side.
json::value logged(json::value const& document, json::value const& other) {
    if (document.is_null())
        return nullptr;
    json::object out;
    for (auto const& [name, value] : document.as_object())
        if (name != "id" && name != "rev" && name != "updated_us" && (other.is_null() || other.as_object().if_contains(name) == nullptr || other.at(name) != value))
            out[name] = value;
    return out;
}

} // namespace

House::House(Settings given) : settings(std::move(given)) {
    feeds.emplace(picture, chronicle, [this](std::string const& language, std::vector<TextKey> const& keys) {
        ++questions;
        std::vector<Text> out;
        for (auto const& key : keys) {
            auto const found = translations.find({key.entity, key.id, key.field, language});
            out.push_back(found == translations.end() ? *key.source : Text{found->second, language});
        }
        return out;
    }, settings);
}

void House::write(std::string const& change_set, std::string const& op, Ref const& ref, json::object const& fields) {
    auto const found = documents_.find(ref);
    json::value const before = found == documents_.end() ? json::value() : found->second;
    auto const rev = ++revisions_[ref];
    json::value after;
    if (op != "delete") {
        json::object document = before.is_object() ? before.get_object() : json::object{{"id", ref.id}};
        for (auto const& [name, value] : fields)
            document[name] = value;
        document["rev"] = rev;
        document["updated_us"] = std::chrono::microseconds(now_.time_since_epoch()).count();
        after = std::move(document);
    }
    auto const& whole = (after.is_null() ? before : after).as_object();
    auto const* visit = ref.entity == "visit" ? whole.if_contains("id") : whole.if_contains("visit");
    log_.push_back({{"seq", std::int64_t(log_.size()) + 1}, {"change_set", change_set}, {"reason", reason_}, {"at", to_text(now_)}, {"entity", ref.entity}, {"id", ref.id},
                    {"visit", visit ? *visit : json::value()}, {"rev", rev}, {"op", op}, {"before", logged(before, after)}, {"after", logged(after, before)}});
    if (after.is_null())
        documents_.erase(ref);
    else
        documents_[ref] = after;
    json::array const told{json::object{{"entity", ref.entity}, {"id", ref.id}, {"op", op}, {"before", before}, {"after", after}}};
    picture.world.tell(std::int64_t(log_.size()), told);
    for (auto* other : others)
        other->tell(std::int64_t(log_.size()), told);
}

std::string House::commit(ChangeSet const& changes) { return commit(changes.changes(), changes.reason()); }

std::string House::commit(json::array const& changes, std::string const& reason) {
    now_ += Minutes(1);
    auto const id = "cs-" + std::to_string(++sets_);
    reason_ = reason;
    for (auto const& change : changes) {
        auto const* fields = change.as_object().if_contains("fields");
        write(id, text(change, "op"), {text(change, "entity"), text(change, "id"), {}}, fields ? fields->as_object() : json::object());
    }
    return id;
}

std::string House::undo(std::string const& change_set) {
    now_ += Minutes(1);
    auto const id = "cs-" + std::to_string(++sets_);
    reason_ = "undo of change " + change_set; // host/store/undo.cpp
    std::vector<json::object> entries;
    std::copy_if(log_.begin(), log_.end(), std::back_inserter(entries), [&](auto const& entry) { return text(entry, "change_set") == change_set; });
    if (entries.empty())
        throw std::logic_error("no change set " + change_set);
    std::reverse(entries.begin(), entries.end());
    for (auto const& entry : entries) {
        auto const op = text(entry, "op");
        auto const back = op == "create" ? "delete" : op == "delete" ? "create" : "update";
        auto const& before = entry.at("before");
        write(id, back, {text(entry, "entity"), text(entry, "id"), {}}, before.is_object() ? before.get_object() : json::object());
    }
    return id;
}

Feed House::render(FeedSpec const& spec) {
    auto feed = feeds->render(spec, now_);
    if (!feed)
        throw std::runtime_error(feed.error().message);
    if (!feed.value().unreadable.empty())
        throw std::runtime_error(feed.value().unreadable.front());
    return std::move(feed).value();
}

ReadCalendar House::read(FeedSpec const& spec) {
    auto calendar = read_calendar(bytes(spec));
    if (!calendar)
        throw std::runtime_error(calendar.error().message);
    return std::move(calendar).value();
}

Result<std::vector<json::object>> House::read_log(json::object const& query) {
    std::vector<json::object> out;
    auto const since = std::size_t(query.at("since").as_int64()), limit = std::size_t(query.at("limit").as_int64());
    auto const end = log_.size() - (log_lags && !log_.empty() ? 1 : 0);
    auto const wanted = [&](json::object const& entry, char const* name) { return !query.contains(name) || entry.at(name) == query.at(name); };
    for (auto at = since; at < end && out.size() < limit; ++at) // seq is one more than the place
        if (wanted(log_[at], "entity") && wanted(log_[at], "id") && wanted(log_[at], "visit"))
            out.push_back(log_[at]);
    log_reads += out.empty() ? 0 : 1;
    return out;
}

std::string without_revisions(std::string const& feed) {
    std::string out;
    for (std::size_t at = 0; at < feed.size();) {
        auto const end = feed.find("\r\n", at) + 2;
        auto const line = std::string_view(feed).substr(at, end - at);
        if (!line.starts_with("SEQUENCE:") && !line.starts_with("DTSTAMP:") && !line.starts_with("LAST-MODIFIED:"))
            out += line;
        at = end;
    }
    return out;
}

std::map<std::string, int> sequences(ReadCalendar const& calendar) {
    std::map<std::string, int> out;
    for (auto const& event : calendar.events)
        if (!out.emplace(event.uid, event.sequence).second)
            throw std::logic_error("twice in one feed: " + event.uid);
    return out;
}

ReadEvent const& event(ReadCalendar const& calendar, std::string const& uid) {
    auto const found = std::find_if(calendar.events.begin(), calendar.events.end(), [&](auto const& event) { return event.uid == uid; });
    if (found == calendar.events.end())
        throw std::logic_error("no event " + uid);
    return *found;
}

} // namespace kogge::calendar::test
