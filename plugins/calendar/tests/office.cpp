// SPDX-License-Identifier: EUPL-1.2
#include "office.hpp"

#include <algorithm>
#include <stdexcept>

namespace kogge::calendar::test {

using namespace dav;

namespace {

std::string text(json::object const& object, char const* name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

} // namespace

Office::Office() { restart(); }

void Office::restart() {
    server_.reset();
    shelf_ = std::make_unique<Shelf>([this](json::object const& query) { return read_log(query); });
    calendars_ = std::make_unique<Calendars>(*shelf_, [this](ChangeSet const& changes) { return commit(changes); }, [this] { return now; });
    server_ = std::make_unique<Server>(Tree(*calendars_, {}, {}), ServerLimits{}, [this] { return now; });
    json::array load;
    for (auto const& [key, document] : documents_)
        load.push_back({{"entity", key.first}, {"id", key.second}, {"op", "create"}, {"before", nullptr}, {"after", document}});
    shelf_->world.tell(std::int64_t(log_.size()), load);
}

/// The unique fields of caldav.cpp's descriptions.
bool Office::fits(json::object const& change) const {
    auto const& fields = change.at("after");
    if (!fields.is_object())
        return true;
    auto const kind = text(change, "entity");
    auto const unique = kind == "calendar_object" ? std::vector{"collection", "name"} : kind == "calendar_collection" ? std::vector{"owner", "parent", "slug"} : std::vector{"user"};
    return std::none_of(documents_.begin(), documents_.end(), [&](auto const& other) {
        return other.first.first == kind && other.first.second != text(change, "id") &&
               std::all_of(unique.begin(), unique.end(), [&](auto const* field) { return other.second.at(field) == fields.at(field); });
    });
}

Result<json::value> Office::commit(ChangeSet const& changes) {
    if (auto const others = std::exchange(meanwhile, nullptr))
        others();
    auto const saved = documents_;
    json::array batch;
    auto const apply = [&](std::string const& kind, std::string const& id, std::string const& op, json::object const* fields) {
        std::pair const key(kind, id);
        json::value const before = documents_.contains(key) ? json::value(documents_.at(key)) : json::value();
        json::value after;
        if (op != "delete") {
            auto document = before.is_object() ? before.get_object() : json::object{{"id", id}, {"rev", 0}};
            for (auto const& [name, value] : *fields)
                document[name] = value;
            document["rev"] = document.at("rev").as_int64() + 1;
            document["updated_us"] = std::chrono::microseconds(now.time_since_epoch()).count();
            after = document;
            documents_[key] = std::move(document);
        } else
            documents_.erase(key);
        batch.push_back({{"entity", kind}, {"id", id}, {"op", op}, {"before", before}, {"after", after}});
        return fits(batch.back().as_object());
    };
    for (auto const& change : changes.changes()) {
        auto const& object = change.as_object();
        auto const kind = text(object, "entity"), id = text(object, "id"), op = text(object, "op");
        auto const there = documents_.find({kind, id});
        bool const stale = op != "create" && (there == documents_.end() || there->second.at("rev") != object.at("rev"));
        bool good = !stale;
        if (good && op == "delete" && kind == "calendar_collection") // cascade
            for (auto const& [key, document] : saved)
                if (key.first == "calendar_object" && text(document, "collection") == id && documents_.contains(key))
                    apply(key.first, key.second, "delete", nullptr);
        good = good && apply(kind, id, op, object.contains("fields") ? &object.at("fields").as_object() : nullptr);
        if (!good) {
            documents_ = saved;
            return json::value{{"verdict", stale ? "conflict" : "invalid"}, {"detail", stale ? "somebody else has changed this meanwhile" : "is there already"}};
        }
    }
    now += std::chrono::seconds(1);
    for (auto const& change : batch) {
        json::object entry = change.as_object();
        entry["seq"] = std::int64_t(log_.size()) + 1;
        entry["actor"] = changes.document().as_object().at("actor");
        if (text(entry, "op") == "update") { // only what changed, as the store's log has it
            json::object before, after;
            for (auto const& [name, value] : change.at("after").as_object())
                if (change.at("before").as_object().at(name) != value)
                    before[name] = change.at("before").as_object().at(name), after[name] = value;
            entry["before"] = before;
            entry["after"] = after;
        }
        log_.push_back(std::move(entry));
    }
    shelf_->world.tell(std::int64_t(log_.size()), batch);
    return json::value{{"verdict", "committed"}, {"seq", log_.size()}};
}

Result<std::vector<json::object>> Office::read_log(json::object const& query) const {
    std::vector<json::object> out;
    for (auto const& entry : log_)
        if (entry.at("seq").as_int64() > query.at("since").as_int64() && entry.at("entity") == query.at("entity") && std::int64_t(out.size()) < query.at("limit").as_int64())
            out.push_back(entry);
    return out;
}

DavResponse Office::ask(std::string const& who, std::string const& method, std::string const& target, std::string const& body, Headers const& headers) {
    DavRequest request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.who.id = id_prefix + who;
    request.who.name = who;
    request.who.rights = {"read", "write"};
    request.header = [&](std::string_view name) -> std::optional<std::string> {
        std::string key(name);
        std::transform(key.begin(), key.end(), key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
        auto const found = headers.find(key);
        return found == headers.end() ? std::nullopt : std::optional(found->second);
    };
    return server_->handle(request);
}

std::string Office::put(std::string const& who, std::string const& target, std::string const& body) {
    auto const answer = ask(who, "PUT", target, body, {{"content-type", "text/calendar"}});
    if (answer.status != 201 && answer.status != 204)
        throw std::runtime_error("PUT " + target + ": " + std::to_string(answer.status) + " " + answer.body);
    for (auto const& [name, value] : answer.headers)
        if (name == "ETag")
            return value;
    throw std::runtime_error("PUT " + target + " gave no ETag");
}

std::string Office::propfind(std::string const& who, std::string const& target, std::string const& props, std::string const& depth) {
    return ask(who, "PROPFIND", target,
               "<D:propfind xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" xmlns:CS=\"http://calendarserver.org/ns/\"><D:prop>" + props + "</D:prop></D:propfind>", {{"depth", depth}})
        .body;
}

std::string Office::report(std::string const& who, std::string const& target, std::string const& body, std::string const& depth) {
    return ask(who, "REPORT", target, body, {{"depth", depth}}).body;
}

std::string Office::sync(std::string const& who, std::string const& target, std::string const& token, std::string const& limit) {
    return report(who, target,
                  "<D:sync-collection xmlns:D=\"DAV:\"><D:sync-token>" + token + "</D:sync-token><D:sync-level>1</D:sync-level>" +
                      (limit.empty() ? "" : "<D:limit><D:nresults>" + limit + "</D:nresults></D:limit>") + "<D:prop><D:getetag/></D:prop></D:sync-collection>",
                  "0");
}

std::string calendar(std::string const& inside) {
    std::string out;
    for (char const c : "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//test//EN\n" + inside + "END:VCALENDAR\n")
        out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
}

std::string event(std::string const& uid, std::string const& start, std::string const& end, std::string const& more) {
    return calendar("BEGIN:VEVENT\nUID:" + uid + "\nDTSTAMP:20261101T000000Z\nDTSTART:" + start + "\nDTEND:" + end + "\n" + more + "END:VEVENT\n");
}

std::vector<std::string> between(std::string const& xml, std::string const& tag) {
    std::vector<std::string> out;
    auto const open = "<" + tag + ">", close = "</" + tag + ">";
    for (auto at = xml.find(open); at != xml.npos; at = xml.find(open, at + 1)) {
        auto const end = xml.find(close, at);
        out.push_back(xml.substr(at + open.size(), end - at - open.size()));
    }
    return out;
}

} // namespace kogge::calendar::test
