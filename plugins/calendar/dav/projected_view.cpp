// SPDX-License-Identifier: EUPL-1.2
#include "dav/projected_view.hpp"

#include "dav/projected_extra.hpp"
#include "ical/zones.hpp"

#include <algorithm>
#include <cstdio>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t longest_history = 10'000; // changes answered from memory
constexpr int log_page = 1000;
constexpr std::int64_t longest_log = 20'000; // entries read for one answer; who has missed more fetches all

std::string_view base_of(std::string_view language) { return language.substr(0, language.find('-')); }

std::uint64_t fnv(std::string_view bytes, std::uint64_t hash) {
    for (unsigned char const c : bytes)
        hash = (hash ^ c) * 1099511628211U;
    return hash;
}

/// The same on every daemon and after every restart.
std::string etag_of(std::string_view bytes) {
    char out[48];
    std::snprintf(out, sizeof out, "\"%016llx%016llx\"", static_cast<unsigned long long>(fnv(bytes, 14695981039346656037U)),
                  static_cast<unsigned long long>(fnv(bytes, 1099511628211U + bytes.size())));
    return out;
}

EntryId entry_of(CalendarExtra const& extra) {
    return {extra.entity == kind_of<ProgrammeItem>() ? EntryId::Kind::item : EntryId::Kind::leg, extra.entry};
}

std::string text_at(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<EntryId> entry_at(json::object const& object, std::string_view kind_name, std::string_view id_name) {
    auto const kind = text_at(object, kind_name);
    if (kind == kind_of<ProgrammeItem>())
        return EntryId{EntryId::Kind::item, text_at(object, id_name)};
    if (kind == kind_of<Leg>())
        return EntryId{EntryId::Kind::leg, text_at(object, id_name)};
    return std::nullopt;
}

} // namespace

std::string resource_name(Picture const& picture, EntryId const& entry) {
    auto const* made = entry.kind == EntryId::Kind::item ? picture.names.find(Id<CalendarName>(entry.id)) : nullptr;
    if (made)
        return made->resource;
    bool const twin = entry.kind == EntryId::Kind::leg && picture.items.find(Id<ProgrammeItem>(entry.id));
    return entry.id + (twin ? ".leg.ics" : ".ics");
}

std::string object_of(Event const& event) {
    ZonesUsed used;
    auto const years = years_of(event.starts, event.ends);
    used.use(event.starts, years);
    used.use(event.ends, years);
    std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kogge//Calendar 1//EN\r\nCALSCALE:GREGORIAN\r\n";
    for (auto const& [id, zone] : used.list())
        out += vtimezone(zone.first, zone.second);
    out += to_ical(event);
    return out += "END:VCALENDAR\r\n";
}

// ---- extras --------------------------------------------------------------------------------------------------------

Extras::Extras() {
    mirror.on_change = [this](Row<CalendarExtra> const* before, Row<CalendarExtra> const* after) {
        auto const& value = (after ? after : before)->value;
        auto const key = std::pair(value.user, entry_of(value));
        if (after)
            by_entry_[key] = value.id;
        else
            by_entry_.erase(key);
        changed_.push_back(key);
    };
}

Row<CalendarExtra> const* Extras::of(std::string const& user, EntryId const& entry) const {
    auto const found = by_entry_.find({user, entry});
    return found == by_entry_.end() ? nullptr : mirror.row(found->second);
}

std::vector<EntryId> Extras::all_of(std::string const& user) const {
    std::vector<EntryId> out;
    for (auto i = by_entry_.lower_bound({user, EntryId{}}); i != by_entry_.end() && i->first.first == user; ++i)
        out.push_back(i->first.second);
    return out;
}

// ---- what is shown -------------------------------------------------------------------------------------------------

