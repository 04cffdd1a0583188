// SPDX-License-Identifier: EUPL-1.2
#include "feed/chronicle.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace kogge::calendar {

namespace {

constexpr int page = 1000;                 // entries of the log
constexpr std::size_t most_versions = 4096; // kept of entries that went: asked for again with each drawing of a feed

std::string text(json::object const& entry, char const* name) {
    auto const* value = entry.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number(json::object const& entry, char const* name) {
    auto const* value = entry.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

/// "2026-11-24T20:47:09.123456Z"
std::int64_t moment_us(std::string const& text) {
    auto const time = parse_local_time(text.substr(0, 19), Zone());
    if (!time)
        return 0;
    std::int64_t us = std::chrono::microseconds(instant_of(time.value()).time_since_epoch()).count();
    if (text.size() > 20 && text[19] == '.')
        us += std::atoll((text.substr(20, 6) + "000000").substr(0, 6).c_str());
    return us;
}

std::optional<EntryId::Kind> kind_of_entry(std::string_view entity) {
    for (auto const kind : {EntryId::Kind::item, EntryId::Kind::leg, EntryId::Kind::task, EntryId::Kind::visit})
        if (entity == entity_of({kind, {}}))
            return kind;
    return std::nullopt;
}

std::optional<Step::Place::Kind> kind_of_place(std::string_view entity) {
    if (entity == kind_of<Delegate>())
        return Step::Place::Kind::delegate;
    if (entity == kind_of<Participation>())
        return Step::Place::Kind::participation;
    if (entity == kind_of<Assignment>())
        return Step::Place::Kind::assignment;
    return std::nullopt;
}

json::object const* side(json::object const& entry, char const* name) {
    auto const* value = entry.if_contains(name);
    return value ? value->if_object() : nullptr;
}

template <class T>
void read_ids(json::object const& fields, char const* name, std::vector<Id<T>>& out) {
    auto const* value = fields.if_contains(name);
    if (!value)
        return;
    out.clear();
    if (auto const* list = value->if_array())
        for (auto const& one : *list)
            if (one.is_string())
                out.emplace_back(std::string(one.get_string()));
}

template <class T>
void read_id(json::object const& fields, char const* name, Id<T>& out) {
    if (auto const* value = fields.if_contains(name))
        out = Id<T>(value->is_string() ? std::string(value->get_string()) : std::string());
}

template <class T>
void read_id(json::object const& fields, char const* name, std::optional<Id<T>>& out) {
    auto const* value = fields.if_contains(name);
    if (value && value->is_string())
        out = Id<T>(std::string(value->get_string()));
    else if (value)
        out.reset();
}

/// The log of an update names the fields that changed, and no others.
void merge(json::object const& fields, Concern& out) {
    if (out.entry.kind == EntryId::Kind::visit) {
        out.visit = Id<Visit>(out.entry.id);
        return;
    }
    read_id(fields, "visit", out.visit);
    read_ids(fields, "tracks", out.tracks);
    read_ids(fields, "extra_passengers", out.extra);
    read_ids(fields, "without", out.without);
    read_id(fields, "driver", out.driver);
    read_id(fields, "owner", out.owner);
    read_id(fields, "vehicle", out.vehicle);
    if (out.entry.kind == EntryId::Kind::item) {
        std::optional<Id<Venue>> venue = out.venues.empty() ? std::nullopt : std::optional(out.venues.front());
        read_id(fields, "venue", venue);
        out.venues = venue ? std::vector{*venue} : std::vector<Id<Venue>>();
    } else if (out.entry.kind == EntryId::Kind::leg) {
        out.venues.resize(2);
        read_id(fields, "from", out.venues[0]);
        read_id(fields, "to", out.venues[1]);
        if (auto const* status = fields.if_contains("status"))
            out.waits = *status == json::value("fallback");
    } else {
        if (auto const* due = fields.if_contains("due"))
            out.due = !due->is_null();
        if (auto const* offset = fields.if_contains("offset_days"))
            out.counted = !offset->is_null();
        out.waits = !out.due && !out.counted;
    }
}

void merge(json::object const& fields, Step::Place& out) {
    read_id(fields, "visit", out.visit);
    read_id(fields, "person", out.person);
    read_id(fields, "track", out.track);
    read_id(fields, "item", out.item);
    if (auto const* status = fields.if_contains("status"); status && out.kind == Step::Place::Kind::delegate)
        out.in = *status == json::value("invited") || *status == json::value("confirmed"); // Roster::goes
    if (auto const* presence = fields.if_contains("presence"); presence && out.kind == Step::Place::Kind::participation)
        out.in = *presence == json::value("included");
}

std::shared_ptr<Version const> read_version(EntryId const& entry, json::value const& document) {
    auto const as = [&](auto value) -> std::shared_ptr<Version const> {
        if (!value)
            return nullptr;
        value.value().id = decltype(value.value().id)(entry.id);
        return std::make_shared<Version const>(std::move(value).value());
    };
    switch (entry.kind) {
    case EntryId::Kind::item: return as(from_json<ProgrammeItem>(document));
    case EntryId::Kind::leg: return as(from_json<Leg>(document));
    case EntryId::Kind::task: return as(from_json<Task>(document));
    case EntryId::Kind::visit: break;
    }
    return as(from_json<Visit>(document));
}

} // namespace

Result<bool> Chronicle::read_on() {
    KOGGE_TRY(auto const entries, read_({{"since", seq_}, {"limit", page}}));
    for (auto const& entry : entries) {
        take(entry);
        seq_ = std::max(seq_, number(entry, "seq"));
    }
    return entries.size() < std::size_t(page);
}

Result<void> Chronicle::catch_up() {
    for (bool end = false; !end;) {
        KOGGE_TRY(end, read_on());
    }
    return boost::outcome_v2::success();
}

void Chronicle::take(json::object const& entry) {
    if (auto set = text(entry, "change_set"); set != change_set_) {
        change_set_ = std::move(set);
        ++sets_;
    }
    auto const entity = text(entry, "entity");
    auto const entry_kind = kind_of_entry(entity);
    auto const place_kind = kind_of_place(entity);
    if (!entry_kind && !place_kind)
        return;
    Step step;
    step.set = sets_;
    step.at_us = moment_us(text(entry, "at"));
    if (entry_kind)
        take_entry({*entry_kind, text(entry, "id")}, entry, std::move(step));
    else
        take_place(*place_kind, entry, std::move(step));
}

void Chronicle::take_entry(EntryId id, json::object const& entry, Step step) {
    step.entry = index_of(id);
    auto& life = entries_[step.entry];
    if (!life.created_us)
        life.created_us = step.at_us;
    Stood stood{number(entry, "rev"), nullptr};
    if (text(entry, "op") != "delete") {
        auto const before = life.last;
        if (auto const* after = side(entry, "after"))
            merge(*after, life.last);
        bool const same = !life.turns.empty() && life.turns.back().stood.concern && before == life.last;
        stood.concern = same ? life.turns.back().stood.concern : std::make_shared<Concern const>(life.last);
        if (auto& list = by_visit_[life.last.visit]; life.turns.empty() || before.visit != life.last.visit)
            list.push_back(step.entry);
    }
    life.turns.push_back({steps_.size(), std::move(stood)});
    steps_.push_back(std::move(step));
}

void Chronicle::take_place(Step::Place::Kind kind, json::object const& entry, Step step) {
    auto& place = places_[text(entry, "entity") + "/" + text(entry, "id")];
    place.kind = kind;
    place.id = text(entry, "id");
    if (auto const* before = side(entry, "before"); before && place.person.empty())
        merge(*before, place);
    auto const item_before = place.item;
    place.there = text(entry, "op") != "delete";
    if (auto const* after = side(entry, "after"); after && place.there)
        merge(*after, place);
    step.place = std::make_shared<Step::Place const>(place);
    step.entry = Step::no_entry;
    if (kind == Step::Place::Kind::delegate)
        return steps_.push_back(std::move(step));
    for (auto const& item : std::set{item_before, place.item})
        if (!item.empty()) {
            step.entry = index_of(entry_of(item));
            steps_.push_back(step);
        }
}

std::size_t Chronicle::index_of(EntryId const& id) {
    auto const [at, fresh] = index_.try_emplace(id, entries_.size());
    if (fresh) {
        entries_.push_back({id, 0, {}, {}});
        entries_.back().last.entry = id;
    }
    return at->second;
}

std::optional<std::size_t> Chronicle::find(EntryId const& entry) const {
    auto const found = index_.find(entry);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::size_t> const& Chronicle::entries_of(Id<Visit> const& visit) const {
    static std::vector<std::size_t> const none;
    auto const found = by_visit_.find(visit);
    return found == by_visit_.end() ? none : found->second;
}

Chronicle::Stood Chronicle::stood(std::size_t entry, std::size_t step) const {
    auto const& turns = entries_[entry].turns;
    auto const after = std::upper_bound(turns.begin(), turns.end(), step, [](std::size_t at, Turn const& turn) { return at < turn.step; });
    return after == turns.begin() ? Stood() : std::prev(after)->stood;
}

std::optional<Instant> Chronicle::created(EntryId const& entry) const {
    auto const at = find(entry);
    if (!at || !entries_[*at].created_us)
        return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(entries_[*at].created_us)));
}

Result<std::shared_ptr<Version const>> Chronicle::version(EntryId const& entry, std::int64_t rev) {
    auto const known = versions_.find({entry, rev});
    if (known != versions_.end())
        return known->second;
    json::object document;
    for (std::int64_t since = 0, more = 1; more;) {
        KOGGE_TRY(auto const list, read_({{"entity", entity_of(entry)}, {"id", entry.id}, {"since", since}, {"limit", page}}));
        more = list.size() == std::size_t(page);
        for (auto const& step : list) {
            since = number(step, "seq");
            if (number(step, "rev") > rev)
                more = 0;
            else if (auto const* after = side(step, "after"))
                for (auto const& [name, value] : *after)
                    document[name] = value;
        }
    }
    if (versions_.size() >= most_versions)
        versions_.clear();
    auto out = read_version(entry, document);
    versions_.emplace(std::pair(entry, rev), out);
    return out;
}

} // namespace kogge::calendar