Result<void> View::refresh() {
    auto const audience = Audience::of(seams_.picture, spec_);
    if (!audience)
        return audience.error();
    bool const first = position_ < 0;
    auto wanted = first ? std::nullopt : touched();
    if (!wanted) {
        wanted.emplace();
        for (auto const& [entry, held] : held_)
            wanted->insert(entry);
        for (auto const& shown : audience.value().entries())
            wanted->insert(shown.entry);
    }
    position_ = seams_.picture.journal().end();
    extras_position_ = seams_.extras.end();
    redraw(audience.value(), *wanted);
    if (first) {
        history_.clear();
        begin_ = revision_ = seq();
    }
    return boost::outcome_v2::success();
}

/// Nothing: too long ago to say.
std::optional<std::set<EntryId>> View::touched() const {
    std::set<EntryId> out;
    auto const& picture = seams_.picture;
    bool const known = picture.journal().since(position_, [&](Journal::Mark const& mark) {
        if (!mark.whole_visit) {
            out.insert(mark.entry);
            return;
        }
        auto const& all = picture.entries_of(Id<Visit>(mark.entry.id));
        out.insert(all.begin(), all.end());
    });
    if (!known)
        return std::nullopt;
    seams_.extras.since(extras_position_, user_, [&](EntryId const& entry) { out.insert(entry); });
    return out;
}

/// Titles, notes and the visits' names in one question to whoever translates.
std::vector<std::vector<Text>> View::texts(std::vector<Shown> const& shown, std::vector<Text>& titles) const {
    std::vector<std::vector<Text>> out(shown.size());
    titles.resize(shown.size());
    std::vector<TextKey> keys;
    std::vector<Text*> places;
    auto const want = [&](TextKey const& key, Text& place) {
        place = *key.source;
        if (base_of(key.source->language) != base_of(spec_.language) && !key.source->empty()) {
            keys.push_back(key);
            places.push_back(&place);
        }
    };
    for (std::size_t i = 0; i < shown.size(); ++i) {
        auto const own = texts_of(shown[i]);
        out[i].resize(own.size());
        for (std::size_t k = 0; k < own.size(); ++k)
            want(own[k], out[i][k]);
        if (auto const* visit = seams_.picture.visits.find(shown[i].visit()))
            want({kind_of<Visit>(), visit->id.str(), "title", &visit->title}, titles[i]);
    }
    if (keys.empty())
        return out;
    auto found = seams_.translate(spec_.language, keys);
    for (std::size_t i = 0; i < std::min(found.size(), places.size()); ++i)
        *places[i] = std::move(found[i]);
    return out;
}

Given View::drawn(Shown const& shown) const {
    std::vector<Text> titles;
    auto own = std::move(texts({shown}, titles).front());
    auto event = event_of(seams_.picture, shown, own, titles.front(), spec_.language, seams_.link);
    return {shown, std::move(event), std::move(own)};
}

std::optional<Given> View::given(EntryId const& entry) const {
    auto const audience = Audience::of(seams_.picture, spec_);
    auto const shown = audience ? audience.value().entry(entry) : std::nullopt;
    return shown ? std::optional(drawn(*shown)) : std::nullopt;
}

std::shared_ptr<Object const> Objects::of(Picture const& picture, Shown const& shown, std::vector<Text> const& texts, std::string const& language, std::string const& link) {
    auto const neighbours = neighbours_of(picture, shown);
    auto& kept = kept_[{shown.entry, language}];
    if (auto known = kept.object.lock(); known && kept.rev == shown.rev && kept.revised_us == shown.revised_us && kept.neighbours == neighbours && kept.texts == texts)
        return known;
    auto const event = event_of(picture, shown, std::vector<Text>(texts.begin(), texts.end() - 1), texts.back(), language, link);
    auto const begin = instant_of(event.starts);
    auto bytes = object_of(event);
    auto object = std::make_shared<Object>();
    object->uid = event.uid;
    object->etag = etag_of(bytes);
    object->when = {begin, std::max(begin, instant_of(event.ends))};
    object->status = event.status;
    object->revised = event.revised;
    object->bytes = std::make_shared<std::string const>(std::move(bytes));
    kept = {shown.rev, shown.revised_us, neighbours, texts, object};
    return object;
}

View::Held View::hold(Shown const& shown, std::vector<Text> const& texts) const {
    Held out;
    out.object = seams_.objects.of(seams_.picture, shown, texts, spec_.language, seams_.link);
    out.bytes = out.object->bytes;
    out.transparent = out.object->status == EventStatus::cancelled;
    auto etag = out.object->etag;
    auto const* extra = seams_.extras.of(user_, shown.entry);
    if (auto object = extra && !extra->value.lines.empty() ? ical::parse_object(*out.bytes) : Result<ical::Component>(invalid("nothing to add"))) {
        for (auto& component : object.value().components)
            if (component.is("VEVENT")) {
                component = with_extra(std::move(component), extra->value.lines);
                out.transparent = out.transparent || ical::same_name(component.value("TRANSP"), "TRANSPARENT");
            }
        out.bytes = std::make_shared<std::string const>(ical::to_text(object.value()));
        etag = etag_of(*out.bytes);
    }
    out.member.name = resource_name(seams_.picture, shown.entry);
    out.member.etag = std::move(etag);
    out.member.type = "VEVENT";
    out.member.uid = out.object->uid;
    out.member.content_type = "text/calendar; charset=utf-8; component=VEVENT";
    out.member.size = out.bytes->size();
    out.member.created = out.member.modified = out.object->revised;
    return out;
}

void View::redraw(Audience const& audience, std::set<EntryId> const& entries) {
    std::vector<Shown> shown;
    for (auto const& entry : entries)
        if (auto one = audience.entry(entry); one && (one->item || one->leg))
            shown.push_back(std::move(*one));
        else
            drop(entry);
    std::vector<Text> titles;
    auto own = texts(shown, titles);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        own[i].push_back(titles[i]);
        put(shown[i].entry, hold(shown[i], own[i]));
    }
}

void View::put(EntryId const& entry, Held held) {
    auto const found = held_.find(entry);
    if (found != held_.end() && found->second.member.etag == held.member.etag && found->second.member.name == held.member.name)
        return;
    auto const name = held.member.name;
    if (found != held_.end())
        drop(entry);
    by_name_[name] = entry;
    by_uid_[held.member.uid] = entry;
    by_begin_.emplace(held.when().begin, entry);
    longest_ = std::max(longest_, held.when().length());
    held_.insert_or_assign(entry, std::move(held));
    revision_ = seq();
    history_.push_back({revision_, name});
}

void View::drop(EntryId const& entry) {
    auto const found = held_.find(entry);
    if (found == held_.end())
        return;
    auto const& held = found->second;
    by_name_.erase(held.member.name);
    by_uid_.erase(held.member.uid);
    by_begin_.erase({held.when().begin, entry});
    revision_ = seq();
    history_.push_back({revision_, held.member.name});
    held_.erase(found);
    while (history_.size() > longest_history) {
        begin_ = history_.front().seq;
        history_.pop_front();
    }
}

// ---- looking -------------------------------------------------------------------------------------------------------

std::optional<EntryId> View::entry(std::string_view name) const {
    auto const found = by_name_.find(name);
    return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}
View::Held const* View::by_name(std::string_view name) const {
    auto const found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &held_.at(found->second);
}
View::Held const* View::by_uid(std::string_view uid) const {
    auto const found = by_uid_.find(uid);
    return found == by_uid_.end() ? nullptr : &held_.at(found->second);
}

void View::overlapping(Interval range, std::function<void(Held const&)> const& look) const {
    auto const first = range.begin < Instant::min() + longest_ ? by_begin_.begin() : by_begin_.lower_bound({range.begin - longest_, EntryId{}});
    for (auto i = first; i != by_begin_.end() && i->first < range.end; ++i) {
        auto const& held = held_.at(i->second);
        if (held.when().end > range.begin || (held.when().empty() && held.when().begin >= range.begin))
            look(held);
    }
}

// ---- what happened -------------------------------------------------------------------------------------------------

/// From the change log: more than what changed, but nothing that changed is left out. Nothing: too much has happened.
std::optional<std::set<std::string>> View::changed_by_log(std::int64_t token) const {
    auto const& picture = seams_.picture;
    std::set<std::string> out;
    auto const touch = [&](EntryId const& entry) { out.insert(resource_name(picture, entry)); };
    auto const touch_all = [&](Picture::Entries const& entries) { std::for_each(entries.begin(), entries.end(), touch); };
    auto const look = [&](json::object const& entry) {
        auto const kind = text_at(entry, "entity"), id = text_at(entry, "id"), visit = text_at(entry, "visit");
        if (kind == kind_of<Venue>())
            return touch_all(picture.entries_at(Id<Venue>(id)));
        if (kind == kind_of<Vehicle>()) {
            for (auto const& leg : picture.legs_of(Id<Vehicle>(id)))
                touch(calendar::entry_of(leg));
            return;
        }
        if (visit.empty() || (spec_.visit && spec_.visit->str() != visit))
            return;
        if (auto const own = entry_at(entry, "entity", "id"))
            return touch(*own);
        if (kind == kind_of<Visit>() || kind == kind_of<Track>() || kind == kind_of<Delegate>())
            return touch_all(picture.entries_of(Id<Visit>(visit)));
        for (auto const* side : {"before", "after"}) // a participation, an assignment: of their item; a translation: of its subject
            if (auto const* document = entry.if_contains(side); document && document->is_object()) {
                if (auto const item = text_at(document->get_object(), "item"); !item.empty())
                    touch({EntryId::Kind::item, item});
                if (auto const subject = entry_at(document->get_object(), "entity", "subject"))
                    touch(*subject);
                else if (kind == kind_of<Translation>())
                    touch_all(picture.entries_of(Id<Visit>(visit)));
            }
    };
    for (auto since = token, seen = std::int64_t(0);;) {
        auto const page = seams_.read_log({{"since", since}, {"limit", log_page}});
        if (!page || (seen += std::int64_t(page.value().size())) > longest_log)
            return std::nullopt;
        for (auto const& entry : page.value()) {
            look(entry);
            since = entry.at("seq").as_int64();
        }
        if (page.value().size() < log_page)
            break;
    }
    for (auto const& entry : seams_.extras.all_of(user_)) // the log does not tell of them
        touch(entry);
    return out;
}

std::optional<Changes> View::changes(std::int64_t token, std::size_t most) const {
    if (token < 0 || token > seq())
        return std::nullopt;
    Changes out;
    std::set<std::string> names;
    if (token < begin_) {
        auto const logged = changed_by_log(token);
        if (!logged || logged->size() > most)
            return std::nullopt; // the log tells of no order in which it could be cut
        if (spec_.scope == FeedScope::person && std::any_of(logged->begin(), logged->end(), [&](auto const& name) { return !by_name_.contains(name); }))
            return std::nullopt; // whether it was ever theirs the log does not say, and what was not they must not hear of
        names = *logged;
    }
    auto reached = token;
    auto const after = std::partition_point(history_.begin(), history_.end(), [&](auto const& one) { return one.seq <= token; });
    for (auto i = after; i != history_.end() && !out.cut; ++i) {
        out.cut = i->seq > reached && names.size() >= most && !names.contains(i->name); // what one commit did is told whole
        if (!out.cut) {
            names.insert(i->name);
            reached = i->seq;
        }
    }
    out.until = out.cut ? reached : std::max(revision_, token);
    for (auto const& name : names)
        (by_name_.contains(name) ? out.changed : out.removed).push_back(name);
    return out;
}

} // namespace kogge::calendar::dav
